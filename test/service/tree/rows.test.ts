import assert from 'node:assert/strict';
import type { ConnectionRecord } from '../../../src/connections/record';
import { disposeReportReader } from '../../../src/providers/index';
import { CallTreeModel } from '../../../src/tree/model';
import type { CallNode } from '../../../src/tree/nodes';
import { lookOf } from '../../../src/tree/present';
import { type Scripted, ScriptedServer } from '../http/server';
import { ACCOUNT, APP, CANARY, connect } from '../realtimekit/connection';

const session = (id: string) => ({
  id,
  associated_id: 'm1',
  meeting_display_name: `Call ${id}`,
  type: 'meeting',
  status: 'ENDED',
  started_at: '2026-11-20T10:00:00.000Z',
  ended_at: '2026-11-20T10:31:00.000Z',
  created_at: '2026-11-20T10:00:00.000Z',
  updated_at: '2026-11-20T10:31:00.000Z',
});
const pageOf = (ids: string[], total: number, start: number): Scripted => ({
  body: {
    success: true,
    data: { sessions: ids.map(session) },
    paging: { total_count: total, start_offset: start, end_offset: start + ids.length - 1 },
  },
});

describe('what the tree shows of a bad answer', () => {
  const server = new ScriptedServer();
  let model: CallTreeModel;
  let list: CallNode;

  before(() => server.start());
  beforeEach(async () => {
    server.reset();
    const record: ConnectionRecord = {
      id: 'c1',
      provider: 'realtimekit',
      label: 'Test',
      settings: { accountId: ACCOUNT, appId: APP },
    };
    const { provider } = connect(server, { appId: APP }, { timeoutMs: () => 300 });
    model = new CallTreeModel({
      records: () => [record],
      provider: async () => provider,
      settings: () => ({ pageSize: 2, sessionWindowDays: 7 }),
      log: () => undefined,
    });
    const [connection] = await model.children();
    list = (await model.children(connection)).find(
      (node) => node.kind === 'group' && node.group === 'recent',
    ) as CallNode;
  });
  after(async () => {
    await server.stop();
    await disposeReportReader();
  });

  const rows = async (): Promise<string[]> => (await model.children(list)).map(text);
  const text = (node: CallNode): string => {
    const { label, description } = lookOf(node, { now: Date.now(), sessionWindowDays: 7 });
    return description ? `${label} | ${description}` : label;
  };
  const labels = async (): Promise<string[]> => (await rows()).map((row) => row.split(' | ')[0] as string);

  const failures: [string, Scripted, RegExp][] = [
    [
      'a wrong token',
      { status: 401, body: { success: false, errors: [{ code: 10000, message: 'Authentication error' }] } },
      /^Key not accepted \| \S.{20}/,
    ],
    ['a token without the permission', { status: 403, body: { success: false } }, /^No permission \| \S.{20}/],
    [
      'a wrong app or account',
      { status: 404, body: { success: false, error: { code: 404, message: 'App not found' } } },
      /^Not found \| \S.{20}/,
    ],
    [
      '429 with a long Retry-After',
      { status: 429, headers: { 'retry-after': '300' }, body: { code: 10100, message: 'slow down' } },
      /^Too many requests \| Wait 5 min/,
    ],
    ['429 without Retry-After', { status: 429, body: '' }, /^Too many requests \| \S.{20}/],
    ['a server that fails', { status: 503, body: 'upstream' }, /^Unusable answer \| .*503/],
    [
      'HTML instead of JSON',
      { headers: { 'content-type': 'text/html' }, body: '<html><script>alert(1)</script></html>' },
      /^Unusable answer \| .*web page instead of data/,
    ],
    ['a cut-off body', { body: '{"success":true,"data":{"sessions":[{"id":"a"' }, /^Unusable answer \| \S.{20}/],
    [
      'a refused parameter',
      { status: 400, body: { success: false, error: { code: 400, message: 'per_page must be lower' } } },
      /^Unusable answer \| .*per_page must be lower/,
    ],
  ];
  for (const [what, answer, expected] of failures) {
    it(`one row for ${what}, and the list once it is right again`, async () => {
      server.always(answer);
      const shown = await rows();
      assert.equal(shown.length, 1, shown.join('\n'));
      assert.match(shown[0] as string, expected);
      assert.doesNotMatch(shown.join(), new RegExp(CANARY));

      server.always(pageOf(['a'], 1, 1));
      model.refresh(list);
      assert.deepEqual(await labels(), ['Call a']);
    });
  }

  it('one row for a server that does not answer', async () => {
    server.always(() => new Promise(() => undefined));
    assert.match((await rows()).join(), /^No answer in time \| \S.{10}/);
  });

  it('one row for a server that is not there', async () => {
    const gone = new ScriptedServer();
    await gone.start();
    const { provider } = connect(gone, { appId: APP });
    await gone.stop();
    model = new CallTreeModel({ ...model.source, provider: async () => provider });
    assert.match((await rows()).join(), /^No connection \| \S.{10}/);
  });

  it('keeps the rows that were read when the next page fails, and goes on where it was', async () => {
    server.next(pageOf(['a', 'b'], 4, 1));
    await rows();
    server.always({ status: 403, body: { success: false } });
    await model.loadMore(list);
    assert.deepEqual(await labels(), ['Call a', 'Call b', 'No permission']);
    server.always(pageOf(['c', 'd'], 4, 3));
    await model.loadMore(list);
    assert.deepEqual(await labels(), ['Call a', 'Call b', 'Call c', 'Call d']);
  });

  it('keeps the rows when a refresh fails', async () => {
    server.next(pageOf(['a', 'b'], 2, 1));
    await rows();
    server.always({ status: 403, body: { success: false } });
    model.refresh(list);
    assert.deepEqual(await labels(), ['Call a', 'Call b', 'No permission']);
  });

  it('shows the good records beside a remark on the bad one', async () => {
    const { id: _id, ...nameless } = session('x');
    server.always({
      body: {
        success: true,
        data: { sessions: [session('a'), nameless, { ...session('b'), started_at: 7 }] },
        paging: { total_count: 3, start_offset: 1, end_offset: 3 },
      },
    });
    const shown = await labels();
    assert.deepEqual(shown.slice(0, 2), ['Call a', 'Call b']);
    assert.match(shown[2] as string, /remarks? on this list/);
    const issues = (await model.children(list)).find(({ kind }) => kind === 'issues');
    assert.ok(issues?.kind === 'issues');
    assert.ok(
      issues.issues.some(({ path }) => path === 'data.sessions[1].id'),
      JSON.stringify(issues.issues),
    );
  });

  it('goes on behind an empty page in the middle', async () => {
    server.next(pageOf(['a', 'b'], 6, 1), pageOf([], 6, 3), pageOf(['e', 'f'], 6, 5));
    await rows();
    await model.loadMore(list);
    const after = await labels();
    assert.deepEqual(after.slice(0, 2), ['Call a', 'Call b']);
    assert.ok(
      after.some((row) => row.includes('remark')),
      after.join('\n'),
    );
    assert.ok(after.includes('Load more'), after.join('\n'));
    await model.loadMore(list);
    assert.deepEqual(
      (await labels()).filter((row) => row.startsWith('Call')),
      ['Call a', 'Call b', 'Call e', 'Call f'],
    );
  });

  it('shows a page that repeats only once, and says so', async () => {
    server.next(pageOf(['a', 'b'], 6, 1), pageOf(['a', 'b'], 6, 1));
    await rows();
    await model.loadMore(list);
    const after = await labels();
    assert.deepEqual(
      after.filter((row) => row.startsWith('Call')),
      ['Call a', 'Call b'],
    );
    assert.ok(
      after.some((row) => row.includes('remark')),
      after.join('\n'),
    );
  });

  it('stops a load and offers to try again', async () => {
    server.always(() => new Promise(() => undefined));
    const loading = rows();
    await new Promise((resolve) => setTimeout(resolve, 50));
    model.cancelLoading();
    assert.match((await loading).join(), /^Stopped/);
    server.always(pageOf(['a'], 1, 1));
    model.refresh(list);
    assert.deepEqual(await labels(), ['Call a']);
  });

  it('says so where there is nothing', async () => {
    server.always(pageOf([], 0, 0));
    assert.match((await rows()).join(), /^No sessions in the last 7 days/);
  });

  it('asks nothing more once the key is known to be missing, until it is entered', async () => {
    let asked = 0;
    const missing = new CallTreeModel({
      ...model.source,
      provider: async () => {
        asked += 1;
        throw Object.assign(new Error('Auth: Key missing'), {
          kind: 'Auth',
          text: 'Key missing: enter it again.',
          keyMissing: true,
        });
      },
    });
    const [connection] = await missing.children();
    const groups = await missing.children(connection);
    await missing.children(groups[1]);
    assert.equal(missing.isKeyMissing('c1'), true);
    for (const group of groups) assert.deepEqual(await missing.children(group), []);
    assert.deepEqual(await missing.children(connection), []);
    assert.equal(asked, 1);
    missing.forget('c1');
    assert.equal(missing.isKeyMissing('c1'), false);
  });
});
