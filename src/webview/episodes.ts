import type { Finding } from '../core/finding';
import type { TimeRange } from './charts/timeline';

/** When a finding held: all its stretches; none for what holds for the whole stay. */
export function episodesOf({ episodes, start, end }: Finding): TimeRange[] {
  if (episodes && episodes.length > 0) return episodes.map((each) => [each.start, each.end]);
  return start === undefined ? [] : [[start, end ?? start]];
}
