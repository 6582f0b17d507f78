import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CallError } from '../../../src/core/errors';
import type { Fact } from '../../../src/core/model';
import { disposeReportReader } from '../../../src/providers/index';
import { FIXTURES } from '../../paths';
import { ScriptedServer } from '../http/server';
import type { Json } from '../json';
import { connect } from './connection';

const never = () => new AbortController().signal;
const fixture = (name: string): Buffer => readFileSync(join(FIXTURES, 'whereby', name));
const json = (name: string): Json => JSON.parse(fixture(name).toString('utf8'));
const byLabel = (facts: readonly Fact[] | undefined) =>
  Object.fromEntries((facts ?? []).map(({ label, value }) => [label, value]));

describe('Whereby’s published examples over HTTP', () => {
  const server = new ScriptedServer();
  before(() => server.start());
  after(async () => {
    await server.stop();
    await disposeReportReader();
  });
  beforeEach(() => server.reset());

  it('rooms', async () => {
    server.always({ body: fixture('rooms_2025.json') });
    const { provider } = await connect(server);
    const page = await provider.listRooms({}, never());
    const [row] = json('rooms_2025.json').results;
    assert.deepEqual(page.issues, []);
    assert.ok(page.next, 'the cursor "text" is one');
    const [room] = page.items;
    assert.equal(page.items.length, 1);
    assert.equal(room?.id, row.roomName);
    assert.equal(room?.createdAt, Date.UTC(2025, 0, 1));
    assert.deepEqual(byLabel(room.facts), {
      'First session': '2025-01-01 00:15:00 UTC',
      'Latest session': '2025-01-01 00:45:00 UTC',
      'Room expires': '2025-01-01 01:00:00 UTC',
      Sessions: '2',
      'Unique participants': '4',
      'Participant-minutes, rounded up per connection': '124',
      'Unique recorders': '2',
      'Recorder-minutes': '120',
      'Unique streamers': '1',
      'Streamer-minutes': '120',
    });
  });

  for (const [file, rating] of [
    ['room_sessions_2025.json', undefined],
    ['room_sessions_2026_ratings.schema-values.json', '4.5 of 5 (2 ratings)'],
  ] as const) {
    it(`sessions of a room: ${file}`, async () => {
      server.always({ body: fixture(file) });
      const { provider } = await connect(server);
      const [row] = json(file).results;
      const page = await provider.listSessions({ roomId: row.roomName }, never());
      assert.deepEqual(page.issues, []);
      assert.equal(page.next !== undefined, json(file).cursor !== null);
      const [session] = page.items;
      assert.equal(session?.id, row.roomSessionId);
      assert.equal(session?.roomId, row.roomName);
      assert.equal(session?.status, 'ended');
      assert.equal(session.startedAt, Date.UTC(2025, 0, 1));
      assert.equal(session.endedAt, Date.UTC(2025, 0, 1, 1));
      assert.equal(session.participantMinutes, 124);
      assert.equal(session.uniqueParticipants, 4);
      const facts = byLabel(session.facts);
      assert.equal(facts['Unique recorders'], '3');
      assert.equal(facts['Unique streamers'], '2');
      assert.equal(facts.Rating, rating);
    });
  }

  it('participants, with an id that begins with a slash', async () => {
    server.always({ body: fixture('participants_2026.schema-values.json') });
    const { provider } = await connect(server);
    const [row] = json('participants_2026.schema-values.json').results;
    const page = await provider.listParticipants({ connectionId: 'c1', sessionId: row.roomSessionId }, never());
    assert.deepEqual(page.issues, []);
    assert.equal(page.next, undefined);
    const [participant] = page.items;
    assert.equal(participant?.id, '/4b3bd908-cb88-11ec-9d64-0242ac120002');
    assert.equal(participant.name, 'John Doe');
    assert.equal(participant.role, 'granted_visited');
    assert.equal(participant.userId, row.userId);
    assert.equal(participant.customId, 'text');
    assert.equal(participant.joinedAt, Date.UTC(2025, 0, 1));
    assert.equal(participant.leftAt, Date.UTC(2025, 0, 1, 1));
    assert.deepEqual(byLabel(participant.facts), {
      'Device ID': 'text',
      Rating: '5 of 5',
      'Rating tags': 'audio-quality, video-quality',
      'Rating comment': 'Great call quality!',
    });
    assert.deepEqual(
      participant.facts?.filter(({ personal }) => personal).map(({ label }) => label),
      ['Device ID', 'Rating comment'],
    );
  });

  it('a participant: the client is told, there are no samples, and the time cannot be read', async () => {
    server.always({ body: fixture('participant_2026.schema-values.json') });
    const { provider } = await connect(server);
    const ref = { connectionId: 'c1', sessionId: 's', participantId: '/p 1' };
    const { report, raw } = await provider.getReport(ref, never());
    assert.deepEqual(Buffer.from(raw), fixture('participant_2026.schema-values.json'));
    const { query } = server.requests[0] ?? {};
    assert.deepEqual([query?.get('roomSessionId'), query?.get('participantId')], ['s', '/p 1']);
    assert.equal(report.provider, 'whereby');
    assert.equal(report.participant.id, '/p 1');
    assert.equal(report.participant.name, 'text');
    assert.equal(report.participant.role, 'host');
    assert.deepEqual(report.browser, {
      name: 'Chrome',
      version: '118.0.0.0',
      engine: 'Blink',
      userAgent: json('participant_2026.schema-values.json')[0].userAgent,
    });
    assert.deepEqual(report.device, {
      type: 'desktop',
      isMobile: false,
      vendor: 'Apple',
      os: 'macOS',
      osVersion: '10.15.7',
    });
    assert.deepEqual(report.streams, []);
    assert.match(report.assumptions[0] ?? '', /holds no samples/);
    assert.deepEqual(
      report.issues.map(({ path }) => path),
      ['[0].timeStamp'],
    );
  });

  it('the rate limit: how long to wait is in the body', async () => {
    server.always({ status: 429, body: fixture('error_429.json') });
    const { provider } = await connect(server);
    await assert.rejects(provider.check(never()), (error: CallError) => {
      assert.equal(error.kind, 'RateLimited');
      assert.equal(error.retryAfterMs, json('error_429.json').data.msLeft);
      assert.match(error.text, /Try again in 39 seconds.*"Rate limit active for throttle key: organization:1"/);
      return true;
    });
    assert.equal(server.requests.length, 1, 'a wait of 39 s is left to the person');
  });

  it('a meeting is not asked for; its room’s address names the room', async () => {
    server.always({ body: { results: [], cursor: null } });
    const { provider } = await connect(server);
    await provider.listSessions({ roomId: json('meeting.json').roomUrl }, never());
    assert.equal(server.requests[0]?.query.get('roomName'), '/room-prefix-793e9ec1-c686-423d-9043-9b7a10c553fd');
  });
});
