import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CallError } from '../../../src/core/errors';
import { FIXTURES } from '../../paths';
import { ScriptedServer } from '../http/server';
import { APP, connect, PREFIX } from './connection';

const never = () => new AbortController().signal;

function fixture(name: string): Buffer {
  return readFileSync(join(FIXTURES, 'realtimekit', name));
}

/** A list of sessions with these ids; `paging` as it stands at the top of the answer. */
function sessions(ids: readonly unknown[], paging?: unknown) {
  return { body: { success: true, data: { sessions: ids.map((id) => ({ id, status: 'ENDED' })) }, paging } };
}

describe('RealtimeKit lists over HTTP', () => {
  const server = new ScriptedServer();
  before(() => server.start());
  after(() => server.stop());
  beforeEach(() => server.reset());

  const provider = (settings: Record<string, string> = { appId: APP }) => connect(server, settings).provider;

  it('reads the published list of participants, with its paging inside data and its stray quote', async () => {
    server.always({ body: fixture('session-participants.json') });
    const page = await provider().listParticipants({ connectionId: 'c1', sessionId: 's1' }, never());
    assert.equal(page.total, 123);
    assert.ok(page.next);
    assert.deepEqual(page.issues, []);
    const [mark, henry] = page.items;
    assert.equal(mark?.name, 'Mark');
    assert.equal(mark.role, 'webinar_participant');
    // 5.8097 minutes
    assert.ok(Math.abs((mark.durationMs ?? 0) - 5.8097 * 60_000) < 1e-6);
    assert.equal(henry?.joinedAt, Date.UTC(2023, 1, 1, 10, 50, 36, 846));
  });

  it('reads the published live session, whose end is the text "null"', async () => {
    server.always({ body: fixture('active-session.json') });
    const session = await provider().getSession({ connectionId: 'c1', sessionId: 'x' }, never());
    assert.equal(session.status, 'live');
    assert.equal(session.endedAt, undefined);
    assert.equal(session.participantMinutes, 2.3434);
    assert.equal(session.roomId, '6bf2b8be-04dd-4191-b602-1128921a306b');
  });

  it('reads a session that is wrapped once more, with breakout rooms', async () => {
    const room = { id: 'b', associated_id: 'm', status: 'ENDED', breakout_rooms: null };
    server.always({
      body: { success: true, data: { session: { id: 'a', status: 'LIVE', breakout_rooms: [room, 7] } } },
    });
    const session = await provider().getSession({ connectionId: 'c1', sessionId: 'a' }, never());
    assert.equal(session.id, 'a');
    assert.deepEqual(
      session.breakoutRooms?.map(({ id, status }) => [id, status]),
      [['b', 'ended']],
    );
  });

  it('reads the published list of apps, which has no paging', async () => {
    server.always({ body: fixture('apps-list.json') });
    const page = await provider({}).listApps?.({}, never());
    assert.deepEqual(page?.items, [
      { id: 'my-app-id', name: 'my-first-app', createdAt: Date.UTC(2025, 0, 1, 8, 16, 40, 644) },
    ]);
    assert.equal(server.requests[0]?.path, `${PREFIX}/apps`);
  });

  it('reads meetings and keeps no storage credentials and no stream key', async () => {
    const recording_config = {
      max_seconds: 600,
      file_name_prefix: 'rec',
      video_config: { codec: 'H264', width: 1280, height: 720 },
      audio_config: { codec: 'AAC', channel: 'stereo' },
      storage_config: { access_key: 'AKIA-SECRET', secret: 'very-secret' },
      live_streaming_config: { rtmp_url: 'rtmp://live.example/very-secret' },
    };
    const row = {
      id: 'm1',
      title: null,
      status: 'ACTIVE',
      record_on_start: true,
      persist_chat: false,
      recording_config,
    };
    server.always({ body: { success: true, data: [row], paging: { total_count: 1 } } });
    const page = await provider().listRooms({}, never());
    const [room] = page.items;
    assert.equal(room?.name, 'm1');
    assert.ok(!JSON.stringify(page).includes('SECRET') && !JSON.stringify(page).includes('very-secret'));
    assert.deepEqual(Object.fromEntries(room.facts?.map(({ label, value }) => [label, value]) ?? []), {
      'Records on start': 'yes',
      'Keeps chat': 'no',
      'Longest recording': '600 s',
      'Recording file prefix': 'rec',
      'Recording video': 'H264, 1280 × 720',
      'Recording audio': 'AAC, stereo',
    });
  });

  describe('records', () => {
    it('a record without an id costs itself only', async () => {
      server.always(sessions(['a', undefined, '', 12, 'b']));
      const page = await provider().listSessions({}, never());
      assert.deepEqual(
        page.items.map(({ id }) => id),
        ['a', 'b'],
      );
      assert.deepEqual(
        page.issues.map(({ path }) => path),
        ['data.sessions[1].id', 'data.sessions[2].id', 'data.sessions[3].id'],
      );
      assert.match(page.issues[2]?.message ?? '', /Expected a string, found the number 12; the record is left out/);
    });

    it('a field of the wrong type costs that field only', async () => {
      const row = {
        id: 'a',
        status: 'ENDED',
        started_at: 17,
        minutes_consumed: 'lots',
        live_participants: 3,
        extra: {},
      };
      server.always({ body: { success: true, data: { sessions: [row] } } });
      const page = await provider().listSessions({}, never());
      const [session] = page.items;
      assert.equal(session?.liveParticipants, 3);
      assert.equal(session.startedAt, undefined);
      assert.equal(session.participantMinutes, undefined);
      assert.deepEqual(page.issues.map(({ path }) => path).sort(), [
        'data.sessions[0].minutes_consumed',
        'data.sessions[0].started_at',
      ]);
    });

    it('a row that is no object costs itself only', async () => {
      server.always({ body: { success: true, data: { sessions: [null, 'x', [], { id: 'a' }] } } });
      const page = await provider().listSessions({}, never());
      assert.deepEqual(
        page.items.map(({ id }) => id),
        ['a'],
      );
      assert.equal(page.issues.length, 3);
    });

    it('a bad peer event costs itself only', async () => {
      const peer_events = [
        { event_name: 'PEER_LEAVING', created_at: '2024-01-01T10:05:00.000Z', peer_id: 'p' },
        { event_name: 9, created_at: '2024-01-01T10:01:00.000Z' },
        { event_name: 'PEER_JOINING', created_at: 'yesterday' },
        'no',
        { event_name: 'PEER_CREATED', created_at: '2024-01-01T10:00:00.000Z', preset_view_type: null },
      ];
      server.always({ body: { success: true, data: { participants: [{ id: 'a', peer_events }] } } });
      const page = await provider().listParticipants({ connectionId: 'c1', sessionId: 's' }, never());
      assert.deepEqual(
        page.items[0]?.events?.map(({ name }) => name),
        ['PEER_CREATED', 'PEER_EVENT', 'PEER_LEAVING'],
      );
      assert.equal(page.issues.length, 3);
      assert.equal(page.issues[0]?.path, 'data.participants[0].peer_events[1].event_name');
    });

    it('names with markup come through as plain text', async () => {
      const display_name = '<img src=x onerror=alert(1)> $(zap) [a](command:x)';
      server.always({ body: { success: true, data: { participants: [{ id: 'a', display_name }] } } });
      const page = await provider().listParticipants({ connectionId: 'c1', sessionId: 's' }, never());
      assert.equal(page.items[0]?.name, display_name);
    });

    it('an answer without a list is an error that says so', async () => {
      for (const body of [{ success: true }, { success: true, data: {} }, { success: true, data: null }, [], 4, null]) {
        server.always({ body: JSON.stringify(body) });
        await assert.rejects(provider().listSessions({}, never()), (error: CallError) => {
          assert.equal(error.kind, 'BadResponse');
          assert.match(error.text, /RealtimeKit at 127\.0\.0\.1:\d+ answered .* without (data|a list)/);
          return true;
        });
      }
    });
  });

  describe('check', () => {
    it('asks for one app, or for one session where the app is set', async () => {
      server.next({ body: fixture('apps-list.json') }, sessions([]));
      await provider({}).check(never());
      await provider({ appId: 'a b' }).check(never());
      assert.deepEqual(
        server.requests.map(({ path, query }) => [path, query.get('per_page')]),
        [
          [`${PREFIX}/apps`, '1'],
          [`${PREFIX}/a%20b/sessions`, '1'],
        ],
      );
    });
  });
});
