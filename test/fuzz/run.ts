import assert from 'node:assert/strict';
import { isCallError } from '../../src/core/errors';
import { Dice } from './mutate';

/** Cases for each boundary; a longer run sets the variable. */
export const CASES = Number(process.env.PEERSCOPE_FUZZ_CASES ?? 1000);

/** The seed of the run; `random` looks for new cases. */
const WANTED = process.env.PEERSCOPE_SEED ?? '20261122';
export const SEED = WANTED === 'random' ? Math.floor(Math.random() * 2 ** 31) : Number(WANTED);

/** No case takes a second where nothing hangs; a machine under load gets many, ms. */
const HANG_MS = 20_000;

let ran = 0;
let boundaries = 0;

/** One boundary: where something from outside comes in. */
export interface Boundary {
  /** Unique; kept seeds go by it. */
  name: string;
  /** Tries the case of a seed. May throw `CallError` only, and what an assertion throws. */
  tryCase: (seed: number) => unknown;
  /** Seeds that failed once. */
  kept?: readonly number[];
  /** Fewer cases than usual, where each is a hundred cases in one; at least 1000 in all must come of it. */
  casesEach?: number;
}

/** Declares the test of a boundary: kept seeds first, then as many fresh ones as there are cases. */
export function fuzz({ name, tryCase, kept = [], casesEach = 1 }: Boundary): void {
  it(name, async () => {
    const dice = new Dice(SEED ^ hash(name));
    const fresh = Array.from({ length: Math.ceil(CASES / casesEach) }, () => dice.below(2 ** 31));
    for (const seed of [...kept, ...fresh]) {
      const began = performance.now();
      try {
        await tryCase(seed);
      } catch (error) {
        if (!isCallError(error)) throw withSeed(error, name, seed);
      }
      const took = performance.now() - began;
      assert.ok(took < HANG_MS, `${name}: seed ${seed} took ${Math.round(took)} ms`);
      assert.equal(({} as Record<string, unknown>).polluted, undefined, `${name}: seed ${seed} changed all objects`);
    }
    ran += (fresh.length + kept.length) * casesEach;
    boundaries++;
  }).timeout(300_000);
}

/** Prints what was run; to be called once at the end of a file of fuzz tests. */
export function reportCount(): void {
  after(() => console.log(`      seed ${SEED}: ${ran} fuzz cases at ${boundaries} boundaries so far`));
}

function withSeed(error: unknown, name: string, seed: number): Error {
  const message = `${name}: seed ${seed}: ${error instanceof Error ? error.message : String(error)}`;
  const told = new Error(message, { cause: error });
  if (error instanceof Error) told.stack = `${message}\n${error.stack ?? ''}`;
  return told;
}

function hash(text: string): number {
  let value = 2166136261;
  for (const char of text) value = Math.imul(value ^ (char.codePointAt(0) ?? 0), 16777619);
  return value >>> 0;
}
