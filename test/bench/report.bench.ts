import assert from 'node:assert/strict';
import { cpus } from 'node:os';
import { join } from 'node:path';
import type { CallReport } from '../../src/core/model';
import { readReport } from '../../src/providers/realtimekit/report/read';
import { ReportReader } from '../../src/providers/report-reader';
import { DIST } from '../paths';
import { record } from './record';
import { largeReport, SAMPLES } from './report-body';

const ROUNDS = 11;
/** Bytes to checked columns, against `JSON.parse` of the same text. */
const MOST = 2;

function median(values: number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] as number;
}

async function timed(work: () => unknown): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

function cells(report: CallReport): number {
  return report.streams.reduce((sum, { times }) => sum + times.length, 0);
}

describe('reading a large report', () => {
  it(`takes at most ${MOST} times as long as JSON.parse of its text`, async () => {
    const body = largeReport();
    const text = body.toString('utf8');
    const context = { who: 'bench', participantId: 'p', now: Date.now() };
    const parse: number[] = [];
    const read: number[] = [];
    let report: CallReport | undefined;
    for (let round = 0; round < ROUNDS; round++) {
      parse.push(await timed(() => JSON.parse(text)));
      read.push(
        await timed(() => {
          report = readReport(body, context);
        }),
      );
    }
    assert.ok(report);
    assert.equal(cells(report), SAMPLES);
    assert.deepEqual(report.issues, []);

    const reader = new ReportReader(join(DIST, 'report-worker.js'));
    const away: number[] = [];
    let bytes: Uint8Array = Uint8Array.from(body);
    let longestBlock = 0;
    for (let round = 0; round < ROUNDS; round++) {
      let last = performance.now();
      const beat = setInterval(() => {
        longestBlock = Math.max(longestBlock, performance.now() - last);
        last = performance.now();
      }, 1);
      const job = { provider: 'realtimekit' as const, body: bytes, ...context };
      away.push(await timed(async () => ({ raw: bytes } = await reader.read(job, new AbortController().signal))));
      clearInterval(beat);
    }
    await reader.dispose();
    assert.equal(bytes.byteLength, body.byteLength);

    // Round by round, so that a busy moment of the machine weighs on both.
    const ratio = median(read.map((ms, round) => ms / (parse[round] as number)));
    const ms = (values: number[]) => `${median(values).toFixed(0)} ms`;
    console.log(
      `      ${cpus()[0]?.model}, ${cpus().length} cores, Node ${process.version}, ${ROUNDS} rounds, medians`,
    );
    console.log(
      `      ${(body.byteLength / 1e6).toFixed(1)} MB, ${SAMPLES} samples: JSON.parse ${ms(parse)}, bytes to columns ${ms(read)}`,
    );
    console.log(
      `      ratio ${ratio.toFixed(2)}; through the worker ${ms(away)}, event loop blocked at most ${longestBlock.toFixed(0)} ms`,
    );
    record({
      topic: 'reading',
      what: `peer report of ${(body.byteLength / 1e6).toFixed(1)} MB, ${SAMPLES} samples: bytes to checked columns, against \`JSON.parse\``,
      value: ratio,
      unit: 'times',
      most: MOST,
      beside: `\`JSON.parse\` ${ms(parse)}, columns ${ms(read)}; through the worker ${ms(away)}, event loop blocked at most ${longestBlock.toFixed(0)} ms`,
    });
    assert.ok(ratio <= MOST, `ratio ${ratio.toFixed(2)}`);
  });
});
