import assert from 'node:assert/strict';
import type { Json } from '../json';
import { appPaths, type Client, endedSessions, meetingByTitle, openService, participantsOf } from './client';
import { assertFits, example, problems } from './schemas';

const PUBLISHED = ['schemas', 'realtimekit', 'published'];

describe('sample service: JSON schemas of RealtimeKit', () => {
  it('accept every published example', () => {
    assertFits('apps', example('realtimekit', 'apps-list.json'));
    assertFits('active-session', example('realtimekit', 'active-session.json'));
    assertFits('error', example('realtimekit', 'error-404-active-session.json'));
    assertFits('session-participants', example('realtimekit', 'session-participants.json'));
    assertFits('peer-report', example('realtimekit', 'peer-report.json'));
    assertFits('token-verify', example(...PUBLISHED, 'token-verify.json'));
    assertFits('sessions', example(...PUBLISHED, 'sessions-list.shape.json'), { shapeOnly: true });
  });

  it('refuse what the examples are not', () => {
    const report = () => example('realtimekit', 'peer-report.json') as Json;
    const wrong = (change: (participant: Json) => void) => {
      const body = report();
      change(body.data.participant);
      return problems('peer-report', body).length > 0;
    };
    assert.ok(wrong((participant) => delete participant.peer_report.quality.audio_producer[3].rtt));
    assert.ok(
      wrong((participant) => (participant.peer_report.quality.audio_producer[1].rtt = 782.913)),
      'rtt in ms',
    );
    assert.ok(wrong((participant) => (participant.peer_report.quality.audio_producer_cumulative.invented = 1)));
    assert.ok(wrong((participant) => (participant.joined_at = 1702560936332)));
    const list = example('realtimekit', 'session-participants.json') as Json;
    assert.ok(
      problems('session-participants', { success: true, data: { participants: [] }, paging: list.data.paging }).length >
        0,
    );
  });
});

describe('sample service: answers fit the schemas', () => {
  let client: Client;
  let apps: Record<string, string>;
  before(async () => {
    client = await openService();
    apps = await appPaths(client);
  });
  after(() => client.stop());

  it('apps, an app, the token', async () => {
    assertFits('apps', await client.get(`${client.kit}/apps`));
    const { data } = await client.get(`${client.kit}/apps`);
    for (const app of data) assertFits('app', await client.get(`${client.kit}/apps/${app.id}`));
    assertFits('token-verify', await client.get('/user/tokens/verify'));
  });

  it('meetings, a meeting, its people and its live session in every app', async () => {
    for (const app of Object.values(apps)) {
      const list = await client.get(`${app}/meetings?per_page=100`);
      assertFits('meetings', list);
      assert.equal(list.data.length, list.paging.total_count);
      for (const { id, status } of list.data) {
        assertFits('meeting', await client.get(`${app}/meetings/${id}`));
        assertFits('meeting-participants', await client.get(`${app}/meetings/${id}/participants`));
        const { status: code, body } = await client.send(`${app}/meetings/${id}/active-session`);
        assertFits(code === 200 ? 'active-session' : 'error', body);
        if (status === 'INACTIVE') assert.equal(code, 404);
      }
    }
  });

  it('sessions, a session, its participants and their reports in every app and scene', async () => {
    for (const app of Object.values(apps)) {
      const list = await client.get(`${app}/sessions?per_page=100`);
      assertFits('sessions', list);
      const seen = new Set<string>();
      for (const session of list.data.sessions) {
        if (seen.has(session.meeting_display_name)) continue;
        seen.add(session.meeting_display_name);
        const detail = await client.get(`${app}/sessions/${session.id}?include_breakout_rooms=true`);
        assertFits('session', detail);
        for (const room of detail.data.breakout_rooms) assertFits('session', { success: true, data: room });
        for (const view of ['raw', 'consolidated']) {
          const people = await client.get(
            `${app}/sessions/${session.id}/participants?include_peer_events=true&view=${view}`,
          );
          assertFits('session-participants', people);
        }
        for (const { id } of (await participantsOf(client, app, session.id)).slice(0, 3)) {
          assertFits(
            'participant',
            await client.get(`${app}/sessions/${session.id}/participants/${id}?include_peer_events=true`),
          );
          assertFits('peer-report', await client.get(`${app}/sessions/peer-report/${id}?include_peer_events=true`));
        }
      }
      assert.ok(seen.size >= 10, `${seen.size} meetings had sessions`);
    }
  }).timeout(60_000);

  it('errors of the service and of the gateway', async () => {
    const app = apps['telehealth-prod'] ?? '';
    const unknown = '11111111-2222-4333-8444-555555555555';
    for (const path of [
      `${client.kit}/${unknown}/sessions`,
      `${app}/sessions/${unknown}`,
      `${app}/sessions/peer-report/${unknown}`,
    ]) {
      const { status, body } = await client.send(path);
      assert.equal(status, 404, path);
      assertFits('error', body);
      assert.equal(body.error.code, 404);
    }
    const refused = await client.send(`${client.kit}/apps`, { headers: { authorization: 'Bearer wrong' } });
    assert.equal(refused.status, 401);
    assertFits('gateway-error', refused.body);
  });

  it('a session without a report has no peer_report at all', async () => {
    const app = apps['telehealth-prod'] ?? '';
    const [session] = await endedSessions(client, app, 'No report');
    for (const { id } of await participantsOf(client, app, session.id)) {
      const body = await client.get(`${app}/sessions/peer-report/${id}`);
      assertFits('peer-report', body);
      assert.equal('peer_report' in body.data.participant, false);
    }
  });

  it('filters of the report leave the parts that they name', async () => {
    const app = apps['telehealth-prod'] ?? '';
    const [session] = await endedSessions(client, app, 'Healthy call');
    const [{ id }] = (await participantsOf(client, app, session.id)) as [Json];
    const filtered = async (filters: string) =>
      (await client.get(`${app}/sessions/peer-report/${id}?filters=${filters}`)).data.participant.peer_report;
    assert.deepEqual(Object.keys(await filtered('quality_stats')), ['quality']);
    assert.deepEqual(Object.keys((await filtered('ip_information')).metadata), ['ip_information']);
    assert.deepEqual(Object.keys((await filtered('events')).metadata), ['events']);
    assert.deepEqual(Object.keys((await filtered('precall_network_information')).metadata), ['pc_metadata']);
    assert.deepEqual(Object.keys((await filtered('events,ip_information')).metadata).sort(), [
      'events',
      'ip_information',
    ]);
    assert.ok((await filtered('device_info')).metadata.device_info.cpus > 0);
    assert.equal((await client.send(`${app}/sessions/peer-report/${id}?filters=everything`)).status, 400);
  });

  it('a meeting that does not belong to the app is not found', async () => {
    const meeting = await meetingByTitle(client, apps['telehealth-prod'] ?? '', 'Healthy call');
    assert.equal((await client.send(`${apps['classroom-staging']}/meetings/${meeting.id}`)).status, 404);
  });
});
