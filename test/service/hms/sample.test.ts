import assert from 'node:assert/strict';
import { isCallError } from '../../../src/core/errors';
import type { Session } from '../../../src/core/model';
import { disposeReportReader } from '../../../src/providers/index';
import { connect, openSample, signal } from './connection';

const NOW = Date.UTC(2025, 8, 10, 15, 20, 33, 512);
const DAY = 86_400_000;

describe('100ms on the sample service', () => {
  let sample: Awaited<ReturnType<typeof openSample>>;
  before(async () => {
    sample = await openSample(NOW);
  });
  after(async () => {
    await sample.stop();
    await disposeReportReader();
  });
  beforeEach(() => sample.requests.splice(0));

  async function recent(roomName: string): Promise<Session> {
    const { provider } = sample;
    const rooms = await provider.listRooms({ search: roomName, status: 'ENABLED' }, signal());
    const room = rooms.items.find(({ name }) => name === roomName);
    assert.ok(room, roomName);
    const { items } = await provider.listSessions({ roomId: room.id, live: false }, signal());
    assert.ok(items[0], `a session of ${roomName}`);
    return items[0];
  }

  it('accepts the key and lists enabled and disabled rooms', async () => {
    const { provider } = sample;
    await provider.check(signal());
    const all = await walk((cursor) => provider.listRooms({ cursor, pageSize: 10 }, signal()));
    const enabled = await walk((cursor) => provider.listRooms({ cursor, status: 'ENABLED', pageSize: 100 }, signal()));
    const disabled = await walk((cursor) => provider.listRooms({ cursor, status: 'DISABLED' }, signal()));
    assert.ok(enabled.length > 20 && disabled.length > 0);
    assert.deepEqual(
      all.map(({ id }) => id),
      [...enabled, ...disabled].map(({ id }) => id),
    );
    const [first] = all;
    assert.deepEqual(
      (await provider.listRooms({ search: first?.id }, signal())).items.map(({ id }) => id),
      [first?.id],
    );
  });

  it('lists live and recent sessions with one request each, and their people without any more for ended ones', async () => {
    const { provider, requests } = sample;
    const live = await provider.listSessions({ live: true, from: NOW - DAY }, signal());
    assert.ok(live.items.length > 0 && live.items.every(({ status }) => status === 'live'));
    const ended = await provider.listSessions({ live: false, from: NOW - 7 * DAY, pageSize: 25 }, signal());
    assert.equal(ended.items.length, 25);
    assert.equal(requests.length, 2);
    assert.deepEqual(ended.issues, []);
    for (const session of ended.items) {
      assert.equal(session.status, 'ended');
      const ref = { connectionId: 'c1', roomId: session.roomId, sessionId: session.id };
      const people = await provider.listParticipants({ ...ref, pageSize: 100 }, signal());
      assert.equal(people.total, people.items.length);
      assert.deepEqual(people.issues, []);
    }
    assert.equal(requests.length, 2, requests.join('\n'));
  });

  it('tells who of a live session is gone', async () => {
    const { provider, requests } = sample;
    const { items } = await provider.listSessions({ live: true }, signal());
    requests.length = 0;
    for (const session of items) {
      const people = await provider.listParticipants(
        { connectionId: 'c1', sessionId: session.id, pageSize: 100 },
        signal(),
      );
      assert.ok(people.items.some(({ leftAt, leftTimeUnknown }) => leftAt === undefined && !leftTimeUnknown));
    }
    assert.equal(requests.length, items.length, requests.join('\n'));
  });

  it('reports every participant of a session', async () => {
    const { provider } = sample;
    for (const scene of ['Lossy uplink', 'UDP blocked', 'Screen share', 'Network switch with ICE restart']) {
      const session = await recent(scene);
      const ref = { connectionId: 'c1', roomId: session.roomId, sessionId: session.id };
      const people = await provider.listParticipants({ ...ref, pageSize: 100 }, signal());
      for (const { id } of people.items) {
        const { report } = await provider.getReport({ ...ref, participantId: id }, signal());
        assert.ok(report.streams.length > 1, scene);
        assert.deepEqual(report.issues, [], scene);
        assert.ok(report.events.length > 0);
        const received = report.streams.filter(({ direction }) => direction === 'receive');
        assert.ok(
          received.every(({ remoteParticipantId }) => people.items.some((one) => one.id === remoteParticipantId)),
        );
      }
    }
  }).timeout(60_000);

  it('says that there are no statistics yet, or none at all', async () => {
    const { provider } = sample;
    const session = await recent('No report');
    const ref = { connectionId: 'c1', roomId: session.roomId, sessionId: session.id };
    const [person] = (await provider.listParticipants(ref, signal())).items;
    const { report } = await provider.getReport({ ...ref, participantId: person?.id ?? '' }, signal());
    assert.deepEqual(report.streams, []);
    assert.match(report.assumptions.join(), /no call statistics/);
  });

  it('finds a session by its id', async () => {
    const { provider, requests } = sample;
    const { items } = await provider.listSessions({ live: false }, signal());
    const [found] = await provider.findSession(items[3]?.id ?? '', signal());
    assert.deepEqual(found, { connectionId: 'c1', roomId: items[3]?.roomId, sessionId: items[3]?.id });
    assert.equal(requests.length, 1, 'its object came with the list');
    for (const id of ['ffffffffffffffffffffffff', 'no such id', items[3]?.roomId ?? '']) {
      assert.deepEqual(await provider.findSession(id, signal()), [], id);
    }
  });

  it('tells what was recorded and what failed in a session', async () => {
    // Webhook deliveries are asked for by the real clock: they are kept for 30 days.
    const present = await openSample(Date.now());
    try {
      const { items } = await present.provider.listSessions({ live: false, pageSize: 100 }, signal());
      const labels = new Set<string>();
      for (const { id } of items.slice(0, 30)) {
        const session = await present.provider.getSession({ connectionId: 'c1', sessionId: id }, signal());
        assert.ok(session.roomName);
        for (const { label, value } of session.facts ?? []) {
          labels.add(label);
          assert.doesNotMatch(value, /could not be read/);
        }
      }
      for (const label of ['Recording', 'Recorded chat', 'Failed webhook deliveries', 'Client failures']) {
        assert.ok(labels.has(label), `${label} in ${[...labels].join(', ')}`);
      }
    } finally {
      await present.stop();
    }
  }).timeout(60_000);

  it('refuses a wrong secret', async () => {
    const { provider } = connect({ origin: new URL(sample.baseUrl).origin }, { ...sample.secrets, appSecret: 'wrong' });
    await assert.rejects(provider.check(signal()), (error) => isCallError(error) && error.kind === 'Auth');
  });
});

async function walk<T>(read: (cursor: string | undefined) => Promise<{ items: T[]; next?: string }>): Promise<T[]> {
  const all: T[] = [];
  let cursor: string | undefined;
  do {
    const page = await read(cursor);
    all.push(...page.items);
    cursor = page.next;
  } while (cursor !== undefined);
  return all;
}
