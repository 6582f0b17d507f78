import * as l10n from '@vscode/l10n';
import type { Aggregate, Stream } from '../core/model';
import { displayText } from '../core/text';
import type { Distribution } from './distribution';
import { type DisplayUnit, displayUnit, formatNumber, formatShare, words } from './format';
import { type Pooled, poolSamples, ratioOfSums } from './pooled-samples';
import { type Metric, metricOf, type ReportModel, type Source } from './report-model';

/**
 * How far the provider's figure may lie from ours before it is pointed out. Either way of counting (by time, and each sample
 * alike) may confirm it: providers do not say which they use.
 */
export const TOLERANCE = {
  /** Of an average or percentile, relative. */
  relative: 0.05,
  /** Of a share, of one: 0.05 is five percentage points. */
  share: 0.05,
  /** A percentile is looked for this much to either side, so that a step in the values is no disagreement. */
  rank: 0.02,
} as const;

/** Differences below this are of no consequence, by unit. */
const NEGLIGIBLE: Readonly<Record<string, number>> = { '%': 0.1, ms: 1, fps: 0.5, px: 16, '': 0.05 };

/** Issues that follow from a series, by the provider's name: what share of time each stands for. */
const ISSUE_SERIES: Readonly<Record<string, { label: string; key: string; inverse?: boolean }>> = {
  quality_limitation_fraction: { label: l10n.t('Quality limitation'), key: 'qualityLimitationNone', inverse: true },
  cpu_quality_limitation_fraction: { label: l10n.t('CPU quality limitation'), key: 'qualityLimitationCpu' },
  bandwidth_quality_limitation_fraction: {
    label: l10n.t('Bandwidth quality limitation'),
    key: 'qualityLimitationBandwidth',
  },
};

/** Aggregates that are one counter by another. */
const RATIOS: Readonly<Record<string, readonly [part: string, whole: string]>> = {
  keyFramesEncodedFraction: ['keyFramesEncoded', 'framesEncoded'],
  keyFramesDecodedFraction: ['keyFramesDecoded', 'framesDecoded'],
};

/** What the encoder was short of, in the order of reading. */
export const LIMITATIONS = [
  { key: 'qualityLimitationNone', label: l10n.t('Not limited') },
  { key: 'qualityLimitationCpu', label: 'CPU' },
  { key: 'qualityLimitationBandwidth', label: l10n.t('Bandwidth') },
  { key: 'qualityLimitationOther', label: l10n.t('Other') },
] as const;

/** The provider's figure and ours, in the metric's own unit (shares: of one). */
export interface Compared {
  provider?: number;
  computed?: number;
  /** Both are there and too far apart. */
  differs: boolean;
}

export type Point = 'avg' | 'p50' | 'p75' | 'p90';
export const POINTS: readonly Point[] = ['avg', 'p50', 'p75', 'p90'];

/** One aggregate beside what the samples say. */
export interface AggregateRow {
  aggregate: Aggregate;
  metric: Metric;
  shown: DisplayUnit;
  points: Record<Point, Compared>;
  /** Rising by limit. */
  shares: (Compared & { atLeast: number })[];
  issues: (Compared & { name: string })[];
  /** Least and largest sample. */
  range?: readonly [number, number];
  /** Samples that ours was worked out from; 0 where it cannot be. */
  samples: number;
  /** One clause for each disagreement. */
  differences: string[];
}

/** How many figures could be compared, and how many of them differ. */
export function countCompared(groups: readonly AggregateGroup[]): { compared: number; differing: number } {
  const all = groups.flatMap(({ rows }) =>
    rows.flatMap(({ points, shares, issues }) => [...Object.values(points), ...shares, ...issues]),
  );
  return {
    compared: all.filter(({ provider, computed }) => provider !== undefined && computed !== undefined).length,
    differing: all.filter(({ differs }) => differs).length,
  };
}

