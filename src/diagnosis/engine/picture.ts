import { overLayers } from './columns';
import type { StreamView } from './view';

const pictures = new WeakMap<StreamView, StreamView | undefined>();

/** The layers of a track as one picture. Several rules ask for it, so it is kept with the first layer. */
export function onePicture(views: readonly StreamView[]): StreamView | undefined {
  const first = views[0];
  if (!first) return undefined;
  if (!pictures.has(first)) pictures.set(first, combine(views));
  return pictures.get(first);
}

function combine(views: readonly StreamView[]): StreamView | undefined {
  return overLayers(views, [
    { name: 'bitrate', how: 'sum' },
    { name: 'bytesSent', how: 'sum' },
    { name: 'bytesReceived', how: 'sum' },
    { name: 'framesEncoded', how: 'sum' },
    { name: 'framesDecoded', how: 'sum' },
    { name: 'fps', how: 'max' },
    { name: 'frameWidth', how: 'max' },
    { name: 'qualityLimitationCpu', how: 'max' },
    { name: 'qualityLimitationBandwidth', how: 'max' },
    { name: 'qualityLimitationResolutionChanges', how: 'max' },
  ]);
}

/** Bytes of the interval, or the bitrate where bytes are not told. */
export function traffic({ stream }: StreamView): Float64Array | undefined {
  return stream.series.bytesSent ?? stream.series.bytesReceived ?? stream.series.bitrate;
}
