import assert from 'node:assert/strict';
import type { Session } from '../../../src/core/model';
import { Pager } from '../../../src/core/page';
import { ScriptedServer } from '../http/server';
import { APP, connect } from './connection';

const ROWS = 1000;
const START = Date.UTC(2026, 10, 20);

/** A session as the server lists it; later numbers are newer. */
const row = (number: number) => ({
  id: `session-${number}`,
  associated_id: 'm1',
  status: number < ROWS ? 'ENDED' : 'LIVE',
  created_at: new Date(START + number * 1000).toISOString(),
  started_at: new Date(START + number * 1000).toISOString(),
  updated_at: new Date(START + number * 1000).toISOString(),
});

describe('RealtimeKit: a walk over 1,000 sessions while new ones begin', () => {
  const server = new ScriptedServer();
  /** As the server has them: the newest first, so that each new one pushes all others down. */
  let rows: ReturnType<typeof row>[];

  before(() => server.start());
  after(() => server.stop());
  beforeEach(() => {
    server.reset();
    rows = Array.from({ length: ROWS }, (_, index) => row(ROWS - 1 - index));
  });

  for (const newEachPage of [0, 1, 7]) {
    it(`loses and doubles none, with ${newEachPage} new ones for each page`, async () => {
      server.always(({ query }) => {
        const size = Number(query.get('per_page'));
        const first = (Number(query.get('page_no')) - 1) * size;
        const sessions = rows.slice(first, first + size);
        const paging = { total_count: rows.length, start_offset: first + 1, end_offset: first + sessions.length };
        // They begin after this page was cut, so the next one is cut from a longer list.
        for (let one = 0; one < newEachPage; one++) rows.unshift(row(rows.length));
        return { body: { success: true, data: { sessions }, paging } };
      });
      const { provider } = connect(server);
      const pager = new Pager<Session>((cursor, signal) =>
        provider.listSessions({ appId: APP, cursor, pageSize: 50 }, signal),
      );
      while (pager.hasMore) await pager.loadMore(new AbortController().signal);

      const ids = pager.items.map(({ id }) => id);
      assert.equal(new Set(ids).size, ids.length, 'none twice');
      const old = ids.filter((id) => Number(id.split('-')[1]) < ROWS);
      assert.equal(old.length, ROWS, 'none lost');
      assert.deepEqual(
        old,
        Array.from({ length: ROWS }, (_, index) => `session-${ROWS - 1 - index}`),
        'in the server’s order',
      );
    });
  }
});