/** All aggregates of one kind of stream. */
export interface AggregateGroup {
  key: string;
  direction: Aggregate['direction'];
  kind: Aggregate['kind'];
  source: Aggregate['source'];
  rows: AggregateRow[];
  /** Share of the time (0..1) under each of {@link LIMITATIONS}; missing where none was measured. */
  limitations?: { label: string; share: number }[];
}

/** The provider's aggregates by kind of stream, each beside the same figure worked out from the samples. */
export function compareAggregates({ report, sources }: ReportModel): AggregateGroup[] {
  const groups = new Map<string, AggregateGroup>();
  for (const aggregate of report.aggregates) {
    const { direction, kind, source } = aggregate;
    const key = `${direction}-${kind}-${source}`;
    const alike = sources.filter(({ stream }) => stream !== undefined && isSame(stream, aggregate));
    let group = groups.get(key);
    if (!group) {
      group = { key, direction, kind, source, rows: [], limitations: limitationShares(alike) };
      groups.set(key, group);
    }
    group.rows.push(compareRow(aggregate, alike));
  }
  return [...groups.values()];
}

type Kind = Pick<Stream, 'direction' | 'kind' | 'source'>;

function isSame(one: Kind, other: Kind): boolean {
  return one.direction === other.direction && one.kind === other.kind && one.source === other.source;
}

function compareRow(aggregate: Aggregate, sources: readonly Source[]): AggregateRow {
  const metric = metricOf(aggregate.metric);
  const shown = displayUnit({ unit: aggregate.unit, decimals: metric.decimals });
  const pooled = poolSamples(sources, aggregate.metric);
  const ratio = RATIOS[aggregate.metric];
  const small = NEGLIGIBLE[aggregate.unit] ?? 0;
  const points = {} as Record<Point, Compared>;
  for (const point of POINTS) points[point] = comparePoint(point, aggregate[point], pooled, small);
  if (ratio && !pooled) {
    const computed = ratioOfSums(sources, ratio[0], ratio[1]);
    points.avg = compared(points.avg.provider, computed, [computed], TOLERANCE.relative, small);
  }
  const shares = [...(aggregate.shares ?? [])]
    .sort((a, b) => a.atLeast - b.atLeast)
    .map(({ atLeast, fraction }) => ({ atLeast, ...compareShare(fraction, pooled, (d) => d.shareFrom(atLeast)) }));
  const issues = Object.entries(aggregate.issues ?? {}).map(([name, fraction]) => ({
    name,
    ...compareIssue(name, fraction, sources),
  }));
  const row = {
    aggregate,
    metric,
    shown,
    points,
    shares,
    issues,
    range: pooled && ([pooled.byTime.min, pooled.byTime.max] as const),
    samples: pooled?.byTime.count ?? 0,
  };
  return { ...row, differences: differencesOf(row) };
}

function comparePoint(point: Point, provider: number | undefined, pooled: Pooled | undefined, small: number): Compared {
  if (!pooled) return { provider, differs: false };
  const { byTime, bySample } = pooled;
  if (point === 'avg') return compared(provider, byTime.mean, [byTime.mean, bySample.mean], TOLERANCE.relative, small);
  const p = Number(point.slice(1)) / 100;
  const rank = Math.max(TOLERANCE.rank, 1 / byTime.count);
  const around = [byTime, bySample].flatMap((each) => [each.quantile(p - rank), each.quantile(p + rank)]);
  const computed = byTime.quantile(p);
  // Anything between the values around that rank is a fair percentile.
  const inside = provider !== undefined && provider >= Math.min(...around) && provider <= Math.max(...around);
  return inside
    ? { provider, computed, differs: false }
    : compared(provider, computed, around, TOLERANCE.relative, small);
}

