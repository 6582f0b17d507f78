import type { CallReport, DeviceChange, Stream } from '../../../src/core/model';
import { between, LENGTH, report, session, stay, stream, T0, type Values } from './build';
import type { Case } from './cases';

const LOSSY = between(0, 20, 29, 8);

function person(id: string, parts: Partial<CallReport> = {}): CallReport {
  return report({ ...parts, participant: { id, joinedAt: T0, leftAt: T0 + LENGTH, userId: id } });
}

const sent = (loss: Values, who: string): Stream =>
  stream('send', 'audio', { packetLoss: loss }, { identifiers: { producerId: `of ${who}` } });
const heard = (from: string, loss: Values): Stream =>
  stream(
    'receive',
    'audio',
    { packetLoss: loss },
    { id: `from ${from}`, identifiers: { producerId: `of ${from}`, consumerId: `of ${from}` } },
  );

/** Everyone hears `a` badly; what `a` sent was lossy or not. Who sends a stream is told by its producer only. */
function threeHearing(uplink: Values, downlinks: Values): CallReport[] {
  return [
    person('a', { streams: [sent(uplink, 'a'), heard('b', 0), heard('c', 0)] }),
    person('b', { streams: [sent(0, 'b'), heard('a', downlinks), heard('c', 0)] }),
    person('c', { streams: [sent(0, 'c'), heard('a', downlinks), heard('b', 0)] }),
  ];
}

const whereby = (id: string, loss: Values): CallReport =>
  person(id, { provider: 'whereby', streams: [stream('send', 'all', { packetLoss: loss })] });

/** Loss on the way out for those in the list, and an ASN for everyone. */
function networked(bad: readonly string[], asn: Record<string, string>): CallReport[] {
  return Object.entries(asn).map(([id, value]) =>
    person(id, { streams: [sent(bad.includes(id) ? LOSSY : 0, id)], network: { asn: value } }),
  );
}

const device = (seconds: number, change: DeviceChange['change'], deviceId: string): DeviceChange => ({
  at: T0 + seconds * 1000,
  change,
  kind: 'audioinput',
  deviceId,
});

/** The microphone goes at `at`, and nothing is sent from 40 to 60 s. */
const unplugged = (at: number): CallReport =>
  report({
    streams: [stream('send', 'audio', { bytesSent: between(9000, 20, 30, 0) })],
    deviceChanges: [device(0, 'selected', 'x'), device(at, 'removed', 'x')],
  });

/** Rules across participants. */
export const ACROSS_CASES: readonly Case[] = [
  {
    id: 'x.blame',
    // 8 % left `a`'s device lost, and both others miss 8 % of it: the sender's end. 38 to 58 s.
    fires: { session: session(120), reports: threeHearing(LOSSY, LOSSY) },
    expect: {
      severity: 'medium',
      side: 'local',
      confidence: 'high',
      subject: 'a',
      related: ['b', 'c'],
      start: 38,
      end: 58,
    },
    near: { session: session(120), reports: threeHearing(0, 0) },
    missing: { session: session(120), reports: threeHearing(LOSSY, LOSSY).slice(0, 1) },
    reason: /at least two/,
  },
  {
    id: 'wb.both',
    // Two of three at the same time: one of the two others is half.
    fires: { session: session(120), reports: [whereby('a', LOSSY), whereby('b', LOSSY), whereby('c', 0)] },
    expect: { severity: 'medium', side: 'service', start: 38, end: 58, related: ['a', 'b'] },
    near: { session: session(120), reports: [whereby('a', LOSSY), whereby('b', 0), whereby('c', 0)] },
    missing: { session: session(120), reports: [whereby('a', LOSSY), whereby('b', LOSSY)] },
    reason: /at least three/,
  },
  {
    id: 'x.cascade',
    // Silence from 38 s on (the interval of the sample at 40 s), 8 s after the microphone went.
    fires: unplugged(30),
    expect: { severity: 'info', start: 30, value: 'The microphone in use was unplugged' },
    // 16 s before is too long ago.
    near: unplugged(22),
    missing: report({ transports: [{ nominated: true, local: { type: 'relay', url: 'turn:t.example' }, remote: {} }] }),
    reason: /has a time/,
  },
  {
    id: 'x.worst',
    // Trouble from 38 to 58 s is in the first minute.
    fires: { session: session(120), reports: threeHearing(LOSSY, LOSSY) },
    expect: { severity: 'info', start: 0, end: 60, value: 1 },
    near: { session: session(120), reports: threeHearing(0, 0) },
    missing: { session: session(120), participants: [stay('a', 0, 120)] },
    reason: /No reports/,
  },
  {
    id: 'x.share',
    fires: { session: session(120), reports: networked(['a', 'b', 'c'], { a: 'AS1', b: 'AS1', c: 'AS1', d: 'AS2' }) },
    expect: { severity: 'low', side: 'network', value: 'AS1', related: ['a', 'b', 'c'] },
    // One who is fine has it too.
    near: { session: session(120), reports: networked(['a', 'b', 'c'], { a: 'AS1', b: 'AS1', c: 'AS1', d: 'AS1' }) },
    missing: { session: session(120), reports: networked(['a', 'b', 'c'], { a: 'AS1', b: 'AS1', c: 'AS1' }) },
    reason: /too few/,
  },
];
