import assert from 'node:assert/strict';
import { seriesLimits } from '../../../src/diagnosis';

const CALL = { provider: 'realtimekit' } as const;

describe('limits for charts', () => {
  const limitOf = (ruleId: string, setting?: unknown) =>
    seriesLimits(CALL, setting).filter((limit) => limit.ruleId === ruleId);

  it('are the thresholds of the rules that read a series as it came', () => {
    assert.deepEqual(limitOf('rtk.loss.in'), [
      {
        ruleId: 'rtk.loss.in',
        metric: 'packetLoss',
        beyond: 'above',
        warn: 3,
        bad: 10,
        streams: { direction: 'receive' },
      },
    ]);
    assert.deepEqual(limitOf('rtk.mos.low'), [
      { ruleId: 'rtk.mos.low', metric: 'mos', beyond: 'below', warn: 3.5, bad: 3, streams: {} },
    ]);
    // Cameras and screens have limits of their own.
    assert.deepEqual(
      limitOf('rtk.video.fps').map(({ warn, bad, streams }) => [streams.source, warn, bad]),
      [
        ['camera-mic', 15, 7],
        ['screen', 2, undefined],
      ],
    );
    // What this rule compares is no series.
    assert.deepEqual(limitOf('rtk.conceal'), []);
  });

  it('follow the setting, and are none for a rule that is off', () => {
    assert.equal(limitOf('rtk.jitter', { 'rtk.jitter': { warn: 12 } })[0]?.warn, 12);
    assert.deepEqual(limitOf('rtk.jitter', { 'rtk.jitter': false }), []);
  });

  it('are those of the provider’s family', () => {
    const families = (provider: '100ms' | 'whereby') =>
      new Set(seriesLimits({ provider }).map(({ ruleId }) => ruleId.split('.')[0]));
    assert.deepEqual([...families('100ms')], ['hms']);
    assert.deepEqual([...families('whereby')], ['wb']);
    assert.deepEqual(seriesLimits({ provider: 'mediamelon', media: 'playback' }), []);
  });
});
