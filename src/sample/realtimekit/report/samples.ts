import { noise } from '../../random';
import { iso } from '../apps';
import { peerId } from '../ids';
import type { Arrival, Media } from '../media/call';
import type { Sent, SentTrack } from '../media/encode';
import { cellAt, type Grid } from '../media/grid';
import type { Link } from '../media/link';
import type { Received } from '../media/receive';
import type { Plan } from '../plan';
import { keyOf } from '../sessions';
import { estimateMos } from './mos';

/** Time between two readings, ms: about 7 s, as in the published report. */
const INTERVAL = 7000;
/** From joining to the first reading and by how much the second comes later, ms; both as published. */
const FIRST = 222;
const SECOND_DELAY = 580;

/** A moment at which the client reported. */
export interface Reading {
  /** Epoch ms. */
  time: number;
  text: string;
}

/** One row of a `quality` array: counters are of the interval since the row before of the same stream. */
export type Sample = Record<string, unknown> & { timestamp: string };

/** The eight arrays of samples that `quality` holds. */
export type SampleArrays = Record<`${'' | 'screenshare_'}${'audio' | 'video'}_${'producer' | 'consumer'}`, Sample[]>;

/** The readings of a stay up to `now`; none while it had no connection or its page slept. */
export function readingsOf({ stay, link, grid }: Media, seed: number, now: number): Reading[] {
  const readings: Reading[] = [];
  const end = Math.min(stay.leave, now);
  for (let index = 0; ; index++) {
    const wobble = index === 0 ? 0 : SECOND_DELAY + Math.round((noise(seed, index, 801) - 0.5) * 12);
    const time = stay.join + FIRST + index * INTERVAL + wobble;
    if (time > end) return readings;
    const cell = cellAt(grid, time);
    if (!link.offline[cell] && !link.backgrounded[cell]) readings.push({ time, text: iso(time) });
  }
}

/** All samples of a stay at the given readings. */
export function samplesOf(plan: Plan, media: Media, readings: readonly Reading[]): SampleArrays {
  const arrays: SampleArrays = {
    audio_producer: [],
    audio_consumer: [],
    video_producer: [],
    video_consumer: [],
    screenshare_audio_producer: [],
    screenshare_audio_consumer: [],
    screenshare_video_producer: [],
    screenshare_video_consumer: [],
  };
  const name = (track: SentTrack['track'], side: 'producer' | 'consumer') =>
    `${track.source === 'screen' ? 'screenshare_' : ''}${track.kind}_${side}` as const;
  for (const sent of media.sent) {
    const rows = arrays[name(sent.track, 'producer')];
    eachInterval(readings, sent.track.from, sent.track.to, (from, reading) => {
      for (const stream of sent.streams) rows.push(producerSample(sent, stream, media.link, media.grid, from, reading));
    });
  }
  for (const arrival of media.arrivals) {
    const rows = arrays[name(arrival.sent.track, 'consumer')];
    const peer = peerId(keyOf(plan), arrival.sender.index);
    eachInterval(readings, arrival.received.from, arrival.received.to, (from, reading) => {
      rows.push(consumerSample(arrival, peer, media, from, reading));
    });
  }
  // The client reports all streams of a kind together, reading by reading.
  for (const rows of Object.values(arrays)) {
    rows.sort((a, b) => (a.timestamp < b.timestamp ? -1 : a.timestamp > b.timestamp ? 1 : 0));
  }
  return arrays;
}

function eachInterval(
  readings: readonly Reading[],
  from: number,
  to: number,
  visit: (from: number, reading: Reading) => void,
): void {
  let previous = from;
  for (const reading of readings) {
    if (reading.time <= from) continue;
    if (reading.time > to) return;
    visit(previous, reading);
    previous = reading.time;
  }
}

function producerSample(
  { track }: SentTrack,
  stream: Sent,
  link: Link,
  grid: Grid,
  from: number,
  { time, text }: Reading,
): Sample {
  const sent = stream.packets.whole(from, time);
  const lost = Math.min(sent, stream.lost.whole(from, time));
  const rtt = link.rttSum.mean(from, time);
  const jitter = link.jitterUpSum.mean(from, time);
  const row: Sample = {
    timestamp: text,
    producer_id: track.id,
    ssrc: stream.ssrc,
    mid: track.mid,
    ...(sent > 0 && { mos_quality: round4(estimateMos(rtt, jitter, (100 * lost) / sent)) }),
    packets_sent: sent,
    packets_lost: lost,
    bytes_sent: stream.bytes.whole(from, time),
    jitter: round6(jitter / 1000),
    rtt: round6(rtt / 1000),
  };
  const { picture } = stream;
  if (!picture) return row;
  const cell = cellAt(grid, time - 1);
  row.frame_width = picture.width[cell];
  row.frame_height = picture.height[cell];
  row.frames_per_second = picture.fps[cell];
  row.frames_encoded = picture.frames.whole(from, time);
  row.key_frames_encoded = picture.keyFrames.whole(from, time);
  row.pli_count = picture.plis.whole(from, time);
  row.fir_count = picture.firs.whole(from, time);
  row.quality_limitation_reason = (['none', 'cpu', 'bandwidth'] as const)[picture.reason[cell] ?? 0];
  row.quality_limitation_durations = {
    none: round3(picture.limited.none.between(from, time)),
    cpu: round3(picture.limited.cpu.between(from, time)),
    bandwidth: round3(picture.limited.bandwidth.between(from, time)),
    other: 0,
  };
  row.quality_limitation_resolution_changes = picture.resolutionChanges.whole(from, time);
  return row;
}

function consumerSample(
  { sent, received }: Arrival,
  peer: string,
  media: Media,
  from: number,
  reading: Reading,
): Sample {
  const { time, text } = reading;
  const expected = received.expected.whole(from, time);
  const lost = Math.min(expected, received.lost.whole(from, time));
  const jitter = received.jitter.mean(from, time);
  const loss = expected > 0 ? (100 * lost) / expected : 0;
  const row: Sample = {
    timestamp: text,
    consumer_id: received.id,
    producer_id: sent.track.id,
    peer_id: peer,
    ssrc: received.ssrc,
    mid: received.mid,
    ...(expected > 0 && { mos_quality: round4(estimateMos(media.link.rttSum.mean(from, time), jitter, loss)) }),
    packets_received: expected - lost,
    packets_lost: lost,
    bytes_received: received.bytes.whole(from, time),
    jitter: round6(jitter / 1000),
    jitter_buffer_delay: round3(received.waited.between(from, time)),
    jitter_buffer_emitted_count: received.emitted.whole(from, time),
  };
  const { picture } = received;
  if (!picture) {
    row.concealment_events = concealment(received, from, time);
    return row;
  }
  const cell = cellAt(media.grid, time - 1);
  row.frame_width = picture.width[cell];
  row.frame_height = picture.height[cell];
  row.frames_per_second = picture.fps[cell];
  row.frames_decoded = picture.decoded.whole(from, time);
  row.frames_dropped = picture.dropped.whole(from, time);
  row.key_frames_decoded = picture.keyFrames.whole(from, time);
  row.fir_count = picture.firs.whole(from, time);
  return row;
}

function concealment(received: Received, from: number, time: number): number {
  return received.concealment.whole(from, time);
}

function round3(value: number): number {
  return Math.round(value * 1e3) / 1e3;
}

function round4(value: number): number {
  return Math.round(value * 1e4) / 1e4;
}

function round6(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}
