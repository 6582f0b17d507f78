import { hash, noise, Random } from '../random';
import { personName } from './catalog';
import type { Person, Plan, Stay } from './plan';
import { iso } from './rows';

const SAMPLE_RATE_MS = 2000;

const WEBKIT = 'AppleWebKit/537.36 (KHTML, like Gecko)';
const AGENTS: readonly string[] = [
  `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${WEBKIT} Chrome/139.0.0.0 Safari/537.36`,
  `Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) ${WEBKIT} Chrome/138.0.0.0 Safari/537.36`,
  `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${WEBKIT} Chrome/139.0.0.0 Safari/537.36 Edg/139.0.0.0`,
  'Mozilla/5.0 (X11; Linux x86_64; rv:141.0) Gecko/20100101 Firefox/141.0',
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15',
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1',
  `Mozilla/5.0 (Linux; Android 10; K) ${WEBKIT} Chrome/139.0.0.0 Mobile Safari/537.36`,
];

/** A stretch of trouble. Times are epoch ms. */
interface Trouble {
  kind: 'loss-send' | 'loss-receive' | 'bitrate';
  from: number;
  to: number;
  /** 0 (just noticeable) to 1 (bad). */
  size: number;
}

/** One connection as `/insights/participant` gives it, with the samples up to `now` (epoch ms). */
export function segment(plan: Plan, person: Person, stay: Stay, now: number) {
  const seed = hash(plan.seed, person.person, 77);
  const troubles = troublesOf(plan, person, new Random(seed));
  const count = Math.max(0, Math.floor((Math.min(stay.left, now) - stay.joined) / SAMPLE_RATE_MS) + 1);
  const others = plan.people.filter(
    (other) => other !== person && other.role !== 'recorder' && other.role !== 'streamer',
  );
  const sends = person.role === 'recorder' || person.role === 'streamer' ? 0 : 780_000 + 420_000 * noise(seed, 1);
  const samples = {
    packetLossSend: [] as (number | null)[],
    packetLossRecv: [] as (number | null)[],
    bitrateSend: [] as (number | null)[],
    bitrateRecv: [] as (number | null)[],
  };
  for (let i = 0; i < count; i++) {
    const at = stay.joined + i * SAMPLE_RATE_MS;
    const cell = Math.floor(at / SAMPLE_RATE_MS);
    const size = (kind: Trouble['kind']) =>
      Math.max(
        0,
        ...troubles.filter((one) => one.kind === kind && at >= one.from && at < one.to).map((one) => one.size),
      );
    const lossSend = sends === 0 ? 0 : loss(noise(seed, cell, 2), size('loss-send'));
    const lossRecv = loss(noise(seed, cell, 3), size('loss-receive'));
    const there = others.filter(({ stays }) => stays.some(({ joined, left }) => joined <= at && left > at)).length;
    const narrow = size('bitrate');
    const ramp = Math.min(1, (i + 1) / 6);
    const wobble = 0.92 + 0.16 * noise(seed, cell, 4);
    // The client sends one sample of nothing before it measures.
    const first = i === 0;
    samples.packetLossSend.push(first ? 0 : lossSend);
    samples.packetLossRecv.push(first ? 0 : lossRecv);
    samples.bitrateSend.push(
      first || there === 0
        ? 0
        : Math.round(sends * ramp * wobble * (1 - 0.5 * lossSend) * (narrow > 0 ? 0.3 - 0.18 * narrow : 1)),
    );
    samples.bitrateRecv.push(first ? 0 : Math.round(there * 860_000 * ramp * wobble * (1 - 0.5 * lossRecv)));
    // Now and then the client has no value: NaN, which JSON writes as null.
    if (!first && noise(seed, cell, 5) > 0.998) samples.packetLossRecv[i] = null;
  }
  const machine = sends === 0;
  return {
    displayName: machine ? '' : personName(plan.room, person.person),
    userRole: person.role,
    userAgent: machine ? (AGENTS[3] ?? '') : (AGENTS[hash(plan.roomIndex, person.person, 9) % AGENTS.length] ?? ''),
    timeStamp: iso(stay.joined),
    sampleRateMs: SAMPLE_RATE_MS,
    samples,
    events: [],
  };
}

/** Loss of the worst stream as the client uploads it: a fraction with three decimals, mostly 0. */
function loss(random: number, size: number): number {
  if (size > 0) return Math.round((0.03 + 0.22 * size * (0.5 + random / 2)) * 1000) / 1000;
  return random > 0.96 ? Math.round((random - 0.96) * 400) / 1000 : 0;
}

function troublesOf(plan: Plan, { person, stays }: Person, random: Random): Trouble[] {
  const kinds: Partial<Record<string, Trouble['kind']>> = {
    'lossy-uplink': 'loss-send',
    'lossy-downlink': 'loss-receive',
    'low-bitrate': 'bitrate',
  };
  const scene = kinds[plan.room.scenario];
  const from = stays[0]?.joined ?? 0;
  const length = (stays.at(-1)?.left ?? from) - from;
  // The first guest has it: the one to look for is the same in every scene.
  if (scene)
    return person === 1 ? [0, 1, 2].map((part) => trouble(scene, from + (part * length) / 3, length / 3, random)) : [];
  const small = (plan.room.scenario === 'ordinary' || plan.room.scenario === 'desk') && random.chance(0.2);
  if (!small) return [];
  return [trouble(random.pick(['loss-send', 'loss-receive', 'bitrate'] as const), from, length, random)];
}

/** A trouble of 30 s to 3 min within a stretch. */
function trouble(kind: Trouble['kind'], from: number, length: number, random: Random): Trouble {
  const lasts = Math.min(random.range(30_000, 180_000), length * 0.6);
  const begin = from + length * 0.1 + random.next() * (length * 0.8 - lasts);
  return { kind, from: begin, to: begin + lasts, size: random.range(0.3, 1) };
}
