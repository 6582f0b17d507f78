import * as l10n from '@vscode/l10n';
import type { CallReport, Stream } from '../core/model';
import { ownStreams } from '../core/own-streams';
import { seriesInfo, summarize } from '../core/series';
import { isBeyond, limitHolds, type SeriesLimit } from '../core/series-limit';
import { displayText } from '../core/text';
import {
  GLANCE_LIMITS,
  GLANCE_METRICS,
  type GlanceFigure,
  type GlanceMetric,
  type ReportDigest,
} from '../protocol/session-messages';

type Limit = Pick<SeriesLimit, 'beyond' | 'warn'>;

/**
 * What a report says at a glance. A metric that no stream measured is left out: missing is not zero. `limits` are those of
 * the rules in force; a stream that has none of a metric is held against {@link GLANCE_LIMITS}.
 */
export function digestReport(report: CallReport, limits: readonly SeriesLimit[] = []): ReportDigest {
  const figures: ReportDigest['figures'] = {};
  for (const metric of GLANCE_METRICS) {
    const figure = figureOf(ownStreams(report), metric, limits);
    if (figure) figures[metric] = figure;
  }
  return { client: clientWords(report), figures };
}

/** Median over the samples of all streams together, and the worst single sample with its place. */
function figureOf(
  streams: readonly Stream[],
  metric: GlanceMetric,
  limits: readonly SeriesLimit[],
): GlanceFigure | undefined {
  const measured = streams.flatMap((stream) => {
    const column = stream.series[metric];
    return column ? [{ stream, column }] : [];
  });
  const all = new Float64Array(measured.reduce((sum, { column }) => sum + column.length, 0));
  let length = 0;
  for (const { column } of measured) {
    all.set(column, length);
    length += column.length;
  }
  const summary = summarize(all);
  if (!summary) return undefined;
  const low = seriesInfo(metric).worse === 'low';
  const worst = low ? summary.min : summary.max;
  const usual: Limit = { beyond: low ? 'below' : 'above', warn: GLANCE_LIMITS[metric] };
  const held = measured.map(
    ({ stream }): Limit => limits.find((limit) => limit.metric === metric && limitHolds(limit, stream)) ?? usual,
  );
  // Not measured is NaN, which is beyond nothing.
  const beyond = measured.reduce((sum, { column }, index) => {
    const limit = held[index] as Limit;
    return sum + column.filter((value) => isBeyond(limit, value)).length;
  }, 0);
  for (const { stream, column } of measured) {
    const at = column.indexOf(worst);
    if (at < 0) continue;
    return {
      median: summary.median,
      worst,
      beyond: beyond / summary.count,
      limits: [...new Set(held.map(({ warn }) => warn))].filter(Number.isFinite).sort((a, b) => a - b),
      worstAt: stream.times[at] as number,
      worstIn: streamWords(stream),
    };
  }
  return undefined;
}

const STREAM_WORDS = {
  send: { audio: l10n.t('sent audio'), video: l10n.t('sent video'), all: l10n.t('sent media') },
  receive: { audio: l10n.t('received audio'), video: l10n.t('received video'), all: l10n.t('received media') },
} as const;

const SCREEN_WORDS = {
  send: {
    audio: l10n.t('sent screen audio'),
    video: l10n.t('sent screen video'),
    all: l10n.t('sent screen media'),
  },
  receive: {
    audio: l10n.t('received screen audio'),
    video: l10n.t('received screen video'),
    all: l10n.t('received screen media'),
  },
} as const;

/** `sent video`, `received screen audio`. */
function streamWords({ direction, kind, source }: Stream): string {
  return (source === 'screen' ? SCREEN_WORDS : STREAM_WORDS)[direction][kind];
}

/** `Chrome 153 · Windows 11`; where there is no browser, the SDK. */
function clientWords({ browser, device, sdk }: CallReport): string | undefined {
  const name = browser?.name ? [browser.name, browser.version?.split('.')[0]] : [sdk?.name ?? sdk?.type, sdk?.version];
  const system = device?.os ? [device.os, device.osVersion] : [device?.vendor, device?.model];
  const words = [name, system].map((parts) => parts.filter(Boolean).join(' ')).filter(Boolean);
  return displayText(words.join(' · '), 80) || undefined;
}
