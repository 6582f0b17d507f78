import assert from 'node:assert/strict';
import { NearestLine } from '../../../src/core/log-search';
import type { CallReport } from '../../../src/core/model';
import { reportSpan } from '../../../src/core/report-span';

const AT = Date.UTC(2026, 10, 22, 10, 42, 7);

function nearest(lines: readonly string[], reach = 300_000) {
  const search = new NearestLine(AT, reach);
  for (const line of lines) search.take(line);
  return search.found;
}

describe('the line of a log nearest to a moment', () => {
  it('is the one with the smallest distance, of several alike the first', () => {
    const found = nearest([
      '2026-11-22T10:41:00Z far',
      'no time',
      '2026-11-22T10:42:06Z a second before',
      '2026-11-22T10:42:08Z a second after',
      '2026-11-22T10:50:00Z later',
    ]);
    assert.deepEqual([found?.line, found?.at, found?.utc], [2, AT - 1000, false]);
    assert.equal(found?.text, '2026-11-22T10:42:06Z a second before');
  });

  it('is none where all are too far off, or have no time', () => {
    assert.equal(nearest(['2026-11-22T10:41:00Z', 'nothing', '', '2025-11-22T10:42:07Z'], 30_000), undefined);
    assert.equal(nearest([]), undefined);
  });

  it('without a zone is read as local time, and as UTC where only that fits', () => {
    const local = new Date(AT);
    const pad = (value: number) => String(value).padStart(2, '0');
    const clock = [local.getHours(), local.getMinutes(), local.getSeconds()].map(pad).join(':');
    assert.deepEqual([nearest([`${clock} local`])?.at, nearest([`${clock} local`])?.utc], [AT, false]);
    assert.equal(nearest(['10:42:07 in UTC'])?.at, AT);
    assert.equal(nearest(['2026-11-22 10:42:09,500 in UTC'])?.at, AT + 2500);
  });

  it('is found by the time at the beginning of a line, not by one that is told of in it', () => {
    const told = `2026-11-22T09:00:00Z next attempt at 2026-11-22T10:42:07Z`;
    assert.equal(nearest([told]), undefined);
  });
});

describe('the time that a report tells of', () => {
  const bare = { participant: { id: 'p' }, streams: [] } as unknown as CallReport;

  it('goes from the earliest to the latest of stay and samples', () => {
    const times = Float64Array.of(50, 900);
    const report = { ...bare, startedAt: 100, endedAt: 800, streams: [{ times }] } as unknown as CallReport;
    assert.deepEqual(reportSpan(report), [50, 900]);
  });

  it('is not known where nothing has a time', () => {
    assert.equal(reportSpan(bare), undefined);
  });
});
