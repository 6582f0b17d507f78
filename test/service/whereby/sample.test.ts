import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { Session } from '../../../src/core/model';
import { Pager } from '../../../src/core/page';
import { summarize } from '../../../src/core/series';
import { disposeReportReader } from '../../../src/providers/index';
import { FIXTURES } from '../../paths';
import type { Json } from '../json';
import { openSample } from './connection';

const never = () => new AbortController().signal;
// Of a moment at which the sessions of the last weeks are looked at; the provider's own clock is the real one.
const NOW = Date.UTC(2025, 8, 10, 15, 20, 33, 512);
const MINUTE = 60_000;
const DAY = 1440 * MINUTE;
/** Insights come late; the service says by how much. */
const LAG = 12 * MINUTE;

const FOLDER = join(FIXTURES, 'whereby', 'schemas');

function checkers(validateFormats: boolean): Ajv {
  const ajv = new Ajv({ strict: true, allowUnionTypes: true, allErrors: true, validateFormats });
  addFormats(ajv);
  for (const file of readdirSync(FOLDER)) ajv.addSchema(JSON.parse(readFileSync(join(FOLDER, file), 'utf8')));
  return ajv;
}
const checker = checkers(true);
const shapeChecker = checkers(false);

function problems(name: string, body: unknown, ajv = checker): string[] {
  ajv.validate(`https://peerscope.example/schemas/whereby/${name}.json`, body);
  return (ajv.errors ?? [])
    .slice(0, 5)
    .map(({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`);
}

const example = (name: string): Json => JSON.parse(readFileSync(join(FIXTURES, 'whereby', name), 'utf8'));

describe('JSON schemas of Whereby', () => {
  it('accept every published example', () => {
    // The older example of a room has no ratings, the filler "text" is no time.
    assert.deepEqual(problems('rooms', example('rooms_2025.json')), []);
    assert.deepEqual(problems('room-sessions', example('room_sessions_2025.json')), []);
    assert.deepEqual(problems('room-sessions', example('room_sessions_2026_ratings.schema-values.json')), []);
    assert.deepEqual(problems('participants', example('participants_2026.schema-values.json')), []);
    assert.deepEqual(problems('participant', example('participant_2026.schema-values.json'), shapeChecker), []);
    assert.deepEqual(problems('error', example('error_429.json')), []);
  });

  it('refuse what the examples are not', () => {
    const wrong = (name: string, body: Json, change: (row: Json) => void) => {
      change(Array.isArray(body) ? body[0] : body.results[0]);
      assert.ok(problems(name, body, shapeChecker).length > 0, name);
    };
    wrong('rooms', example('rooms_2025.json'), (row) => (row.invented = 1));
    wrong('rooms', example('rooms_2025.json'), (row) => (row.roomName = 'no-slash'));
    wrong('room-sessions', example('room_sessions_2025.json'), (row) => delete row.startedAt);
    wrong('participants', example('participants_2026.schema-values.json'), (row) => (row.joinedAt = 1735689600000));
    wrong(
      'participant',
      example('participant_2026.schema-values.json'),
      (row) => (row.samples = { packetLossSend: [3] }),
    );
    assert.ok(problems('error', { message: 'x' }).length > 0);
  });
});

describe('the sample service as Whereby', () => {
  let sample: Awaited<ReturnType<typeof openSample>>;
  before(async () => {
    sample = await openSample(NOW);
  });
  after(async () => {
    await sample.stop();
    await disposeReportReader();
  });
  beforeEach(() => {
    sample.clock.now = NOW;
    sample.requests.length = 0;
  });

  const send = async (path: string, init?: RequestInit) => {
    const response = await fetch(`${sample.baseUrl}${path}`, {
      headers: { authorization: `Bearer ${sample.key}` },
      ...init,
    });
    return { status: response.status, body: (await response.json()) as Json };
  };
  const get = async (path: string): Promise<Json> => {
    const { status, body } = await send(path);
    assert.equal(status, 200, `${path} ${JSON.stringify(body).slice(0, 200)}`);
    return body;
  };
  const everything = async (path: string): Promise<Json[]> => {
    const rows: Json[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page = await get(`${path}${path.includes('?') ? '&' : '?'}limit=100${cursor && `&cursor=${cursor}`}`);
      rows.push(...page.results);
      cursor = page.cursor;
    }
    return rows;
  };
  const newest = async (room: string, index = 0): Promise<Session> => {
    const page = await sample.provider.listSessions({ roomId: room, pageSize: index + 1 }, never());
    return page.items[index] as Session;
  };

  it('answers in the published shape', async () => {
    const rooms = await get('/insights/rooms?limit=100');
    assert.deepEqual(problems('rooms', rooms), []);
    assert.equal(rooms.results.length, 100);
    for (const { roomName } of rooms.results.slice(0, 25)) {
      const sessions = await get(`/insights/room-sessions?limit=3&roomName=${encodeURIComponent(roomName)}`);
      assert.deepEqual(problems('room-sessions', sessions), [], roomName);
      for (const { roomSessionId } of sessions.results) {
        const people = await get(`/insights/participants?limit=100&roomSessionId=${roomSessionId}`);
        assert.deepEqual(problems('participants', people), [], roomName);
        const [{ participantId }] = people.results;
        const query = `roomSessionId=${roomSessionId}&participantId=${encodeURIComponent(participantId)}`;
        assert.deepEqual(problems('participant', await get(`/insights/participant?${query}`)), [], roomName);
      }
    }
  }).timeout(60_000);

  it('refuses a wrong key, an unknown path and what cannot be read', async () => {
    for (const authorization of ['', 'Bearer wrong', `Basic ${sample.key}`]) {
      const { status, body } = await send('/insights/rooms', { headers: { authorization } });
      assert.equal(status, 401);
      assert.deepEqual(problems('error', body), []);
    }
    assert.equal((await send('/insights')).status, 404);
    assert.equal(
      (await send('/insights/rooms', { method: 'DELETE', headers: { authorization: `Bearer ${sample.key}` } })).status,
      404,
    );
    for (const path of [
      'rooms?limit=0',
      'rooms?limit=101',
      'rooms?limit=x',
      'rooms?sortBy=roomName:asc',
      'rooms?sortBy=createdAt',
      'rooms?cursor=x',
      'rooms?createdAt[from]=soon',
      'room-sessions',
      'participants',
      'participants?roomSessionId=x&sortBy=displayName:asc',
      'participant?roomSessionId=x',
    ]) {
      const { status, body } = await send(`/insights/${path}`);
      assert.equal(status, 400, path);
      assert.deepEqual(problems('error', body), []);
    }
  });

  it('gives ten rows unless asked otherwise', async () => {
    assert.equal((await get('/insights/rooms')).results.length, 10);
  });

  it('what is not known gives empty lists', async () => {
    for (const path of [
      'room-sessions?roomName=%2Fno',
      'participants?roomSessionId=no',
      'participants?externalId=no',
    ]) {
      assert.deepEqual(await get(`/insights/${path}`), { cursor: null, results: [] });
    }
    assert.deepEqual(await get('/insights/participant?roomSessionId=no&participantId=no'), []);
  });

  it('sums of rooms and sessions are those of the rows below', async () => {
    const [room] = (await get('/insights/rooms?roomName[exact]=%2Frecorded-webinar')).results;
    const sessions = await everything('/insights/room-sessions?roomName=%2Frecorded-webinar');
    assert.equal(room.totalSessions, sessions.length);
    assert.equal(room.lastSessionStartedAt, sessions[0].startedAt);
    assert.equal(room.firstSessionStartedAt, sessions.at(-1).startedAt);
    for (const [total, role] of [
      ['totalRecorderMinutes', 'recorder'],
      ['totalStreamerMinutes', 'streamer'],
    ] as const) {
      assert.equal(
        room[total],
        sessions.reduce((sum: number, session: Record<typeof total, number>) => sum + session[total], 0),
      );
      const ended = sessions[1];
      const rows = await everything(`/insights/participants?roomSessionId=${ended.roomSessionId}`);
      const minutes = rows
        .filter(({ roleName }) => roleName === role)
        .map(({ joinedAt, leftAt }) => Math.ceil((Date.parse(leftAt) - Date.parse(joinedAt)) / MINUTE));
      assert.ok(minutes.length > 0);
      assert.equal(
        ended[total],
        minutes.reduce((sum, value) => sum + value, 0),
      );
    }
  });

  it('sorts by every field that it lets sort by, null last', async () => {
    const rising = (values: (number | string | null)[]) =>
      values.every((value, index) => index === 0 || value === null || (values[index - 1] ?? value) <= value);
    for (const field of ['totalSessions', 'totalParticipantMinutes', 'createdAt', 'lastSessionStartedAt']) {
      const rows = await everything(`/insights/rooms?sortBy=${field}:asc`);
      assert.ok(rows.length > 200);
      assert.ok(rising(rows.map((row) => row[field])), field);
      const falling = await everything(`/insights/rooms?sortBy=${field}:desc`);
      const known = falling.map((row) => row[field]).filter((value) => value !== null);
      assert.ok(rising(known.toReversed()), field);
      assert.deepEqual(falling.map((row) => row[field]).slice(0, known.length), known, 'null last');
    }
  });

  it('finds rooms by name and by creation', async () => {
    const all = await everything('/insights/rooms');
    const names = (rows: Json[]) => rows.map(({ roomName }) => roomName).sort();
    const starts = await everything('/insights/rooms?roomName[startsWith]=%2Flossy');
    assert.deepEqual(names(starts), ['/lossy-downlink', '/lossy-uplink']);
    assert.deepEqual(names(await everything('/insights/rooms?roomName[contains]=webinar')), ['/recorded-webinar']);
    assert.deepEqual(await everything('/insights/rooms?roomName[exact]=lossy-uplink'), []);
    const from = new Date(NOW - 10 * DAY).toISOString();
    const to = new Date(NOW - 5 * DAY).toISOString();
    const between = all.filter(({ createdAt }) => createdAt >= from && createdAt <= to);
    assert.ok(between.length > 5);
    assert.deepEqual(
      names(await everything(`/insights/rooms?createdAt[from]=${from}&createdAt[to]=${to}`)),
      names(between),
    );
  });

  it('shows the world as it was some minutes ago', async () => {
    const desk = await everything('/insights/room-sessions?roomName=%2Ffront-desk');
    const seen = NOW - LAG;
    assert.ok(desk.every(({ startedAt }) => Date.parse(startedAt) <= seen));
    assert.ok(desk.every(({ endedAt }) => endedAt === null || Date.parse(endedAt) <= seen));
    const closing = desk[1];
    sample.clock.now = Date.parse(closing.endedAt) + LAG - 1;
    const before = await everything('/insights/room-sessions?roomName=%2Ffront-desk');
    assert.equal(before.find(({ roomSessionId }) => roomSessionId === closing.roomSessionId)?.endedAt, null);
    sample.clock.now = Date.parse(closing.startedAt) + LAG - 1;
    const earlier = await everything('/insights/room-sessions?roomName=%2Ffront-desk');
    assert.equal(
      earlier.find(({ roomSessionId }) => roomSessionId === closing.roomSessionId),
      undefined,
    );
  });

  it('serves the same calls at every start', async () => {
    const other = await openSample(NOW);
    try {
      const headers = { authorization: `Bearer ${other.key}` };
      for (const path of [
        'rooms?limit=100',
        'room-sessions?roomName=%2Freconnects',
        'participants?externalId=user-300',
      ]) {
        const answer = await fetch(`${other.baseUrl}/insights/${path}`, { headers });
        assert.deepEqual(await answer.json(), await get(`/insights/${path}`));
      }
    } finally {
      await other.stop();
    }
  });

  it('a walk of more than 1,000 sessions loses and doubles none while new ones begin', async () => {
    const { provider, clock } = sample;
    const before = (await everything('/insights/room-sessions?roomName=%2Ffront-desk')).map(
      ({ roomSessionId }) => roomSessionId,
    );
    assert.ok(before.length > 1000, `${before.length} sessions`);
    const pager = new Pager((cursor, signal) =>
      provider.listSessions({ roomId: '/front-desk', cursor, pageSize: 100 }, signal),
    );
    const given: string[] = [];
    for (let pages = 0; pager.hasMore; pages++) {
      assert.ok(pages < 100);
      const known = pager.items.length;
      await pager.loadMore(never());
      given.push(...pager.items.slice(known).map(({ id }) => id));
      clock.now += 50 * MINUTE;
    }
    assert.equal(new Set(given).size, given.length);
    assert.deepEqual(pager.issues, []);
    // The oldest ones leave the kept window while the clock moves on.
    const still = new Set(
      (await everything('/insights/room-sessions?roomName=%2Ffront-desk')).map(({ roomSessionId }) => roomSessionId),
    );
    assert.deepEqual(
      before.filter((id) => still.has(id) && !given.includes(id)),
      [],
    );
    const fresh = await everything('/insights/room-sessions?roomName=%2Ffront-desk');
    assert.ok(!before.includes(fresh[0].roomSessionId), 'new sessions did begin');
  }).timeout(60_000);

  it('a walk through the sessions of all rooms has those of each room', async () => {
    const from = NOW - 12 * DAY;
    const { provider } = sample;
    const pager = new Pager((cursor, signal) => provider.listSessions({ from, cursor, pageSize: 100 }, signal));
    while (pager.hasMore) await pager.loadMore(never());
    const starts = pager.items.map(({ startedAt }) => startedAt ?? Number.NaN);
    assert.ok(
      starts.every((start, index) => index === 0 || start <= (starts[index - 1] as number)),
      'newest first',
    );
    const rooms = await everything('/insights/rooms');
    let expected = 0;
    for (const { roomName, lastSessionStartedAt } of rooms) {
      if (lastSessionStartedAt === null || Date.parse(lastSessionStartedAt) < from) continue;
      const rows = await everything(`/insights/room-sessions?roomName=${encodeURIComponent(roomName)}`);
      expected += rows.filter(({ startedAt }) => Date.parse(startedAt) >= from).length;
    }
    assert.ok(expected > 400, `${expected} sessions`);
    assert.equal(pager.items.length, expected);
  }).timeout(60_000);

  it('a level costs one request a page', async () => {
    const { provider, requests } = sample;
    const rooms = await provider.listRooms({}, never());
    await provider.listRooms({ cursor: rooms.next }, never());
    const session = await newest('/stand-up');
    const people = await provider.listParticipants({ connectionId: 'c1', sessionId: session.id }, never());
    await provider.getReport(
      { connectionId: 'c1', sessionId: session.id, participantId: people.items[0]?.id ?? '' },
      never(),
    );
    assert.equal(requests.length, 5);
  });

  describe('reports', () => {
    const reportOf = async (room: string, person: number) => {
      const session = await newest(room, 1);
      const people = await sample.provider.listParticipants({ connectionId: 'c1', sessionId: session.id }, never());
      const participant = people.items[person];
      assert.ok(participant);
      const ref = { connectionId: 'c1', sessionId: session.id, participantId: participant.id };
      return (await sample.provider.getReport(ref, never())).report;
    };
    const loss = async (room: string, direction: string) => {
      const report = await reportOf(room, 1);
      assert.match(report.assumptions[0] ?? '', /read as a fraction/);
      assert.deepEqual(report.issues, []);
      return summarize(
        report.streams.find((one) => one.direction === direction)?.series.packetLoss ?? new Float64Array(),
      );
    };

    it('the first guest of a lossy call has the loss on the side that the room is named for', async () => {
      assert.ok(((await loss('/lossy-uplink', 'send'))?.max ?? 0) > 5);
      assert.ok(((await loss('/lossy-uplink', 'receive'))?.max ?? 99) < 3);
      assert.ok(((await loss('/lossy-downlink', 'receive'))?.max ?? 0) > 5);
      assert.ok(((await loss('/healthy-call', 'send'))?.max ?? 99) < 3);
    });

    it('reconnects are one participant whose samples have gaps', async () => {
      const report = await reportOf('/reconnects', 1);
      const rejoins = report.events.filter(({ name }) => name === 'rejoined');
      assert.ok(rejoins.length >= 2);
      const times = report.streams[0]?.times ?? new Float64Array();
      const gaps = [...times].filter((time, index) => index > 0 && time - (times[index - 1] as number) > 2000);
      assert.deepEqual(
        gaps,
        rejoins.map(({ at }) => at),
        'samples go on when the person is back',
      );
    });

    it('hidden names stay hidden, a room without samples says so', async () => {
      assert.equal((await reportOf('/hidden-names', 1)).participant.name, 'Participant 2');
      await assert.rejects(reportOf('/no-samples', 0), { kind: 'NotYetAvailable' });
    });
  });
});
