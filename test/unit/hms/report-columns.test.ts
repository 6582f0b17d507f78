import assert from 'node:assert/strict';
import type { ItemIssue } from '../../../src/core/model';
import { readColumns } from '../../../src/providers/hms/report/columns';

/** 2026-02-06T12:26:00Z, ms. */
const START = 1_770_380_760_000;

function read(series: object) {
  const issues: ItemIssue[] = [];
  const columns = readColumns(series, 'track.time_series', issues);
  const plain = Object.fromEntries(Object.entries(columns?.series ?? {}).map(([name, column]) => [name, [...column]]));
  return { times: [...(columns?.times ?? [])], series: plain, seconds: columns?.seconds, issues };
}

describe('100ms: the arrays of a track', () => {
  it('each array is its own series, in the unit that its name says', () => {
    const { times, series, seconds, issues } = read({
      timestamps: [START, START + 1000],
      bitrate: [64_000, 65_000],
      packet_loss_percent: [0.5, 1.5],
      rtt_ms: [120, 130],
      jitter_ms: [2.5, 3.5],
      fps: [30, 29],
      freeze_count: [0, 1],
      concealed_samples: [10, 20],
    });
    assert.deepEqual(times, [START, START + 1000]);
    assert.deepEqual(series, {
      bitrate: [64_000, 65_000],
      packetLoss: [0.5, 1.5],
      rtt: [120, 130],
      jitter: [2.5, 3.5],
      fps: [30, 29],
      freezeCount: [0, 1],
      concealedSamples: [10, 20],
    });
    assert.equal(seconds, false);
    assert.deepEqual(issues, []);
  });

  it('times in seconds become milliseconds', () => {
    const { times, seconds } = read({ timestamps: [START / 1000, START / 1000 + 1], rtt_ms: [1, 2] });
    assert.deepEqual(times, [START, START + 1000]);
    assert.equal(seconds, true);
  });

  it('rows are put in the order of time, and of one time the first row is kept', () => {
    const stamps = [START + 2000, START, START + 1000, START];
    const { times, series, issues } = read({ timestamps: stamps, rtt_ms: [3, 1, 2, 9] });
    assert.deepEqual(times, [START, START + 1000, START + 2000]);
    assert.deepEqual(series.rtt, [1, 2, 3]);
    assert.match(issues[0]?.message ?? '', /^1 rows repeat a time/);
  });

  it('what is missing at the end of an array, null, or below 0 was not measured', () => {
    const stamps = [START, START + 1000, START + 2000, START + 3000];
    const { series, issues } = read({ timestamps: stamps, rtt_ms: [5, null, -1] });
    assert.deepEqual(series.rtt, [5, Number.NaN, Number.NaN, Number.NaN]);
    assert.deepEqual(
      issues.map(({ path }) => path),
      ['track.time_series.rtt_ms[2]'],
    );
  });
});
