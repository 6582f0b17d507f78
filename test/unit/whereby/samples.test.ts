import assert from 'node:assert/strict';
import { column, NOW, read, START, seconds, segment } from './answers';

const at = (offset: number) => ({ timeStamp: new Date(START + offset * 1000).toISOString() });

describe('Whereby samples', () => {
  it('two streams on a true time axis, loss in percent, bitrate as it came', () => {
    const samples = {
      packetLossSend: [0, 0.031, 0],
      packetLossRecv: [0, 0, 0.125],
      bitrateSend: [0, 812_345, 900_000],
      bitrateRecv: [0, 1_500_000, 1_600_001],
    };
    const report = read([segment(samples)]);
    assert.deepEqual(
      report.streams.map(({ direction, kind, source }) => [direction, kind, source]),
      [
        ['send', 'all', 'all'],
        ['receive', 'all', 'all'],
      ],
    );
    for (const direction of ['send', 'receive'] as const) assert.deepEqual(seconds(report, direction), [0, 2, 4]);
    // 0.031 of 1 is 3.1 %, 0.125 is 12.5 %
    assert.deepEqual(column(report, 'send', 'packetLoss'), [0, 3.1, 0]);
    assert.deepEqual(column(report, 'receive', 'packetLoss'), [0, 0, 12.5]);
    assert.deepEqual(column(report, 'send', 'bitrate'), [0, 812_345, 900_000]);
    assert.deepEqual(column(report, 'receive', 'bitrate'), [0, 1_500_000, 1_600_001]);
    assert.deepEqual([report.issues, report.transports, report.aggregates], [[], [], []]);
    assert.equal(report.startedAt, START);
    assert.equal(report.endedAt, START + 4000);
  });

  it('every rate is followed; a missing or impossible one is 2 s, and said to be', () => {
    const samples = { bitrateSend: [1, 2, 3] };
    assert.deepEqual(seconds(read([segment(samples, { sampleRateMs: 500 })])), [0, 0.5, 1]);
    assert.deepEqual(seconds(read([segment(samples, { sampleRateMs: '5000' })])), [0, 5, 10]);
    for (const sampleRateMs of [undefined, null, 0, -1, 'x', '', 1e9, {}]) {
      const report = read([segment(samples, { sampleRateMs })]);
      assert.deepEqual(seconds(report), [0, 2, 4]);
      assert.ok(report.assumptions.some((text) => text.includes('2 s, as documented, is taken')));
      assert.equal(report.issues.length, sampleRateMs === undefined || sampleRateMs === null ? 0 : 1);
    }
  });

  it('times come as ISO, epoch ms or epoch s, as numbers or digits', () => {
    const samples = { bitrateSend: [1] };
    for (const timeStamp of [new Date(START).toISOString(), START, String(START), START / 1000, ` ${START / 1000} `]) {
      assert.deepEqual(seconds(read([segment(samples, { timeStamp })])), [0], String(timeStamp));
    }
  });

  it('without a readable time the samples begin with joining, else they are left out with an issue', () => {
    for (const timeStamp of ['text', '', 7, null, undefined, {}, '2025']) {
      const body = [segment({ bitrateSend: [1, 2] }, { timeStamp })];
      const report = read(body, { participant: { id: 'p', joinedAt: START + 9000 } });
      assert.deepEqual(seconds(report), [9, 11]);
      assert.ok(report.assumptions.some((text) => text.includes('taken to begin with the joining')));
      const lost = read(body);
      assert.deepEqual(lost.streams, []);
      assert.match(lost.issues.at(-1)?.message ?? '', /do not say when they begin; 2 of them are in the raw view only/);
    }
  });

  it('connections are joined in the order of time, with nothing between them', () => {
    const report = read([
      segment({ bitrateSend: [7, 8] }, at(60)),
      segment({ bitrateSend: [1, 2, 3], packetLossSend: [0, 0, 2] }, at(0)),
      segment({ bitrateSend: [4], packetLossRecv: [1] }, at(30)),
    ]);
    assert.deepEqual(seconds(report), [0, 2, 4, 30, 60, 62]);
    assert.deepEqual(column(report, 'send', 'bitrate'), [1, 2, 3, 4, 7, 8]);
    assert.deepEqual(column(report, 'send', 'packetLoss'), [0, 0, 2, null, null, null]);
    assert.deepEqual(column(report, 'receive', 'packetLoss'), [null, null, null, 1, null, null]);
    assert.ok(report.assumptions.some((text) => text.includes('3 connections are joined')));
    assert.deepEqual(
      report.events.map(({ name, at: time, details }) => [name, (time - START) / 1000, details?.samples]),
      [
        ['reconnected', 30, 1],
        ['reconnected', 60, 2],
      ],
    );
  });

  it('where connections overlap the later one holds', () => {
    const report = read([segment({ bitrateSend: [1, 2, 3, 4] }), segment({ bitrateSend: [5, 6] }, at(3))]);
    assert.deepEqual(seconds(report), [0, 2, 3, 5]);
    assert.deepEqual(column(report, 'send', 'bitrate'), [1, 2, 5, 6]);
    assert.match(report.issues[0]?.message ?? '', /overlaps the next one; 2 of its 4 samples are left out/);
  });

  it('of two connections that begin at one moment the longer one holds', () => {
    const report = read([segment({ bitrateSend: [1, 2, 3] }), segment({ bitrateSend: [9] })]);
    assert.deepEqual(column(report, 'send', 'bitrate'), [1, 2, 3]);
    assert.equal(report.issues.length, 1);
  });

  it('lists of different length are padded, and null is not measured', () => {
    const report = read([segment({ packetLossSend: [0, null], bitrateSend: [1, 2, 3, 4] })]);
    assert.deepEqual(column(report, 'send', 'packetLoss'), [0, null, null, null]);
    assert.deepEqual(column(report, 'send', 'bitrate'), [1, 2, 3, 4]);
    assert.deepEqual(report.issues, []);
  });

  it('numbers as text are numbers; anything else is not measured and counted', () => {
    const bitrateSend = [1, '2', ' 3e3 ', 'x', '', true, {}, [], -4, '-1'];
    const report = read([segment({ bitrateSend })]);
    assert.deepEqual(column(report, 'send', 'bitrate'), [1, 2, 3000, null, null, null, null, null, null, null]);
    assert.deepEqual(report.issues, [
      {
        path: '[0].samples.bitrateSend',
        message: '7 of 10 values are no numbers from 0, the first the text "x" at 3; they count as not measured.',
      },
    ]);
  });

  it('a number too large for JSON is not measured', () => {
    const body = JSON.stringify([segment({ bitrateSend: [1, 7] })]).replace('7]', '1e999]');
    assert.deepEqual(column(read(body), 'send', 'bitrate'), [1, null]);
  });

  it('reads other names, and a list of objects', () => {
    const values = { packetLossSend: 2, packetLossRecv: 3, bitrateSend: 4, bitrateRecv: 5 };
    const shapes: unknown[] = [
      { packetLossSend: [2], packetLossReceive: [3], bitrateSend: [4], bitrateReceive: [5] },
      { ls: [2], lr: [3], bs: [4], br: [5] },
      [values],
    ];
    for (const samples of shapes) {
      const report = read([segment(samples)]);
      assert.deepEqual(
        [
          column(report, 'send', 'packetLoss'),
          column(report, 'receive', 'packetLoss'),
          column(report, 'send', 'bitrate'),
          column(report, 'receive', 'bitrate'),
        ],
        [[2], [3], [4], [5]],
      );
    }
    const rows = read([segment([values, null, { bitrateSend: 6 }])]);
    assert.deepEqual(column(rows, 'send', 'bitrate'), [4, null, 6]);
    assert.match(rows.issues[0]?.path ?? '', /samples\[1\]/);
  });

  it('further series are named and left to the raw view', () => {
    const report = read([segment({ bitrateSend: [1], cpu: [0.5] })]);
    assert.ok(report.assumptions.some((text) => /further series, .*raw view only: cpu/.test(text)));
  });

  it('no samples: no streams, and a sentence', () => {
    for (const samples of [undefined, null, {}, [], { bitrateSend: [] }, { bitrateSend: null }]) {
      const report = read([segment(samples)]);
      assert.deepEqual(report.streams, []);
      assert.match(report.assumptions[0] ?? '', /holds no samples/);
      assert.deepEqual(report.issues, []);
    }
    assert.match(read([segment('x')]).issues[0]?.message ?? '', /Expected an object of lists/);
    assert.match(read([segment({ bitrateSend: 3 })]).issues[0]?.message ?? '', /Expected a list, found the number 3/);
  });

  it('the answer may be one object or wrapped', () => {
    const one = segment({ bitrateSend: [1] });
    for (const body of [one, { results: [one] }, { data: [one] }])
      assert.deepEqual(column(read(body), 'send', 'bitrate'), [1]);
  });

  it('of a call that goes on the end is not told', () => {
    const body = [segment({ bitrateSend: [1, 2] })];
    assert.equal(read(body, { now: START + 60_000 }).endedAt, undefined);
    assert.equal(read(body, { now: NOW }).endedAt, START + 2000);
    assert.equal(read(body, { participant: { id: 'p', leftAt: START + 3000 } }).endedAt, START + 3000);
  });

  it('many hours are read whole', () => {
    // 3 h at 2 s are 5400 samples
    const values = Array.from({ length: 5400 }, (_, index) => index);
    const report = read([segment({ bitrateSend: values, bitrateRecv: values, packetLossSend: values.map(() => 0) })]);
    assert.equal(column(report, 'send', 'bitrate')?.length, 5400);
    assert.equal(seconds(report).at(-1), 5399 * 2);
  });
});

