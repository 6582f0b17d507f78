import * as l10n from '@vscode/l10n';
import type { CallReport } from '../../core/model';
import { displayText } from '../../core/text';
import type { CompareScreen, ShownPair } from '../../protocol/compare-messages';
import type { TimeMode } from '../../protocol/state';
import type { TimeRange } from '../charts/timeline';
import { buildLanes, type Lane, type LaneMark } from '../lanes';
import { lineStyle } from '../line-style';
import {
  buildModel,
  chartedMetrics,
  type Metric,
  plainLabel,
  type ReportModel,
  type Source,
  type SourceGroup,
} from '../report-model';

/** The reports that are here. */
export type Reports = readonly [CallReport | undefined, CallReport | undefined];

/** What belongs together in the charts: the lines of one side or of both. */
export interface LinePair {
  key: string;
  /** Heads the pairs that are alike: `Caller A → Caller B`. */
  group: string;
  /** Within the group. */
  label: string;
  /** One stream seen from both its ends. */
  ends: boolean;
  sources: readonly [readonly Source[], readonly Source[]];
}

/** Heads what both have of the same kind. */
const ALIKE = l10n.t('Both');

/** What only one of them has, with its direction. */
const ONLY: Readonly<Record<SourceGroup, (label: string) => string>> = {
  sent: (label) => l10n.t('{0}, sent', label),
  received: (label) => l10n.t('{0}, received', label),
  transport: (label) => l10n.t('{0}, transport', label),
};

/** What the page shows, worked out once for each answer and way of reading time. */
export interface CompareModel {
  names: readonly [string, string];
  pairs: LinePair[];
  sources: Source[];
  coreMetrics: Metric[];
  extraMetrics: Metric[];
  lanes: Lane[];
  marks: LaneMark[];
  span: TimeRange;
  timeMode: TimeMode;
  /** Where time into the call begins, epoch ms. */
  origin: number;
  /** Both reports are here. */
  whole: boolean;
  /** Keys of the pairs that are drawn until the person chooses otherwise. */
  shownAtFirst: string[];
}

/** A name for each of the two; two stays of one person get a number. */
export function sideNames({ sides }: CompareScreen): [string, string] {
  const [one, other] = sides.map(({ subject }) => displayText(subject.title, 60)) as [string, string];
  return one === other ? [`${one} (1)`, `${other} (2)`] : [one, other];
}

/** How time reads until the person chooses: by the clock, unless the stays do not overlap. */
export function usualTimeMode({ comparison }: CompareScreen): TimeMode {
  return comparison && !comparison.overlap ? 'offset' : 'clock';
}

/**
 * Lays the lines of both on one axis: by the clock, or each from its own joining, in which case the second one's times are
 * moved. Undefined while there is no report. With one report only, its own lines are there to see.
 */
export function buildCompareModel(
  screen: CompareScreen,
  reports: Reports,
  timeMode: TimeMode,
): CompareModel | undefined {
  const models = reports.map((report, side) => report && buildModel(report, screen.sides[side as 0 | 1].subject));
  const [first, second] = models;
  const some = first ?? second;
  if (!some) return undefined;
  const names = sideNames(screen);
  const shift = timeMode === 'offset' && first && second ? first.origin - second.origin : 0;
  const shifts = [0, shift] as const;
  const own = models.map((model, side) =>
    (model?.sources ?? []).map((source) => moved(source, side, names[side as 0 | 1], shifts[side as 0 | 1])),
  ) as [Source[], Source[]];
  const pairs = pairedLines(screen.comparison?.pairs ?? [], own, names);
  const shownAtFirst = usualPairs(pairs, screen.wanted);
  styleLines([...pairs].sort((a, b) => rankOf(b, shownAtFirst) - rankOf(a, shownAtFirst)));
  const sources = pairs.flatMap(({ sources: [a, b] }) => [...a, ...b]);
  const lanes = models.flatMap((model, side) =>
    model ? [laneOf(model, side, names[side as 0 | 1], shifts[side as 0 | 1])] : [],
  );
  const spans = models.flatMap((model, side) =>
    model ? [model.span.map((at) => at + shifts[side as 0 | 1]) as [number, number]] : [],
  );
  const { coreMetrics, extraMetrics } = chartedMetrics(sources);
  return {
    names,
    pairs,
    sources,
    coreMetrics,
    extraMetrics,
    lanes,
    marks: lanes
      .flatMap(({ label, marks }) => marks.map(({ at, name }) => ({ at, name: `${label}: ${name}` })))
      .sort((a, b) => a.at - b.at),
    span: [Math.min(...spans.map(([from]) => from)), Math.max(...spans.map(([, to]) => to))],
    timeMode,
    origin: some.origin,
    whole: first !== undefined && second !== undefined,
    shownAtFirst,
  };
}

