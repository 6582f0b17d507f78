import { compareText } from '../../core/order';
import type { SeriesName } from '../../core/series';
import { column, type StreamView } from './view';

/** Loss of intervals with at least so many packets, %: of five packets one lost says nothing. */
export function lossOfBusy(view: StreamView, minPackets: number): Float64Array | undefined {
  const loss = column(view, 'packetLoss');
  if (!loss) return undefined;
  const { packetsSent, packetsReceived, packetsLost } = view.stream.series;
  const carried = packetsSent ?? packetsReceived;
  if (!carried || minPackets <= 0 || !anyAbove(loss, 0)) return loss;
  const add = packetsSent ? undefined : packetsLost;
  const busy = new Float64Array(loss.length);
  for (let i = 0; i < loss.length; i++) {
    const packets = (carried[i] as number) + (add ? (add[i] as number) || 0 : 0);
    busy[i] = packets < minPackets ? Number.NaN : (loss[i] as number);
  }
  return busy;
}

/** A count of the interval as a rate per second; undefined where the stream has none of the series. */
export function perSecond(view: StreamView, ...names: readonly SeriesName[]): Float64Array | undefined {
  const columns = names.flatMap((name) => column(view, name) ?? []);
  const [first] = columns;
  if (!first) return undefined;
  // Nothing but zeros and gaps is the same per second.
  if (columns.every((values) => !anyAbove(values, 0))) return first;
  const rate = new Float64Array(first.length);
  for (let i = 0; i < rate.length; i++) {
    let sum = first[i] as number;
    for (let c = 1; c < columns.length; c++) sum += (columns[c] as Float64Array)[i] as number;
    rate[i] = (sum * 1000) / (view.elapsed[i] as number);
  }
  return rate;
}

/** Counts of the last `windowMs` up to each sample, brought to `perMs`; NaN until there is half a window. */
export function rolling(view: StreamView, counts: Float64Array, windowMs: number, perMs: number): Float64Array {
  const { times, elapsed } = view;
  const out = new Float64Array(counts.length).fill(Number.NaN);
  let from = 0;
  let sum = 0;
  let spent = 0;
  for (let i = 0; i < counts.length; i++) {
    if (Number.isNaN(elapsed[i])) {
      from = i + 1;
      sum = 0;
      spent = 0;
      continue;
    }
    sum += (counts[i] as number) || 0;
    spent += elapsed[i] as number;
    while (from < i && (times[i] as number) - (times[from] as number) >= windowMs) {
      sum -= (counts[from] as number) || 0;
      spent -= (elapsed[from] as number) || 0;
      from++;
    }
    if (spent >= windowMs / 2) out[i] = (sum * perMs) / Math.max(spent, windowMs);
  }
  return out;
}

/** Whether any cell is above a value. */
export function anyAbove(values: Float64Array, limit: number): boolean {
  for (const value of values) if (value > limit) return true;
  return false;
}

/** Whether any cell is below a value. */
export function anyBelow(values: Float64Array, limit: number): boolean {
  for (const value of values) if (value < limit) return true;
  return false;
}

/** Whether any cell is 0. */
export function hasZero(values: Float64Array): boolean {
  for (const value of values) if (value === 0) return true;
  return false;
}

/** A quantile (0..1) of the samples that count; NaN for none. */
export function quantile({ usable }: StreamView, values: Float64Array, q: number): number {
  const kept = values.filter((value, i) => usable[i] === 1 && !Number.isNaN(value)).sort();
  return kept.length === 0 ? Number.NaN : (kept[Math.floor(q * (kept.length - 1))] as number);
}

/** Sums or picks over the layers of a track, so that the picture as a whole is judged. */
export function overLayers(
  views: readonly StreamView[],
  names: readonly { name: SeriesName; how: 'sum' | 'max' }[],
): StreamView | undefined {
  const [base, ...others] = [...views].sort(
    (a, b) => b.times.length - a.times.length || compareText(a.stream.id, b.stream.id),
  );
  if (!base) return undefined;
  const series: StreamView['stream']['series'] = { ...base.stream.series };
  for (const { name, how } of names) {
    const holders = [base, ...others].filter((view) => view.stream.series[name]);
    if (holders.length === 0) continue;
    const out = holders.every((view) => sameTimes(view.times, base.times))
      ? aligned(holders, name, how)
      : matched(base.times, holders, name, how);
    series[name] = out;
  }
  return { ...base, stream: { ...base.stream, series, layer: undefined } };
}

function sameTimes(a: Float64Array, b: Float64Array): boolean {
  if (a === b) return true;
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

function aligned(holders: readonly StreamView[], name: SeriesName, how: 'sum' | 'max'): Float64Array {
  const columns = holders.map(({ stream }) => stream.series[name] as Float64Array);
  const out = Float64Array.from(columns[0] as Float64Array);
  for (const values of columns.slice(1)) {
    for (let i = 0; i < out.length; i++) {
      const value = values[i] as number;
      const known = out[i] as number;
      if (Number.isNaN(value)) continue;
      out[i] = Number.isNaN(known) ? value : how === 'sum' ? known + value : value > known ? value : known;
    }
  }
  return out;
}

/** Layers that were not reported at the same moments: only equal moments are put together. */
function matched(
  times: Float64Array,
  holders: readonly StreamView[],
  name: SeriesName,
  how: 'sum' | 'max',
): Float64Array {
  const out = new Float64Array(times.length).fill(Number.NaN);
  const next = new Int32Array(holders.length);
  for (let i = 0; i < out.length; i++) {
    const time = times[i] as number;
    for (let h = 0; h < holders.length; h++) {
      const { times: own, stream } = holders[h] as StreamView;
      let at = next[h] as number;
      while (at < own.length && (own[at] as number) < time) at++;
      next[h] = at;
      if (at >= own.length || own[at] !== time) continue;
      const value = stream.series[name]?.[at] as number;
      if (Number.isNaN(value)) continue;
      const known = out[i] as number;
      out[i] = Number.isNaN(known) ? value : how === 'sum' ? known + value : Math.max(known, value);
    }
  }
  return out;
}
