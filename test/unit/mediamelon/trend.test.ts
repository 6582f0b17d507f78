import assert from 'node:assert/strict';
import { readTrend, type TrendJob } from '../../../src/providers/mediamelon/trend';

const HOUR = 3_600_000;
const START = Date.UTC(2024, 4, 6, 10);

type Asked = Exclude<TrendJob, { without: string }>;
const NAMES = ['timestamp', 'latency', 'viewercount'];

/** The trend of "Film" by what MediaMelon answered with. */
function trend(response: readonly object[], more: Partial<Asked> = {}) {
  const body = new TextEncoder().encode(
    JSON.stringify({ totalcount: response.length, totalrecords: response.length, response }),
  );
  const period = { start: START, end: START + HOUR };
  return readTrend(
    { body, metrics: NAMES, asset: 'Film', granularity: 'minute', period, ungrouped: false, ...more },
    'MediaMelon',
  );
}

const point = (minutes: number, more: object = {}) => ({ timestamp: (START + minutes * 60_000) / 1000, ...more });
const session = (minutes: number, latency: number) => ({
  sessionid: `s${minutes}`,
  starttime: (START + minutes * 60_000) / 1000,
  latency,
});

describe('the trend of an asset', () => {
  it('is a line over time, whatever order its points came in', () => {
    const { stream, assumptions } = trend([point(2, { latency: 3 }), point(0, { latency: 1 })]);
    assert.deepEqual(
      [...(stream?.times ?? [])].map((at) => (at - START) / 60_000),
      [0, 2],
    );
    assert.deepEqual([...(stream?.series.startupTime ?? [])], [1, 3]);
    assert.equal(stream?.label, 'All sessions of Film');
    assert.equal(assumptions.length, 1);
    assert.match(assumptions[0] ?? '', /of all sessions of "Film"/);
  });

  it('leaves out what was not measured: below 0 is no value, and missing is none', () => {
    const { stream } = trend([
      point(0, { latency: -1, viewercount: 4 }),
      point(1, { viewercount: 0 }),
      point(2, { latency: 2 }),
    ]);
    assert.deepEqual([...(stream?.series.startupTime ?? [])], [Number.NaN, Number.NaN, 2]);
    assert.deepEqual([...(stream?.series.plays ?? [])], [4, 0, Number.NaN]);
    assert.equal(stream?.series.rebuffering, undefined);
  });

  it('is none of one point, of none, or of another asset', () => {
    for (const few of [[point(0, { latency: 1 })], []])
      assert.match(trend(few).assumptions.join(), /fewer than two points came/);
    const others = trend([point(0, { latency: 1, assetname: 'Film' }), point(1, { latency: 2, assetname: 'Other' })]);
    assert.equal(others.stream, undefined);
    assert.match(others.assumptions.join(), /holds other assets, so the filter was not applied/);
  });

  it('is none where it was not asked for, or could not be read: with the reason', () => {
    assert.deepEqual(readTrend({ without: 'No asset.' }, 'MediaMelon'), { assumptions: ['No asset.'], issues: [] });
    const broken = trend([], { body: new TextEncoder().encode('<html>') });
    assert.equal(broken.stream, undefined);
    assert.match(broken.assumptions.join(), /^There is no trend of "Film"\. MediaMelon answered/);
  });

  it('of sessions is the mean of those that began in one interval, and says so', () => {
    const { stream, assumptions } = trend([session(0, 2), session(0.5, 4), session(7, 5)], {
      ungrouped: true,
      metrics: ['starttime', 'sessionid', 'latency'],
    });
    assert.deepEqual([...(stream?.series.startupTime ?? [])], [3, 5]);
    assert.match(assumptions.join(), /3 rows of sessions were averaged/);
  });

  it('of sessions without a known interval has at most 50 points: the shortest interval that gives no more', () => {
    const rows = [session(0, 2), session(4, 4), session(6, 6)];
    const means = (hours: number) => {
      const more = { ungrouped: true, granularity: 'automatic', period: { start: START, end: START + hours * HOUR } };
      return [
        ...(trend(rows, { ...more, metrics: ['starttime', 'sessionid', 'latency'] }).stream?.series.startupTime ?? []),
      ];
    };
    // 4 h are 48 times 5 minutes: 0 and 4 share the first. 0.5 h are 30 minutes.
    assert.deepEqual(means(4), [3, 6]);
    assert.deepEqual(means(0.5), [2, 4, 6]);
    // 8 h are 48 times 10 minutes: all in one, which is no line. Years have days.
    assert.deepEqual(means(8), []);
    assert.deepEqual(means(24 * 400), []);
  });
});
