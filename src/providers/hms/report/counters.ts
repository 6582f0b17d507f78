import * as l10n from '@vscode/l10n';
import type { SeriesName } from '../../../core/series';
import { SERIES } from '../../../core/series';
import { COUNTERS, type Columns } from './columns';

/**
 * Decides whether a counter runs or starts anew with each sample, over all tracks: a running total never falls. Running
 * ones become counts of their interval, in place. Gives a sentence for each counter that was above 0 anywhere.
 */
export function settleCounters(tracks: readonly Columns[]): string[] {
  return COUNTERS.flatMap((name) => {
    const columns = tracks.flatMap(({ series }) => series[name] ?? []);
    if (!columns.some((column) => column.some((value) => value > 0))) return [];
    const running = columns.every(neverFalls);
    if (running) for (const column of columns) toIntervals(column);
    return [sentence(name, running)];
  });
}

function neverFalls(column: Float64Array): boolean {
  let last = 0;
  for (const value of column) {
    if (value < last) return false;
    if (!Number.isNaN(value)) last = value;
  }
  return true;
}

/** Differences between neighbours; the first cell counts from the track's beginning, so that sums stay whole. */
function toIntervals(column: Float64Array): void {
  let last = 0;
  for (let i = 0; i < column.length; i++) {
    const value = column[i] as number;
    if (Number.isNaN(value)) continue;
    column[i] = value - last;
    last = value;
  }
}

function sentence(name: SeriesName, running: boolean): string {
  const { label } = SERIES[name];
  return running
    ? l10n.t(
        '{0}: read as a running total, because no figure is smaller than the one before; shown for each interval.',
        label,
      )
    : l10n.t('{0}: read as the count of each interval, because figures fall again; 100ms does not say.', label);
}
