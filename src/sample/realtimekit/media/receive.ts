import { hash } from '../../random';
import { opaqueId } from '../../uuid';
import type { SentTrack } from './encode';
import { cellAt, type Grid, Running } from './grid';
import type { Link } from './link';

/** One track as it arrives at one receiver. */
export interface Received {
  /** `consumer_id` in the report. */
  id: string;
  ssrc: number;
  mid: string;
  from: number;
  to: number;
  /** What the server forwards or should have: packets that arrive and packets that are missed. */
  expected: Running;
  lost: Running;
  bytes: Running;
  /** Arrival jitter, ms. */
  jitter: Running;
  /** Seconds x samples (or frames) that media waited in the jitter buffer. */
  waited: Running;
  /** Samples (or frames) that left it. */
  emitted: Running;
  concealment: Running;
  picture?: ReceivedPicture;
}

/** What only pictures have. Arrays are by cell of the grid. */
export interface ReceivedPicture {
  width: Uint16Array;
  height: Uint16Array;
  fps: Uint8Array;
  decoded: Running;
  dropped: Running;
  keyFrames: Running;
  firs: Running;
}

/** Who receives. */
export interface Receiver {
  link: Link;
  /** Epoch ms. */
  join: number;
  leave: number;
  /** Seed of this stay. */
  seed: number;
  /** Cameras it gets: with many, the server sends each of them smaller. */
  cameras: number;
}

const SAMPLE_RATE = 48_000;
/** From the moment a track is there to its first packet at a receiver, ms. */
const SETUP = 240;

/** What of a sender's track arrives at a receiver, through the server between them; undefined when they never met. */
export function receive(
  grid: Grid,
  sent: SentTrack,
  sender: Link,
  receiver: Receiver,
  number: number,
): Received | undefined {
  const { track } = sent;
  const { link } = receiver;
  const from = Math.max(track.from, receiver.join) + SETUP;
  const to = Math.min(track.to, receiver.leave);
  if (to - from < 1000) return undefined;
  const seed = hash(receiver.seed, track.seed, 501);
  const within = (rate: (cell: number) => number) =>
    new Running(grid, from, to, (cell) => (link.offline[cell] ? 0 : rate(cell)));
  const missed = (cell: number) => 1 - (1 - (sender.lossUp[cell] ?? 0)) * (1 - (link.lossDown[cell] ?? 0));
  const jitterAt = (cell: number) => (link.jitterDown[cell] ?? 0) + 0.5 * (sender.jitterUp[cell] ?? 0);
  const layer = chooseLayers(grid, sent, link, receiver.cameras, from, to);
  const packets = (cell: number) => sent.streams[layer[cell] ?? 0]?.packetRate(cell) ?? 0;
  const common = {
    id: opaqueId(seed, 1),
    ssrc: hash(seed, 2),
    mid: String(number),
    from,
    to,
    expected: within(packets),
    lost: within((cell) => packets(cell) * missed(cell)),
    bytes: within((cell) => (sent.streams[layer[cell] ?? 0]?.byteRate(cell) ?? 0) * (1 - missed(cell))),
    jitter: within(jitterAt),
    concealment: within(
      (cell) => packets(cell) * Math.min(0.4, missed(cell)) * 0.45 + Math.max(0, jitterAt(cell) - 25) * 0.02,
    ),
  };
  if (track.kind === 'audio') {
    const delay = (cell: number) => 0.032 + 0.0022 * jitterAt(cell) + 0.35 * missed(cell);
    return {
      ...common,
      waited: within((cell) => SAMPLE_RATE * delay(cell)),
      emitted: within(() => SAMPLE_RATE),
    };
  }
  const picture = receivePicture(grid, sent, layer, { missed, cpu: link.cpu, within });
  const shown = (cell: number) => picture.fps[cell] ?? 0;
  const delay = (cell: number) => 0.024 + 0.002 * jitterAt(cell) + 0.25 * missed(cell);
  return { ...common, waited: within((cell) => shown(cell) * delay(cell)), emitted: within(shown), picture };
}

/** Per cell the index of the layer that the server forwards: as large as the receiver may have, and being sent. */
function chooseLayers(grid: Grid, sent: SentTrack, link: Link, cameras: number, from: number, to: number): Uint8Array {
  const chosen = new Uint8Array(grid.cells);
  const largest = cameras <= 3 ? 2 : 1;
  for (let cell = cellAt(grid, from); cell <= cellAt(grid, to); cell++) {
    let layer = Math.min(sent.streams.length - 1, (link.lossDown[cell] ?? 0) > 0.1 ? largest - 1 : largest);
    while (layer > 0 && !sent.streams[layer]?.picture?.fps[cell]) layer--;
    chosen[cell] = layer;
  }
  return chosen;
}

function receivePicture(
  grid: Grid,
  sent: SentTrack,
  layer: Uint8Array,
  {
    missed,
    cpu,
    within,
  }: {
    missed: (cell: number) => number;
    cpu: Float32Array;
    within: (rate: (cell: number) => number) => Running;
  },
): ReceivedPicture {
  const width = new Uint16Array(grid.cells);
  const height = new Uint16Array(grid.cells);
  const fps = new Uint8Array(grid.cells);
  const arriving = new Float32Array(grid.cells);
  for (let cell = 0; cell < grid.cells; cell++) {
    const picture = sent.streams[layer[cell] ?? 0]?.picture;
    width[cell] = picture?.width[cell] ?? 0;
    height[cell] = picture?.height[cell] ?? 0;
    // A frame is lost when any of its packets is.
    arriving[cell] = (picture?.fps[cell] ?? 0) * (1 - Math.min(0.85, 2.4 * missed(cell)));
    fps[cell] = (arriving[cell] ?? 0) * (1 - droppedShare(cpu[cell]));
  }
  return {
    width,
    height,
    fps,
    decoded: within((cell) => fps[cell] ?? 0),
    dropped: within((cell) => (arriving[cell] ?? 0) * droppedShare(cpu[cell])),
    keyFrames: within((cell) => (fps[cell] ? 1 / 60 + 0.5 * Math.min(0.8, 4 * missed(cell)) : 0)),
    firs: within((cell) => (missed(cell) > 0.05 ? 0.05 : 0)),
  };
}

/** A machine short of processor time cannot show every frame. */
function droppedShare(cpu: number | undefined): number {
  return cpu !== undefined && cpu < 0.95 ? 0.3 * (1 - cpu) : 0;
}
