import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { ReportWatch } from '../../../src/commands/report/watch';
import { CallError } from '../../../src/core/errors';
import type { ParticipantRef } from '../../../src/core/ids';

const REF: ParticipantRef = { connectionId: 'c', sessionId: 's', participantId: 'p' };
const NOT_YET = new CallError('NotYetAvailable', 'Not yet.');

describe('waiting for a report', () => {
  beforeEach(() => mock.timers.enable({ apis: ['setTimeout', 'Date'], now: 0 }));
  afterEach(() => mock.timers.reset());

  function setUp(answer: CallError = NOT_YET) {
    const world: { answer?: CallError } = { answer };
    /** When it was looked for, seconds, and for whom. */
    const looks: [number, string][] = [];
    const waiting: [string, boolean][] = [];
    const ended: string[] = [];
    const watch = new ReportWatch({
      async read(ref, signal) {
        looks.push([Date.now() / 1000, ref.participantId]);
        signal.throwIfAborted();
        if (world.answer) throw world.answer;
      },
      changed: (ref, on) => waiting.push([ref.participantId, on]),
      ended: (_ref, title, end) =>
        ended.push(`${title} ${end.kind}${end.kind === 'failed' ? ` ${end.error.kind}` : ''}`),
    });
    const settle = async () => {
      for (let turn = 0; turn < 5; turn++) await Promise.resolve();
    };
    const pass = async (seconds: number) => {
      await settle();
      for (let second = 0; second < seconds; second++) {
        mock.timers.tick(1000);
        await settle();
      }
    };
    return { watch, world, looks, waiting, ended, pass };
  }

  it('looks at once, then in growing waits, and tells when it is there', async () => {
    const { watch, world, looks, waiting, ended, pass } = setUp();
    watch.start(REF, 'Caller A');
    await pass(300);
    // 15, 30, 60, then 120 seconds later.
    assert.deepEqual(
      looks.map(([at]) => at),
      [0, 15, 45, 105, 225],
    );
    world.answer = undefined;
    await pass(120);
    assert.deepEqual(ended, ['Caller A ready']);
    assert.deepEqual(waiting, [
      ['p', true],
      ['p', false],
    ]);
    await pass(1000);
    assert.equal(looks.length, 6);
  });

  it('looks once for each participant, however often it is asked for', async () => {
    const { watch, looks, pass } = setUp();
    watch.start(REF, 'Caller A');
    watch.start({ ...REF }, 'Caller A');
    watch.start({ ...REF, participantId: 'q' }, 'Caller B');
    await pass(1);
    assert.deepEqual(looks, [
      [0, 'p'],
      [0, 'q'],
    ]);
    assert.deepEqual(
      watch.waiting.map(({ title }) => title),
      ['Caller A', 'Caller B'],
    );
  });

  it('gives up after an hour', async () => {
    const { watch, looks, ended, pass } = setUp();
    watch.start(REF, 'Caller A');
    await pass(4000);
    assert.deepEqual(ended, ['Caller A gaveUp']);
    assert.ok((looks.at(-1)?.[0] ?? 0) <= 3600);
    assert.equal(watch.waiting.length, 0);
  });

  it('can be stopped, and ends with its connection, without a word', async () => {
    const { watch, looks, ended, waiting, pass } = setUp();
    watch.start(REF, 'Caller A');
    watch.start({ ...REF, connectionId: 'other', participantId: 'q' }, 'Caller B');
    watch.start({ ...REF, participantId: 'r' }, 'Caller C');
    watch.stop(REF);
    watch.dropConnection('c');
    await pass(20);
    assert.deepEqual(
      looks.filter(([at]) => at > 0).map(([, who]) => who),
      ['q'],
    );
    assert.deepEqual(ended, []);
    watch.dispose();
    assert.equal(waiting.filter(([, on]) => !on).length, 3);
    await pass(100);
    assert.equal(looks.length, 4);
  });

  it('goes on when the network fails, as late as the provider asks, and ends where a look cannot help', async () => {
    const { watch, world, looks, ended, pass } = setUp(
      new CallError('RateLimited', 'Too many requests.', { retryAfterMs: 50_000 }),
    );
    watch.start(REF, 'Caller A');
    await pass(49);
    assert.equal(looks.length, 1);
    await pass(1);
    assert.equal(looks.length, 2);
    world.answer = new CallError('Auth', 'The key was not accepted.');
    await pass(60);
    assert.deepEqual(ended, ['Caller A failed Auth']);
  });
});
