import * as l10n from '@vscode/l10n';
import { severityWord } from '../core/finding-words';
import { localNumber } from '../core/locale';
import type { CallReport, Stream } from '../core/model';
import { type ColumnSummary, type SeriesName, seriesInfo, summarize, unitWord } from '../core/series';
import { compareSurroundings } from './compare-surroundings';
import { type Finding, isProblem, severityRank } from './finding';
import { type CompareOptions, pairStreams, type StreamPair } from './pair-streams';

/** One of two reports that are compared. */
export interface Compared {
  /** What the participant is called in the sentences. */
  label: string;
  report: CallReport;
  findings?: readonly Finding[];
}

/** What two reports have in common and what they have not, in sentences; the most telling first in each list. */
export interface Comparison {
  differences: string[];
  /** Looked at, and no difference worth a word. */
  alike: string[];
  /** Measured for one of the two only, or too little of it. */
  notComparable: string[];
}

/**
 * From when on a difference of medians is worth a word: so much in the series' unit, and so large a share of the larger
 * one. The limits are this project's own: half of what separates good from poor in the rules' thresholds.
 */
const LIMITS: Partial<Record<SeriesName, readonly [absolute: number, share: number]>> = {
  packetLoss: [1, 0.3],
  rtt: [50, 0.3],
  jitter: [10, 0.3],
  jitterBufferDelay: [50, 0.3],
  bitrate: [50_000, 0.3],
  fps: [4, 0.2],
  frameHeight: [60, 0.2],
  mos: [0.3, 0.1],
  qualityLimitationCpu: [10, 0.3],
  qualityLimitationBandwidth: [10, 0.3],
  rebuffering: [1, 0.3],
  startupTime: [1, 0.3],
  playbackScore: [10, 0.1],
};
/** A worst value is one sample: it has to differ by so many times as much as a median. */
const WORST_FACTOR = 3;
/** What single streams are compared by. */
const ALL = Object.keys(LIMITS) as SeriesName[];
/** What several streams are put together for: these do not add up. */
const POOLED: readonly SeriesName[] = ['packetLoss', 'rtt', 'jitter', 'jitterBufferDelay', 'mos'];
/** What both ends measure of one stream. */
const BOTH_ENDS: readonly SeriesName[] = ['packetLoss', 'jitter', 'bitrate', 'fps', 'frameHeight'];
/** Fewer values than this are no median. */
const MIN_VALUES = 3;

/**
 * The differences between two reports: streams that can be compared, connection, client, network and findings. Streams are
 * paired by direction, medium, source and layer, received ones by who sent them; what is left is compared as a whole. If
 * one received what the other sent, both ends of that stream are compared first. Pure; swapping both gives the same
 * differences.
 */
export function compareReports(first: Compared, second: Compared, options: CompareOptions = {}): Comparison {
  const said: Comparison = { differences: [], alike: [], notComparable: [] };
  const labels = [first.label, second.label] as const;
  compareFindings(first, second, said);
  const { pairs, unpaired } = pairStreams(first, second, options);
  for (const pair of pairs.filter(({ ends }) => ends)) comparePair(pair, labels, said, options.number);
  compareSurroundings(first, second, said);
  said.notComparable.push(...unpaired);
  for (const pair of pairs.filter(({ ends }) => !ends)) comparePair(pair, labels, said, options.number);
  return said;
}

function comparePair(
  { what, first, second, ends }: StreamPair,
  [one, other]: readonly [string, string],
  said: Comparison,
  number: (value: number) => string = localNumber,
): void {
  const same: string[] = [];
  const single = first.length === 1 && second.length === 1;
  for (const name of ends ? BOTH_ENDS : single ? ALL : POOLED) {
    const a = pooled(first, name);
    const b = pooled(second, name);
    if (!a && !b) continue;
    const { label: metric } = seriesInfo(name);

    if (!a || !b || a.count < MIN_VALUES || b.count < MIN_VALUES) {
      const lacking = !a || (b && a.count < b.count) ? one : other;
      said.notComparable.push(
        l10n.t('{what}: {metric} was not measured often enough for {who}.', { what, metric, who: lacking }),
      );
      continue;
    }
    const text = difference(name, a, b, one, other, number);
    if (text) said.differences.push(`${what}: ${text}`);
    else same.push(metric);
  }
  if (same.length > 0) said.alike.push(`${what}: ${same.join(', ')}.`);
}

