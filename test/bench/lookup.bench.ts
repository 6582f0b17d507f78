import assert from 'node:assert/strict';
import { type LookUpEvent, lookUp } from '../../src/lookup/ask';
import { recognise } from '../../src/lookup/recognise';
import { scanLine, scanText } from '../../src/lookup/scan';
import { Accounts, hms, mediaMelon, OBJECT_ID, realtimeKit, UUID, whereby } from '../service/lookup/accounts';
import { record } from './record';

const DELAY_MS = 200;
const ROUNDS = 5;

interface Times {
  first: number;
  all: number;
}

function median(values: number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] as number;
}

/** Times to the first match and to the last answer, ms, medians. Every round begins as after a start. */
async function timed(accounts: Accounts, text: string): Promise<Times> {
  const rounds: Times[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    accounts.forgetProviders();
    const start = performance.now();
    let first = Number.NaN;
    const events: LookUpEvent[] = [];
    for await (const event of lookUp(accounts.source, recognise(text).candidates, new AbortController().signal)) {
      events.push(event);
      if (event.kind === 'found' && Number.isNaN(first)) first = performance.now() - start;
    }
    assert.ok(events.some(({ kind }) => kind === 'found'));
    assert.ok(!events.some(({ kind }) => kind === 'failed'), JSON.stringify(events));
    rounds.push({ first, all: performance.now() - start });
  }
  return { first: median(rounds.map(({ first }) => first)), all: median(rounds.map(({ all }) => all)) };
}

/** Prints the times; `most` are the budgets, as multiples of a request's delay. */
function report(what: string, { first, all }: Times, most: Times): void {
  const times = (ms: number) => `${ms.toFixed(0)} ms (${(ms / DELAY_MS).toFixed(2)} times the delay)`;
  console.log(`      ${what}: first ${times(first)}, all ${times(all)}`);
  const beside = `requests that take ${DELAY_MS} ms`;
  record({
    topic: 'lookUp',
    what: `${what}: first match`,
    value: first,
    unit: 'ms',
    most: most.first * DELAY_MS,
    beside,
  });
  record({ topic: 'lookUp', what: `${what}: all answers`, value: all, unit: 'ms', most: most.all * DELAY_MS, beside });
}

describe(`look-up at 8 connections, ${DELAY_MS} ms a request`, () => {
  let accounts: Accounts;
  const delayMs = DELAY_MS;

  beforeEach(() => {
    accounts = new Accounts();
  });
  afterEach(() => accounts.stop());

  it('of an id with a direct request: first within 1.5 times the delay, all within 2', async () => {
    for (let index = 0; index < 4; index++) {
      const mine = index === 3 ? [UUID] : [];
      await accounts.add('realtimekit', `r${index}`, realtimeKit({ a: mine }), { delayMs, settings: { appId: 'a' } });
      await accounts.add('whereby', `w${index}`, whereby([]), { delayMs });
    }
    await timed(accounts, UUID);
    const times = await timed(accounts, UUID);
    report('a UUID', times, { first: 1.5, all: 2 });
    assert.ok(times.first <= 1.5 * DELAY_MS, `first ${times.first}`);
    assert.ok(times.all <= 2 * DELAY_MS, `all ${times.all}`);
  });

  it('of an id that 100ms and MediaMelon can hold: the same', async () => {
    for (let index = 0; index < 4; index++) {
      await accounts.add('100ms', `h${index}`, hms(index === 0 ? { [OBJECT_ID]: 'room' } : {}), { delayMs });
      await accounts.add('mediamelon', `m${index}`, mediaMelon(index === 2 ? [OBJECT_ID] : []), { delayMs });
    }
    await timed(accounts, OBJECT_ID);
    const times = await timed(accounts, OBJECT_ID);
    report('24 digits', times, { first: 1.5, all: 2 });
    assert.ok(times.first <= 1.5 * DELAY_MS, `first ${times.first}`);
    assert.ok(times.all <= 2 * DELAY_MS, `all ${times.all}`);
  });

  it('with the app unknown: all within 3 times the delay', async () => {
    const apps = (own: boolean) => realtimeKit({ a: [], b: [], c: own ? [UUID] : [], d: [] });
    for (let index = 0; index < 8; index++)
      await accounts.add('realtimekit', `r${index}`, apps(index === 5), { delayMs });
    // The first look-up loads what is loaded on first use.
    await timed(accounts, UUID);
    const times = await timed(accounts, UUID);
    report('RealtimeKit, 4 apps that are not known yet', times, { first: 3, all: 3 });
    assert.ok(times.first <= 3 * DELAY_MS, `first ${times.first}`);
    assert.ok(times.all <= 3 * DELAY_MS, `all ${times.all}`);
  });
});

describe('ids as links', () => {
  const line = `2026-11-20T10:42:07.123Z WARN  [ice] session=${UUID} pair 0xdeadbeef disconnected after 231 ms\n`;
  const plain =
    '2026-11-20T10:42:07.123Z DEBUG [media] facade candidate udp 203.0.113.21:64799 selected, bytes=123456789\n';

  it('in a log of 5 MB: at most 100 ms in all, in slices', async () => {
    const text = (line + plain.repeat(9)).repeat(Math.floor(5_000_000 / (line.length + 9 * plain.length)));
    const rounds: number[] = [];
    let longest = 0;
    let count = 0;
    for (let round = 0; round < 11; round++) {
      const start = performance.now();
      let last = start;
      const places = await scanText(text, {
        pause: () => {
          longest = Math.max(longest, performance.now() - last);
          return new Promise((resolve) =>
            setImmediate(() => {
              last = performance.now();
              resolve();
            }),
          );
        },
        stopped: () => false,
        most: 10_000,
        wanted: () => true,
      });
      rounds.push(performance.now() - start);
      count = places.length;
    }
    const ms = median(rounds);
    console.log(
      `      ${(text.length / 1e6).toFixed(1)} MB, ${count} ids: ${ms.toFixed(0)} ms, longest slice ${longest.toFixed(1)} ms`,
    );
    record({
      topic: 'lookUp',
      what: `ids in a log of ${(text.length / 1e6).toFixed(1)} MB`,
      value: ms,
      unit: 'ms',
      most: 100,
      beside: `${count} ids; longest slice ${longest.toFixed(1)} ms`,
    });
    assert.equal(count, text.split('session=').length - 1);
    assert.ok(ms <= 100, `${ms} ms`);
  });

  it('in a terminal: at most 0.1 ms a line', () => {
    const lines = [line, plain, 'x'.repeat(2000), `${UUID} `.repeat(10), '0123456789abcdef'.repeat(20), 'npm test'];
    const runs = 2000;
    let slowest = 0;
    for (const one of lines) {
      for (let run = 0; run < 200; run++) scanLine(one);
      const start = performance.now();
      for (let run = 0; run < runs; run++) scanLine(one);
      const each = (performance.now() - start) / runs;
      console.log(`      ${one.length} characters: ${(each * 1000).toFixed(1)} µs`);
      slowest = Math.max(slowest, each);
      assert.ok(each <= 0.1, `${each} ms`);
    }
    const beside = `the slowest of ${lines.length} kinds of lines`;
    record({
      topic: 'lookUp',
      what: 'ids in one line of a terminal',
      value: slowest * 1000,
      unit: 'µs',
      most: 100,
      beside,
    });
  });
});
