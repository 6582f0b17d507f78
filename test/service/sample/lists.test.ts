import assert from 'node:assert/strict';
import type { Json } from '../json';
import { appPaths, type Client, endedSessions, meetingByTitle, NOW, openService, participantsOf } from './client';

const DAY = 86_400_000;

describe('sample service: lists', () => {
  let client: Client;
  let app: string;
  before(async () => {
    client = await openService();
    app = (await appPaths(client))['telehealth-prod'] ?? '';
  });
  after(() => client.stop());

  /** Reads every page of a list; checks the offsets on the way. */
  async function walk(path: string, size: number, rowsOf: (body: Json) => Json[], pagingOf: (body: Json) => Json) {
    const rows: Json[] = [];
    for (let page = 1; page < 1000; page++) {
      const body = await client.get(`${path}${path.includes('?') ? '&' : '?'}per_page=${size}&page_no=${page}`);
      const part = rowsOf(body);
      const { total_count, start_offset, end_offset } = pagingOf(body);
      if (part.length > 0) {
        assert.equal(start_offset, rows.length + 1);
        assert.equal(end_offset, rows.length + part.length);
      }
      rows.push(...part);
      if (part.length === 0 || end_offset >= total_count) {
        assert.equal(rows.length, total_count);
        assert.equal(new Set(rows.map(({ id }) => id)).size, rows.length, 'each id once');
        return rows;
      }
      assert.equal(part.length, size);
    }
    throw new Error('the list does not end');
  }

  const sessionRows = (body: Json) => body.data.sessions;
  const topPaging = (body: Json) => body.paging;
  const week = () => `start_time=${new Date(NOW - 7 * DAY).toISOString()}`;
  const sessions = (query: string) => walk(`${app}/sessions?${query}`, 100, sessionRows, topPaging);

  it('walks all sessions of a week, the same ones with every page size', async () => {
    const hundreds = await sessions(week());
    assert.ok(hundreds.length >= 300, `${hundreds.length} sessions`);
    const ids = hundreds.map(({ id }) => id);
    for (const size of [7, 50]) {
      const again = await walk(`${app}/sessions?${week()}`, size, sessionRows, topPaging);
      assert.deepEqual(
        again.map(({ id }) => id),
        ids,
      );
    }
  }).timeout(30_000);

  it('gives an empty page past the end, and no more than 100 rows', async () => {
    const past = await client.get(`${app}/sessions?per_page=50&page_no=9999`);
    assert.deepEqual(past.data.sessions, []);
    assert.equal(past.paging.end_offset, past.paging.total_count);
    assert.equal((await client.get(`${app}/sessions?per_page=5000`)).data.sessions.length, 100);
  });

  it('keeps months of history and nothing older than 180 days', async () => {
    const { data } = await client.get(`${app}/sessions?sort_order=ASC&per_page=1`);
    const oldest = Date.parse(data.sessions[0].started_at);
    assert.ok(oldest >= NOW - 180 * DAY && oldest < NOW - 179 * DAY);
    client.clock.now = NOW + DAY;
    try {
      assert.equal((await client.send(`${app}/sessions/${data.sessions[0].id}`)).status, 404);
    } finally {
      client.clock.now = NOW;
    }
  });

  it('sorts sessions by time and by minutes, both ways', async () => {
    for (const [sortBy, value] of [
      ['createdAt', (row: Json) => Date.parse(row.created_at)],
      ['minutesConsumed', (row: Json) => row.minutes_consumed],
    ] as const) {
      for (const order of ['ASC', 'DESC']) {
        const values = (await sessions(`${week()}&sort_by=${sortBy}&sort_order=${order}`)).map(value);
        const sign = order === 'ASC' ? 1 : -1;
        for (let index = 1; index < values.length; index++) {
          assert.ok(sign * (values[index] - values[index - 1]) >= 0, `${sortBy} ${order} at ${index}`);
        }
      }
    }
    const plain = await client.get(`${app}/sessions?per_page=50`);
    const sorted = await client.get(`${app}/sessions?per_page=50&sort_by=createdAt&sort_order=DESC`);
    assert.deepEqual(plain, sorted);
  }).timeout(30_000);

  it('filters sessions by time, status, meeting, search and head count', async () => {
    const all = await sessions(week());
    const from = NOW - 5 * DAY;
    const to = NOW - 4 * DAY;
    const ids = (rows: Json[]) => rows.map(({ id }) => id);
    const between = all.filter(({ started_at: at }) => Date.parse(at) >= from && Date.parse(at) <= to);
    assert.ok(between.length > 20);
    const window = `start_time=${new Date(from).toISOString()}&end_time=${new Date(to).toISOString()}`;
    assert.deepEqual(ids(await sessions(window)), ids(between));
    for (const status of ['LIVE', 'ENDED']) {
      const wanted = all.filter((row) => row.status === status);
      assert.ok(wanted.length > 0, status);
      assert.deepEqual(ids(await sessions(`${week()}&status=${status}`)), ids(wanted));
    }
    const meeting = await meetingByTitle(client, app, 'Weekly review');
    const ofMeeting = all.filter((row) => row.associated_id === meeting.id);
    assert.ok(ofMeeting.length > 5);
    assert.deepEqual(ids(await sessions(`${week()}&associated_id=${meeting.id}`)), ids(ofMeeting));
    assert.deepEqual(ids(await sessions(`${week()}&search=${meeting.id}`)), ids(ofMeeting));
    assert.deepEqual(ids(await sessions(`${week()}&search=weekly`)), ids(ofMeeting));
    assert.deepEqual(ids(await sessions(`search=${all[17].id}`)), [all[17].id]);
    assert.deepEqual(await sessions('search=no+such+title'), []);
    assert.deepEqual(await sessions('associated_id=11111111-2222-4333-8444-555555555555'), []);
    const few = all.filter(({ max_concurrent_participants: count }) => count >= 2 && count <= 3);
    assert.ok(few.length > 10 && few.length < all.length);
    assert.deepEqual(ids(await sessions(`${week()}&participants=2:3`)), ids(few));
  }).timeout(30_000);

  it('walks, searches and filters meetings', async () => {
    const rowsOf = (body: Json) => body.data;
    const all = await walk(`${app}/meetings`, 7, rowsOf, topPaging);
    const created = all.map((row) => Date.parse(row.created_at));
    assert.deepEqual(
      created,
      [...created].sort((a, b) => b - a),
    );
    const inactive = await walk(`${app}/meetings?status=INACTIVE`, 7, rowsOf, topPaging);
    assert.deepEqual(
      inactive,
      all.filter(({ status }) => status === 'INACTIVE'),
    );
    assert.ok(inactive.length > 0);
    const found = await walk(`${app}/meetings?search=PATIENT`, 7, rowsOf, topPaging);
    assert.deepEqual(
      found,
      all.filter(({ title }) => title.startsWith('Patient call')),
    );
    assert.deepEqual(await walk(`${app}/meetings?search=${all[3].id}`, 7, rowsOf, topPaging), [all[3]]);
    const middle = all[10].created_at;
    assert.deepEqual(await walk(`${app}/meetings?start_time=${middle}`, 7, rowsOf, topPaging), all.slice(0, 11));
    assert.deepEqual(await walk(`${app}/meetings?end_time=${middle}`, 7, rowsOf, topPaging), all.slice(10));
  });

  it('walks apps, both ways and by name', async () => {
    const all = await walk(`${client.kit}/apps`, 1, (body) => body.data, topPaging);
    assert.ok(all.length >= 2);
    const down = await client.get(`${client.kit}/apps?sort_order=DESC`);
    assert.deepEqual(down.data, [...all].reverse());
    assert.deepEqual(
      (await client.get(`${client.kit}/apps?search=class`)).data.map(({ name }: Json) => name),
      ['classroom-staging'],
    );
  });

  it('walks the people enrolled in a meeting; those in its sessions are among them', async () => {
    const meeting = await meetingByTitle(client, app, 'Mass leave');
    const enrolled = await walk(`${app}/meetings/${meeting.id}/participants`, 3, (body) => body.data, topPaging);
    const [session] = await endedSessions(client, app, 'Mass leave');
    for (const person of await participantsOf(client, app, session.id)) {
      const match = enrolled.find(({ id }) => id === person.user_id);
      assert.equal(match?.name, person.display_name);
      assert.equal(match?.custom_participant_id, person.custom_participant_id);
    }
  });

  it('walks, sorts and searches the participants of a session', async () => {
    const [session] = await endedSessions(client, app, 'Mass leave');
    const path = `${app}/sessions/${session.id}/participants`;
    const rowsOf = (body: Json) => body.data.participants;
    const insidePaging = (body: Json) => body.data.paging;
    const all = await walk(path, 3, rowsOf, insidePaging);
    assert.ok(all.length > 8);
    const joined = (row: Json) => Date.parse(row.joined_at.replace('"', ''));
    for (const [sortBy, value] of [
      ['joinedAt', joined],
      ['duration', (row: Json) => row.duration],
    ] as const) {
      for (const order of ['ASC', 'DESC']) {
        const rows = await walk(`${path}?sort_by=${sortBy}&sort_order=${order}`, 4, rowsOf, insidePaging);
        assert.equal(rows.length, all.length);
        const sign = order === 'ASC' ? 1 : -1;
        for (let index = 1; index < rows.length; index++)
          assert.ok(sign * (value(rows[index]) - value(rows[index - 1])) >= 0);
      }
    }
    const [first] = all;
    const byName = await walk(
      `${path}?search=${encodeURIComponent(first.display_name.toUpperCase())}`,
      9,
      rowsOf,
      insidePaging,
    );
    assert.deepEqual(
      byName,
      all.filter(({ display_name }) => display_name === first.display_name),
    );
    assert.deepEqual(await walk(`${path}?search=${first.id}`, 9, rowsOf, insidePaging), [first]);
    const custom = all.filter(({ custom_participant_id: id }) => id === first.custom_participant_id);
    assert.deepEqual(await walk(`${path}?search=${first.custom_participant_id}`, 9, rowsOf, insidePaging), custom);
    assert.equal('peer_events' in first, false);
    const [withEvents] = await participantsOf(client, app, session.id, '&include_peer_events=true');
    assert.deepEqual(
      withEvents.peer_events.map((event: Json) => event.event_name),
      ['PEER_CREATED', 'PEER_JOINING', 'PEER_LEAVING'],
    );
    assert.ok(withEvents.peer_events.every((event: Json) => event.peer_id === withEvents.id));
  });
});
