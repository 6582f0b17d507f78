import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isCallError } from '../../../src/core/errors';
import { type Answer, readAnswer } from '../../../src/providers/mediamelon/answer';
import { figuresOf, mapAsset, mapSession, mapViewer } from '../../../src/providers/mediamelon/map';
import { FIXTURES } from '../../paths';

const METRICS = ['starttime', 'sessionid', 'latency'];
const bytes = (value: unknown) => new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value));
const read = (value: unknown, metrics: readonly string[] = METRICS): Answer =>
  readAnswer(bytes(value), { who: 'MediaMelon at test', what: 'the sessions', metrics });
const cells = (answer: Answer) => answer.rows.map((row) => Object.fromEntries(row.cells));
const published = (name: string) => readFileSync(join(FIXTURES, 'mediamelon', name));
const row = { sessionid: 's1', starttime: 1_700_000_000, latency: 1.5 };
const cell = { sessionid: 's1', starttime: 1_700_000_000_000, latency: 1.5 };

describe('MediaMelon: published answers', () => {
  for (const [file, metric] of [
    ['old_total_viewercount.json', 'viewercount'],
    ['old_breakdown_adfillrate.excerpt.json', 'adfillrate'],
  ] as const) {
    it(`reads ${file}`, () => {
      const body = published(file);
      const { response, ...counters } = JSON.parse(body.toString()) as {
        totalcount: number;
        totalrecords: number;
        response: Record<string, number | string>[];
      };
      const answer = readAnswer(body, { who: 'x', what: 'x', metrics: [] });
      assert.deepEqual(answer.issues, []);
      assert.equal(answer.totalcount, counters.totalcount);
      assert.equal(answer.totalrecords, counters.totalrecords);
      const { totalpages: _bookkeeping, ...expected } = response[0] ?? {};
      assert.deepEqual(cells(answer), [expected]);
      const figures = figuresOf(answer.rows[0] as Answer['rows'][0]);
      assert.deepEqual(
        figures.map(({ name, value }) => [name, value]),
        [[metric, expected[metric]]],
      );
    });
  }

  it('reads the epoch seconds as text and the exponents of an answer of 2017', () => {
    const answer = read(
      '{"totalcount":1,"pagecount":1,"response":[{"timestamp":"1498193100","cbrsize":-9.26E7}],"countries":[]}',
    );
    assert.deepEqual(cells(answer), [{ timestamp: Date.UTC(2017, 5, 23, 4, 45), cbrsize: -92_600_000 }]);
    assert.match(figuresOf(answer.rows[0] as Answer['rows'][0])[0]?.flagged ?? '', /Below 0/);
  });
});

