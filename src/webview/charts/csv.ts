import * as l10n from '@vscode/l10n';
import type { SeriesName } from '../../core/series';
import type { Metric, Source } from '../report-model';
import type { TimeRange } from './timeline';

/** Values of several sources at the times that any of them has, in time order. */
export interface ChartTable {
  /** Epoch ms. */
  times: Float64Array;
  columns: { source: Source /** Aligned with `times`; NaN is "not measured". */; values: Float64Array }[];
}

/** What a chart shows, as a table. `range` limits it; both ends are included. */
export function chartTable(sources: readonly Source[], key: string, range?: TimeRange): ChartTable {
  const inRange = (at: number) => !range || (at >= range[0] && at <= range[1]);
  const all = new Set<number>();
  for (const { times } of sources) for (const at of times) if (inRange(at)) all.add(at);
  const times = Float64Array.from(all).sort();
  const columns = sources.map((source) => {
    const values = new Float64Array(times.length).fill(Number.NaN);
    const column = source.series[key];
    let row = 0;
    source.times.forEach((at, index) => {
      if (!inRange(at)) return;
      while ((times[row] as number) < at) row++;
      const value = column?.[index] ?? Number.NaN;
      if (!Number.isNaN(value)) values[row] = value;
    });
    return { source, values };
  });
  return { times, columns };
}

/** What a source's column was multiplied by for want of a stated unit; undefined where it is as it came. */
export function assumedFactor({ stream }: Source, key: string): number | undefined {
  return stream?.scaled?.[key as SeriesName];
}

/** A table with a further column, as it came, behind each whose unit is an assumption. Its heads name the columns. */
export function withRaw(table: ChartTable, key: string, head: (source: Source) => string) {
  return table.columns.flatMap(({ source, values }) => {
    const factor = assumedFactor(source, key);
    const own = { head: head(source), values, raw: false };
    return factor === undefined
      ? [own]
      : [
          own,
          {
            head: l10n.t('{0}, as it came', source.label),
            values: values.map((value) => unscaled(value, factor)),
            raw: true,
          },
        ];
  });
}

/** Twelve digits drop the error of the division. */
function unscaled(value: number, factor: number): number {
  return Number((value / factor).toPrecision(12));
}

/**
 * RFC 4180 text in the series' own unit, empty cells where nothing was measured. Times are UTC unless they are `relative`,
 * and seconds into the call where that has an origin.
 */
export function chartCsv(metric: Metric, table: ChartTable, origin: number | undefined, relative = false): string {
  const unit = metric.unit ? ` (${metric.unit})` : '';
  const columns = withRaw(table, metric.key, ({ label }) => `${label}: ${metric.label}${unit}`);
  const head = [
    ...(relative ? [] : ['time (UTC)']),
    ...(origin === undefined ? [] : ['into call (s)']),
    ...columns.map((column) => column.head),
  ];
  const lines = [head.map(csvCell).join(',')];
  table.times.forEach((at, row) => {
    const cells = columns.map(({ values }) => {
      const value = values[row] as number;
      return Number.isNaN(value) ? '' : String(value);
    });
    const into = origin === undefined ? [] : [((at - origin) / 1000).toFixed(3)];
    lines.push([...(relative ? [] : [isoTime(at)]), ...into, ...cells].join(','));
  });
  return `${lines.join('\r\n')}\r\n`;
}

/** Quotes where needed. A leading `=`, `+`, `-`, `@` would be run as a formula by spreadsheets: it gets an apostrophe. */
export function csvCell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
}

function isoTime(at: number): string {
  const date = new Date(at);
  return Number.isNaN(date.getTime()) ? '' : date.toISOString();
}
