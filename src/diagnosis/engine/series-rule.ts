import * as l10n from '@vscode/l10n';
import type { Stream } from '../../core/model';
import { compareText } from '../../core/order';
import { SERIES, type SeriesName } from '../../core/series';
import { streamLabel } from '../../core/stream-label';
import type { Confidence, Evidence, Interval, Side } from '../finding';
import type { Hit, Outcome, ReportRule, RuleInfo, Thresholds } from '../rule';
import { type Group, groupReceived, groupSent, type StreamEpisodes } from './attribute';
import { type Episode, MIN_SAMPLES, type Raise, type ScanOptions, scan, totalLength, touches } from './episodes';
import { severityOf } from './severity';
import type { ReportView, StreamView } from './view';

/** More streams than this are no better proof. */
const MAX_EVIDENCE = 6;
/** More episodes of one kind than this are told as one finding. */
const MAX_EPISODES = 5;

/** A rule that looks through one column of each stream. Only numbers and words: the engine does the rest. */
export interface SeriesSpec<T extends Thresholds> extends Omit<RuleInfo<T>, 'family'> {
  family: RuleInfo['family'];
  streams: { direction?: Stream['direction']; kind?: Stream['kind']; source?: Stream['source'] };
  /** The values, or a sentence on why there are none. */
  values(
    view: StreamView,
    report: ReportView,
    thresholds: Readonly<Record<keyof T, number>>,
  ): Float64Array | string | undefined;
  /** What the values are called in the evidence, and their unit where it is no series. */
  metric: SeriesName | { name: string; unit: string };
  beyond: ScanOptions['beyond'];
  /** Names of thresholds. `clear` makes an episode last until the value is beyond it again. */
  warn: keyof T & string;
  bad?: keyof T & string;
  clear?: keyof T & string;
  raise(thresholds: Readonly<Record<keyof T, number>>): Raise;
  /** Simulcast layers of one track count as one where the first of them has what is needed. */
  oneLayer?: (views: readonly StreamView[]) => StreamView | undefined;
  /** `senders`: by whose media is bad (received). Else the side itself. */
  side: 'senders' | Side;
  confidence?: Confidence;
  /** What the provider's own figures say; tells without samples, and confirms with them. */
  aggregate?(view: ReportView, thresholds: Readonly<Record<keyof T, number>>): Hit[] | undefined;
  /** Last word on a hit, for what only this rule knows. */
  refine?(hit: Hit, view: ReportView, thresholds: Readonly<Record<keyof T, number>>): Hit | undefined;
}

/** Scattered readings that never were a stretch of trouble. */
const HINT = { severity: 'low', confidence: 'low' } as const;

/** Why a rule has nothing to read, by the direction and the kind of the streams that it is for. */
const NO_STREAM: Record<Stream['direction'] | 'any', Record<'audio' | 'video' | 'any', string>> = {
  send: {
    audio: l10n.t('The report has no sent audio stream.'),
    video: l10n.t('The report has no sent video stream.'),
    any: l10n.t('The report has no sent stream.'),
  },
  receive: {
    audio: l10n.t('The report has no received audio stream.'),
    video: l10n.t('The report has no received video stream.'),
    any: l10n.t('The report has no received stream.'),
  },
  any: {
    audio: l10n.t('The report has no audio stream.'),
    video: l10n.t('The report has no video stream.'),
    any: l10n.t('The report has no stream.'),
  },
};

/** Makes a rule of a column's description. */
export function seriesRule<T extends Thresholds>(spec: SeriesSpec<T>): ReportRule {
  const { family, id, inputs, thresholds, severity, title, explanation, suggestion, source, weight } = spec;
  const { metric, beyond, warn, bad, streams } = spec;
  return {
    ...{ scope: 'report', family, id, inputs, thresholds, severity, title, explanation, suggestion, source, weight },
    ...(typeof metric === 'string' && { limits: [{ metric, beyond, warn, ...(bad && { bad }), streams }] }),
    evaluate: (view, numbers) => evaluate(spec, view, numbers as Readonly<Record<keyof T, number>>),
  };
}

function evaluate<T extends Thresholds>(
  spec: SeriesSpec<T>,
  view: ReportView,
  thresholds: Readonly<Record<keyof T, number>>,
): Outcome {
  const summary = spec.aggregate?.(view, thresholds);
  const seen = look(spec, view, thresholds);
  const groups =
    spec.side === 'senders'
      ? [
          ...groupReceived(seen.streams.filter(({ view: one }) => one.stream.direction === 'receive')),
          ...groupSent(
            seen.streams.filter(({ view: one }) => one.stream.direction === 'send'),
            'local',
            'high',
          ),
        ]
      : groupSent(seen.streams, spec.side, spec.confidence ?? 'high');
  const hits = groups
    .flatMap((group) => hitsOf(spec, group, view, thresholds))
    .flatMap((hit) => (spec.refine ? (spec.refine(hit, view, thresholds) ?? []) : hit));
  // Samples say when; the provider's own figures are told only where samples say nothing, and as a hint where there are any.
  if (hits.length === 0)
    for (const hit of summary ?? []) hits.push(seen.streams.length > 0 ? { ...hit, ...HINT } : hit);
  if (hits.length === 0 && seen.evaluated === 0 && summary === undefined) return { hits, skipped: seen.reason };
  return { hits, ...(seen.partly.length > 0 && { partly: { reason: seen.reason, streamIds: seen.partly } }) };
}

