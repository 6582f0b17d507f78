import type { Stream } from '../../../src/core/model';
import { between, event, only, report, session, stay, stream, type Values } from './build';
import type { Case } from './cases';

const hms = (...streams: Stream[]) => report({ provider: '100ms', streams });
const wb = (...streams: Stream[]) => report({ provider: 'whereby', streams });
const both = (sent: Values, received: Values) => [
  stream('send', 'all', { bitrate: sent }),
  stream('receive', 'all', { bitrate: received }),
];

const HOSTS = { role: 'host' };

/** 100ms and Whereby. */
export const PROVIDER_CASES: readonly Case[] = [
  {
    id: 'hms.loss',
    fires: hms(stream('send', 'video', { packetLoss: between(0, 20, 29, 12) })),
    expect: { start: 38, end: 58, severity: 'medium', side: 'local', value: 12, threshold: 10 },
    near: hms(stream('send', 'video', { packetLoss: between(0, 20, 29, 3) })),
    missing: hms(stream('send', 'video', { bitrate: 1 })),
    reason: /packetLoss/,
  },
  {
    id: 'hms.loss.in',
    // 10 s apart, as 100ms has it: 3 of the 5 samples to 60 s; 30 to 60 s.
    fires: hms(stream('receive', 'audio', { packetLoss: only(0, 5, 4, 5, 6) }, { step: 10_000, samples: 13 })),
    expect: { start: 30, end: 60, severity: 'medium', side: 'unclear', value: 5, threshold: 3 },
    near: hms(stream('receive', 'audio', { packetLoss: only(0, 5, 4, 5, 9) }, { step: 10_000, samples: 13 })),
    missing: hms(stream('receive', 'video', { fps: 30 })),
    reason: /packetLoss/,
  },
  {
    id: 'hms.rtt',
    fires: hms(stream('send', 'audio', { rtt: between(80, 20, 29, 301) })),
    expect: { start: 38, end: 58, severity: 'medium', side: 'network', value: 301, threshold: 300 },
    near: hms(stream('send', 'audio', { rtt: between(80, 20, 29, 300) })),
    missing: hms(stream('send', 'audio', { packetLoss: 0 })),
    reason: /rtt/,
  },
  {
    id: 'hms.jitter',
    fires: hms(stream('send', 'audio', { jitter: between(5, 20, 49, 101) })),
    expect: { start: 38, end: 98, severity: 'high', side: 'local', value: 101, threshold: 100 },
    near: hms(stream('send', 'audio', { jitter: between(5, 20, 49, 30) })),
    missing: hms(stream('send', 'video', { packetLoss: 0 })),
    reason: /jitter/,
  },
  {
    id: 'hms.fps',
    // A screen of 1 frame a second: below 2 for 10 s.
    fires: hms(stream('send', 'video', { fps: between(10, 20, 24, 1) }, { source: 'screen' })),
    expect: { start: 38, end: 48, severity: 'medium', value: 1, threshold: 2 },
    near: hms(stream('send', 'video', { fps: between(10, 20, 24, 2) }, { source: 'screen' })),
    missing: hms(stream('send', 'video', { bitrate: 1 })),
    reason: /fps/,
  },
  {
    id: 'hms.freeze',
    fires: hms(stream('receive', 'video', { freezeCount: only(0, 1, 20, 22, 24) })),
    expect: { start: 38, end: 48, severity: 'medium', value: 1, threshold: 0 },
    near: hms(stream('receive', 'video', { freezeCount: only(0, 3, 20, 22, 25) })),
    missing: hms(stream('receive', 'video', { fps: 30 })),
    reason: /freezeCount/,
  },
  {
    id: 'hms.conceal',
    // 4800 of the 96,000 samples of 2 s are 5 %: notable, not severe. 38 to 54 s.
    fires: hms(stream('receive', 'audio', { concealedSamples: between(0, 20, 27, 4800) })),
    expect: { start: 38, end: 54, severity: 'medium', value: 5, threshold: 3 },
    // 2880 are exactly 3 %.
    near: hms(stream('receive', 'audio', { concealedSamples: between(0, 20, 27, 2880) })),
    missing: hms(stream('receive', 'audio', { bitrate: 1 })),
    reason: /concealedSamples/,
  },
  {
    id: 'hms.err',
    fires: report({
      provider: '100ms',
      events: [event(10, 'client.join.failed', { is_terminal: true, error_code: 4006, error_name: 'ICEDisconnected' })],
    }),
    expect: { severity: 'critical', start: 10, title: 'Joining failed' },
    near: report({ provider: '100ms', events: [event(10, 'track.add.success', { type: 'audio', mute: false })] }),
    missing: report({ provider: '100ms' }),
    reason: /events/,
  },
  {
    id: 'hms.layer',
    // h ends at 40 s, l goes on to 120 s.
    fires: hms(
      stream(
        'send',
        'video',
        { bitrate: between(1_500_000, 21, 60, 0) },
        { layer: 'h', identifiers: { trackId: 't' } },
      ),
      stream('send', 'video', { bitrate: 150_000 }, { layer: 'l', identifiers: { trackId: 't' } }),
    ),
    expect: { severity: 'low', side: 'local', start: 40, end: 120, value: 80 },
    // Both end together.
    near: hms(
      stream(
        'send',
        'video',
        { bitrate: between(1_500_000, 21, 60, 0) },
        { layer: 'h', identifiers: { trackId: 't' } },
      ),
      stream('send', 'video', { bitrate: between(150_000, 21, 60, 0) }, { layer: 'l', identifiers: { trackId: 't' } }),
    ),
    missing: hms(stream('send', 'video', { bitrate: 1 })),
    reason: /several layers/,
  },
  {
    id: 'hms.rejoin',
    // Back after exactly 60 s.
    fires: {
      provider: '100ms',
      session: session(600),
      participants: [stay('a1', 0, 100), stay('a2', 160, 600), stay('b1', 0, 600)],
    },
    expect: { severity: 'medium', start: 100, end: 160, value: 1, subject: 'a2' },
    near: {
      provider: '100ms',
      session: session(600),
      participants: [stay('a1', 0, 100), stay('a2', 160.5, 600), stay('b1', 0, 600)],
    },
    missing: { provider: '100ms', session: session(600, { status: 'live' }), participants: [stay('a1', 0)] },
    reason: /joined and left/,
  },
  {
    id: 'hms.short',
    fires: { provider: '100ms', session: session(600), participants: [stay('a1', 0, 600), stay('b1', 50, 64)] },
    expect: { severity: 'medium', start: 50, end: 64, value: 14, threshold: 15, subject: 'b1' },
    // 15 s are not below; and the last to leave may be short.
    near: {
      provider: '100ms',
      session: session(600),
      participants: [stay('a1', 0, 595), stay('b1', 50, 65), stay('c1', 590, 600)],
    },
    missing: { provider: '100ms', session: session(600), participants: [{ id: 'a' }] },
    reason: /joined and left/,
  },
  {
    id: 'hms.overlap',
    fires: { provider: '100ms', session: session(600), participants: [stay('a1', 0, 106), stay('a2', 100, 600)] },
    expect: { severity: 'low', start: 100, end: 106, value: 6, threshold: 5, related: ['a1'] },
    near: { provider: '100ms', session: session(600), participants: [stay('a1', 0, 105), stay('a2', 100, 600)] },
    missing: {
      provider: '100ms',
      session: session(600),
      participants: [stay('a1', 0, 300, { userId: undefined, name: 'A' })],
    },
    reason: /user ids/,
  },
  {
    id: 'hms.alone',
    fires: { provider: '100ms', session: session(600), participants: [stay('a1', 0, 600), stay('b1', 61, 600)] },
    expect: { severity: 'low', start: 0, end: 61, value: 61, subject: 'a1' },
    near: { provider: '100ms', session: session(600), participants: [stay('a1', 0, 600), stay('b1', 60, 600)] },
    missing: { provider: '100ms', session: session(600), participants: [{ id: 'a' }] },
    reason: /joined and left/,
  },
  {
    id: 'hms.mass.leave',
    fires: {
      provider: '100ms',
      session: session(600),
      participants: [
        stay('a1', 0, 300),
        stay('b1', 0, 305),
        stay('c1', 0, 310),
        stay('d1', 0, 600),
        stay('e1', 0, 600),
        stay('f1', 0, 600),
        stay('c2', 370, 600),
      ],
    },
    // Three of six within 10 s are half; one is back after 60 s.
    expect: { severity: 'high', side: 'service', start: 300, end: 310, value: 3, threshold: 3 },
    // The third a moment too late.
    near: {
      provider: '100ms',
      session: session(600),
      participants: [
        stay('a1', 0, 300),
        stay('b1', 0, 305),
        stay('c1', 0, 310.1),
        stay('d1', 0, 600),
        stay('e1', 0, 600),
        stay('f1', 0, 600),
        stay('c2', 370, 600),
      ],
    },
    missing: { provider: '100ms', session: session(600, { status: 'live' }), participants: [stay('a1', 0)] },
    reason: /people left/,
  },
  {
    id: 'hms.open',
    fires: { provider: '100ms', session: session(600), participants: [stay('a1', 0), stay('b1', 0, 600)] },
    expect: { severity: 'info', start: 0, subject: 'a1' },
    near: { provider: '100ms', session: session(600), participants: [stay('a1', 0, 600)] },
    missing: { provider: '100ms', session: session(600, { status: 'live' }), participants: [stay('a1', 0)] },
    reason: /going on/,
  },
  {
    id: 'hms.host.gap',
    fires: {
      provider: '100ms',
      session: session(600),
      participants: [stay('h1', 0, 200, HOSTS), stay('h2', 261, 600, HOSTS), stay('b1', 0, 600)],
    },
    expect: { severity: 'medium', start: 200, end: 261, value: 61 },
    near: {
      provider: '100ms',
      session: session(600),
      participants: [stay('h1', 0, 200, HOSTS), stay('h2', 260, 600, HOSTS), stay('b1', 0, 600)],
    },
    missing: { provider: '100ms', session: session(600), participants: [stay('b1', 0, 600)] },
    reason: /role of a host/,
  },
  {
    id: 'wb.loss.send',
    fires: wb(stream('send', 'all', { packetLoss: between(0, 20, 29, 4) })),
    expect: { start: 38, end: 58, severity: 'medium', side: 'unclear', value: 4, threshold: 3 },
    near: wb(stream('send', 'all', { packetLoss: between(0, 20, 29, 3) })),
    missing: wb(stream('send', 'all', { packetLossUnscaled: 0.5 })),
    reason: /percent or a fraction/,
  },
  {
    id: 'wb.loss.recv',
    fires: wb(stream('receive', 'all', { packetLoss: between(0, 20, 49, 11) })),
    expect: { start: 38, end: 98, severity: 'high', value: 11, threshold: 10 },
    near: wb(stream('receive', 'all', { packetLoss: only(0, 11, 20, 21, 30, 31) })),
    missing: wb(stream('receive', 'all', { bitrate: 1 })),
    reason: /packetLoss/,
  },
  {
    id: 'wb.bitrate.stall',
    // 0 at 40, 42 and 44 s, and back at 46 s.
    fires: wb(stream('send', 'all', { bitrate: between(500_000, 20, 22, 0) })),
    expect: { severity: 'medium', start: 38, end: 46, value: 3, threshold: 3 },
    // Two samples; and an end without recovery.
    near: wb(
      stream('send', 'all', { bitrate: between(500_000, 20, 21, 0) }),
      stream('receive', 'all', { bitrate: between(500_000, 50, 60, 0) }),
    ),
    missing: wb(stream('send', 'all', { packetLoss: 0 })),
    reason: /bitrate/,
  },
  {
    id: 'wb.bitrate.drop',
    // 29 % of the usual for 10 s while 5 % were lost: 78 to 88 s, 8.3 % of the call.
    fires: wb(
      stream('send', 'all', { bitrate: between(1_000_000, 40, 44, 290_000), packetLoss: between(0, 40, 44, 5) }),
    ),
    expect: { severity: 'medium', start: 78, end: 88, value: 0.29, threshold: 0.3 },
    near: wb(stream('send', 'all', { bitrate: between(1_000_000, 40, 44, 300_000) })),
    missing: wb(stream('send', 'all', { packetLoss: 0 })),
    reason: /bitrate/,
  },
  {
    id: 'wb.oneway',
    fires: {
      report: wb(...both(500_000, between(500_000, 20, 24, 0))),
      participants: [stay('me', 0, 120), stay('b', 0, 120)],
    },
    expect: { severity: 'high', start: 38, end: 48, side: 'unclear' },
    // The other one left at 39 s: nobody to be heard.
    near: {
      report: wb(...both(500_000, between(500_000, 20, 24, 0))),
      participants: [stay('me', 0, 120), stay('b', 0, 39)],
    },
    missing: wb(...both(500_000, between(500_000, 20, 24, 0))),
    reason: /who else/,
  },
  {
    id: 'wb.len',
    // Received values end 4 s before the sent ones.
    fires: wb(
      ...both(
        500_000,
        Array.from({ length: 59 }, () => 400_000),
      ),
    ),
    expect: { severity: 'info', value: 4 },
    near: wb(...both(500_000, 400_000)),
    missing: wb(stream('send', 'all', { bitrate: 1 })),
    reason: /fewer than two/,
  },
  {
    id: 'wb.rejoin',
    // Whereby joins the connections of one participant into one row.
    fires: {
      provider: 'whereby',
      session: session(600),
      participants: [
        stay('a', 0, 600, {
          events: [event(0, 'joined'), event(100, 'left'), event(110, 'rejoined'), event(600, 'left')],
        }),
        stay('b', 0, 600),
      ],
    },
    expect: { severity: 'medium', start: 100, end: 110, value: 1, subject: 'a' },
    near: {
      provider: 'whereby',
      session: session(600),
      participants: [
        stay('a', 0, 600, {
          events: [event(0, 'joined'), event(100, 'left'), event(161, 'rejoined'), event(600, 'left')],
        }),
        stay('b', 0, 600),
      ],
    },
    missing: { provider: 'whereby', session: session(600), participants: [{ id: 'a' }] },
    reason: /joined and left/,
  },
  {
    id: 'wb.short',
    fires: { provider: 'whereby', session: session(600), participants: [stay('a', 0, 600), stay('b', 50, 64.9)] },
    expect: { severity: 'medium', value: 14.9 },
    near: { provider: 'whereby', session: session(600), participants: [stay('a', 0, 600), stay('b', 50, 65)] },
    missing: { provider: 'whereby', session: session(600, { status: 'live' }), participants: [stay('a', 0)] },
    reason: /joined and left/,
  },
  {
    id: 'wb.mass.leave',
    fires: {
      provider: 'whereby',
      session: session(600),
      participants: [stay('a1', 0, 300), stay('b1', 0, 300), stay('c1', 0, 300), stay('a2', 310, 600)],
    },
    expect: { severity: 'high', side: 'service', value: 3 },
    // Two of three only.
    near: {
      provider: 'whereby',
      session: session(600),
      participants: [stay('a1', 0, 300), stay('b1', 0, 300), stay('c1', 0, 600), stay('a2', 310, 600)],
    },
    missing: { provider: 'whereby', session: session(600), participants: [{ id: 'a' }] },
    reason: /people left/,
  },
];
