import assert from 'node:assert/strict';
import { CallError } from '../../../src/core/errors';
import type { CallReport, Stream } from '../../../src/core/model';
import { digestReport } from '../../../src/panel/session-digest';
import { readReports } from '../../../src/panel/session-reports';
import type { DigestOutcome } from '../../../src/protocol/session-messages';

function report(streams: Partial<Stream>[] = [], more: Partial<CallReport> = {}): CallReport {
  return {
    provider: 'realtimekit',
    participant: { id: 'p' },
    streams: streams.map((stream, index) => ({
      id: `${index}`,
      direction: 'send',
      kind: 'audio',
      source: 'camera-mic',
      times: Float64Array.of(1000, 2000, 3000),
      series: {},
      ...stream,
    })),
    transports: [],
    connectivity: [],
    deviceChanges: [],
    events: [],
    aggregates: [],
    assumptions: [],
    issues: [],
    ...more,
  };
}

describe('a report at a glance', () => {
  it('is the median over all samples, and the worst one with its time and stream', () => {
    const { figures } = digestReport(
      report([
        { series: { packetLoss: Float64Array.of(0, 1, 2), mos: Float64Array.of(4, 3, 4) } },
        {
          direction: 'receive',
          kind: 'video',
          source: 'screen',
          series: { packetLoss: Float64Array.of(Number.NaN, 10, 4) },
        },
      ]),
    );
    // Measured: 0, 1, 2, 4 and 10; two of the five are above 3 %.
    assert.deepEqual(figures.packetLoss, {
      median: 2,
      worst: 10,
      beyond: 0.4,
      limits: [3],
      worstAt: 2000,
      worstIn: 'received screen video',
    });
    // For MOS less is worse: 3 of 4, 3, 4; one of three is below 3.5.
    assert.deepEqual([figures.mos?.worst, figures.mos?.beyond], [3, 1 / 3]);
    assert.equal(figures.rtt, undefined, 'not measured is no figure');
  });

  it('holds each stream against the limit of the rules in force', () => {
    const calls = report([
      { series: { packetLoss: Float64Array.of(0, 4, 4, 4) } },
      { direction: 'receive', series: { packetLoss: Float64Array.of(4, 4, 4, 6) } },
    ]);
    const loss = (direction: 'send' | 'receive', warn: number) =>
      ({ ruleId: direction, metric: 'packetLoss', beyond: 'above', warn, streams: { direction } }) as const;
    const told = (limits: Parameters<typeof digestReport>[1]) => digestReport(calls, limits).figures.packetLoss;
    // Sent: three of four above 3. Received: one of four above 5.
    assert.deepEqual([told([loss('receive', 5)])?.beyond, told([loss('receive', 5)])?.limits], [4 / 8, [3, 5]]);
    // Both turned off: nothing is beyond a limit that nothing passes, and there is none to name.
    const off = [loss('send', Number.POSITIVE_INFINITY), loss('receive', Number.POSITIVE_INFINITY)];
    assert.deepEqual([told(off)?.beyond, told(off)?.limits], [0, []]);
  });

  it('leaves out what was never measured', () => {
    assert.deepEqual(digestReport(report([{ series: { rtt: Float64Array.of(Number.NaN, Number.NaN) } }])).figures, {});
    assert.deepEqual(digestReport(report()), { client: undefined, figures: {} });
  });

  it('names the client by browser and system, else by SDK and device', () => {
    const client = (more: Partial<CallReport>) => digestReport(report([], more)).client;
    assert.equal(
      client({ browser: { name: 'Chrome', version: '153.0.1' }, device: { os: 'Windows', osVersion: '11' } }),
      'Chrome 153 · Windows 11',
    );
    assert.equal(
      client({ sdk: { name: 'ios', version: '2.1' }, device: { vendor: 'Apple', model: 'Phone' } }),
      'ios 2.1 · Apple Phone',
    );
    assert.equal(client({ browser: { name: 'Chr\u202eome' } }), 'Chrome');
  });
});

describe('reading all reports', () => {
  const ids = Array.from({ length: 10 }, (_, index) => `p${index}`);

  /** Reads with an answer by id; gives what came and what was asked. */
  async function run(
    answer: (id: string) => Promise<CallReport>,
    options: { live?: boolean; stopAfter?: number } = {},
  ) {
    const asked: string[] = [];
    const outcomes: Record<string, DigestOutcome> = {};
    const steps: number[] = [];
    const controller = new AbortController();
    let inFlight = 0;
    let most = 0;
    const stopped = await readReports({
      participantIds: ids,
      live: options.live ?? false,
      async read(id) {
        asked.push(id);
        most = Math.max(most, ++inFlight);
        await new Promise((resolve) => setImmediate(resolve));
        inFlight--;
        return answer(id);
      },
      onBatch(batch, done) {
        Object.assign(outcomes, batch);
        steps.push(done);
        if (steps.length === options.stopAfter) controller.abort();
      },
      signal: controller.signal,
    });
    return { asked, outcomes, steps, stopped, most };
  }
  const fail = (kind: ConstructorParameters<typeof CallError>[0], text: string, facts = {}) => {
    throw new CallError(kind, text, facts);
  };

  it('goes four at a time, batch after batch', async () => {
    const { asked, outcomes, steps, stopped, most } = await run(async () => report());
    assert.deepEqual(asked, ids);
    assert.deepEqual([steps, most, stopped], [[4, 8, 10], 4, undefined]);
    assert.deepEqual(Object.keys(outcomes), ids);
  });

  it('tells of one that fails and goes on', async () => {
    const { outcomes, steps, stopped } = await run(async (id) => (id === 'p1' ? fail('NotFound', 'None.') : report()));
    assert.deepEqual([steps.at(-1), stopped], [10, undefined]);
    const outcome = outcomes.p1;
    assert.ok(outcome && 'error' in outcome);
    assert.equal(outcome.error.kind, 'NotFound');
  });

  it('stops when the provider asks for patience, and says how long; nothing is held against those rows', async () => {
    const { asked, outcomes, steps, stopped } = await run(async (id) =>
      id === 'p5' ? fail('RateLimited', 'Too many requests.', { retryAfterMs: 30_000 }) : report(),
    );
    assert.equal(asked.length, 8, 'no third batch');
    assert.deepEqual(steps, [4, 7]);
    assert.equal(stopped, 'Stopped after 7 of 10. Too many requests. Wait 30 s.');
    assert.equal(outcomes.p5, undefined);
  });

  it('stops when the key is refused or the network is gone', async () => {
    for (const kind of ['Auth', 'Forbidden', 'Network'] as const) {
      const { asked, stopped } = await run(async () => fail(kind, 'No.'));
      assert.equal(asked.length, 4);
      assert.equal(stopped, 'Stopped after 4 of 10. No.');
    }
  });

  it('stops where a live session has no reports yet; an ended one is read to its end', async () => {
    const none = async () => fail('NotYetAvailable', 'Not yet.');
    assert.equal((await run(none, { live: true })).asked.length, 4);
    assert.equal((await run(none)).asked.length, 10);
  });

  it('ends after the batch in which it was cancelled', async () => {
    const { asked, stopped } = await run(async () => report(), { stopAfter: 2 });
    assert.equal(asked.length, 8);
    assert.equal(stopped, 'Stopped after 8 of 10.');
  });
});
