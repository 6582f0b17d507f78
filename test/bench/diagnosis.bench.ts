import assert from 'node:assert/strict';
import { cpus } from 'node:os';
import { diagnoseSession, isProblem } from '../../src/diagnosis/index';
import { hourCall, PEOPLE, SAMPLES } from './diagnosis-call';
import { record } from './record';

const ROUNDS = 15;
/** What the design asks for, ms; a figure to read here, since machines differ. */
const BUDGET = 100;

describe('diagnosing a call of one hour', () => {
  for (const faulty of [false, true]) {
    it(`${PEOPLE} participants at one sample in 2 s, ${faulty ? 'with faults' : 'clean'}`, () => {
      const { session, reports } = hourCall(faulty);
      const times: number[] = [];
      const worked: number[] = [];
      let problems = 0;
      for (let round = 0; round < ROUNDS; round++) {
        const start = performance.now();
        const before = process.cpuUsage();
        problems = diagnoseSession(session, reports).findings.filter(isProblem).length;
        times.push(performance.now() - start);
        const { user, system } = process.cpuUsage(before);
        worked.push((user + system) / 1000);
      }
      const first = times[0] as number;
      const [median, cpu] = [times, worked].map((all) => all.sort((a, b) => a - b)[ROUNDS >> 1] as number) as [
        number,
        number,
      ];
      const streams = reports.reduce((sum, report) => sum + report.streams.length, 0);
      const within = median <= BUDGET ? 'within' : 'beyond';
      console.log(`      ${cpus()[0]?.model}, ${cpus().length} cores, Node ${process.version}, ${ROUNDS} rounds`);
      console.log(
        `      ${streams} streams of ${SAMPLES} samples: median ${median.toFixed(0)} ms, ${within} the ${BUDGET} ms asked for; first ${first.toFixed(0)} ms; processor time, which other work on the machine does not lengthen, ${cpu.toFixed(0)} ms`,
      );
      record({
        topic: 'diagnosis',
        what: `${PEOPLE} people, a sample in 2 s, ${faulty ? 'with faults' : 'clean'}`,
        value: median,
        unit: 'ms',
        most: BUDGET,
        beside: `${streams} streams of ${SAMPLES} samples; the first time ${first.toFixed(0)} ms; processor time ${cpu.toFixed(0)} ms`,
      });
      assert.equal(problems > 0, faulty);
    });
  }
});