/** The pairs of streams, then transports of the same kind, then what only one of them has. */
function pairedLines(
  shown: readonly ShownPair[],
  own: readonly [Source[], Source[]],
  names: readonly [string, string],
): LinePair[] {
  const find = (side: 0 | 1, ids: readonly string[]) =>
    own[side].filter(({ stream }) => stream && ids.includes(stream.id));
  const pairs = shown.map(({ key, what, ends, streams }): LinePair => {
    const sources = [copies(find(0, streams[0])), copies(find(1, streams[1]))] as const;
    const [sent] = sources.flat().filter(({ group }) => group === 'sent');
    const label = ends && sent?.stream ? plainLabel(sent.stream) : displayText(what, 200);
    const [from, to] = sources[0].some(({ group }) => group === 'sent') ? names : [names[1], names[0]];
    return { key, group: ends ? `${from} → ${to}` : ALIKE, label, ends, sources };
  });
  const taken = new Set(
    shown.flatMap(({ streams }) => streams.flatMap((ids, side) => ids.map((id) => `${side}:${id}`))),
  );
  const rest = own.map((sources) => sources.filter(({ id }) => !taken.has(id))) as [Source[], Source[]];
  const plain = (side: 0 | 1, { label }: Source) => label.slice(names[side].length + 2);
  for (const source of rest[0].filter(({ group }) => group === 'transport')) {
    const what = plain(0, source);
    const twin = rest[1].find((other) => other.group === 'transport' && plain(1, other) === what);
    if (!twin) continue;
    pairs.push({ key: source.id, group: 'Transport', label: what, ends: false, sources: [[source], [twin]] });
    rest[0] = rest[0].filter((each) => each !== source);
    rest[1] = rest[1].filter((each) => each !== twin);
  }
  rest.forEach((sources, side) => {
    for (const source of sources) {
      const sides = side === 0 ? ([[source], []] as const) : ([[], [source]] as const);
      const label = ONLY[source.group](plain(side as 0 | 1, source));
      pairs.push({
        key: source.id,
        group: l10n.t('Only {0}', names[side as 0 | 1]),
        label,
        ends: false,
        sources: sides,
      });
    }
  });
  return pairs.filter(({ sources: [a, b] }) => a.length + b.length > 0);
}

/** The first pair (of those that are drawn at first) has the first two styles, the second the next two: a line looks the same in every chart. */
function styleLines(pairs: readonly LinePair[]): void {
  pairs.forEach(({ sources }, index) => {
    sources.forEach((lines, side) => {
      lines.forEach((line, at) => {
        line.style = lineStyle(2 * (index + at) + side);
        // One stream may stand in several pairs, and each of its lines needs a name of its own.
        line.id = `${index}:${line.id}`;
      });
    });
  });
}

function rankOf({ key }: LinePair, first: readonly string[]): number {
  return first.includes(key) ? 1 : 0;
}

function copies(sources: readonly Source[]): Source[] {
  return sources.map((source) => ({ ...source }));
}

function moved(source: Source, side: number, name: string, shift: number): Source {
  return {
    ...source,
    id: `${side}:${source.id}`,
    label: `${name}: ${source.label}`,
    times: shift === 0 ? source.times : source.times.map((at) => at + shift),
    gapsOf:
      shift === 0
        ? source.gapsOf
        : (key) => (source.gapsOf?.(key) ?? []).map((gap) => ({ ...gap, from: gap.from + shift, to: gap.to + shift })),
  };
}

/** Presence, and all that happened, of one of the two in one row. */
function laneOf(model: ReportModel, side: number, name: string, shift: number): Lane {
  const lanes = buildLanes(model);
  const presence = lanes.find(({ key }) => key === 'presence');
  const marks = lanes.flatMap((lane) => lane.marks).sort((a, b) => a.at - b.at);
  return {
    key: `side${side}`,
    label: name,
    bars: (presence?.bars ?? []).map((bar) => ({
      ...bar,
      from: bar.from + shift,
      to: bar.to === undefined ? undefined : bar.to + shift,
    })),
    marks: marks.map(({ at, name: what }) => ({ at: at + shift, name: what })),
  };
}

/** What the person came for; else both ends of a camera, else the cameras that were sent, else the first pair. */
function usualPairs(pairs: readonly LinePair[], wanted: readonly string[] | undefined): string[] {
  if (wanted && pairs.some(({ key }) => wanted.includes(key))) return [...wanted];
  const is = (pair: LinePair, kind: string, group?: string) =>
    pair.sources.every(([source]) => source?.stream?.kind === kind && (!group || source.group === group));
  const best =
    pairs.find((pair) => pair.ends && is(pair, 'video')) ??
    pairs.find(({ ends }) => ends) ??
    pairs.find((pair) => is(pair, 'video', 'sent')) ??
    pairs.find(({ sources: [a, b] }) => a.length > 0 && b.length > 0) ??
    pairs[0];
  return best ? [best.key] : [];
}
