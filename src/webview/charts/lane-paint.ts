import type { LaneBar } from '../lanes';
import type { TimeRange } from './timeline';

const ORDER: readonly LaneBar['look'][] = ['plain', 'strong', 'off', 'alert'];

/** Sets a row of pixels: what hurts is on top of what was chosen and of what was calm, and at least one pixel wide. */
export function paintBars(
  row: Uint32Array,
  bars: readonly LaneBar[],
  [from, to]: TimeRange,
  colors: Record<LaneBar['look'], number>,
): void {
  const perMs = row.length / (to - from);
  for (const look of ORDER) {
    for (const bar of bars) {
      if (bar.look !== look || bar.from > to || (bar.to ?? to) < from) continue;
      const left = Math.max(0, Math.floor((bar.from - from) * perMs));
      const right = Math.min(row.length, Math.ceil(((bar.to ?? to) - from) * perMs));
      row.fill(colors[look], left, Math.max(right, left + 1));
    }
  }
}
