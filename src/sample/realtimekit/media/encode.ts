import { hash, noise } from '../../random';
import { CELL, cellAt, type Grid, Running } from './grid';
import type { Link } from './link';
import type { Sending, Stretch, Track } from './tracks';

/** One RTP stream that a sender sends: an audio track, or one simulcast layer of a picture. */
export interface Sent {
  ssrc: number;
  /** Packets per second within a cell of the grid. */
  packetRate: (cell: number) => number;
  /** Bytes per second within a cell of the grid. */
  byteRate: (cell: number) => number;
  packets: Running;
  bytes: Running;
  /** Lost between sender and server. */
  lost: Running;
  /** Pictures only. */
  picture?: SentPicture;
}

/** What only a stream of pictures has. Arrays are by cell of the grid. */
export interface SentPicture {
  width: Uint16Array;
  height: Uint16Array;
  /** Frames per second; 0 while the layer is not sent. */
  fps: Uint8Array;
  frames: Running;
  keyFrames: Running;
  plis: Running;
  firs: Running;
  /** Seconds limited, by reason, shared by the layers of a track. */
  limited: { none: Running; cpu: Running; bandwidth: Running };
  /** 0 none, 1 cpu, 2 bandwidth; shared by the layers of a track. */
  reason: Uint8Array;
  resolutionChanges: Running;
}

/** A track with all its streams, the smallest layer first. */
export interface SentTrack {
  track: Track;
  streams: readonly Sent[];
}

/** Payload of one audio packet without speech: what the published report of a muted microphone shows (6300 bytes in 350). */
export const MUTED_BYTES = 18;
const AUDIO_PACKETS_PER_SECOND = 50;

const CAMERA_LAYERS = [
  { width: 320, height: 180, bitrate: 130_000 },
  { width: 640, height: 360, bitrate: 450_000 },
  { width: 1280, height: 720, bitrate: 1_500_000 },
];
const SCREEN_LAYERS = [{ width: 1920, height: 1080, bitrate: 1_900_000 }];

/** Payload bytes of a full video packet. */
const VIDEO_PACKET = 1080;

/** Encodes one track. `lossSeen` is the share of its packets that receivers miss, by cell: they ask for key frames. */
export function encode(grid: Grid, sending: Sending, track: Track, link: Link, lossSeen: Float32Array): SentTrack {
  if (track.kind === 'audio') return { track, streams: [encodeAudio(grid, sending, track, link)] };
  return { track, streams: encodePicture(grid, sending, track, link, lossSeen) };
}

function encodeAudio(grid: Grid, { muted }: Sending, track: Track, link: Link): Sent {
  const { seed } = track;
  const quiet = new Uint8Array(grid.cells);
  if (track.source === 'camera-mic') for (const stretch of muted) mark(grid, quiet, stretch);
  const packets = (cell: number) =>
    link.offline[cell] || (track.source === 'camera-mic' && link.microphoneGone[cell]) ? 0 : AUDIO_PACKETS_PER_SECOND;
  const size = (cell: number) => (quiet[cell] ? MUTED_BYTES : 62 + 34 * noise(seed, cell, 1));
  const bytes = (cell: number) => packets(cell) * size(cell);
  return {
    ssrc: track.ssrc,
    packetRate: packets,
    byteRate: bytes,
    packets: new Running(grid, track.from, track.to, packets),
    bytes: new Running(grid, track.from, track.to, bytes),
    lost: new Running(grid, track.from, track.to, (cell) => packets(cell) * (link.lossUp[cell] ?? 0)),
  };
}

