import type { Gap, GapReason } from '../../core/gaps';
import type { Source } from '../report-model';

/** A stretch in which no line of a chart has a value though some should. Epoch ms. */
export interface GapBand {
  from: number;
  to: number;
  reasons: readonly GapReason[];
}

/** What a chart draws of its lines' gaps. */
export interface ChartGaps {
  /** All lines are missing: the whole height is hatched. */
  bands: readonly GapBand[];
  /** Some lines are missing while others go on: a hatched strip in the line's colour. */
  single: readonly { source: Source; gap: Gap }[];
}

export const NO_GAPS: ChartGaps = { bands: [], single: [] };

interface Step {
  at: number;
  alive: number;
  missing: number;
  reason?: GapReason;
}

/** The gaps of a chart's lines: where all of those that should be there are missing, and where only some are. */
export function chartGaps(sources: readonly Source[], key: string): ChartGaps {
  const steps: Step[] = [];
  const all: { source: Source; gap: Gap }[] = [];
  for (const source of sources) {
    const { times, gapsOf } = source;
    const gaps = gapsOf?.(key) ?? [];
    const first = times[0];
    if (first === undefined) continue;
    const last = Math.max(times[times.length - 1] as number, gaps.at(-1)?.to ?? Number.NEGATIVE_INFINITY);
    steps.push({ at: first, alive: 1, missing: 0 }, { at: last, alive: -1, missing: 0 });
    for (const gap of gaps) {
      all.push({ source, gap });
      const { from, to, reason } = gap;
      steps.push({ at: from, alive: 0, missing: 1, reason }, { at: to, alive: 0, missing: -1, reason });
    }
  }
  if (all.length === 0) return NO_GAPS;
  const bands = sweep(steps);
  const hidden = ({ from, to }: Gap) => bands.some((band) => band.from <= from && band.to >= to);
  return { bands, single: all.filter(({ gap }) => !hidden(gap)) };
}

function sweep(steps: Step[]): GapBand[] {
  steps.sort((a, b) => a.at - b.at);
  const bands: GapBand[] = [];
  const reasons = new Map<GapReason, number>();
  let alive = 0;
  let missing = 0;
  steps.forEach((step, index) => {
    alive += step.alive;
    missing += step.missing;
    if (step.reason) reasons.set(step.reason, (reasons.get(step.reason) ?? 0) + step.missing);
    const next = steps[index + 1]?.at;
    if (next === undefined || next === step.at || missing === 0 || missing < alive) return;
    const told = [...reasons].filter(([, count]) => count > 0).map(([reason]) => reason);
    const last = bands.at(-1);
    if (last?.to === step.at && last.reasons.join() === told.join()) last.to = next;
    else bands.push({ from: step.at, to: next, reasons: told });
  });
  return bands;
}

/** Why a source has no value of a metric at a moment (epoch ms); undefined where it has one, or nothing is missing. */
export function gapAt({ gapsOf }: Source, key: string, at: number): GapReason | undefined {
  return gapsOf?.(key).find(({ from, to }) => from < at && at < to)?.reason;
}
