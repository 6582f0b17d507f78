import { aggregate, between, only, report, stream, withStreams } from './build';
import type { Case } from './cases';

const NAN = Number.NaN;

/** Loss, jitter, round trips, buffer, concealment, score. */
export const NETWORK_CASES: readonly Case[] = [
  {
    id: 'rtk.loss.in',
    // 4 % at 40, 42 and 46 s: 3 of the 5 samples to 46 s. From the beginning of the first interval, 38 s, to 46 s: 8 of 120 s.
    // One sender only: whose end it was is not told.
    fires: withStreams(
      stream('receive', 'audio', { packetLoss: only(0, 4, 20, 21, 23) }, { remoteParticipantId: 'a' }),
    ),
    expect: {
      start: 38,
      end: 46,
      severity: 'medium',
      side: 'unclear',
      confidence: 'low',
      value: 4,
      threshold: 3,
      share: 0.0667,
      related: ['a'],
    },
    // Exactly 3 % is not beyond 3 %, and of 4 % there are only two in any five.
    near: withStreams(
      stream(
        'receive',
        'audio',
        { packetLoss: { rest: 0, at: { 20: 4, 21: 3, 22: 3, 23: 3, 25: 4, 30: 4 } } },
        { remoteParticipantId: 'a' },
      ),
    ),
    missing: withStreams(stream('receive', 'audio', { jitter: 1 })),
    reason: /packetLoss/,
  },
  {
    id: 'rtk.loss.out',
    // 12 % from 20 to 58 s: the second level. 18 s to 58 s is 40 of 120 s, a third.
    fires: withStreams(stream('send', 'video', { packetLoss: between(0, 10, 29, 12), packetsSent: 500 })),
    expect: {
      start: 18,
      end: 58,
      severity: 'high',
      side: 'local',
      confidence: 'high',
      value: 12,
      threshold: 10,
      share: 0.3333,
    },
    // One of five packets is 20 %, and so few packets say nothing.
    near: withStreams(
      stream('send', 'video', { packetLoss: between(0, 10, 29, 20), packetsSent: between(500, 10, 29, 5) }),
    ),
    // Four samples count: those at 6, 8, 10 and 12 s; the first 5 s do not.
    missing: withStreams(stream('send', 'video', { packetLoss: 50 }, { samples: 7 })),
    reason: /Not enough data/,
  },
  {
    id: 'rtk.loss.dist',
    fires: report({ aggregates: [aggregate('packetLoss', { shares: [{ atLeast: 5, fraction: 0.11 }] })] }),
    expect: { severity: 'medium', side: 'local', value: 0.11, threshold: 0.1 },
    near: report({
      aggregates: [
        aggregate('packetLoss', {
          shares: [
            { atLeast: 5, fraction: 0.1 },
            { atLeast: 25, fraction: 0.02 },
          ],
        }),
      ],
    }),
    missing: report({ aggregates: [aggregate('packetLoss', { avg: 4 })] }),
    reason: /shares of readings/,
  },
  {
    id: 'rtk.jitter',
    // 31 ms from 20 to 38 s; 18 to 38 s is a sixth of the call, and beyond the first level only: low at most.
    fires: withStreams(stream('send', 'audio', { jitter: between(5, 10, 19, 31) })),
    expect: { start: 18, end: 38, severity: 'low', side: 'local', value: 31, threshold: 30 },
    near: withStreams(stream('send', 'audio', { jitter: between(5, 10, 19, 30) })),
    missing: withStreams(stream('send', 'audio', { rtt: 20 })),
    reason: /jitter/,
  },
  {
    id: 'rtk.rtt',
    // 510 ms from 40 to 98 s: 38 to 98 s is half of the call and beyond 500 ms.
    fires: withStreams(stream('send', 'audio', { rtt: between(80, 20, 49, 510) })),
    expect: { start: 38, end: 98, severity: 'high', side: 'network', value: 510, threshold: 500, share: 0.5 },
    near: withStreams(stream('send', 'audio', { rtt: between(80, 20, 49, 300) })),
    missing: withStreams(stream('receive', 'audio', { packetLoss: 0 })),
    reason: /no sent/,
  },
  {
    id: 'rtk.rtt.rise',
    // Usual 60 ms; margin: a third is 20, at least 50. 130 is 20 ms beyond 110, while limited for 80 % of the interval.
    fires: withStreams(
      stream('send', 'video', { rtt: between(60, 20, 39, 130), qualityLimitationBandwidth: between(0, 20, 39, 80) }),
    ),
    expect: { start: 38, end: 78, severity: 'high', side: 'local', value: 20 },
    // As high, but never short of bandwidth.
    near: withStreams(stream('send', 'video', { rtt: between(60, 20, 39, 130), qualityLimitationBandwidth: 0 })),
    missing: withStreams(stream('send', 'video', { rtt: between(60, 20, 39, 130) })),
    reason: /qualityLimitationBandwidth/,
  },
  {
    id: 'rtk.jb.delay',
    // 7 s apart, as RealtimeKit reports: two samples beyond 200 ms stand for 14 s. 63 to 77 s of 120 s.
    fires: withStreams(
      stream(
        'receive',
        'audio',
        { jitterBufferDelay: only(60, 240, 10, 11) },
        { step: 7000, samples: 17, remoteParticipantId: 'a' },
      ),
    ),
    expect: { start: 63, end: 77, severity: 'medium', value: 240, threshold: 200 },
    // One sample is 7 s at most and never enough.
    near: withStreams(
      stream('receive', 'audio', { jitterBufferDelay: only(60, 900, 10) }, { step: 7000, samples: 17 }),
    ),
    missing: withStreams(stream('receive', 'audio', { jitterBufferDelay: NAN })),
    reason: /jitterBufferDelay/,
  },
  {
    id: 'rtk.conceal',
    // 3 runs in 2 s are 1.5 a second, for 5 samples: 38 to 48 s.
    fires: withStreams(
      stream('receive', 'audio', { concealmentEvents: between(0, 20, 24, 3) }, { remoteParticipantId: 'a' }),
    ),
    expect: { start: 38, end: 48, severity: 'medium', confidence: 'low', value: 1.5, threshold: 1 },
    // 2 runs in 2 s are exactly 1 a second.
    near: withStreams(stream('receive', 'audio', { concealmentEvents: between(0, 20, 24, 2) })),
    missing: withStreams(stream('receive', 'audio', { packetLoss: 0 })),
    reason: /concealmentEvents/,
  },
  {
    id: 'rtk.mos.low',
    // A score of 2.9 alone is a remark and no more, however long.
    fires: withStreams(stream('send', 'audio', { mos: between(4.3, 20, 49, 2.9), packetLoss: 0 })),
    expect: { start: 38, end: 98, severity: 'info', confidence: 'low', value: 2.9, threshold: 3 },
    near: withStreams(stream('send', 'audio', { mos: between(4.3, 20, 49, 3.5), packetLoss: 0 })),
    // 1 throughout without loss, as in the published report of a muted microphone.
    missing: withStreams(stream('send', 'audio', { mos: 1, packetLoss: 0 })),
    reason: /1 throughout/,
  },
];