function encodePicture(grid: Grid, sending: Sending, track: Track, link: Link, lossSeen: Float32Array): Sent[] {
  const screen = track.source === 'screen';
  const layers = screen ? SCREEN_LAYERS : CAMERA_LAYERS.slice(0, sending.mobile ? 2 : 3);
  const reason = new Uint8Array(grid.cells);
  const states = layers.map(() => ({
    width: new Uint16Array(grid.cells),
    height: new Uint16Array(grid.cells),
    fps: new Uint8Array(grid.cells),
    bitrate: new Float32Array(grid.cells),
  }));
  const first = cellAt(grid, track.from);
  const last = cellAt(grid, track.to);
  for (let cell = first; cell <= last; cell++) {
    let left = (link.capacityUp[cell] ?? 0) * 0.9 - 50_000;
    const cpu = link.cpu[cell] ?? 1;
    const fps = pictureRate(track, screen, cell, cpu);
    // The estimate of the bandwidth begins low and grows over the first seconds.
    const ramp = Math.min(1, 0.4 + 0.2 * (cell - first));
    const careful = 1 - Math.min(0.35, 2 * (link.lossUp[cell] ?? 0));
    if (cpu < 0.95) reason[cell] = 1;
    for (const [index, layer] of layers.entries()) {
      const state = states[index] as (typeof states)[number];
      const movement = screen
        ? 0.15 + 0.85 * noise(track.seed, cell >> 3, 20) ** 2
        : 0.86 + 0.28 * noise(track.seed, cell, 21);
      const wanted = layer.bitrate * movement * ramp * careful * (0.5 + 0.5 * cpu);
      const share = link.offline[cell] ? 0 : Math.max(0, left) / wanted;
      if (share < 1 && !link.offline[cell]) reason[cell] = 2;
      const scale = share >= 1 ? (cpu < 0.6 && index === 2 ? 0.75 : 1) : share >= 0.55 ? 0.75 : 0.5;
      state.width[cell] = layer.width * scale;
      state.height[cell] = layer.height * scale;
      if (share < 0.3) continue;
      state.fps[cell] = fps;
      state.bitrate[cell] = Math.min(wanted, left);
      left -= state.bitrate[cell] ?? 0;
    }
  }
  const within = (rate: (cell: number) => number) => new Running(grid, track.from, track.to, rate);
  const limited = {
    none: within((cell) => (reason[cell] === 0 ? 1 : 0)),
    cpu: within((cell) => (reason[cell] === 1 ? 1 : 0)),
    bandwidth: within((cell) => (reason[cell] === 2 ? 1 : 0)),
  };
  return states.map(({ width, height, fps, bitrate }, index) => {
    const packets = (cell: number) => (bitrate[cell] ?? 0) / 8 / VIDEO_PACKET + 0.4 * (fps[cell] ?? 0);
    const askedFor = (cell: number) => (fps[cell] ? 0.004 + Math.min(0.8, 4 * (lossSeen[cell] ?? 0)) : 0);
    const picture: SentPicture = {
      width,
      height,
      fps,
      reason,
      limited,
      frames: within((cell) => fps[cell] ?? 0),
      // One to begin with, one a minute, and what receivers ask for.
      keyFrames: within((cell) => (fps[cell] ? (cell === first ? 1000 / CELL : 1 / 60) + 0.7 * askedFor(cell) : 0)),
      plis: within(askedFor),
      firs: within((cell) => 0.04 * askedFor(cell)),
      resolutionChanges: within((cell) => (cell > first && width[cell] !== width[cell - 1] ? 1000 / CELL : 0)),
    };
    const bytes = (cell: number) => (bitrate[cell] ?? 0) / 8;
    return {
      ssrc: hash(track.ssrc, index),
      packetRate: packets,
      byteRate: bytes,
      packets: within(packets),
      bytes: within(bytes),
      lost: within((cell) => packets(cell) * (link.lossUp[cell] ?? 0)),
      picture,
    };
  });
}

function pictureRate(track: Track, screen: boolean, cell: number, cpu: number): number {
  const full = screen ? 5 + 10 * noise(track.seed, cell >> 3, 20) : 29 + 1.99 * noise(track.seed, cell, 22);
  return Math.max(3, Math.floor(full * cpu));
}

function mark(grid: Grid, cells: Uint8Array, { from, to }: Stretch): void {
  for (let cell = cellAt(grid, from); cell < cellAt(grid, to); cell++) cells[cell] = 1;
}
