import assert from 'node:assert/strict';
import type { CallError } from '../../../src/core/errors';
import { disposeReportReader } from '../../../src/providers/index';
import { type Answerer, type Scripted, ScriptedServer } from '../http/server';
import { CANARY, connect } from './connection';

const never = () => new AbortController().signal;
const ref = { connectionId: 'c1', sessionId: 's', participantId: 'p' };

describe('what Whereby refuses, over HTTP', () => {
  const server = new ScriptedServer();
  before(() => server.start());
  after(async () => {
    await server.stop();
    await disposeReportReader();
  });
  beforeEach(() => server.reset());

  const throttled = (headers: Record<string, string>, body: unknown = ''): Scripted => ({ status: 429, headers, body });
  const cases: [string, Scripted | Answerer, string, RegExp][] = [
    ['a wrong key', { status: 401, body: '' }, 'Auth', /did not accept the key \(401\). Edit the connection/],
    [
      'a plan without access',
      { status: 403, body: { statusMessage: 'no access' } },
      'Forbidden',
      /does not allow this key.*"no access"/,
    ],
    ['an unknown path', { status: 404, body: { message: 'gone' } }, 'NotFound', /does not know .*"gone"/],
    [
      'a refused parameter',
      { status: 422, body: { errors: [{ message: 'limit' }] } },
      'BadResponse',
      /refused .*"limit"/,
    ],
    ['an error within an object', { status: 422, body: { error: { message: 'inner' } } }, 'BadResponse', /"inner"/],
    ['an error as a list of texts', { status: 422, body: { errors: ['first', 'second'] } }, 'BadResponse', /"first"/],
    [
      '429 with Retry-After',
      throttled({ 'retry-after': '45' }, { data: { msLeft: 9 } }),
      'RateLimited',
      /Try again in 45 seconds/,
    ],
    [
      '429 with msLeft',
      throttled({ 'x-ratelimit-reset': '9' }, { data: { msLeft: 30_500 } }),
      'RateLimited',
      /in 31 seconds/,
    ],
    ['429 with a reset in seconds', throttled({ 'x-ratelimit-reset': '50' }), 'RateLimited', /in 50 seconds/],
    [
      'a wait beyond the minute of the budget',
      throttled({}, { data: { msLeft: 9e9 } }),
      'RateLimited',
      /in 60 seconds/,
    ],
    ['429 that says nothing', throttled({}), 'RateLimited', /Try again in a few minutes/],
    [
      'a service that is down',
      { status: 503, body: '<html>no</html>' },
      'BadResponse',
      /answered 503: the service has a problem/,
    ],
    [
      'a web page',
      { body: '<!doctype html><title>Sign in</title>' },
      'BadResponse',
      /a web page titled "Sign in" instead of data/,
    ],
    ['a cut-off answer', { body: '{"results":[{"roomName":"/a"' }, 'BadResponse', /JSON that is cut off/],
    ['an empty answer', { body: '' }, 'BadResponse', /empty body/],
    ['an answer without a list', { body: { cursor: null } }, 'BadResponse', /without a list/],
    ['a list that is none', { body: { results: 'no' } }, 'BadResponse', /results is the text "no"/],
    ['no answer', () => new Promise(() => undefined), 'TimedOut', /did not answer in full/],
  ];
  for (const [name, answer, kind, text] of cases) {
    it(name, async () => {
      server.always(answer);
      const { provider, lines } = await connect(server, {}, { timeoutMs: () => (kind === 'TimedOut' ? 100 : 5000) });
      await assert.rejects(provider.check(never()), (error: CallError) => {
        assert.equal(error.kind, kind);
        assert.match(error.text, /^Whereby at 127\.0\.0\.1:\d+ |^127\.0\.0\.1/);
        assert.match(error.text, text);
        assert.ok(![error.text, String(error.stack), JSON.stringify(error), ...lines].join().includes(CANARY));
        return true;
      });
    });
  }

  it('a short wait is waited for, by msLeft, and the page comes', async () => {
    server.next(throttled({}, { error: 'slow', data: { msLeft: 20 } }), { body: { cursor: null, results: [] } });
    const { provider } = await connect(server);
    assert.deepEqual((await provider.listRooms({}, never())).items, []);
    assert.equal(server.requests.length, 2);
  });

  it('a key that the provider repeats is masked', async () => {
    server.always({ status: 401, body: { error: `bad token ${CANARY}` } });
    const { provider } = await connect(server);
    await assert.rejects(provider.check(never()), (error: CallError) => !error.message.includes(CANARY));
  });

  it('at most two requests are under way', async () => {
    server.always(async () => {
      await new Promise((resolve) => setTimeout(resolve, 20));
      return { body: { cursor: null, results: [] } };
    });
    const { provider } = await connect(server);
    await Promise.all(Array.from({ length: 6 }, () => provider.listRooms({}, never())));
    assert.deepEqual([server.requests.length, server.mostInFlight], [6, 2]);
  });

  describe('records', () => {
    it('a bad row or field costs itself only', async () => {
      const results = [
        null,
        'x',
        { roomName: 7 },
        {},
        { roomName: '/a', totalSessions: 'many', rating: null },
        { roomName: '/b' },
      ];
      server.always({ body: { cursor: null, results } });
      const { provider } = await connect(server);
      const page = await provider.listRooms({}, never());
      assert.deepEqual(
        page.items.map(({ id }) => id),
        ['/a', '/b'],
      );
      assert.deepEqual(
        page.issues.map(({ path }) => path),
        ['results[0]', 'results[1]', 'results[2].roomName', 'results[3].roomName', 'results[4].totalSessions'],
      );
    });

    it('a list under data, and a bare one, are read as well', async () => {
      const { provider } = await connect(server);
      for (const body of [{ data: [{ roomName: '/a' }] }, [{ roomName: '/a' }]]) {
        server.always({ body });
        assert.deepEqual(
          (await provider.listRooms({}, never())).items.map(({ id }) => id),
          ['/a'],
        );
      }
    });
  });

  describe('samples of a participant', () => {
    const ask = async (answer: Scripted) => {
      server.always(answer);
      return (await connect(server)).provider.getReport(ref, never());
    };

    for (const [name, answer] of [
      ['an empty list', { body: [] }],
      ['an empty list of results', { body: { results: [] } }],
      ['404', { status: 404, body: { error: 'Not found' } }],
    ] as [string, Scripted][]) {
      it(`${name}: not there yet`, async () => {
        await assert.rejects(ask(answer), (error: CallError) => {
          assert.equal(error.kind, 'NotYetAvailable');
          assert.match(error.text, /no samples of this participant yet: .* 10 to 15 minutes late. Try again later/);
          return true;
        });
      });
    }

    it('of somebody who left long ago are not waited for', async () => {
      const row = { participantId: 'p', joinedAt: '2025-01-01T00:00:00.000Z', leftAt: '2025-01-01T01:00:00.000Z' };
      server.next({ body: { results: [row], cursor: null } }, { body: [] });
      const { provider } = await connect(server);
      await provider.listParticipants(ref, never());
      await assert.rejects(provider.getReport(ref, never()), /may never have sent any/);
    });

    for (const [name, body] of [
      ['a text', '"no"'],
      ['a list of numbers', '[1,2]'],
      ['an object that is none', '{"error":"x"}'],
      ['a web page', '<html>'],
      ['a cut-off answer', '[{"samples":{"bitrateSend":[1,2'],
    ]) {
      it(`${name}: an error that says so`, async () => {
        await assert.rejects(ask({ body }), (error: CallError) => {
          assert.equal(error.kind, 'BadResponse');
          assert.match(error.text, /^Whereby at 127/);
          return true;
        });
      });
    }

    it('are read with what the list told of the participant', async () => {
      const joinedAt = '2025-01-01T00:00:00.000Z';
      const row = {
        participantId: 'p',
        joinedAt,
        leftAt: '2025-01-01T01:00:00.000Z',
        externalId: 'user-1',
        displayName: 'A',
      };
      const samples = {
        packetLossSend: [0, 2.5],
        packetLossRecv: [0, 0],
        bitrateSend: [0, 900_000],
        bitrateRecv: [0, 1_000_000],
      };
      server.next(
        { body: { results: [row], cursor: null } },
        { body: [{ timeStamp: joinedAt, sampleRateMs: 2000, samples }] },
      );
      const { provider } = await connect(server);
      await provider.listParticipants(ref, never());
      const { report } = await provider.getReport(ref, never());
      assert.equal(server.requests.length, 2);
      assert.deepEqual(
        [report.participant.name, report.participant.customId, report.endedAt],
        ['A', 'user-1', Date.UTC(2025, 0, 1, 1)],
      );
      assert.deepEqual([...(report.streams[0]?.series.packetLoss ?? [])], [0, 2.5]);
      assert.deepEqual([...(report.streams[0]?.times ?? [])], [Date.UTC(2025, 0, 1), Date.UTC(2025, 0, 1) + 2000]);
    });

    it('follow the setting of the connection', async () => {
      const body = [{ timeStamp: '2025-01-01T00:00:00.000Z', samples: { packetLossSend: [0.5] } }];
      for (const [lossUnit, value] of [
        ['fraction', 50],
        ['percent', 0.5],
      ] as const) {
        server.always({ body });
        const { provider } = await connect(server, { lossUnit });
        const { report } = await provider.getReport(ref, never());
        assert.deepEqual([...(report.streams[0]?.series.packetLoss ?? [])], [value]);
        assert.match(report.assumptions[0] ?? '', /the connection's setting "Unit of packet loss" says so/);
      }
    });
  });
});
