import * as l10n from '@vscode/l10n';
import type { Stream } from '../../../core/model';
import { summarize } from '../../../core/series';
import type { Cumulative } from './aggregates';

/**
 * Is `packet_loss.avg` percent, as the names of its thresholds suggest, or a fraction? Compared with the loss of the
 * samples where both are above 0; percent otherwise. `factor` makes it percent.
 */
export function readLossUnit(
  cumulatives: readonly Cumulative[],
  streams: readonly Stream[],
): { factor: 1 | 100; assumptions: string[] } {
  let percent = 0;
  let fraction = 0;
  let any = false;
  for (const { array, record } of cumulatives) {
    const average = record.packet_loss?.avg ?? 0;
    if (!(average > 0)) continue;
    any = true;
    const own = streams.filter(
      (one) => one.direction === array.direction && one.kind === array.kind && one.source === array.source,
    );
    const columns = own.flatMap((stream) => [...(stream.series.packetLoss ?? [])]);
    const mean = summarize(Float64Array.from(columns))?.mean ?? 0;
    if (!(mean > 0)) continue;
    percent += Math.abs(Math.log(average / mean));
    fraction += Math.abs(Math.log((average * 100) / mean));
  }
  if (!any) return { factor: 1, assumptions: [] };
  if (fraction < percent) {
    return {
      factor: 100,
      assumptions: [l10n.t('The average packet loss of RealtimeKit is read as a fraction: so it fits the samples.')],
    };
  }
  const assumption =
    percent < fraction
      ? l10n.t('The average packet loss of RealtimeKit is read as percent: so it fits the samples.')
      : l10n.t('The average packet loss of RealtimeKit is read as percent: as the names of its thresholds suggest.');
  return { factor: 1, assumptions: [assumption] };
}
