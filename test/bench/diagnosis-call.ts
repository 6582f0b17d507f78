import type { CallReport, Session, Stream } from '../../src/core/model';
import type { SeriesName } from '../../src/core/series';

/** People in the call, samples of each stream, and their distance, ms. */
export const PEOPLE = 10;
export const SAMPLES = 1800;
const STEP = 2000;
const START = Date.UTC(2025, 2, 3, 9, 0, 0);

/** A number in 0..1 that depends on its arguments only. */
function noise(a: number, b: number): number {
  const x = Math.sin(a * 12.9898 + b * 78.233) * 43758.5453;
  return x - Math.floor(x);
}

type Make = (index: number) => number;

/** `bad` between minutes 20 and 24 and 40 and 41. */
function trouble(good: Make, bad: number): Make {
  return (i) => ((i >= 600 && i < 720) || (i >= 1200 && i < 1230) ? bad : good(i));
}

function makeStream(
  seed: number,
  base: Omit<Stream, 'times' | 'series'>,
  columns: Partial<Record<SeriesName, Make>>,
): Stream {
  const times = Float64Array.from({ length: SAMPLES }, (_, i) => START + i * STEP + Math.floor(noise(seed, i) * 40));
  const series = Object.entries(columns).map(([name, make]) => [
    name,
    Float64Array.from({ length: SAMPLES }, (_, i) => make(i)),
  ]);
  return { ...base, times, series: Object.fromEntries(series) };
}

function makeReport(person: number, faulty: boolean): CallReport {
  const lossy = faulty && person === 0;
  const own = (i: number) => (noise(person, i) > 0.99 ? 1.5 : 0);
  const shared = (from: number): Partial<Record<SeriesName, Make>> => ({
    packetLoss: faulty && (from === 0 || lossy) ? trouble(own, 9) : own,
    packetsLost: () => 0,
    jitter: (i) => 4 + 5 * noise(from, i),
    mos: (i) => 4.2 + 0.2 * noise(i, from),
    bitrate: (i) => 900_000 + 200_000 * noise(from, i),
  });
  const sent: Partial<Record<SeriesName, Make>> = {
    ...shared(person),
    rtt: (i) => 40 + 20 * noise(i, person),
    packetsSent: () => 200,
    bytesSent: () => 200_000,
  };
  const identifiers = { producerId: `audio ${person}` };
  const streams: Stream[] = [
    makeStream(person, { id: 'audio', direction: 'send', kind: 'audio', source: 'camera-mic', identifiers }, sent),
  ];
  for (const [index, layer] of ['180p', '360p', '720p'].entries()) {
    streams.push(
      makeStream(
        person,
        {
          id: `video ${layer}`,
          direction: 'send',
          kind: 'video',
          source: 'camera-mic',
          layer,
          identifiers: { producerId: `video ${person}` },
        },
        {
          ...sent,
          fps: () => 30,
          frameWidth: () => 320 * 2 ** index,
          framesEncoded: () => 60,
          pliCount: (i) => (noise(i, index) > 0.995 ? 1 : 0),
          firCount: () => 0,
          qualityLimitationCpu: faulty && person === 1 ? trouble(() => 0, 80) : () => 0,
          qualityLimitationBandwidth: () => 0,
          qualityLimitationResolutionChanges: () => 0,
        },
      ),
    );
  }
  for (let other = 0; other < PEOPLE; other++) {
    if (other === person) continue;
    const received = {
      ...shared(other),
      packetsReceived: () => 200,
      bytesReceived: () => 200_000,
      jitterBufferDelay: () => 60,
    };
    const base = {
      direction: 'receive' as const,
      source: 'camera-mic' as const,
      remoteParticipantId: `person ${other}`,
    };
    streams.push(
      makeStream(
        person,
        {
          ...base,
          id: `audio of ${other}`,
          kind: 'audio',
          identifiers: { producerId: `audio ${other}`, consumerId: `a ${other}` },
        },
        { ...received, concealmentEvents: () => 0 },
      ),
      makeStream(
        person,
        {
          ...base,
          id: `video of ${other}`,
          kind: 'video',
          identifiers: { producerId: `video ${other}`, consumerId: `v ${other}` },
        },
        {
          ...received,
          fps: () => 30,
          frameWidth: () => 640,
          framesDecoded: () => 60,
          framesDropped: (i) => (noise(other, i) > 0.95 ? 1 : 0),
          firCount: () => 0,
        },
      ),
    );
  }
  const end = START + SAMPLES * STEP;
  return {
    provider: 'realtimekit',
    participant: { id: `person ${person}`, userId: `user ${person}`, joinedAt: START, leftAt: end },
    startedAt: START,
    endedAt: end,
    streams,
    transports: [],
    connectivity: [],
    deviceChanges: [],
    events: [],
    aggregates: [],
    assumptions: [],
    issues: [],
  };
}

/** The session of the call and everyone's report: clean, or with a lossy sender and one short of processor time. */
export function hourCall(faulty: boolean): { session: Session; reports: CallReport[] } {
  const session: Session = { id: 'bench', status: 'ended', startedAt: START, endedAt: START + SAMPLES * STEP };
  return { session, reports: Array.from({ length: PEOPLE }, (_, person) => makeReport(person, faulty)) };
}
