import { type ColumnSummary, summarize } from '../../core/series';

const known = new WeakMap<Float64Array, { summary?: ColumnSummary }>();

/** `summarize` of a column, worked out once: several parts of the page ask for the same. */
export function columnSummary(column: Float64Array | undefined): ColumnSummary | undefined {
  if (!column) return undefined;
  let entry = known.get(column);
  if (!entry) {
    entry = { summary: summarize(column) };
    known.set(column, entry);
  }
  return entry.summary;
}
