import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { formatAgo, formatDuration, formatOffset, parseTime } from '../../../src/core/time';

const MOMENT = Date.UTC(2023, 1, 1, 10, 50, 36, 846);

describe('time', () => {
  it('reads what providers were seen to send', () => {
    const forms = [
      '2023-02-01T10:50:36.846Z',
      '2023-02-01T10:50:36.846Z"',
      '"2023-02-01T10:50:36.846Z"',
      '2023-02-01 10:50:36.846Z',
      '2023-02-01T10:50:36.846123Z',
      ' 2023-02-01T10:50:36.846Z ',
      '2023-02-01T12:50:36.846+02:00',
    ];
    for (const form of forms) assert.equal(parseTime(form), MOMENT, form);
    assert.equal(parseTime('2022-12-13 07:08:39.051621Z'), Date.UTC(2022, 11, 13, 7, 8, 39, 51));
  });

  it('takes nothing else for a date', () => {
    const others = [
      'null',
      '',
      '5',
      'null 1',
      '2023',
      '2023-02-01',
      'yesterday',
      '2023-13-45T10:00:00Z',
      'x'.repeat(100),
    ];
    for (const other of [...others, 17, null, undefined, {}, []])
      assert.equal(parseTime(other), undefined, JSON.stringify(other));
  });

  it('any moment in ISO form comes back', () => {
    const moments = fc.integer({ min: 0, max: Date.UTC(2200, 0, 1) });
    return fc.assert(fc.property(moments, (moment) => assert.equal(parseTime(new Date(moment).toISOString()), moment)));
  });

  it('any text is a finite number or nothing', () => {
    return fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom(...Array.from('0123456789-:T.Z" +')) })),
        (text) => {
          const time = parseTime(text);
          assert.ok(time === undefined || Number.isFinite(time));
        },
      ),
    );
  });

  it('shows durations', () => {
    const cases: [number | undefined, string][] = [
      [undefined, '—'],
      [Number.NaN, '—'],
      [-1, '—'],
      [0, '0 s'],
      [45_000, '45 s'],
      [59_600, '1 min'],
      [31 * 60_000, '31 min'],
      [125 * 60_000, '2 h 05 min'],
      [76 * 3_600_000, '3 d 4 h'],
    ];
    for (const [ms, text] of cases) assert.equal(formatDuration(ms), text);
  });

  it('shows time into the call', () => {
    const cases: [number, string][] = [
      [7000, '0:07'],
      [31 * 60_000 + 13_000, '31:13'],
      [3_723_000, '1:02:03'],
      [-3000, '-0:03'],
      [-400, '0:00'],
    ];
    for (const [ms, text] of cases) assert.equal(formatOffset(ms), text);
  });

  it('shows how long ago', () => {
    const now = MOMENT;
    const cases: [number, string][] = [
      [20_000, 'just now'],
      [5 * 60_000, '5 min ago'],
      [3 * 3_600_000, '3 h ago'],
      [50 * 3_600_000, '2 d ago'],
      [-5 * 60_000, 'in 5 min'],
    ];
    for (const [ms, text] of cases) assert.equal(formatAgo(now - ms, now), text);
  });
});
