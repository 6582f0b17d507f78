import type { Stream } from '../../core/model';
import { SERIES_NAMES } from '../../core/series';

/**
 * The streams in the order of their ids, with rising times. Streams of one id are parts of one, as two pages of an answer
 * give them, and become one; of two samples with one time the first part's stays.
 */
export function mergedStreams(streams: readonly Stream[]): Stream[] {
  const byId = new Map<string, Stream[]>();
  for (const stream of streams) {
    const parts = byId.get(stream.id);
    if (parts) parts.push(stream);
    else byId.set(stream.id, [stream]);
  }
  return [...byId.keys()].sort().map((id) => {
    const parts = byId.get(id) as Stream[];
    const [only] = parts;
    return parts.length === 1 && only && rising(only.times) ? only : join(parts);
  });
}

function rising(times: Float64Array): boolean {
  for (let i = 1; i < times.length; i++) if (!((times[i] as number) > (times[i - 1] as number))) return false;
  return times.length === 0 || !Number.isNaN(times[0]);
}

function join(parts: readonly Stream[]): Stream {
  const rows: { time: number; part: number; index: number }[] = [];
  parts.forEach(({ times }, part) => {
    times.forEach((time, index) => {
      if (Number.isFinite(time)) rows.push({ time, part, index });
    });
  });
  rows.sort((a, b) => a.time - b.time || a.part - b.part || a.index - b.index);
  const kept = rows.filter((row, i) => i === 0 || row.time !== (rows[i - 1] as { time: number }).time);
  const series: Stream['series'] = {};
  for (const name of SERIES_NAMES) {
    if (!parts.some((part) => part.series[name])) continue;
    series[name] = Float64Array.from(kept, ({ part, index }) => parts[part]?.series[name]?.[index] ?? Number.NaN);
  }
  const states: NonNullable<Stream['states']> = {};
  for (const part of parts) {
    for (const [name, changes] of Object.entries(part.states ?? {})) {
      states[name] = [...(states[name] ?? []), ...changes].sort((a, b) => a.at - b.at);
    }
  }
  const first = parts[0] as Stream;
  return { ...first, times: Float64Array.from(kept, ({ time }) => time), series, states };
}
