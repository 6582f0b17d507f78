import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { CSV_COLUMNS, csvCell } from '../../../src/export/csv';
import { allFormats, readCsv } from './formats';
import { canaryCall, OTHER, T0 } from './hostile-call';

describe('CSV export', () => {
  it('is one row a measured value, under documented columns', () => {
    const [head, ...rows] = readCsv(allFormats(canaryCall(), true).csv);
    assert.deepEqual(head, CSV_COLUMNS);
    // Microphone: 2 of 3 losses, 3 bitrates; camera: 2 of 3 frame rates; pair: 2 of 3 bitrates.
    assert.equal(rows.length, 2 + 3 + 2 + 2);
    assert.deepEqual(rows[1], [
      '2025-04-01T09:00:04.000Z',
      String(T0 + 4000),
      '4',
      'send-audio',
      'Microphone sent',
      'send',
      'audio',
      'camera-mic',
      '',
      'packetLoss',
      '%',
      '12.5',
    ]);
    assert.deepEqual(rows.at(-1)?.slice(3), [
      'transport:0',
      'Candidate pair 1, nominated',
      'send',
      '',
      'transport',
      '',
      'availableOutgoingBitrate',
      'bit/s',
      '2000000',
    ]);
  });

  it('runs no formula of a provider', () => {
    for (const start of ['=', '+', '-', '@', '\t', '\r', '\n', '＝']) {
      const [[cell = ''] = []] = readCsv(`${csvCell(`${start}HYPERLINK("http://x")`)}\r\n`);
      assert.ok(cell.startsWith(`'${start}`), JSON.stringify(cell));
    }
    const call = canaryCall();
    call.people = [{ id: OTHER, name: '=cmd|"/c calc"!A1' }];
    for (const stream of call.report.streams) {
      stream.id = '@SUM(1)';
      stream.layer = '-1+1';
      stream.remoteParticipantId = OTHER;
    }
    const [, ...rows] = readCsv(allFormats(call, false).csv);
    for (const row of rows) {
      for (const cell of [...row.slice(0, 2), ...row.slice(3, -1)]) assert.doesNotMatch(cell, /^[=+\-@\t\r]/);
    }
    assert.ok(rows.some((row) => row[3] === "'@SUM(1)" && row[8] === "'-1+1"));
  });

  it('gives back any text, but for the apostrophe', () => {
    return fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary', maxLength: 20 }), { minLength: 1, maxLength: 5 }), (cells) => {
        const [row = []] = readCsv(`${cells.map(csvCell).join(',')}\r\n`);
        const guarded = cells.map((cell) => (/^[=+\-@\t\r\n＝＋－＠]/.test(cell) ? `'${cell}` : cell));
        assert.deepEqual(row, guarded);
      }),
    );
  });

  it('holds every measured value and no other', () => {
    const values = fc.array(fc.oneof(fc.double({ noDefaultInfinity: true, noNaN: true }), fc.constant(Number.NaN)), {
      maxLength: 20,
    });
    return fc.assert(
      fc.property(values, (list) => {
        const call = canaryCall();
        const [stream] = call.report.streams;
        assert.ok(stream);
        const times = Float64Array.from(list, (_, i) => T0 + i * 1000);
        call.report.streams = [{ ...stream, times, series: { rtt: Float64Array.from(list) } }];
        call.report.transports = [];
        const [, ...rows] = readCsv(allFormats(call, true).csv);
        const expected = list.flatMap((value, i) => (Number.isNaN(value) ? [] : [[T0 + i * 1000, value + 0]]));
        assert.deepEqual(
          rows.map((row) => [Number(row[1]), Number(row[11]) + 0]),
          expected,
        );
      }),
    );
  });
});
