/** Streams in the generated report: half sent, half received, at one sample a second for an hour. */
const STREAMS = 20;
const SECONDS = 3600;
const START = Date.UTC(2024, 4, 6, 10, 0, 0);

/** Samples in the report of {@link largeReport}. */
export const SAMPLES = STREAMS * SECONDS;

/** A number in 0..1 that depends on its arguments only. */
function noise(stream: number, second: number, salt: number): number {
  const x = Math.sin(stream * 12.9898 + second * 78.233 + salt * 37.719) * 43758.5453;
  return x - Math.floor(x);
}

/** Three decimals; more would only make the text longer. */
function short(value: number): number {
  return Math.round(value * 1e3) / 1e3;
}

function uuid(kind: string, stream: number): string {
  return `${kind}${String(stream).padStart(7, '0')}-0000-4000-8000-000000000000`;
}

function common(stream: number, second: number) {
  const r = (salt: number) => noise(stream, second, salt);
  return {
    timestamp: new Date(START + second * 1000 + Math.floor(r(1) * 90)).toISOString(),
    producer_id: uuid('a', stream),
    ssrc: 1_000_000_007 + stream * 104_729,
    mid: String(stream),
    mos_quality: short(3.5 + r(2)),
    packets_lost: r(3) > 0.9 ? Math.floor(r(4) * 9) : 0,
    jitter: short(r(5) / 50),
    frame_width: 1280,
    frame_height: 720,
    frames_per_second: 27 + Math.floor(r(6) * 4),
    fir_count: 0,
  };
}

function sent(stream: number, second: number) {
  const r = (salt: number) => noise(stream, second, salt);
  return {
    ...common(stream, second),
    packets_sent: 120 + Math.floor(r(7) * 90),
    bytes_sent: 120_000 + Math.floor(r(8) * 90_000),
    rtt: short(0.02 + r(9) / 10),
    frames_encoded: 27 + Math.floor(r(10) * 4),
    key_frames_encoded: r(11) > 0.97 ? 1 : 0,
    pli_count: r(12) > 0.97 ? 1 : 0,
    quality_limitation_reason: r(13) > 0.9 ? 'cpu' : 'none',
    quality_limitation_durations: { bandwidth: 0, cpu: short(second * 0.1), none: short(second * 0.9), other: 0 },
    quality_limitation_resolution_changes: 0,
  };
}

function received(stream: number, second: number) {
  const r = (salt: number) => noise(stream, second, salt);
  const emitted = 27 + Math.floor(r(14) * 4);
  return {
    ...common(stream, second),
    consumer_id: uuid('c', stream),
    peer_id: uuid('e', stream),
    packets_received: 120 + Math.floor(r(7) * 90),
    bytes_received: 120_000 + Math.floor(r(8) * 90_000),
    jitter_buffer_delay: short(emitted * (0.03 + r(15) / 20)),
    jitter_buffer_emitted_count: emitted,
    frames_decoded: emitted,
    frames_dropped: r(16) > 0.95 ? 1 : 0,
    key_frames_decoded: r(17) > 0.97 ? 1 : 0,
  };
}

/** The body of a peer report of one hour: 72,000 samples of 20 fields, always the same. */
export function largeReport(): Buffer {
  const producers: object[] = [];
  const consumers: object[] = [];
  for (let second = 0; second < SECONDS; second++) {
    for (let stream = 0; stream < STREAMS / 2; stream++) {
      producers.push(sent(stream, second));
      consumers.push(received(STREAMS / 2 + stream, second));
    }
  }
  const times = { joined_at: new Date(START).toISOString(), left_at: new Date(START + SECONDS * 1000).toISOString() };
  const quality = { video_producer: producers, video_consumer: consumers };
  const participant = { id: uuid('b', 1), ...times, peer_report: { metadata: { sdk_name: 'web-core' }, quality } };
  return Buffer.from(JSON.stringify({ success: true, data: { participant } }));
}
