import type { CallReport, CandidatePair, Stream } from '../core/model';

/** Where a column lies in the one buffer: index and length in doubles. */
export interface PackedColumn {
  at: number;
  length: number;
}

export interface PackedStream extends Omit<Stream, 'times' | 'series'> {
  times: PackedColumn;
  series: Record<string, PackedColumn>;
}

export interface PackedPair extends Omit<CandidatePair, 'times' | 'series'> {
  times?: PackedColumn;
  series?: Record<string, PackedColumn>;
}

/** A report without its columns: plain JSON. */
export interface PackedFacts extends Omit<CallReport, 'streams' | 'transports'> {
  streams: PackedStream[];
  transports: PackedPair[];
}

/** A report ready to cross to the webview: facts as JSON, all columns in one buffer of doubles. */
export interface PackedReport {
  facts: PackedFacts;
  columns: ArrayBuffer;
}

/** Packs a report. Columns that are the same array are stored once. The report itself is left alone. */
export function packReport(report: CallReport): PackedReport {
  const placed = new Map<Float64Array, PackedColumn>();
  let length = 0;
  const place = (column: Float64Array): PackedColumn => {
    const known = placed.get(column);
    if (known) return known;
    const packed = { at: length, length: column.length };
    placed.set(column, packed);
    length += column.length;
    return packed;
  };
  const placeAll = (series: Partial<Record<string, Float64Array>>): Record<string, PackedColumn> => {
    const packed: [string, PackedColumn][] = [];
    for (const [name, column] of Object.entries(series)) if (column) packed.push([name, place(column)]);
    return Object.fromEntries(packed);
  };
  const streams = report.streams.map((stream) => ({
    ...stream,
    times: place(stream.times),
    series: placeAll(stream.series),
  }));
  const transports = report.transports.map(({ times, series, ...pair }) => ({
    ...pair,
    ...(times && { times: place(times) }),
    ...(series && { series: placeAll(series) }),
  }));
  const columns = new ArrayBuffer(length * Float64Array.BYTES_PER_ELEMENT);
  const doubles = new Float64Array(columns);
  for (const [column, { at }] of placed) doubles.set(column, at);
  return { facts: { ...report, streams, transports }, columns };
}

/** The reverse of {@link packReport}. Columns are views into the buffer: nothing is copied. */
export function unpackReport({ facts, columns }: PackedReport): CallReport {
  const view = (column: PackedColumn) =>
    new Float64Array(columns, column.at * Float64Array.BYTES_PER_ELEMENT, column.length);
  const viewAll = (series: Record<string, PackedColumn>): Record<string, Float64Array> =>
    Object.fromEntries(Object.entries(series).map(([name, column]) => [name, view(column)]));
  return {
    ...facts,
    streams: facts.streams.map((stream) => ({ ...stream, times: view(stream.times), series: viewAll(stream.series) })),
    transports: facts.transports.map(({ times, series, ...pair }) => ({
      ...pair,
      ...(times && { times: view(times) }),
      ...(series && { series: viewAll(series) }),
    })),
  };
}
