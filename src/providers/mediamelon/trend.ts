import * as l10n from '@vscode/l10n';
import { isCallError } from '../../core/errors';
import type { ItemIssue, Stream } from '../../core/model';
import { ASSET_TREND_ID } from '../../core/own-streams';
import type { SeriesName } from '../../core/series';
import { displayText } from '../../core/text';
import { readAnswer } from './answer';
import { numberOf, type Row, textOf } from './cells';
import { groupByTime, isGrouped } from './group';

const MINUTE_MS = 60_000;

/** Intervals that MediaMelon knows, ms. */
const INTERVALS: Readonly<Record<string, number>> = {
  minute: MINUTE_MS,
  '5minute': 5 * MINUTE_MS,
  '10minute': 10 * MINUTE_MS,
  hour: 60 * MINUTE_MS,
  day: 1440 * MINUTE_MS,
};

/** Points that are enough for a line when the interval is ours to choose. */
const POINTS = 50;

const SERIES: Readonly<Record<string, SeriesName>> = {
  latency: 'startupTime',
  cirrbufferingratio: 'rebuffering',
  qualityofexperience: 'playbackScore',
  viewercount: 'plays',
};

/** Figures of a trend, as they are asked for. */
export const TREND_METRICS: readonly string[] = Object.keys(SERIES);

/** A trend that came, or a sentence that says why none did. */
export type TrendJob =
  | {
      body: Uint8Array;
      metrics: readonly string[];
      asset: string;
      granularity: string;
      /** Epoch ms. */
      period: { start: number; end: number };
      /** The answer holds rows of sessions, because groups by time were refused. */
      ungrouped: boolean;
    }
  | { without: string };

/** A trend as a stream, with what has to be said of it. */
export interface Trend {
  stream?: Stream;
  assumptions: string[];
  issues: ItemIssue[];
}

/**
 * Reads the trend of an asset. It is of all sessions of the asset, which its label says. There is none when the rows
 * show that another asset's sessions are in it, and when there are fewer than two points. Never throws.
 */
export function readTrend(job: TrendJob, who: string): Trend {
  if ('without' in job) return { assumptions: [job.without], issues: [] };
  const { body, metrics, asset, granularity, period } = job;
  const name = displayText(asset, 60);
  try {
    const { rows, issues } = readAnswer(body, { who, what: l10n.t('the trend of this asset'), metrics });
    if (rows.some((row) => (textOf(row, 'assetname') ?? asset) !== asset)) {
      const text = l10n.t(
        'There is no trend of "{0}": the answer holds other assets, so the filter was not applied.',
        name,
      );
      return { assumptions: [text], issues };
    }
    const ours = job.ungrouped || !isGrouped(rows, 'timestamp');
    const interval = INTERVALS[granularity] ?? chosenInterval(period);
    const points = ours ? groupByTime(rows, interval) : rows;
    const stream = toStream(points, name);
    if (!stream)
      return { assumptions: [l10n.t('There is no trend of "{0}": fewer than two points came.', name)], issues };
    const whose = l10n.t(
      'The trend is of all sessions of "{0}" in the hours around this one, not of this session.',
      name,
    );
    const how = l10n.t(
      'MediaMelon gave no groups by time, so that {0} rows of sessions were averaged by the interval in which they started.',
      rows.length,
    );
    return { stream, assumptions: [ours ? `${whose} ${how}` : whose], issues };
  } catch (error) {
    const text = isCallError(error) ? error.text : l10n.t('The answer could not be read.');
    return { assumptions: [`${l10n.t('There is no trend of "{0}".', name)} ${text}`], issues: [] };
  }
}

function toStream(points: readonly Row[], name: string): Stream | undefined {
  const ordered = points
    .flatMap((row): [number, Row][] => {
      const time = numberOf(row, 'timestamp');
      return time === undefined ? [] : [[time, row]];
    })
    .sort(([a], [b]) => a - b);
  const series: Stream['series'] = {};
  for (const [metric, column] of Object.entries(SERIES)) {
    // Below 0 is no measurement.
    const values = ordered
      .map(([, row]) => numberOf(row, metric) ?? -1)
      .map((value) => (value < 0 ? Number.NaN : value));
    if (values.some((value) => !Number.isNaN(value))) series[column] = Float64Array.from(values);
  }
  if (ordered.length < 2 || Object.keys(series).length === 0) return undefined;
  return {
    id: ASSET_TREND_ID,
    direction: 'receive',
    kind: 'all',
    source: 'all',
    label: l10n.t('All sessions of {0}', name),
    times: Float64Array.from(ordered, ([time]) => time),
    series,
  };
}

/** The shortest interval of which at most {@link POINTS} lie in the period. */
function chosenInterval({ start, end }: { start: number; end: number }): number {
  return Object.values(INTERVALS).find((interval) => (end - start) / interval <= POINTS) ?? 1440 * MINUTE_MS;
}
