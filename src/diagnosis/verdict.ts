import * as l10n from '@vscode/l10n';
import { localNumber } from '../core/locale';
import { formatDuration } from '../core/time';
import { sortFindings } from './engine/run';
import { type Confidence, type Finding, isProblem, type NotEvaluated, type Severity, type Side } from './finding';
import { intervalsOf } from './session/intervals';
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
  /** Writes a number; without it as people of the window's language read it. */
  number?: (value: number) => string;
}

const SIDE_WORDS: Record<Side, string> = {
  local: l10n.t('this participant’s own end'),
  remote: l10n.t('the other end'),
  network: l10n.t('the network in between'),
  service: l10n.t('the service'),
  unclear: l10n.t('not clear'),
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
  const sure = findings.filter((one) => isProblem(one) && !(one.severity === 'low' && one.confidence === 'low'));
  // Who is to blame restates the finding of the end that is: that one says more.
  const plain = sure.filter((one) => !(one.ruleId === 'x.blame' && one.subject.participantId !== undefined));
  // What one participant received badly because of another is told by that other's findings, where they are known.
  const guilty = new Set(plain.filter(({ side }) => side === 'local').map(({ subject }) => subject.participantId));
  const causes = plain.filter(
    ({ side, relatedParticipantIds }) => !(side === 'remote' && relatedParticipantIds?.some((id) => guilty.has(id))),
  );
  const told = causes.length > 0 ? causes : sure;
  const [first] = sortFindings(told, RULES);
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

function sentenceOf(first: Finding, same: readonly Finding[], seen: number, options: VerdictOptions): string {
  const { clock, number = localNumber } = options;
  return `${withOthers(withWorst(withTimes(first.title, same, clock), same, number), seen)}.`;
}

/** Adds how many others received badly what was sent. */
function withOthers(sentence: string, seen: number): string {
  if (seen === 0) return sentence;
  return seen === 1
    ? l10n.t('{0}; one other received it badly', sentence)
    : l10n.t('{0}; {1} others received it badly', sentence, seen);
}

/** Adds when it was, how often and for how long. */
function withTimes(title: string, same: readonly Finding[], clock: VerdictOptions['clock']): string {
  const times = same.flatMap(intervalsOf);
  if (times.length === 0) return title;
  const count = same.reduce((sum, one) => sum + (one.episodes?.length ?? 1), 0);
  const start = Math.min(...times.map((time) => time.start));
  const end = Math.max(...times.map((time) => time.end));
  const spent = times.reduce((sum, time) => sum + (time.end - time.start), 0);
  const shown = clock && { from: clock(start), to: clock(end) };
  if (spent < 1000) {
    // Where a finding names its beginning only, how long it went on is not known.
    const timed = same.every((one) => one.end !== undefined) ? shown : undefined;
    if (count < 2) return timed ? l10n.t('{what} at {time}', { what: title, time: timed.from }) : title;
    if (!timed) return l10n.t('{title}, {count} times', { title, count });
    return timed.from === timed.to
      ? l10n.t('{title}, {count} times at {at}', { title, count, at: timed.from })
      : l10n.t('{title}, {count} times from {from} to {to}', { title, count, ...timed });
  }
  const duration = formatDuration(spent);
  if (shown) {
    return count < 2
      ? l10n.t('{title} from {from} to {to} ({duration})', { title, ...shown, duration })
      : l10n.t('{title}, {count} times from {from} to {to} ({duration} in all)', { title, count, ...shown, duration });
  }
  return count < 2
    ? l10n.t('{title} for {duration}', { title, duration })
    : l10n.t('{title}, {count} times, {duration} in all', { title, count, duration });
}

/** Units whose largest value is worth a word. */
const SPOKEN = new Set(['%', 'ms', 'fps', l10n.t('per s')]);

/** Adds the worst value of a series, where the finding has one. */
function withWorst(sentence: string, same: readonly Finding[], number: (value: number) => string): string {
  const values = same.flatMap(({ evidence }) => {
    const { metric, unit, value, threshold } = evidence[0] ?? {};
    return typeof value === 'number' && threshold !== undefined && unit !== undefined && SPOKEN.has(unit)
      ? [{ metric, unit, value, threshold }]
      : [];
  });
  const [one] = values;
  if (!one) return sentence;
  const up = one.value > one.threshold;
  const comparable = values
    .filter(({ unit, metric }) => unit === one.unit && metric === one.metric)
    .map(({ value }) => value);
  const worst = up ? Math.max(...comparable) : Math.min(...comparable);
  const value = `${number(Number(worst.toPrecision(2)))} ${one.unit}`;
  return up ? l10n.t('{0}: up to {1}', sentence, value) : l10n.t('{0}: down to {1}', sentence, value);
}
