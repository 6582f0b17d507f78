import type { Span } from './log-time';
import type { CallReport } from './model';

/** From when to when a report tells of its participant, epoch ms: stay and samples. Undefined where it names no time at all. */
export function reportSpan({ startedAt, endedAt, participant, streams }: CallReport): Span | undefined {
  const stated = [startedAt, endedAt, participant.joinedAt, participant.leftAt];
  const sampled = streams.flatMap(({ times }) => [times[0], times.at(-1)]);
  const moments = [...stated, ...sampled].filter((at): at is number => at !== undefined && Number.isFinite(at));
  return moments.length === 0 ? undefined : [Math.min(...moments), Math.max(...moments)];
}
