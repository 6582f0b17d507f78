import { formatDuration } from '../core/time';
import {
  type Confidence,
  type Finding,
  isProblem,
  type NotEvaluated,
  type Severity,
  type Side,
  severityRank,
} from './finding';
import { RULES } from './table';

/** The one sentence above everything else. */
export interface Verdict {
  /** Plain words, without personal data: `Uplink lost packets for 5 min, up to 8 %.` */
  sentence: string;
  severity: Severity;
  side: Side;
  confidence: Confidence;
  /** The finding that it tells. */
  finding: Finding;
}

/** What a verdict may be worded with. */
export interface VerdictOptions {
  /** Writes a moment (epoch ms) as it is shown elsewhere; without it the sentence names no times. */
  clock?: (at: number) => string;
}

const SIDE_WORDS: Record<Side, string> = {
  local: 'this participant’s own end',
  remote: 'the other end',
  network: 'the network in between',
  service: 'the service',
  unclear: 'not clear',
};

/** A side in words for people. */
export function sideText(side: Side): string {
  return SIDE_WORDS[side];
}

/**
 * The verdict on a report or session: the worst finding, of equals the one that is rather a cause than an effect. Undefined
 * where nothing above `info` was found, and where all that was found is a slight, unsure hint: whether that means "all
 * well" or "not enough data" is for {@link dataIsThin} to say.
 */
export function verdict(findings: readonly Finding[], options: VerdictOptions = {}): Verdict | undefined {
  const weight = new Map(RULES.map((rule) => [rule.id, rule.weight]));
  const sure = findings.filter((one) => isProblem(one) && !(one.severity === 'low' && one.confidence === 'low'));
  // Who is to blame restates the finding of the end that is: that one says more.
  const plain = sure.filter((one) => !(one.ruleId === 'x.blame' && one.subject.participantId !== undefined));
  // What one participant received badly because of another is told by that other's findings, where they are known.
  const guilty = new Set(plain.filter(({ side }) => side === 'local').map(({ subject }) => subject.participantId));
  const causes = plain.filter(
    ({ side, relatedParticipantIds }) => !(side === 'remote' && relatedParticipantIds?.some((id) => guilty.has(id))),
  );
  const told = causes.length > 0 ? causes : sure;
  const [first] = [...told].sort(
    (a, b) =>
      severityRank(a.severity) - severityRank(b.severity) ||
      (weight.get(b.ruleId) ?? 0) - (weight.get(a.ruleId) ?? 0) ||
      lengthOf(b) - lengthOf(a) ||
      (a.start ?? 0) - (b.start ?? 0) ||
      (JSON.stringify(a.subject) < JSON.stringify(b.subject) ? -1 : 1),
  );
  if (!first) return undefined;
  const same = told.filter(
    (one) =>
      one.ruleId === first.ruleId &&
      one.side === first.side &&
      one.title === first.title &&
      one.subject.participantId === first.subject.participantId,
  );
  const seen = seenBy(first, findings);
  return {
    sentence: sentenceOf(first, same, seen, options),
    severity: first.severity,
    side: first.side,
    confidence: first.confidence,
    finding: first,
  };
}

/** Rules whose silence is needed for calling a call good. */
const CORE = /\.(loss(\.\w+)?|rtt|jitter|video\.fps|fps|rebuf|startup)$/;

/** Whether too little was measured to call what has no findings good. */
export function dataIsThin(notEvaluated: readonly NotEvaluated[], family: string): boolean {
  const core = RULES.filter((rule) => rule.scope === 'report' && rule.family === family && CORE.test(rule.id));
  const out = new Set(notEvaluated.filter(({ streamIds }) => !streamIds).map(({ ruleId }) => ruleId));
  const missing = core.filter(({ id }) => out.has(id)).length;
  return core.length === 0 || missing * 2 > core.length;
}

function lengthOf({ start, end }: Finding): number {
  return start !== undefined && end !== undefined ? end - start : 0;
}

/** How many others received badly what the subject sent, by x.blame. */
function seenBy({ subject, side }: Finding, findings: readonly Finding[]): number {
  if (side !== 'local' || subject.participantId === undefined) return 0;
  const others = findings
    .filter(
      (one) => one.ruleId === 'x.blame' && one.side === 'local' && one.subject.participantId === subject.participantId,
    )
    .flatMap(({ relatedParticipantIds }) => relatedParticipantIds ?? []);
  return new Set(others).size;
}

function sentenceOf(first: Finding, same: readonly Finding[], seen: number, { clock }: VerdictOptions): string {
  const starts = same.flatMap(({ start }) => start ?? []);
  const ends = same.flatMap(({ start, end }) => end ?? start ?? []);
  const episodes = same.reduce((count, one) => count + (one.episodes?.length ?? 1), 0);
  const worst = worstOf(same);
  return `${first.title}${timeWords(starts, ends, same, episodes, clock)}${worst}${seen > 0 ? `; ${seen === 1 ? 'one other' : `${seen} others`} received it badly` : ''}.`;
}

function timeWords(
  starts: readonly number[],
  ends: readonly number[],
  same: readonly Finding[],
  episodes: number,
  clock: VerdictOptions['clock'],
): string {
  if (starts.length === 0) return '';
  const start = Math.min(...starts);
  const end = Math.max(...ends);
  const spent = same.reduce(
    (sum, one) =>
      sum + (one.episodes ? one.episodes.reduce((part, each) => part + (each.end - each.start), 0) : lengthOf(one)),
    0,
  );
  const times = episodes > 1 ? `, ${episodes} times` : '';
  if (spent < 1000)
    return `${times}${clock && ends.length === starts.length && same.every((one) => one.end !== undefined) ? ` at ${clock(start)}` : ''}`;
  const long = `${times}${episodes > 1 ? ', ' : ' for '}${formatDuration(spent)}${episodes > 1 ? ' in all' : ''}`;
  return clock
    ? `${times} from ${clock(start)} to ${clock(end)} (${formatDuration(spent)}${episodes > 1 ? ' in all' : ''})`
    : long;
}

/** Units whose largest value is worth a word. */
const SPOKEN = new Set(['%', 'ms', 'fps', 'per s']);

/** The worst value of a series, where the finding has one. */
function worstOf(same: readonly Finding[]): string {
  const values = same.flatMap(({ evidence }) => {
    const [first] = evidence;
    return first && typeof first.value === 'number' && first.threshold !== undefined && SPOKEN.has(first.unit)
      ? [first]
      : [];
  });
  const [one] = values;
  if (!one || typeof one.value !== 'number' || one.threshold === undefined) return '';
  const up = one.value > one.threshold;
  const comparable = values
    .filter(({ unit, metric }) => unit === one.unit && metric === one.metric)
    .map(({ value }) => value as number);
  const worst = up ? Math.max(...comparable) : Math.min(...comparable);
  return `: ${up ? 'up to' : 'down to'} ${Number(worst.toPrecision(2))} ${one.unit}`;
}