describe('MediaMelon: answers of unknown shape', () => {
  for (const name of ['response', 'data', 'sessions', 'results', 'records', 'rows']) {
    it(`finds the rows in ${name}`, () => assert.deepEqual(cells(read({ [name]: [row] })), [cell]));
  }

  it('prefers them in that order', () => {
    assert.deepEqual(cells(read({ rows: [{ sessionid: 'b' }], response: [{ sessionid: 'a' }] })), [{ sessionid: 'a' }]);
    assert.deepEqual(cells(read({ rows: [{ sessionid: 'b' }], response: null })), [{ sessionid: 'b' }]);
  });

  it('reads a bare list, and rows one level down', () => {
    assert.deepEqual(cells(read([row])), [cell]);
    assert.deepEqual(cells(read({ data: { sessions: [row] } })), [cell]);
  });

  it('zips rows that are lists with the columns beside them, or with what was asked for', () => {
    const values = ['s1', 1_700_000_000, 1.5];
    const names = ['sessionid', 'starttime', 'latency'];
    for (const header of ['columns', 'headers', 'fields']) {
      assert.deepEqual(cells(read({ response: [values], [header]: names })), [cell], header);
      const objects = names.map((name) => ({ name }));
      assert.deepEqual(cells(read({ response: [values], [header]: objects })), [cell], header);
    }
    assert.deepEqual(cells(read({ response: [values] }, names)), [cell]);
    assert.deepEqual(cells(read([[1_700_000_000, 's1', 1.5]])), [cell]);
    const longer = read({ response: [[...values, 'more']] }, names);
    assert.deepEqual(cells(longer), [cell]);
    assert.equal(longer.issues[0]?.path, 'response[0]');
  });

  it('reads rows keyed by session id', () => {
    const answer = read({ response: { s1: { latency: 1 }, other: { sessionid: 's2', latency: 2 } } });
    assert.deepEqual(cells(answer), [
      { latency: 1, sessionid: 's1' },
      { sessionid: 's2', latency: 2 },
    ]);
    assert.equal(answer.rows[0]?.path, 'response.s1');
  });

  it('knows keys however they are written', () => {
    const answer = read({ response: [{ sessionId: 'a', START_TIME: '1700000000', CDNChangeRate: '2', MyTag: 'x' }] });
    assert.deepEqual(cells(answer), [{ sessionid: 'a', starttime: 1_700_000_000_000, cdn_change_rate: 2, MyTag: 'x' }]);
  });

  it('takes a large epoch for milliseconds, and none of 0 or less for a moment', () => {
    const times = [1_700_000_000, '1700000000', 1_700_000_000_000, '1.7e12', '2023-11-14T22:13:20Z'];
    for (const starttime of times)
      assert.equal(cells(read([{ starttime }]))[0]?.starttime, 1_700_000_000_000, String(starttime));
    assert.deepEqual(cells(read([{ endtime: 0 }, { endtime: '0' }, { endtime: -1 }])), [{}, {}, {}]);
  });

  it('takes null, empty text, NA and "null" for missing and shows -1 flagged', () => {
    const answer = read([{ latency: null, watchtime: '', errors: 'NA', country: 'null', qualityofexperience: -1 }]);
    assert.deepEqual(cells(answer), [{ qualityofexperience: -1 }]);
    assert.deepEqual(answer.issues, []);
    const [figure] = figuresOf(answer.rows[0] as Answer['rows'][0]);
    assert.equal(figure?.value, -1);
    assert.match(figure.flagged ?? '', /may write -1 for "no value"/);
  });

  it('keeps the last digits of ids beyond 2^53, in text too', () => {
    const body =
      '{"response":[{"sessionid":12345678901234567890,"assetname":"a \\"9007199254740993\\" 9007199254740993","x":9007199254740993,"latency":0.12345678901234567890,"watchtime":1e3}]}';
    assert.deepEqual(cells(read(body)), [
      {
        sessionid: '12345678901234567890',
        assetname: 'a "9007199254740993" 9007199254740993',
        x: '9007199254740993',
        latency: 0.12345678901234568,
        watchtime: 1000,
      },
    ]);
    assert.equal(cells(read([{ sessionid: 42 }]))[0]?.sessionid, '42');
  });

  it('reports what cannot be read by its path, and the rest lives', () => {
    const answer = read(
      '{"response":[{"sessionid":"a","latency":"fast","extra":{"b":1}},7,null,{"sessionid":"b","errors":1e999}]}',
    );
    assert.deepEqual(cells(answer), [{ sessionid: 'a' }, { sessionid: 'b' }]);
    assert.equal(answer.count, 4);
    assert.deepEqual(
      answer.issues.map(({ path }) => path),
      ['response[0].latency', 'response[0].extra', 'response[1]', 'response[2]', 'response[3].errors'],
    );
  });

  it('takes an empty body and a null response for no sessions', () => {
    for (const body of ['', ' \r\n', 'null', '{"response":null}', '{"response":[]}', '{"response":{}}', '[]']) {
      assert.deepEqual(read(body).rows, [], body);
    }
  });

  it('takes an answer of status 200 that calls itself a failure for one, with its words', () => {
    const failures: [unknown, RegExp][] = [
      [{ error: 'bad metric' }, /bad metric/],
      [{ error: { message: 'bad filter' } }, /bad filter/],
      [{ errors: [{ message: 'first' }, { message: 'second' }] }, /first/],
      [{ errors: ['plain'] }, /plain/],
      [{ message: 'no' }, /"no"/],
      [{ errorMessage: 'said' }, /said/],
      [{ status: 'FAILED', detail: 'why' }, /why/],
      [{ status: 'error', error_description: 'described' }, /described/],
      [{ status: 500 }, /"status":500/],
      [{ status: 'error', message: 'inside', data: {} }, /inside/],
      [{ response: { error: { message: 'nested' } } }, /nested/],
    ];
    for (const [body, said] of failures) {
      assert.throws(
        () => read(body),
        (error) => isCallError(error) && error.kind === 'BadResponse' && said.test(error.text),
        String(said),
      );
    }
    assert.throws(
      () => read({ status: 401, message: 'key' }),
      (error) => isCallError(error) && error.kind === 'Auth',
    );
    assert.throws(
      () => read({ nothing: 1 }),
      (error) => isCallError(error) && error.text.includes('without a list'),
    );
    assert.equal(read({ message: 'fine', error: null, response: [row] }).rows.length, 1);
  });
});

