import assert from 'node:assert/strict';
import Cloudflare from 'cloudflare';
import { SAMPLE_CONNECTIONS } from '../../../src/sample/catalog';
import { type Client, NOW, openService } from './client';

const account_id = SAMPLE_CONNECTIONS.find(({ provider }) => provider === 'realtimekit')?.settings.accountId ?? '';

describe('sample service: the official cloudflare SDK', () => {
  let client: Client;
  let sdk: Cloudflare;
  let appId: string;
  before(async () => {
    client = await openService();
    sdk = new Cloudflare({ apiToken: client.token, baseURL: client.baseUrl, maxRetries: 0 });
    const { data = [] } = await sdk.realtimeKit.apps.get({ account_id });
    appId = data.find(({ name }) => name === 'telehealth-prod')?.id ?? '';
  });
  after(() => client.stop());

  it('verifies the token', async () => {
    assert.equal((await sdk.user.tokens.verify()).status, 'active');
  });

  it('lists apps', async () => {
    const { data = [], paging, success } = await sdk.realtimeKit.apps.get({ account_id, per_page: 2, page_no: 2 });
    assert.equal(success, true);
    assert.deepEqual(
      data.map(({ name }) => name),
      ['field-support-demo'],
    );
    assert.deepEqual(paging, { total_count: 3, start_offset: 3, end_offset: 3 });
  });

  it('lists meetings page by page, and the people enrolled', async () => {
    const titles: string[] = [];
    for (let page_no = 1; ; page_no++) {
      const { data, paging } = await sdk.realtimeKit.meetings.get(appId, { account_id, page_no, per_page: 10 });
      titles.push(...data.map(({ title }) => title ?? ''));
      if (paging.end_offset >= paging.total_count) break;
    }
    assert.ok(titles.includes('Lossy uplink') && titles.includes('Weekly review'));
    const { data } = await sdk.realtimeKit.meetings.get(appId, { account_id, search: 'Stand-up' });
    const meeting = await sdk.realtimeKit.meetings.getMeetingByID(data[0]?.id ?? '', { account_id, app_id: appId });
    assert.equal(meeting.data?.title, 'Stand-up');
    const people = await sdk.realtimeKit.meetings.getMeetingParticipants(data[0]?.id ?? '', {
      account_id,
      app_id: appId,
    });
    assert.equal(people.data.length, people.paging.total_count);
  });

  it('lists sessions with every parameter it knows', async () => {
    const { data, paging } = await sdk.realtimeKit.sessions.getSessions(appId, {
      account_id,
      page_no: 2,
      per_page: 10,
      sort_by: 'minutesConsumed',
      sort_order: 'DESC',
      status: 'ENDED',
      start_time: new Date(NOW - 7 * 86_400_000).toISOString(),
      end_time: new Date(NOW).toISOString(),
      participants: '2:4',
    });
    assert.equal(data?.sessions?.length, 10);
    assert.equal(paging?.start_offset, 11);
    assert.ok(data.sessions.every(({ status }) => status === 'ENDED'));
  });

  it('reads a session, its participants, one of them, the live session of a meeting and a peer report', async () => {
    const { data } = await sdk.realtimeKit.sessions.getSessions(appId, {
      account_id,
      search: 'Lossy uplink',
      status: 'ENDED',
    });
    const row = data?.sessions?.[0];
    assert.ok(row);
    const path = { account_id, app_id: appId };
    const session = await sdk.realtimeKit.sessions.getSessionDetails(row.id, { ...path, include_breakout_rooms: true });
    assert.deepEqual(session.data?.breakout_rooms, []);
    assert.equal(session.data.meeting_display_name, 'Lossy uplink');
    const list = await sdk.realtimeKit.sessions.getSessionParticipants(row.id, {
      ...path,
      include_peer_events: true,
      sort_by: 'joinedAt',
    });
    const caller = list.data?.participants?.find(({ display_name }) => display_name === 'Caller A');
    assert.equal(caller?.peer_events?.length, 3);
    const id = caller.id ?? '';
    const one = await sdk.realtimeKit.sessions.getSessionParticipantDetails(id, { ...path, session_id: row.id });
    assert.equal(one.data?.participant?.user_id, caller.user_id);
    const report = await sdk.realtimeKit.sessions.getParticipantDataFromPeerID(id, {
      ...path,
      include_peer_events: true,
    });
    const participant = report.data?.participant;
    assert.equal(participant?.display_name, 'Caller A');
    const samples = participant.peer_report?.quality?.audio_producer ?? [];
    assert.ok(samples.length > 50);
    assert.ok(samples.some(({ packets_lost = 0, packets_sent = 1 }) => packets_lost / packets_sent > 0.03));
    const live = await sdk.realtimeKit.sessions.getSessions(appId, {
      account_id,
      search: 'Live support desk',
      status: 'LIVE',
    });
    const desk = live.data?.sessions?.[0];
    const active = await sdk.realtimeKit.activeSession.getActiveSession(desk?.associated_id ?? '', path);
    assert.equal(active.data?.id, desk?.id);
  });

  it('meets its own error classes', async () => {
    const stranger = new Cloudflare({ apiToken: 'wrong', baseURL: client.baseUrl, maxRetries: 0 });
    await assert.rejects(stranger.realtimeKit.apps.get({ account_id }), Cloudflare.AuthenticationError);
    await assert.rejects(sdk.realtimeKit.apps.get({ account_id: 'f'.repeat(32) }), Cloudflare.PermissionDeniedError);
    await assert.rejects(
      sdk.realtimeKit.sessions.getSessionDetails('11111111-2222-4333-8444-555555555555', { account_id, app_id: appId }),
      Cloudflare.NotFoundError,
    );
  });
});
