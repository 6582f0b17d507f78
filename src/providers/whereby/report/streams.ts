import * as l10n from '@vscode/l10n';
import type { ItemIssue, Stream } from '../../../core/model';
import type { SeriesName } from '../../../core/series';
import type { LossUnit } from './loss-unit';
import type { SeriesKey } from './samples';
import type { Segment } from './segments';

/** A connection whose samples were drawn. Times are epoch ms. */
export interface Connection {
  start: number;
  /** Of the last sample. */
  end: number;
  samples: number;
}

/** A piece of a connection: its first samples, up to where the next connection begins. */
interface Piece {
  segment: Segment;
  length: number;
}

/**
 * Joins the samples of all connections, in the order of their start, into one stream for each direction. Sample i lies at
 * start + i × rate; between connections there is nothing. Where two overlap, the later one holds.
 */
export function joinSegments(
  segments: readonly Segment[],
  unit: LossUnit,
  issues: ItemIssue[],
): { streams: Stream[]; connections: Connection[] } {
  const pieces = cut(segments, issues);
  const length = pieces.reduce((sum, piece) => sum + piece.length, 0);
  const times = new Float64Array(length);
  let at = 0;
  for (const { segment, length: count } of pieces) {
    for (let i = 0; i < count; i++) times[at++] = segment.start + i * segment.rate;
  }
  const loss: SeriesName = unit.unit === 'unknown' ? 'packetLossUnscaled' : 'packetLoss';
  const streams = (['send', 'receive'] as const).flatMap((direction): Stream[] => {
    const suffix = direction === 'send' ? 'Send' : 'Recv';
    const bitrate = join(pieces, length, `bitrate${suffix}`);
    const packetLoss = toPercent(join(pieces, length, `packetLoss${suffix}`), unit, `packetLoss${suffix}`, issues);
    if (!bitrate && !packetLoss) return [];
    return [
      {
        id: direction,
        direction,
        kind: 'all',
        source: 'all',
        label: direction === 'send' ? l10n.t('All sent streams') : l10n.t('All received streams'),
        times: times.slice(),
        series: { ...(packetLoss && { [loss]: packetLoss }), ...(bitrate && { bitrate }) },
        ...(packetLoss && unit.factor !== 1 && { scaled: { packetLoss: unit.factor } }),
      },
    ];
  });
  const connections = pieces.map(({ segment: { start, rate }, length: samples }) => ({
    start,
    end: start + (samples - 1) * rate,
    samples,
  }));
  return { streams, connections };
}

function cut(segments: readonly Segment[], issues: ItemIssue[]): Piece[] {
  const placed = segments.filter((segment) => {
    if (segment.length === 0) return false;
    if (!Number.isNaN(segment.start)) return true;
    const message = l10n.t(
      'The samples do not say when they begin; {0} of them are in the raw view only.',
      segment.length,
    );
    issues.push({ path: `${segment.path}.samples`, message });
    return false;
  });
  return placed.flatMap((segment, index) => {
    const next = placed[index + 1];
    const room = next ? Math.ceil((next.start - segment.start) / segment.rate) : segment.length;
    const length = Math.min(segment.length, room);
    if (length < segment.length) {
      const lost = segment.length - length;
      const message = l10n.t(
        'The connection overlaps the next one; {0} of its {1} samples are left out.',
        lost,
        segment.length,
      );
      issues.push({ path: `${segment.path}.samples`, message });
    }
    return length > 0 ? [{ segment, length }] : [];
  });
}

/** One column over all pieces; undefined when no connection has the series. */
function join(pieces: readonly Piece[], length: number, key: SeriesKey): Float64Array | undefined {
  if (!pieces.some(({ segment }) => segment.columns[key])) return undefined;
  const joined = new Float64Array(length).fill(Number.NaN);
  let at = 0;
  for (const { segment, length: count } of pieces) {
    const column = segment.columns[key];
    if (column) joined.set(column.subarray(0, count), at);
    at += count;
  }
  return joined;
}

/** Loss in percent. What is above 100 % cannot be, and counts as not measured. */
function toPercent(
  column: Float64Array | undefined,
  { unit, factor }: LossUnit,
  name: SeriesKey,
  issues: ItemIssue[],
): Float64Array | undefined {
  if (!column || unit === 'unknown') return column;
  let impossible = 0;
  for (let i = 0; i < column.length; i++) {
    // Twelve digits drop the error of the multiplication: 0.07 is 7 %, not 7.000000000000001 %.
    const value = factor === 1 ? (column[i] as number) : Number(((column[i] as number) * factor).toPrecision(12));
    column[i] = value > 100 ? Number.NaN : value;
    if (value > 100) impossible++;
  }
  if (impossible > 0) {
    const message =
      unit === 'percent'
        ? l10n.t(
            '{0} of {1} values are above 100 % when read as percent; they count as not measured.',
            impossible,
            column.length,
          )
        : l10n.t(
            '{0} of {1} values are above 100 % when read as a fraction; they count as not measured.',
            impossible,
            column.length,
          );
    issues.push({ path: name, message });
  }
  return column;
}
