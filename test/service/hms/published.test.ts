import assert from 'node:assert/strict';
import type { Fact } from '../../../src/core/model';
import { disposeReportReader } from '../../../src/providers/index';
import { ScriptedServer } from '../http/server';
import type { Json } from '../json';
import { connect, signal } from './connection';
import { fixture, NOTHING, routes } from './fixtures';

const value = (facts: readonly Fact[] | undefined, label: string) => facts?.find((one) => one.label === label)?.value;

describe('100ms: published payloads', () => {
  const server = new ScriptedServer();
  before(() => server.start());
  beforeEach(() => server.reset());
  after(async () => {
    await server.stop();
    await disposeReportReader();
  });

  it('rooms', async () => {
    const list = fixture('rooms-list');
    server.always(
      routes({
        '/rooms': ({ query }) => ({ body: query.get('enabled') === 'true' ? list : { limit: 10, data: null } }),
      }),
    );
    const { items, issues, next } = await connect(server).provider.listRooms({}, signal());
    assert.deepEqual(issues, []);
    assert.equal(next, undefined, 'two rows of ten wanted: `last` is there all the same');
    assert.deepEqual(
      items.map(({ id, name, createdAt, updatedAt, status }) => ({ id, name, createdAt, updatedAt, status })),
      list.data.map((row: Json) => ({
        id: row.id,
        name: row.name,
        createdAt: Date.parse(row.created_at),
        updatedAt: undefined,
        status: 'ENABLED',
      })),
    );
    list.data.forEach((row: Json, index: number) => {
      const { facts } = items[index] ?? {};
      assert.equal(value(facts, 'Longest session'), `${row.max_duration_seconds} s`);
      assert.equal(value(facts, 'Template'), row.template);
      assert.equal(value(facts, 'Key'), row.key);
      assert.equal(value(facts, 'Large room'), row.large_room ? 'yes' : 'no');
    });
    assert.equal(value(items[1]?.facts, 'Size'), String(list.data[1].size));
  });

  it('a room', async () => {
    const room = fixture('room');
    server.always(routes({ [`/rooms/${room.id}`]: { body: room } }));
    const { items } = await connect(server).provider.listRooms({ search: room.id }, signal());
    assert.equal(items[0]?.name, room.name);
    assert.equal(items[0]?.updatedAt, Date.parse(room.updated_at));
    assert.equal(value(items[0].facts, 'Description'), room.description);
    const { type, location, prefix } = room.recording_info.upload_info;
    assert.equal(value(items[0].facts, 'Recordings go to'), `${type} ${location} ${prefix}`);
  });

  it('sessions and their people, which cost no further request', async () => {
    const list = fixture('sessions-list');
    server.always(routes({ '/sessions': { body: list } }));
    const { provider } = connect(server);
    const { items, issues } = await provider.listSessions({ live: false }, signal());
    assert.deepEqual(issues, []);
    for (const [index, row] of list.data.entries() as Iterable<[number, Json]>) {
      const session = items[index];
      const [peer] = Object.values<Json>(row.peers);
      const stay = Date.parse(peer.left_at) - Date.parse(peer.joined_at);
      assert.equal(session?.id, row.id);
      assert.equal(session?.roomId, row.room_id);
      assert.equal(session?.status, 'ended');
      assert.equal(session.startedAt, Date.parse(row.created_at));
      assert.equal(session.endedAt, Date.parse(row.updated_at));
      assert.equal(session.participantMinutes, stay / 60_000);
      assert.equal(session.maxConcurrentParticipants, 1);
      const people = await provider.listParticipants({ connectionId: 'c1', sessionId: row.id }, signal());
      assert.equal(people.total, 1);
      assert.deepEqual(people.items, [
        {
          id: peer.id,
          name: peer.name,
          userId: peer.user_id,
          role: peer.role,
          joinedAt: Date.parse(peer.joined_at),
          leftAt: Date.parse(peer.left_at),
          durationMs: stay,
          facts: [{ label: 'Session ID', value: row.id }],
        },
      ]);
    }
    assert.equal(server.requests.length, 1);
  });

  it('a session, with what was recorded of it', async () => {
    const session = fixture('session');
    const recordings = fixture('recordings-list');
    const assets = fixture('recording').recording_assets;
    for (const row of recordings.data) row.session_id = session.id;
    const room = { ...fixture('room'), id: session.room_id };
    server.always(
      routes({
        ...NOTHING,
        [`/sessions/${session.id}`]: { body: session },
        [`/rooms/${session.room_id}`]: { body: room },
        '/recordings': { body: recordings },
        '/recording-assets': { body: { limit: 100, data: assets, last: assets.at(-1).id } },
      }),
    );
    const read = await connect(server).provider.getSession({ connectionId: 'c1', sessionId: session.id }, signal());
    assert.equal(read.roomName, room.name);
    const [row] = recordings.data;
    const text = value(read.facts, 'Recording') ?? '';
    for (const part of [
      row.status,
      row.started_at,
      row.stopped_at,
      'room-composite, chat, transcript, summary',
      row.started_by,
    ]) {
      assert.ok(text.includes(part), `${part} in ${text}`);
    }
    assert.match(text, /stopped by the server/);
    assert.ok(!JSON.stringify(read).includes(row.meeting_url));
    assert.match(value(read.facts, 'Recorded room-composite') ?? '', /completed · 55 s · 26\.4 MB · .*1280/);
    assert.match(value(read.facts, 'Recorded chat') ?? '', /^completed · 74 B/);
    const transcripts = (read.facts ?? []).filter(({ label }) => label === 'Recorded transcript');
    assert.deepEqual(
      transcripts.map((one) => /"output_mode":"(\w+)"/.exec(one.value)?.[1]),
      ['txt', 'srt'],
    );
    for (const path of ['/recordings', '/recording-assets']) {
      const asked = server.requests.filter((request) => request.path === `/v2${path}`);
      assert.equal(asked.length, 1);
      assert.equal(asked[0]?.query.get('session_id'), session.id);
    }
  });

  it('recording assets of the list', async () => {
    const session = fixture('session');
    const list = fixture('recording-assets-list');
    list.data[0].session_id = session.id;
    server.always(
      routes({
        ...NOTHING,
        [`/sessions/${session.id}`]: { body: session },
        '/recording-assets': ({ query }) => ({ body: query.has('start') ? { limit: 1, data: null } : list }),
      }),
    );
    const read = await connect(server).provider.getSession({ connectionId: 'c1', sessionId: session.id }, signal());
    const [row] = list.data;
    const text = value(read.facts, `Recorded ${row.type}`) ?? '';
    for (const part of [`${row.duration} s`, '364.6 kB', row.path, row.created_at, row.job_id, row.id])
      assert.ok(text.includes(part), text);
  });

  it('webhook deliveries that failed', async () => {
    const page = fixture('webhook-deliveries');
    const [{ payload }] = page.events;
    const now = Date.now();
    const session = {
      ...fixture('session'),
      id: payload.event_data.session_id,
      created_at: new Date(now - 7_200_000).toISOString(),
      updated_at: new Date(now - 3_600_000).toISOString(),
    };
    server.always(
      routes({
        ...NOTHING,
        [`/sessions/${session.id}`]: { body: session },
        '/analytics/webhooks': ({ query }) => ({
          body:
            query.get('page') === '1'
              ? page
              : { ...page, pagination: { ...page.pagination, current_page: 2, has_next: false } },
        }),
      }),
    );
    const read = await connect(server).provider.getSession({ connectionId: 'c1', sessionId: session.id }, signal());
    assert.equal(
      value(read.facts, 'Failed webhook deliveries'),
      `2: ${payload.original_event_name}: ${payload.error_reason} (2 times)`,
    );
    const asked = server.requests.filter(({ path }) => path.endsWith('/webhooks')).map(({ query }) => query);
    assert.deepEqual(
      asked.map((query) => query.get('page')),
      ['1', '2'],
    );
    assert.equal(asked[0]?.get('status'), 'failed');
    assert.equal(asked[0].get('room_id'), session.room_id);
  });

  it('an active room: its people confirm who of a live session is there', async () => {
    const room = fixture('active-room');
    const { peers } = fixture('active-room-peers');
    const { tracks, metadata } = fixture('active-room-peer');
    const [john, nick] = Object.values<Json>(peers);
    const gone = { id: room.session.peers[0], name: 'Gone', joined_at: '2023-01-25T12:01:00.5Z' };
    const session = {
      id: room.session.id,
      room_id: room.id,
      active: true,
      peers: { [gone.id]: gone, [john.id]: { ...john, metadata: undefined } },
      created_at: room.session.created_at,
    };
    server.always(
      routes({
        '/sessions': { body: { limit: 10, data: [session], last: session.id } },
        [`/active-rooms/${room.id}/peers`]: { body: { peers: { ...peers, [john.id]: { ...john, tracks, metadata } } } },
      }),
    );
    const { provider } = connect(server);
    const { items } = await provider.listSessions({ live: true }, signal());
    assert.equal(items[0]?.startedAt, Date.parse('2022-10-04T12:10:28.939Z'), 'nine digits are cut to three');
    const people = await provider.listParticipants({ connectionId: 'c1', sessionId: session.id }, signal());
    assert.deepEqual(
      people.items.map(({ id, leftAt, leftTimeUnknown }) => ({ id, leftAt, leftTimeUnknown })),
      [
        { id: gone.id, leftAt: undefined, leftTimeUnknown: true },
        { id: nick.id, leftAt: undefined, leftTimeUnknown: undefined },
        { id: john.id, leftAt: undefined, leftTimeUnknown: undefined },
      ],
    );
    assert.equal(value(people.items[2]?.facts, 'Sends now'), 'video, audio (muted)');
    assert.equal(value(people.items[2]?.facts, 'Metadata'), JSON.stringify(metadata));
    assert.equal(server.requests.length, 2);
  });

  it('an error', async () => {
    const body = fixture('error-401');
    server.always({ status: body.code, body });
    await assert.rejects(connect(server).provider.check(signal()), {
      kind: 'Auth',
      message: new RegExp(`^Auth: .*"${body.message}: ${body.details[0]}"`),
    });
  });
});
