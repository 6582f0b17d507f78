import assert from 'node:assert/strict';
import type { Aggregate, CallReport, Stream } from '../../../src/core/model';
import { compareAggregates, countCompared } from '../../../src/webview/aggregate-model';
import { Distribution } from '../../../src/webview/distribution';
import { buildModel } from '../../../src/webview/report-model';

const START = Date.UTC(2024, 4, 6, 10);

function stream(seconds: readonly number[], series: Record<string, number[]>, more: Partial<Stream> = {}): Stream {
  return {
    id: `${more.layer ?? ''}${more.id ?? 's'}`,
    direction: 'send',
    kind: 'video',
    source: 'camera-mic',
    times: Float64Array.from(seconds, (at) => START + at * 1000),
    series: Object.fromEntries(Object.entries(series).map(([key, values]) => [key, Float64Array.from(values)])),
    ...more,
  };
}

function compare(streams: Stream[], aggregate: Partial<Aggregate>) {
  const report: CallReport = {
    provider: 'realtimekit',
    participant: { id: 'p1' },
    streams,
    transports: [],
    connectivity: [],
    deviceChanges: [],
    events: [],
    aggregates: [{ direction: 'send', kind: 'video', source: 'camera-mic', metric: 'rtt', unit: 'ms', ...aggregate }],
    assumptions: [],
    issues: [],
  };
  const groups = compareAggregates(buildModel(report, { title: '' }));
  const row = groups[0]?.rows[0];
  assert.ok(row);
  return { row, groups };
}

describe('a distribution', () => {
  it('weighs values by what they stand for', () => {
    // 10 for 1 s, 20 for 2 s, 30 for 1 s.
    const all = Distribution.of({ values: [30, 10, 20], weights: [1000, 1000, 2000] });
    assert.ok(all);
    assert.equal(all.mean, (10 * 1 + 20 * 2 + 30 * 1) / 4);
    assert.deepEqual(
      [0, 0.25, 0.26, 0.75, 0.76, 1].map((p) => all.quantile(p)),
      [10, 10, 20, 20, 30, 30],
    );
    assert.deepEqual(
      [5, 10, 15, 20, 25, 31].map((value) => all.shareFrom(value)),
      [1, 1, 0.75, 0.75, 0.25, 0],
    );
    assert.deepEqual([all.min, all.max, all.count], [10, 30, 3]);
  });

  it('is none without values', () => {
    assert.equal(Distribution.of({ values: [], weights: [] }), undefined);
  });
});

describe('a provider’s aggregate beside the samples', () => {
  it('is set against the mean, percentiles and shares of time', () => {
    // The median interval is 5 s, for which the first sample counts; the last counts for the 10 s before it.
    const times = [0, 5, 10, 20];
    const { row } = compare([stream(times, { rtt: [100, 200, 300, 400] })], {
      avg: 280,
      p50: 300,
      shares: [
        { atLeast: 300, fraction: 0.6 },
        { atLeast: 100, fraction: 1 },
      ],
    });
    assert.equal(row.points.avg.computed, (100 * 5 + 200 * 5 + 300 * 5 + 400 * 10) / 25);
    assert.equal(row.points.p50.computed, 300);
    assert.deepEqual(
      row.shares.map(({ atLeast, computed }) => [atLeast, computed]),
      [
        [100, 1],
        [300, 15 / 25],
      ],
      'limits rise',
    );
    assert.deepEqual(row.range, [100, 400]);
    assert.equal(row.samples, 4);
    assert.deepEqual(row.differences, []);
  });

  it('may count each sample alike: that is no disagreement', () => {
    const { row } = compare([stream([0, 5, 10, 20], { rtt: [100, 200, 300, 400] })], { avg: 250 });
    assert.equal(row.points.avg.computed, 280);
    assert.equal(row.points.avg.differs, false);
  });

  it('is pointed out in words when it is further off than the tolerance', () => {
    const { row, groups } = compare([stream([0, 5, 10, 15], { rtt: [100, 100, 100, 100] })], {
      avg: 200,
      p90: 103,
      shares: [
        { atLeast: 100, fraction: 0.2 },
        { atLeast: 250, fraction: 0.2 },
      ],
    });
    assert.deepEqual(row.differences, [
      'average: the provider says 200.0 ms, the samples 100.0 ms',
      'share at or above 100 ms: the provider says 20 %, the samples 100 %',
    ]);
    // 20 % against none is within what one sample of four makes.
    assert.deepEqual(countCompared(groups), { compared: 4, differing: 2 });
  });

  it('is left alone where a difference is of no consequence', () => {
    const { row } = compare([stream([0, 5, 10], { packetLoss: [0.01, 0.01, 0.01] })], {
      metric: 'packetLoss',
      unit: '%',
      avg: 0.1,
    });
    assert.equal(row.points.avg.differs, false);
  });

  it('is not compared without samples of the metric', () => {
    const { row, groups } = compare([stream([0, 5], { rtt: [1, 2] })], {
      metric: 'highNegativeFeedback',
      unit: '%',
      avg: 50,
    });
    assert.deepEqual(row.points.avg, { provider: 50, differs: false });
    assert.deepEqual(countCompared(groups), { compared: 0, differing: 0 });
  });

  it('leaves out gaps: a sample after one counts for a median interval', () => {
    const { row } = compare([stream([0, 5, 10, 100], { rtt: [100, 100, 100, 400] })], { avg: 175 });
    assert.equal(row.points.avg.computed, (100 * 15 + 400 * 5) / 20);
  });

  it('takes the largest of simulcast layers at one moment', () => {
    const layer = (name: string, width: number, fps: number[]) =>
      stream(
        [0, 5, 10],
        { fps, frameWidth: fps.map(() => width) },
        { layer: name, identifiers: { producerId: 'one' } },
      );
    const { row } = compare([layer('360p', 640, [15, 15, 15]), layer('720p', 1280, [30, 30, 0])], {
      metric: 'frameWidth',
      unit: 'px',
      avg: 1067,
    });
    // The large layer stops at the third sample.
    assert.equal(row.points.avg.computed, (1280 + 1280 + 640) / 3);
    assert.equal(row.points.avg.differs, false);
  });

  it('tells shares of frames from the counters, and limitations from their durations', () => {
    const { row: keys } = compare([stream([0, 5], { keyFramesEncoded: [1, 2], framesEncoded: [100, 200] })], {
      metric: 'keyFramesEncodedFraction',
      unit: '%',
      avg: 1,
    });
    assert.equal(keys.points.avg.computed, 1);
    const limited = stream([0, 5, 10], {
      fps: [30, 30, 30],
      qualityLimitationCpu: [Number.NaN, 50, 100],
      qualityLimitationNone: [Number.NaN, 50, 0],
    });
    const { row, groups } = compare([limited], {
      metric: 'fps',
      unit: 'fps',
      issues: { cpu_quality_limitation_fraction: 0.1, quality_limitation_fraction: 0.75, lag_fraction: 0.3 },
    });
    assert.deepEqual(
      row.issues.map(({ name, computed, differs }) => [name, computed, differs]),
      [
        ['cpu_quality_limitation_fraction', 0.75, true],
        ['quality_limitation_fraction', 0.75, false],
        ['lag_fraction', undefined, false],
      ],
    );
    assert.deepEqual(row.differences, ['CPU quality limitation: the provider says 10 %, the samples 75 %']);
    assert.deepEqual(groups[0]?.limitations, [
      { label: 'Not limited', share: 0.25 },
      { label: 'CPU', share: 0.75 },
    ]);
  });
});
