import { hash, Random } from '../random';
import type { Scenario } from './catalog';
import type { Plan, Stay } from './plan';

/** Kinds of fault that a participant's own end or network can have. */
export type FaultKind =
  | 'loss-up'
  | 'loss-down'
  | 'cpu'
  | 'bandwidth'
  | 'turn-tcp'
  | 'udp-blocked'
  | 'unplugged'
  | 'switch'
  | 'backgrounded';

/** One fault of one stay. */
export interface Fault {
  kind: FaultKind;
  /** Index of the stay. */
  stay: number;
  /** Epoch ms. */
  from: number;
  /** Epoch ms. */
  to: number;
  /** 0 (just noticeable) to 1 (bad). */
  size: number;
}

const SECOND = 1000;

/** Which fault a scenario is about, and the range of episodes it comes in. */
const SCENES: Partial<Record<Scenario, { kind: FaultKind; episodes: readonly [number, number] }>> = {
  'lossy-uplink': { kind: 'loss-up', episodes: [2, 4] },
  'lossy-downlink': { kind: 'loss-down', episodes: [2, 4] },
  'cpu-limited': { kind: 'cpu', episodes: [2, 3] },
  'bandwidth-limited': { kind: 'bandwidth', episodes: [2, 3] },
  'turn-tcp': { kind: 'turn-tcp', episodes: [1, 1] },
  'udp-blocked': { kind: 'udp-blocked', episodes: [1, 1] },
  'headset-unplugged': { kind: 'unplugged', episodes: [1, 1] },
  'network-switch': { kind: 'switch', episodes: [1, 1] },
};

/** How long one episode lasts, seconds; Infinity for the whole stay. */
const LENGTHS: Record<FaultKind, readonly [number, number]> = {
  'loss-up': [45, 150],
  'loss-down': [45, 150],
  cpu: [80, 260],
  bandwidth: [120, 300],
  'turn-tcp': [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY],
  'udp-blocked': [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY],
  unplugged: [25, 95],
  switch: [9, 22],
  backgrounded: [20, 90],
};

const KINDS = Object.keys(LENGTHS) as FaultKind[];

/** Every fault of a session's people, made from its seed with varied size, moment and length. */
export function faultsOf(plan: Plan): Fault[] {
  const random = new Random(hash(plan.seed, 201));
  const scene = SCENES[plan.meeting.scenario];
  if (scene) {
    // The first guest has it: the name to look for is the same in every scene.
    const stay = plan.stays.find(({ person }) => person === 1);
    return stay ? episodes(scene.kind, stay, random.int(...scene.episodes), random, 0.35) : [];
  }
  if (plan.meeting.scenario === 'ordinary') return random.chance(0.3) ? someFault(plan, random, 0.6) : [];
  if (plan.meeting.scenario === 'live') return [...someFault(plan, random, 0.8), ...someFault(plan, random, 0.8)];
  return [];
}

function someFault(plan: Plan, random: Random, largest: number): Fault[] {
  const stay = random.pick(plan.stays);
  const kind = random.pick(KINDS);
  if (stay.leave - stay.join < 240 * SECOND) return [];
  return episodes(kind, stay, 1, random, 0).map((fault) => ({ ...fault, size: fault.size * largest }));
}

/** Episodes in equal parts of the stay, so that they never touch. */
function episodes(kind: FaultKind, stay: Stay, count: number, random: Random, smallest: number): Fault[] {
  const [shortest, longest] = LENGTHS[kind];
  if (shortest === Number.POSITIVE_INFINITY) {
    return [{ kind, stay: stay.index, from: stay.join, to: stay.leave, size: random.range(smallest, 1) }];
  }
  const part = (stay.leave - stay.join) / count;
  return Array.from({ length: count }, (_, index) => {
    const length = Math.min(random.range(shortest, longest) * SECOND, part * 0.6);
    const from = stay.join + part * index + part * 0.15 + random.next() * (part * 0.8 - length);
    return {
      kind,
      stay: stay.index,
      from: Math.round(from),
      to: Math.round(from + length),
      size: random.range(smallest, 1),
    };
  });
}
