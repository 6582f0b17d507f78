import assert from 'node:assert/strict';
import fc from 'fast-check';
import { distance, likelyReading, readingsOf, type Span, writtenTimes } from '../../../src/core/log-time';

/** 22 November 2026, 10:42:07 UTC, in a call of half an hour around it. */
const AT = Date.UTC(2026, 10, 22, 10, 42, 7);
const CALL: Span = [AT - 900_000, AT + 900_000];

function first(text: string, span: Span = CALL) {
  const [time] = writtenTimes(text);
  return time && likelyReading(time, span);
}

describe('times in logs', () => {
  const stated: [string, number][] = [
    ['2026-11-22T10:42:07Z INFO joined', AT],
    ['2026-11-22T10:42:07.123Z INFO joined', AT + 123],
    ['{"time":"2026-11-22T11:42:07.123456+01:00","msg":"x"}', AT + 123],
    ['2026-11-22 05:42:07,250 -0500 WARN ice', AT + 250],
    ['[2026-11-22 10:42:07 UTC] ice', AT],
    ['20261122T104207Z sfu', AT],
    ['127.0.0.1 - - [22/Nov/2026:10:42:07 +0000] "GET / HTTP/1.1" 200 5', AT],
    ['Date: Sun, 22 Nov 2026 10:42:07 GMT', AT],
    ['1795344127 rtp', AT],
    ['ts=1795344127.5 rtp', AT + 500],
    ['{"ts":1795344127123}', AT + 123],
    ['1795344127123456 packet', AT + 123],
    ['Nov 22, 2026 10:42:07 PM +0000 joined', AT + 12 * 3_600_000],
    ['Nov 22, 2026 12:42:07 AM GMT joined', AT - 10 * 3_600_000],
    ['1795344127123456789 packet', AT + 123],
  ];
  for (const [line, at] of stated) {
    it(`reads ${line}`, () => assert.deepEqual(first(line), { at, zone: 'stated' }));
  }

  const bare = [
    '2026-11-22 10:42:07 joined',
    '2026-11-22T10:42:07 joined',
    '2026/11/22 10:42:07 [error] 7#7: upstream',
    '22.11.2026 10:42:07 beigetreten',
    '11/22/2026, 10:42:07 AM joined',
    'Nov 22 10:42:07 host sfu[7]: joined',
    'Nov 22, 2026 10:42:07 AM joined',
    '[12:34:1122/104207.000000:INFO:webrtc.cc(7)] joined',
    '10:42:07 joined',
    '[10:42:07.000] joined',
    '10:42:07 AM joined',
  ];
  for (const line of bare) {
    it(`reads ${line} in the zone that puts it into the call`, () => {
      const [time] = writtenTimes(line);
      assert.ok(time);
      const local = new Date(2026, 10, 22, 10, 42, 7).getTime();
      const around = (at: number): Span => [at - 900_000, at + 900_000];
      assert.equal(likelyReading(time, around(AT))?.at, AT);
      assert.deepEqual(likelyReading(time, around(local)), { at: local, zone: 'local' });
    });
  }

  it('takes the local reading where neither lies in the call, of the day that is nearest', () => {
    const [time] = writtenTimes('03:00:00 nightly');
    assert.ok(time);
    const reading = likelyReading(time, CALL);
    assert.equal(reading?.zone, 'local');
    assert.ok(Math.abs(reading.at - AT) < 86_400_000);
  });

  it('finds the bare clock of a call that goes over midnight on either day', () => {
    const midnight = Date.UTC(2026, 10, 23);
    const span: Span = [midnight - 600_000, midnight + 600_000];
    assert.equal(
      readingsOf(writtenTimes('23:55:00')[0] as never, span).some(({ at }) => at === midnight - 300_000),
      true,
    );
    assert.equal(
      readingsOf(writtenTimes('00:05:00')[0] as never, span).some(({ at }) => at === midnight + 300_000),
      true,
    );
  });

  it('of a day that does not exist takes the clock alone', () => {
    assert.deepEqual(writtenTimes('2026-02-30 10:00:00'), [{ start: 11, end: 19, ofDay: 36_000_000 }]);
  });

  it('tells how far a moment lies from a span', () => {
    assert.deepEqual(
      [distance(5, [10, 20]), distance(10, [10, 20]), distance(20, [10, 20]), distance(26, [10, 20])],
      [5, 0, 0, 6],
    );
  });

  it('says where each stands, and takes no part of one for another', () => {
    const line = 'at 2026-11-22T10:42:07.5Z until 10:43:00, id 1795344127';
    assert.deepEqual(
      writtenTimes(line).map(({ start, end }) => line.slice(start, end)),
      ['2026-11-22T10:42:07.5Z', '10:43:00', '1795344127'],
    );
  });

  it('takes nothing else for a time', () => {
    for (const text of [
      'version 1.2.3',
      '192.168.178.23:443',
      'aa:bb:cc:dd:ee:ff',
      '2001:db8:85a3::8a2e:370:7334',
      '25:61:61',
      '2026-13-40 no',
      '0e5a4c11-9d2b-4d7a-8f4b-2f0d9b1c7e33',
      '123456',
      'ssrc 305419896',
      '13:45:00 PM',
      '0:45:00 AM',
      '10:42:07 Z',
      '0795344127 rtp',
      '0000000001234 rtp',
      '1000000000.0001x',
    ]) {
      assert.deepEqual(writtenTimes(text), [], text);
    }
  });

  it('reads back any moment in ISO 8601 and as an epoch', () => {
    const moment = fc.integer({ min: Date.UTC(2002, 0, 1), max: Date.UTC(2099, 0, 1) });
    fc.assert(
      fc.property(moment, fc.string(), (at, noise) => {
        const around = noise.replace(/[\d:T.+-]/g, '');
        for (const text of [new Date(at).toISOString(), String(at)]) {
          assert.equal(first(`${around} ${text} `)?.at, at);
        }
      }),
    );
  });

  it('never fails and never hangs on any line', () => {
    fc.assert(
      fc.property(
        fc.string({ maxLength: 400, unit: fc.constantFrom(...Array.from('0123456789:-/., TZ+AMPmNov')) }),
        (line) => {
          for (const time of writtenTimes(line)) {
            assert.ok(time.start < time.end && time.end <= line.length);
            for (const { at } of readingsOf(time, CALL)) assert.ok(Number.isFinite(at));
          }
        },
      ),
      { numRuns: 1000 },
    );
  });
});
