import assert from 'node:assert/strict';
import fc from 'fast-check';
import { estimateMos } from '../../../src/sample/realtimekit/report/mos';

describe('sample media: opinion score', () => {
  it('is that of ITU-T G.107 Annex B at round ratings', () => {
    // Without delay and jitter the rating is 93.2 - 10/40 = 92.95; each percent lost takes 2.5 from it.
    const lossFor = (rating: number) => (92.95 - rating) / 2.5;
    for (const [rating, mos] of [
      [90, 4.34],
      [80, 4.02],
      [70, 3.6],
      [60, 3.1],
      [50, 2.58],
    ] as const) {
      assert.ok(Math.abs(estimateMos(0, 0, lossFor(rating)) - mos) < 0.01, `${rating}`);
    }
  });

  it('never gets better with more delay, jitter or loss, and stays within 1 to 4.5', () => {
    const figure = fc.record({
      rtt: fc.double({ min: 0, max: 3000, noNaN: true }),
      jitter: fc.double({ min: 0, max: 500, noNaN: true }),
      loss: fc.double({ min: 0, max: 100, noNaN: true }),
      more: fc.double({ min: 0, max: 100, noNaN: true }),
    });
    fc.assert(
      fc.property(figure, ({ rtt, jitter, loss, more }) => {
        const mos = estimateMos(rtt, jitter, loss);
        assert.ok(mos >= 1 && mos <= 4.5);
        for (const worse of [
          estimateMos(rtt + more, jitter, loss),
          estimateMos(rtt, jitter + more, loss),
          estimateMos(rtt, jitter, Math.min(100, loss + more)),
        ]) {
          assert.ok(worse <= mos + 0.01);
        }
      }),
    );
  });
});
