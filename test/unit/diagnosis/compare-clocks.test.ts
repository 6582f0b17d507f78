import assert from 'node:assert/strict';
import type { CallReport, Stream } from '../../../src/core/model';
import { sharedTime } from '../../../src/diagnosis/index';
import { report } from './build';

const START = Date.UTC(2024, 4, 6, 10);
const COUNT = 300;

/** Kbit/s at each second: no stretch of it repeats (a walk of a linear congruential generator). */
const RATE = (() => {
  let state = 7;
  let value = 500;
  return Array.from({ length: COUNT }, () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    value = Math.max(100, Math.min(1500, value + (state / 2_147_483_648 - 0.5) * 200));
    return value * 1000;
  });
})();

/** The camera of `a`, as one end measured it with a clock that is `late` ms behind. */
function camera(id: string, end: 'send' | 'receive', late: number, rate: readonly number[] = RATE): CallReport {
  const stream: Stream = {
    id: `${end} camera`,
    direction: end,
    kind: 'video',
    source: 'camera-mic',
    ...(end === 'receive' && { remoteParticipantId: 'a' }),
    times: Float64Array.from(rate, (_, index) => START + late + index * 1000),
    series: { bitrate: Float64Array.from(rate) },
  };
  const made = report({ streams: [stream], startedAt: START + late, endedAt: START + late + COUNT * 1000 });
  return { ...made, participant: { id, joinedAt: START + late, leftAt: START + late + COUNT * 1000 } };
}

function shared(first: CallReport, second: CallReport, ownClocks = false) {
  return sharedTime({ label: 'Ann', report: first }, { label: 'Ben', report: second }, { ownClocks });
}

describe('laying two reports on one time axis', () => {
  it('reads the offset of two clocks off a stream that both ends measured', () => {
    const { overlap, cautions } = shared(camera('a', 'send', 0), camera('b', 'receive', 12_000));
    assert.equal(overlap, true);
    assert.match(cautions.join(), /^Moments seem to come 12 s later in the report of Ben than in that of Ann/);
    const early = shared(camera('a', 'send', 0), camera('b', 'receive', -20_000));
    assert.match(early.cautions.join(), /^Moments seem to come 20 s later in the report of Ann than in that of Ben/);
  });

  it('says nothing of clocks that agree, of the delay of a sample, or of lines that have nothing in common', () => {
    assert.deepEqual(shared(camera('a', 'send', 0), camera('b', 'receive', 0)).cautions, []);
    assert.deepEqual(shared(camera('a', 'send', 0), camera('b', 'receive', 1000)).cautions, []);
    const flat = RATE.map(() => 500_000);
    assert.deepEqual(shared(camera('a', 'send', 0), camera('b', 'receive', 12_000, flat)).cautions, []);
  });

  it('warns of the clocks of two machines where the offset cannot be read', () => {
    const flat = RATE.map(() => 500_000);
    const { cautions } = shared(camera('a', 'send', 0), camera('b', 'receive', 0, flat), true);
    assert.match(cautions.join(), /two clocks may differ/);
  });

  it('knows stays that do not overlap, and takes nothing for granted where times are missing', () => {
    const later = shared(camera('a', 'send', 0), camera('b', 'receive', COUNT * 2000));
    assert.equal(later.overlap, false);
    assert.match(later.cautions.join(), /do not overlap/);
    const unknown = report({ streams: [] });
    const timeless = { ...unknown, participant: { id: 'c' }, startedAt: undefined, endedAt: undefined };
    assert.deepEqual(shared(timeless, camera('b', 'receive', 0)), { overlap: true, cautions: [] });
  });
});