function look<T extends Thresholds>(
  spec: SeriesSpec<T>,
  view: ReportView,
  thresholds: Readonly<Record<keyof T, number>>,
): { streams: StreamEpisodes[]; evaluated: number; partly: string[]; reason: string } {
  const { direction, kind, source } = spec.streams;
  const wanted = view.streams.filter(
    ({ stream }) =>
      (!direction || stream.direction === direction) &&
      (!kind || stream.kind === kind) &&
      (!source || stream.source === source),
  );
  const chosen = spec.oneLayer ? byTrack(wanted, spec.oneLayer) : wanted;
  const options: ScanOptions = {
    beyond: spec.beyond,
    warn: thresholds[spec.warn],
    ...(spec.bad && { bad: thresholds[spec.bad] }),
    ...(spec.clear && { clear: thresholds[spec.clear] }),
    raise: spec.raise(thresholds),
  };
  const streams: StreamEpisodes[] = [];
  const missing: string[] = [];
  const thin: string[] = [];
  let said: string | undefined;
  for (const one of chosen) {
    const values = spec.values(one, view, thresholds);
    if (values === undefined || typeof values === 'string') {
      missing.push(one.stream.id);
      said ??= values;
      continue;
    }
    const { episodes, measured } = scan(one, values, options);
    const enough = measured >= MIN_SAMPLES;
    if (!enough) (measured === 0 ? missing : thin).push(one.stream.id);
    streams.push({ view: one, episodes, measured: enough });
  }
  const evaluated = streams.filter(({ measured }) => measured).length;
  const names = spec.inputs.join(', ');
  const reason =
    chosen.length === 0
      ? NO_STREAM[direction ?? 'any'][kind && kind !== 'all' ? kind : 'any']
      : thin.length > 0
        ? l10n.t('Not enough data: fewer than {0} usable samples.', MIN_SAMPLES)
        : (said ?? l10n.t('Not in the report: {0}.', names));
  return { streams, evaluated, partly: evaluated > 0 ? [...missing, ...thin].sort() : [], reason };
}

function byTrack(
  views: readonly StreamView[],
  choose: (views: readonly StreamView[]) => StreamView | undefined,
): StreamView[] {
  const tracks = new Map<string, StreamView[]>();
  for (const view of views) {
    const list = tracks.get(view.track);
    if (list) list.push(view);
    else tracks.set(view.track, [view]);
  }
  return [...tracks.values()].flatMap((layers) => (layers.length === 1 ? layers : (choose(layers) ?? [])));
}

function hitsOf<T extends Thresholds>(
  spec: SeriesSpec<T>,
  group: Group,
  view: ReportView,
  thresholds: Readonly<Record<keyof T, number>>,
): Hit[] {
  const share = view.length > 0 ? Math.min(1, totalLength(group.intervals) / view.length) : undefined;
  const make = (intervals: readonly Interval[]): Hit => {
    const first = intervals[0] as Interval;
    const last = intervals[intervals.length - 1] as Interval;
    const parts = group.streams.flatMap(({ view: one, episodes }) =>
      episodes.filter((each) => intervals.some((interval) => touches(interval, each))).map((each) => ({ one, each })),
    );
    const level = parts.some(({ each }) => each.level === 1) ? 1 : 0;
    return {
      start: first.start,
      end: last.end,
      ...(intervals.length > 1 && { episodes: intervals.map((each) => ({ ...each })) }),
      severity: severityOf(share, spec.severity[level]),
      ...(share !== undefined && { share }),
      evidence: evidence(spec, parts, thresholds, level),
      side: group.side,
      confidence: group.confidence,
      ...(group.sender !== undefined && { related: [group.sender] }),
      ...(parts.length > 0 &&
        new Set(parts.map(({ one }) => one.stream.id)).size === 1 && { subject: subjectOf(parts[0]?.one, view) }),
    };
  };
  if (group.intervals.length > MAX_EPISODES) return [make(group.intervals)];
  return group.intervals.map((interval) => make([interval]));
}

function subjectOf(one: StreamView | undefined, view: ReportView): Hit['subject'] {
  if (!one) return undefined;
  return {
    type: 'stream',
    participantId: view.report.participant.id,
    streamId: one.stream.id,
    label: streamLabel(one.stream),
  };
}

function evidence<T extends Thresholds>(
  spec: SeriesSpec<T>,
  parts: readonly { one: StreamView; each: Episode }[],
  thresholds: Readonly<Record<keyof T, number>>,
  level: 0 | 1,
): Evidence[] {
  const { name, unit } =
    typeof spec.metric === 'string' ? { name: spec.metric, unit: SERIES[spec.metric].unit } : spec.metric;
  const threshold = thresholds[level === 1 && spec.bad ? spec.bad : spec.warn];
  const sign = spec.beyond === 'above' ? -1 : 1;
  const ordered = [...parts].sort(
    (a, b) => sign * (a.each.worst - b.each.worst) || compareText(a.one.stream.id, b.one.stream.id),
  );
  const list: Evidence[] = [];
  const told = new Set<string>();
  for (const { one, each } of ordered) {
    if (told.has(one.stream.id) || told.size >= MAX_EVIDENCE) continue;
    told.add(one.stream.id);
    list.push({
      metric: name,
      value: round(each.worst),
      unit,
      threshold,
      at: each.worstAt,
      streamId: one.stream.id,
      ...(one.sender !== undefined && { participantId: one.sender }),
    });
  }
  const [worst] = ordered;
  if (worst && worst.each.end > worst.each.start) {
    const metric = l10n.t('{0}, mean of the episode', name in SERIES ? SERIES[name as SeriesName].label : name);
    const mean = { metric, value: round(worst.each.mean), unit, threshold };
    list.push({ ...mean, streamId: worst.one.stream.id });
  }
  return list;
}

/** Four significant digits: more would only look exact. */
export function round(value: number): number {
  return Number(value.toPrecision(4));
}
