import type { RawStream } from './fields';

/**
 * Names for the simulcast layers of a producer: several streams of one producer (or consumer) are told apart by the
 * height of their largest frame, or by SSRC where heights are unknown or alike. A stream on its own has no layer.
 */
export function layerNames(streams: readonly RawStream[]): (string | undefined)[] {
  const owner = ({ array, ids }: RawStream) => JSON.stringify([array.name, ids.consumer_id ?? ids.producer_id]);
  const byOwner = new Map<string, RawStream[]>();
  for (const stream of streams) byOwner.set(owner(stream), [...(byOwner.get(owner(stream)) ?? []), stream]);
  return streams.map((stream) => {
    const siblings = byOwner.get(owner(stream)) as RawStream[];
    if (siblings.length < 2) return undefined;
    const height = tallest(stream);
    const alike = siblings.some((other) => other !== stream && tallest(other) === height);
    if (height !== undefined && !alike) return `${height}p`;
    const { ssrc, mid = '?' } = stream.ids;
    const mark = ssrc === undefined ? `mid ${mid}` : `ssrc ${ssrc}`;
    return height === undefined ? mark : `${height}p, ${mark}`;
  });
}

function tallest({ cells }: RawStream): number | undefined {
  const column = cells.frame_height ?? new Float64Array();
  let height = 0;
  for (const value of column) height = Math.max(height, value || 0);
  return height > 0 ? height : undefined;
}
