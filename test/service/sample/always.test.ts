import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Json } from '../json';
import { appPaths, type Client, openService } from './client';

const DAY = 86_400_000;

describe('sample service: at any time', () => {
  let client: Client;
  let apps: Record<string, string>;
  before(async () => {
    client = await openService();
    apps = await appPaths(client);
  });
  after(() => client.stop());

  const anyTime = fc.integer({ min: Date.UTC(2025, 0, 1), max: Date.UTC(2040, 0, 1) });

  it('there is a live session with people in it and hundreds in the last week', async () => {
    await fc.assert(
      fc.asyncProperty(anyTime, async (now) => {
        client.clock.now = now;
        const app = apps['telehealth-prod'];
        const live = (await client.get(`${app}/sessions?status=LIVE&per_page=100`)).data.sessions;
        assert.ok(live.some((session: Json) => session.live_participants > 0));
        const start = encodeURIComponent(new Date(now - 7 * DAY).toISOString());
        const week = await client.get(`${app}/sessions?start_time=${start}&per_page=25`);
        assert.ok(week.paging.total_count >= 300);
        assert.ok(week.data.sessions.every((session: Json) => Date.parse(session.started_at) <= now));
      }),
      { numRuns: 40 },
    );
  }).timeout(60_000);

  it('no meeting holds two sessions at once, none is longer than its people', async () => {
    await fc.assert(
      fc.asyncProperty(anyTime, async (now) => {
        client.clock.now = now;
        for (const app of Object.values(apps)) {
          const { data } = await client.get(`${app}/sessions?per_page=100`);
          const open = new Map<string, number>();
          for (const session of data.sessions) {
            const end = session.ended_at ? Date.parse(session.ended_at) : Number.POSITIVE_INFINITY;
            const next = open.get(session.associated_id);
            if (next !== undefined) assert.ok(end <= next, `${session.meeting_display_name} overlaps itself`);
            open.set(session.associated_id, Date.parse(session.started_at));
            const minutes = (Math.min(end, now) - Date.parse(session.started_at)) / 60_000;
            assert.ok(session.minutes_consumed <= minutes * session.max_concurrent_participants + 0.001);
            assert.ok(session.max_concurrent_participants >= session.live_participants);
          }
        }
      }),
      { numRuns: 15 },
    );
  }).timeout(60_000);
});
