import assert from 'node:assert/strict';
import { disposeCaptureReader } from '../../../src/captures/index';
import { findFullChromium } from '../../capture/browser.mjs';
import { recordCall } from '../../capture/record.mjs';
import { compare, type Polls } from './against-getstats';
import { open } from './open';

describe('a call that is held now', () => {
  const browser = findFullChromium();
  after(() => disposeCaptureReader());

  it('is opened from Chromium’s own files with the figures of getStats', async function () {
    if (!browser) {
      console.log('      skipped: there is no full Chrome or Chromium on this machine (chrome:// pages need one)');
      return this.skip();
    }
    this.timeout(90_000);
    const scenario = { name: 'short', seconds: 12, aToB: { delayMs: 20, lossPercent: 5 }, bToA: { delayMs: 20 } };
    const { internals, rtcstats, stats, applied } = await recordCall(browser, scenario);
    assert.ok(applied.aToB.dropped > 0 && applied.bToA.dropped === 0);
    for (const { name, bytes } of [internals, rtcstats]) {
      const { connections, issues } = await open({ bytes: Uint8Array.from(bytes) }, { name });
      assert.deepEqual(issues, []);
      assert.equal(connections.length, 2);
      for (const polls of [stats.a, stats.b] as Polls[]) {
        const sent = new Set(polls.flat().flatMap(({ type, ssrc }) => (type === 'outbound-rtp' ? [String(ssrc)] : [])));
        const end = connections.find(({ report }) =>
          report.streams.some((one) => one.direction === 'send' && sent.has(one.identifiers?.ssrc ?? '')),
        );
        assert.ok(end && compare(end, polls, 'between') > 30);
      }
    }
  });
});
