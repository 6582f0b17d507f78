import type { CallReport, Stream } from '../core/model';
import { seriesInfo, summarize } from '../core/series';
import { displayText } from '../core/text';
import {
  GLANCE_LIMITS,
  GLANCE_METRICS,
  type GlanceFigure,
  type GlanceMetric,
  type ReportDigest,
} from '../protocol/session-messages';

/** What a report says at a glance. A metric that no stream measured is left out: missing is not zero. */
export function digestReport(report: CallReport): ReportDigest {
  const figures: ReportDigest['figures'] = {};
  for (const metric of GLANCE_METRICS) {
    const figure = figureOf(report.streams, metric);
    if (figure) figures[metric] = figure;
  }
  return { client: clientWords(report), figures };
}

/** Median over the samples of all streams together, and the worst single sample with its place. */
function figureOf(streams: readonly Stream[], metric: GlanceMetric): GlanceFigure | undefined {
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
  const limit = GLANCE_LIMITS[metric];
  // Not measured is NaN, which is beyond nothing.
  const beyond = all.filter((value) => (low ? value < limit : value > limit)).length / summary.count;
  for (const { stream, column } of measured) {
    const at = column.indexOf(worst);
    if (at < 0) continue;
    return {
      median: summary.median,
      worst,
      beyond,
      worstAt: stream.times[at] as number,
      worstIn: streamWords(stream),
    };
  }
  return undefined;
}

/** `sent video`, `received screen audio`. */
function streamWords({ direction, kind, source }: Stream): string {
  const medium = kind === 'all' ? 'media' : kind;
  return `${direction === 'send' ? 'sent' : 'received'} ${source === 'screen' ? 'screen ' : ''}${medium}`;
}

/** `Chrome 153 · Windows 11`; where there is no browser, the SDK. */
function clientWords({ browser, device, sdk }: CallReport): string | undefined {
  const name = browser?.name ? [browser.name, browser.version?.split('.')[0]] : [sdk?.name ?? sdk?.type, sdk?.version];
  const system = device?.os ? [device.os, device.osVersion] : [device?.vendor, device?.model];
  const words = [name, system].map((parts) => parts.filter(Boolean).join(' ')).filter(Boolean);
  return displayText(words.join(' · '), 80) || undefined;
}