/** `Packet loss was worse for A: median 8 % against 0.2 %, worst 20 % against 1 %.` */
function difference(
  name: SeriesName,
  a: ColumnSummary,
  b: ColumnSummary,
  one: string,
  other: string,
  number: (value: number) => string,
): string | undefined {
  const [absolute, share] = LIMITS[name] ?? [0, 0];
  const { label, unit, worse } = seriesInfo(name);
  const high = worse === 'high';
  const worst = (summary: ColumnSummary) => (high ? summary.max : summary.min);
  const apart = (x: number, y: number, times: number) =>
    Math.abs(x - y) >= absolute * times && Math.abs(x - y) >= share * Math.max(Math.abs(x), Math.abs(y));
  const medians = apart(a.median, b.median, 1);
  if (!medians && !apart(worst(a), worst(b), WORST_FACTOR)) return undefined;
  const [x, y] = medians ? [a.median, b.median] : [worst(a), worst(b)];
  const firstIsWorse = high ? x > y : x < y;
  const [bad, good] = firstIsWorse ? [a, b] : [b, a];
  const words = {
    metric: label,
    who: firstIsWorse ? one : other,
    bad: shown(bad.median, unit, number),
    good: shown(good.median, unit, number),
    badWorst: shown(worst(bad), unit, number),
    goodWorst: shown(worst(good), unit, number),
  };
  if (medians) return high ? wasHigher(words) : wasLower(words);
  return high ? peakedHigher(words) : fellLower(words);
}

type DifferenceWords = Record<'metric' | 'who' | 'bad' | 'good' | 'badWorst' | 'goodWorst', string>;

const wasHigher = (words: DifferenceWords): string =>
  l10n.t('{metric} was higher for {who}: median {bad} against {good}, worst {badWorst} against {goodWorst}.', words);

const wasLower = (words: DifferenceWords): string =>
  l10n.t('{metric} was lower for {who}: median {bad} against {good}, worst {badWorst} against {goodWorst}.', words);

const peakedHigher = (words: DifferenceWords): string =>
  l10n.t('{metric} peaked higher for {who}: median {bad} against {good}, worst {badWorst} against {goodWorst}.', words);

const fellLower = (words: DifferenceWords): string =>
  l10n.t('{metric} fell lower for {who}: median {bad} against {good}, worst {badWorst} against {goodWorst}.', words);

function compareFindings(first: Compared, second: Compared, said: Comparison): void {
  if (!first.findings || !second.findings) return;
  const [own, others] = [problems(first.findings), problems(second.findings)];
  for (const [list, rest, label] of [
    [own, others, first.label],
    [others, own, second.label],
  ] as const) {
    const only = [...list.values()].filter(({ ruleId }) => !rest.has(ruleId));
    for (const { title, severity, ruleId } of only) {
      said.differences.push(
        l10n.t('Found for {who} only: {title} ({severity}, {ruleId}).', {
          who: label,
          title,
          severity: severityWord(severity),
          ruleId,
        }),
      );
    }
  }
  for (const [ruleId, { title }] of own)
    if (others.has(ruleId)) said.alike.push(l10n.t('Found for both: {0} ({1}).', title, ruleId));
}

/** The worst finding of each rule. */
function problems(findings: readonly Finding[]): Map<string, Finding> {
  const sorted = findings.filter(isProblem).sort((a, b) => severityRank(b.severity) - severityRank(a.severity));
  const byRule = new Map(sorted.map((finding) => [finding.ruleId, finding]));
  return new Map([...byRule].sort(([, a], [, b]) => severityRank(a.severity) - severityRank(b.severity)));
}

function pooled(streams: readonly Stream[], name: SeriesName): ColumnSummary | undefined {
  const columns = streams.flatMap(({ series }) => series[name] ?? []);
  const [only] = columns;
  if (columns.length <= 1) return only && summarize(only);
  const all = new Float64Array(columns.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const column of columns) {
    all.set(column, at);
    at += column.length;
  }
  return summarize(all);
}

function shown(value: number, unit: string, number: (value: number) => string): string {
  if (unit === 'bit/s') return `${number(Number((value / 1000).toPrecision(3)))} kbit/s`;
  return `${number(Number(value.toPrecision(3)))}${unit && ` ${unitWord(unit)}`}`;
}