describe('MediaMelon: rows in the neutral model', () => {
  const first = (value: Record<string, unknown>) => read([value]).rows[0] as Answer['rows'][0];

  it('tells live from ended by the view status in any case of letters', () => {
    for (const [viewstatus, status] of [
      ['RUNNING', 'live'],
      ['loaded', 'live'],
      ['ENDED', 'ended'],
      ['DROPPED', 'ended'],
      ['SOMETHING_NEW', 'ended'],
    ]) {
      assert.equal(mapSession(first({ ...row, viewstatus }), 's1', true, []).status, status, viewstatus);
    }
  });

  it('tells it by a missing end where running sessions were asked for and no status came', () => {
    assert.equal(mapSession(first(row), 's1', true, []).status, 'live');
    assert.equal(mapSession(first(row), 's1', false, []).status, 'ended');
    assert.equal(mapSession(first({ ...row, endtime: 0 }), 's1', true, []).status, 'live');
    assert.equal(mapSession(first({ ...row, endtime: 1_700_000_060 }), 's1', true, []).status, 'ended');
  });

  it('takes the end of a running playback for when it was last seen', () => {
    const session = mapSession(first({ ...row, viewstatus: 'RUNNING', endtime: 1_700_000_060 }), 's1', true, []);
    assert.equal(session.endedAt, undefined);
    assert.deepEqual(session.facts?.at(-1), { label: 'Last seen', value: '2023-11-14T22:14:20.000Z' });
  });

  it('has one viewer, who watched for seconds and not for minutes', () => {
    const viewer = mapViewer(
      first({ ...row, watchtime: 90, playdur: 1.25, subscriberid: 'u7', deviceid: 'd1' }),
      's1',
      true,
    );
    assert.equal(viewer.id, 's1');
    assert.equal(viewer.durationMs, 90_000);
    assert.equal(viewer.customId, 'u7');
    assert.equal(viewer.facts?.find(({ label }) => label === 'Device ID')?.personal, true);
  });

  it('names a room without an asset', () => {
    assert.deepEqual(
      [mapAsset(first({ viewercount: 3 })).name, mapSession(first(row), 's1', true, []).roomId],
      ['No asset name', '[no asset name]'],
    );
  });

  it('shows unknown keys under their own names', () => {
    const figures = figuresOf(first({ genre: 'drama', rating: 7, latency: 2 }));
    assert.deepEqual(
      figures.map(({ name, value, unit }) => [name, value, unit]),
      [
        ['latency', 2, 's'],
        ['genre', 'drama', ''],
        ['rating', 7, ''],
      ],
    );
  });
});