function compareShare(
  provider: number,
  pooled: Pooled | undefined,
  share: (distribution: Distribution) => number,
): Compared {
  if (!pooled) return { provider, differs: false };
  const computed = share(pooled.byTime);
  const tolerance = Math.max(TOLERANCE.share, 1 / pooled.byTime.count);
  return compared(provider, computed, [computed, share(pooled.bySample)], 0, tolerance);
}

function knownIssue(name: string) {
  return Object.hasOwn(ISSUE_SERIES, name) ? ISSUE_SERIES[name] : undefined;
}

function compareIssue(name: string, provider: number, sources: readonly Source[]): Compared {
  const known = knownIssue(name);
  const pooled = known && poolSamples(sources, known.key);
  if (!known || !pooled) return { provider, differs: false };
  const part = (percent: number) => (known.inverse ? 100 - percent : percent) / 100;
  const computed = part(pooled.byTime.mean);
  // A provider may count the samples in which it was the chief reason.
  const counted = known.inverse ? 1 - pooled.bySample.shareFrom(50) : pooled.bySample.shareFrom(50);
  const tolerance = Math.max(TOLERANCE.share, 1 / pooled.byTime.count);
  return compared(provider, computed, [computed, counted], 0, tolerance);
}

/** They differ when the provider's figure is far from each of the readings. */
function compared(
  provider: number | undefined,
  computed: number | undefined,
  readings: readonly (number | undefined)[],
  relative: number,
  absolute: number,
): Compared {
  const far = (reading: number | undefined) =>
    provider !== undefined &&
    reading !== undefined &&
    // Floating-point sums miss a round limit by a hair.
    Math.abs(provider - reading) >
      Math.max(absolute, relative * Math.max(Math.abs(provider), Math.abs(reading))) * (1 + 1e-9);
  return { provider, computed, differs: readings.length > 0 && readings.every(far) };
}

function limitationShares(sources: readonly Source[]): AggregateGroup['limitations'] {
  const shares = LIMITATIONS.flatMap(({ key, label }) => {
    const pooled = poolSamples(sources, key);
    return pooled ? [{ label, share: pooled.byTime.mean / 100 }] : [];
  });
  return shares.length > 0 ? shares : undefined;
}

const POINT_WORDS: Readonly<Record<Point, string>> = {
  avg: l10n.t('average'),
  p50: l10n.t('median'),
  p75: l10n.t('75th percentile'),
  p90: l10n.t('90th percentile'),
};

function differencesOf(row: Omit<AggregateRow, 'differences'>): string[] {
  const { shown, points, shares, issues } = row;
  const number = (value = Number.NaN) =>
    `${formatNumber(value * shown.factor, shown.decimals)}${shown.unit && ` ${shown.unit}`}`;
  const clause = (what: string, { provider, computed }: Compared, text: (value?: number) => string) =>
    l10n.t('{what}: the provider says {provider}, the samples {computed}', {
      what,
      provider: text(provider),
      computed: text(computed),
    });
  return [
    ...POINTS.filter((point) => points[point].differs).map((point) =>
      clause(POINT_WORDS[point], points[point], number),
    ),
    ...shares
      .filter(({ differs }) => differs)
      .map((each) => clause(l10n.t('share at or above {0}', limitText(each.atLeast, shown)), each, formatShare)),
    ...issues.filter(({ differs }) => differs).map((each) => clause(issueWords(each.name), each, formatShare)),
  ];
}

/** A limit with its unit, without digits that say nothing: `100 ms`. */
export function limitText(limit: number, { unit, factor }: DisplayUnit): string {
  const value = limit * factor;
  return `${formatNumber(value, Number.isInteger(value) ? 0 : 1)}${unit && ` ${unit}`}`;
}

/** `cpu_quality_limitation_fraction` as words; that it is a share, the column says. */
export function issueWords(name: string): string {
  return (
    knownIssue(name)?.label ?? words(displayText(name, 80).replace(/[_\s]?fraction$/i, '')).replace(/\bcpu\b/i, 'CPU')
  );
}
