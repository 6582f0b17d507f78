import { hash, noise, Random } from '../../random';
import type { Fault } from '../faults';
import type { Plan, Stay } from '../plan';
import { cellAt, type Grid, Running } from './grid';

/** The conditions of one stay, cell by cell: its two network directions and its machine. */
export interface Link {
  /** Share of packets lost on the way to the server, 0..1. */
  lossUp: Float32Array;
  /** Share of packets lost on the way from the server, 0..1. */
  lossDown: Float32Array;
  /** Round trip to the server, ms. */
  rtt: Float32Array;
  /** Jitter as the server sees it, ms. */
  jitterUp: Float32Array;
  /** Jitter as this end sees it, ms. */
  jitterDown: Float32Array;
  /** What the uplink can carry, bit/s. */
  capacityUp: Float32Array;
  /** Share of the needed processor time that is there, 0..1. */
  cpu: Float32Array;
  /** 1: no connection. */
  offline: Uint8Array;
  /** 1: the microphone gives nothing because it is gone. */
  microphoneGone: Uint8Array;
  /** 1: the page is in the background and reports nothing. */
  backgrounded: Uint8Array;
  /** Sums of {@link rtt} over the stay, for means. */
  rttSum: Running;
  jitterUpSum: Running;
  jitterDownSum: Running;
}

/** The conditions of a stay, made from the session's seed and its faults. */
export function makeLink(plan: Plan, grid: Grid, stay: Stay, faults: readonly Fault[]): Link {
  const { cells } = grid;
  const seed = hash(plan.seed, stay.person, 301);
  const random = new Random(seed);
  const base = { rtt: random.range(16, 72), jitter: random.range(0.8, 3.5), capacity: random.range(6e6, 20e6) };
  const link = {
    lossUp: new Float32Array(cells),
    lossDown: new Float32Array(cells),
    rtt: new Float32Array(cells),
    jitterUp: new Float32Array(cells),
    jitterDown: new Float32Array(cells),
    capacityUp: new Float32Array(cells),
    cpu: new Float32Array(cells),
    offline: new Uint8Array(cells),
    microphoneGone: new Uint8Array(cells),
    backgrounded: new Uint8Array(cells),
  };
  const first = cellAt(grid, stay.join);
  const last = cellAt(grid, stay.leave);
  for (let cell = first; cell <= last; cell++) {
    const slow = noise(seed, cell >> 4, 1);
    const quick = noise(seed, cell, 2);
    link.rtt[cell] = base.rtt * (0.94 + 0.14 * slow) + 4 * quick + (quick > 0.99 ? 30 * noise(seed, cell, 3) : 0);
    link.jitterUp[cell] = base.jitter * (0.6 + 0.8 * noise(seed, cell, 4));
    link.jitterDown[cell] = base.jitter * (0.6 + 0.8 * noise(seed, cell, 5));
    link.lossUp[cell] = noise(seed, cell, 6) > 0.98 ? 0.006 * noise(seed, cell, 7) : 0;
    link.lossDown[cell] = noise(seed, cell, 8) > 0.98 ? 0.006 * noise(seed, cell, 9) : 0;
    link.capacityUp[cell] = base.capacity;
    link.cpu[cell] = 1;
  }
  for (const fault of faults)
    if (fault.stay === stay.index) applyFault(link, grid, fault, stay, hash(seed, fault.from));
  const sum = (values: Float32Array) => new Running(grid, stay.join, stay.leave, (cell) => values[cell] ?? 0);
  return { ...link, rttSum: sum(link.rtt), jitterUpSum: sum(link.jitterUp), jitterDownSum: sum(link.jitterDown) };
}

type Cells = Omit<Link, 'rttSum' | 'jitterUpSum' | 'jitterDownSum'>;

function applyFault(link: Cells, grid: Grid, fault: Fault, stay: Stay, seed: number): void {
  const last = cellAt(grid, fault.to);
  for (let cell = cellAt(grid, fault.from); cell <= last; cell++) applyCell(link, cell, fault, seed);
  if (fault.kind !== 'switch') return;
  // From here on the participant is on a mobile network.
  for (let cell = last + 1; cell <= cellAt(grid, stay.leave); cell++) {
    const wobble = noise(seed, cell >> 2, 5);
    add(link.rtt, cell, 28 + 30 * fault.size + 18 * wobble);
    add(link.jitterUp, cell, 4 + 7 * wobble);
    add(link.jitterDown, cell, 3 + 6 * wobble);
    link.capacityUp[cell] = 3.2e6;
  }
}

function applyCell(link: Cells, cell: number, { kind, size }: Fault, seed: number): void {
  const wobble = noise(seed, cell, 1);
  switch (kind) {
    case 'loss-up':
      add(link.lossUp, cell, (0.07 + 0.13 * size) * (0.7 + 0.6 * wobble));
      add(link.rtt, cell, 10 + 20 * wobble);
      add(link.jitterUp, cell, 5 + 8 * wobble);
      break;
    case 'loss-down':
      add(link.lossDown, cell, (0.07 + 0.13 * size) * (0.7 + 0.6 * wobble));
      add(link.rtt, cell, 10 + 20 * wobble);
      add(link.jitterDown, cell, 5 + 10 * wobble);
      break;
    case 'cpu':
      link.cpu[cell] = 0.5 - 0.28 * size + 0.08 * wobble;
      break;
    case 'bandwidth':
      // Queues fill before packets are lost: the delay grows, the loss stays small.
      link.capacityUp[cell] = (820_000 - 450_000 * size) * (0.95 + 0.1 * noise(seed, cell >> 4, 2));
      add(link.rtt, cell, 60 + 130 * size * (0.6 + 0.4 * wobble));
      add(link.jitterUp, cell, 4 + 9 * wobble);
      add(link.lossUp, cell, 0.008 * wobble);
      break;
    case 'turn-tcp':
    case 'udp-blocked':
      // A lost packet holds back those behind it: no loss, but delay and jitter.
      add(link.rtt, cell, 70 + 90 * size + (wobble > 0.94 ? 140 * noise(seed, cell, 3) : 0));
      add(link.jitterUp, cell, 8 + 14 * wobble);
      add(link.jitterDown, cell, 8 + 14 * wobble);
      link.lossUp[cell] = 0;
      link.lossDown[cell] = 0;
      break;
    case 'unplugged':
      link.microphoneGone[cell] = 1;
      break;
    case 'switch':
      link.offline[cell] = 1;
      break;
    case 'backgrounded':
      link.backgrounded[cell] = 1;
      break;
  }
}

function add(values: Float32Array, cell: number, amount: number): void {
  values[cell] = (values[cell] ?? 0) + amount;
}