describe('the unit of Whereby’s packet loss', () => {
  const loss = (values: (number | null)[], lossUnit?: 'auto' | 'fraction' | 'percent') =>
    read([segment({ packetLossSend: values })], { lossUnit });

  it('a value above 1 tells percent', () => {
    const report = loss([0, 0.5, 1.1]);
    assert.deepEqual(column(report, 'send', 'packetLoss'), [0, 0.5, 1.1]);
    assert.match(report.assumptions[0] ?? '', /read as percent: values above 1/);
  });

  it('a value finer than a tenth tells a fraction', () => {
    const report = loss([0, 0.1, 0.07, 0.29, 1]);
    assert.deepEqual(column(report, 'send', 'packetLoss'), [0, 10, 7, 29, 100]);
    assert.match(report.assumptions[0] ?? '', /read as a fraction: .*as they came are a hundredth of those shown/);
  });

  it('tenths up to 1 tell nothing: the values stand as they came, under another name', () => {
    const report = loss([0, 0.1, 0.3, 0.7, 1, null]);
    assert.equal(column(report, 'send', 'packetLoss'), undefined);
    assert.deepEqual(column(report, 'send', 'packetLossUnscaled'), [0, 0.1, 0.3, 0.7, 1, null]);
    assert.match(report.assumptions[0] ?? '', /cannot be told .* "Unit of packet loss" decides it/);
  });

  it('all of one answer decide together', () => {
    const both = read([
      segment({ packetLossSend: [0.1], packetLossRecv: [0.2] }),
      segment({ packetLossSend: [0.013] }, { timeStamp: START + 60_000 }),
    ]);
    assert.deepEqual(column(both, 'send', 'packetLoss'), [10, 1.3]);
    assert.deepEqual(column(both, 'receive', 'packetLoss'), [20, null]);
  });

  it('zeros need no unit', () => {
    const report = loss([0, 0, null]);
    assert.deepEqual(column(report, 'send', 'packetLoss'), [0, 0, null]);
    assert.match(report.assumptions[0] ?? '', /its unit does not matter/);
  });

  it('the setting wins over the figures', () => {
    assert.deepEqual(column(loss([0.1, 1], 'fraction'), 'send', 'packetLoss'), [10, 100]);
    assert.deepEqual(column(loss([0.013, 0.5], 'percent'), 'send', 'packetLoss'), [0.013, 0.5]);
  });

  it('what is above 100 % is not measured', () => {
    const report = loss([0.5, 3], 'fraction');
    assert.deepEqual(column(report, 'send', 'packetLoss'), [50, null]);
    assert.match(report.issues[0]?.message ?? '', /1 of 2 values are above 100 % when read as a fraction/);
    assert.deepEqual(column(loss([50, 101]), 'send', 'packetLoss'), [50, null]);
  });
});
