import type { DeviceChange } from '../../../src/core/model';
import { event, LENGTH, pair, report, session, stay, stream, T0, withStreams } from './build';
import type { Case } from './cases';

const relay = (url: string) => pair({ local: { type: 'relay', protocol: 'udp', url } });
const TLS = 'turns:turn.example:443?transport=tcp';

function device(seconds: number, change: DeviceChange['change'], kind: string, deviceId: string): DeviceChange {
  return { at: T0 + seconds * 1000, change, kind, deviceId, label: deviceId };
}

/** Samples every 2 s with none from 40 to 50 s. */
const GAP = Array.from({ length: 61 }, (_, i) => i * 2000).filter((at) => at <= 40_000 || at >= 50_000);
/** A step of 5 s: more than twice the usual 2 s, and not longer than 5 s. */
const PAUSE = Array.from({ length: 61 }, (_, i) => i * 2000).map((at) => (at > 40_000 ? at + 3000 : at));

/** ICE, devices, joining, context. */
export const CONNECTION_CASES: readonly Case[] = [
  {
    id: 'rtk.ice.relay',
    fires: report({ transports: [relay('turn:turn.example:3478')] }),
    expect: { severity: 'info', side: 'network' },
    near: report({
      transports: [pair({ local: { type: 'srflx' } }), pair({ nominated: false, local: { type: 'relay' } })],
    }),
    missing: report({ transports: [pair({ nominated: false, local: { type: 'relay' } })] }),
    reason: /nominated candidate pair/,
  },
  {
    id: 'rtk.ice.tcp',
    // `protocol` of a relayed candidate is that of the relay's far side.
    fires: report({ transports: [relay(TLS)] }),
    expect: { severity: 'low', side: 'network', confidence: 'high' },
    near: report({ transports: [relay('turn:turn.example:3478?transport=udp')] }),
    missing: report({ transports: [pair({ local: { type: 'relay' } })] }),
    reason: /nominated candidate pair/,
  },
  {
    id: 'rtk.ice.blocked',
    fires: report({ connectivity: [{ at: T0, reflexive: false, relay: false, turn: false }] }),
    expect: { severity: 'high', side: 'network', start: 0, value: 'no' },
    // No STUN answer, but TURN works and media goes over UDP.
    near: report({
      connectivity: [{ at: T0, reflexive: false, relay: true, turn: true }],
      transports: [relay('turn:turn.example:3478?transport=udp')],
    }),
    missing: report({ connectivity: [{ at: T0, effectiveNetworkType: '4g' }] }),
    reason: /STUN/,
  },
  {
    id: 'rtk.ice.switch',
    // The pair on Wi-Fi ended at 60 s; an ICE restart at 65 s makes it more than a remark.
    fires: report({
      transports: [
        pair({ local: { networkType: 'wifi', address: '192.0.2.1' }, lastPacketSentAt: T0 + 60_000 }),
        pair({ local: { networkType: 'cellular', address: '192.0.2.2' }, lastPacketSentAt: T0 + LENGTH }),
      ],
      events: [event(65, 'ice_restart')],
    }),
    expect: { severity: 'medium', side: 'local', start: 60, end: 65, value: 'wifi' },
    // A restart on the same network with another port only.
    near: report({
      transports: [
        pair({ local: { networkType: 'wifi', address: '192.0.2.1', port: 1 }, lastPacketSentAt: T0 + 60_000 }),
        pair({ local: { networkType: 'wifi', address: '192.0.2.1', port: 2 }, lastPacketSentAt: T0 + LENGTH }),
      ],
      events: [event(65, 'ice_restart')],
    }),
    missing: report(),
    reason: /nominated candidate pair/,
  },
  {
    id: 'rtk.ice.idle',
    fires: report({ transports: [pair({ lastPacketReceivedAt: T0 + 100_000, lastPacketSentAt: T0 + 106_000 })] }),
    expect: { severity: 'high', start: 100, end: 106, value: 6, threshold: 5 },
    near: report({ transports: [pair({ lastPacketReceivedAt: T0 + 100_000, lastPacketSentAt: T0 + 105_000 })] }),
    missing: report({ transports: [pair({ lastPacketSentAt: T0 + 105_000 })] }),
    reason: /last sent and received/,
  },
  {
    id: 'rtk.discard',
    fires: report({
      transports: [pair({ packetsDiscardedOnSend: 12 }), pair({ direction: 'receive', packetsDiscardedOnSend: 3 })],
    }),
    expect: { severity: 'medium', side: 'local', value: 15, threshold: 0 },
    near: report({ transports: [pair({ packetsDiscardedOnSend: 0 })] }),
    missing: report({ transports: [pair({ packetsSent: 5 })] }),
    reason: /discarded/,
  },
  {
    id: 'rtk.dev.removed',
    fires: report({
      deviceChanges: [
        device(1, 'selected', 'audioinput', 'headset'),
        device(30, 'removed', 'audioinput', 'headset'),
        device(55, 'selected', 'audioinput', 'built-in'),
      ],
    }),
    expect: { severity: 'high', side: 'local', start: 30, end: 55, title: 'The microphone in use was unplugged' },
    // Another one was in use; and one that had been in use before.
    near: report({
      deviceChanges: [
        device(1, 'selected', 'audioinput', 'headset'),
        device(20, 'removed', 'audioinput', 'webcam'),
        device(25, 'selected', 'audioinput', 'built-in'),
        device(30, 'removed', 'audioinput', 'headset'),
      ],
    }),
    missing: report({ deviceChanges: [device(30, 'removed', 'audioinput', 'headset')] }),
    reason: /selected/,
  },
  {
    id: 'rtk.dev.flap',
    // The first choice is none; changes at 10, 30 and 70 s are three within 60 s.
    fires: report({
      deviceChanges: [
        device(1, 'selected', 'audioinput', 'a'),
        device(10, 'selected', 'audioinput', 'b'),
        device(30, 'selected', 'audioinput', 'a'),
        device(70, 'selected', 'audioinput', 'b'),
      ],
    }),
    expect: { severity: 'low', start: 10, end: 70, value: 3, threshold: 3 },
    // The last one a second later; and choosing the same again is no change.
    near: report({
      deviceChanges: [
        device(1, 'selected', 'audioinput', 'a'),
        device(10, 'selected', 'audioinput', 'b'),
        device(30, 'selected', 'audioinput', 'a'),
        device(31, 'selected', 'audioinput', 'a'),
        device(71, 'selected', 'audioinput', 'b'),
      ],
    }),
    missing: report({ deviceChanges: [device(1, 'added', 'audioinput', 'a')] }),
    reason: /selected/,
  },
  {
    id: 'rtk.join.slow',
    fires: report({ events: [event(0, 'PEER_CREATED'), event(5.1, 'PEER_JOINING')] }),
    expect: { severity: 'medium', start: 0, end: 5.1, value: 5.1, threshold: 5 },
    near: report({ events: [event(0, 'PEER_CREATED'), event(5, 'PEER_JOINING')] }),
    missing: report({ events: [event(0, 'call_join')] }),
    reason: /events/,
  },
  {
    id: 'rtk.join.never',
    fires: report({ events: [event(0, 'PEER_CREATED'), event(40, 'PEER_LEAVING')] }),
    expect: { severity: 'critical', start: 0, end: 120 },
    near: report({ events: [event(0, 'PEER_CREATED'), event(1, 'PEER_JOINING')] }),
    missing: report(),
    reason: /events/,
  },
  {
    id: 'rtk.left.abrupt',
    fires: {
      report: report({ participant: { id: 'me', leftAt: undefined }, endedAt: undefined }),
      session: session(120),
    },
    expect: { severity: 'low', confidence: 'low' },
    near: {
      report: report({
        participant: { id: 'me', leftAt: undefined },
        endedAt: undefined,
        events: [event(119, 'PEER_LEAVING')],
      }),
      session: session(120),
    },
    missing: report(),
    reason: /session/,
  },
  {
    id: 'rtk.churn',
    // Back after 20 and 30 s: two rejoins.
    fires: {
      session: session(600),
      participants: [stay('a1', 0, 100), stay('a2', 120, 200), stay('a3', 230, 600), stay('b1', 0, 600)],
    },
    expect: { severity: 'high', side: 'local', start: 100, end: 230, value: 2, subject: 'a3', related: ['a1', 'a2'] },
    // The second time after 61 s.
    near: {
      session: session(600),
      participants: [stay('a1', 0, 100), stay('a2', 120, 200), stay('a3', 261, 600), stay('b1', 0, 600)],
    },
    missing: { session: session(600), participants: [{ id: 'a1' }] },
    reason: /joined and left/,
  },
  {
    id: 'rtk.mass.leave',
    // Three of four within 8 s, one of them back after 30 s.
    fires: {
      session: session(600),
      participants: [
        stay('a1', 0, 300),
        stay('b1', 0, 304),
        stay('c1', 0, 308),
        stay('d1', 0, 600),
        stay('a2', 330, 600),
      ],
    },
    expect: { severity: 'high', side: 'service', start: 300, end: 308, value: 3 },
    // The same, but nobody comes back within a minute.
    near: {
      session: session(600),
      participants: [
        stay('a1', 0, 300),
        stay('b1', 0, 304),
        stay('c1', 0, 308),
        stay('d1', 0, 600),
        stay('a2', 361, 600),
      ],
    },
    missing: { session: session(600, { status: 'live' }), participants: [stay('a1', 0), stay('b1', 0)] },
    reason: /people left/,
  },
  {
    id: 'rtk.net.type',
    fires: report({ connectivity: [{ at: T0, effectiveNetworkType: '3g' }] }),
    expect: { severity: 'info', side: 'local', value: '3g' },
    near: report({
      connectivity: [{ at: T0, effectiveNetworkType: '4g' }],
      transports: [pair({ local: { networkType: 'wifi' } })],
    }),
    missing: report(),
    reason: /type of the network/,
  },
  {
    id: 'rtk.env',
    fires: report({ device: { cpus: 2 } }),
    expect: { severity: 'info', value: 2, threshold: 2 },
    near: report({
      device: { cpus: 4, isMobile: false },
      browser: { name: 'Chrome', version: '139.0.0.0', webgl: true },
    }),
    missing: report(),
    reason: /device and browser/,
  },
  {
    id: 'rtk.gap',
    // 40 to 50 s: 10 s are more than twice the usual 2 s, and more than 5 s.
    fires: withStreams(stream('send', 'audio', { packetLoss: 0 }, { times: GAP })),
    expect: { severity: 'info', start: 40, end: 50, value: 10 },
    near: withStreams(stream('send', 'audio', { packetLoss: 0 }, { times: PAUSE })),
    missing: withStreams(stream('send', 'audio', { packetLoss: 0 }, { samples: 2 })),
    reason: /Not enough data/,
  },
];
