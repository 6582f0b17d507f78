import assert from 'node:assert/strict';
import type { CallReport, CandidatePair, DeviceChange } from '../../../src/core/model';
import { type Diagnosis, diagnoseReport, type Finding } from '../../../src/diagnosis/index';
import type { ReportOptions } from '../../../src/diagnosis/rule';
import { between, event, LENGTH, pair, report, session, stream, T0 } from './build';

function of(id: string, { findings }: Diagnosis): Finding[] {
  return findings.filter(({ ruleId }) => ruleId === id);
}

function found(id: string, given: CallReport, options?: ReportOptions): Finding[] {
  return of(id, diagnoseReport(given, options));
}

function reason(id: string, given: CallReport, options?: ReportOptions): string | undefined {
  return diagnoseReport(given, options).notEvaluated.find(({ ruleId }) => ruleId === id)?.reason;
}

const proof = (finding: Finding | undefined) => finding?.evidence.map(({ metric, value }) => [metric, value]);
const into = (at: number | undefined) => (at === undefined ? undefined : (at - T0) / 1000);

describe('rules of the connection', () => {
  it('TCP: by the relay’s URL, else by the protocol', () => {
    const local = (...pairs: CandidatePair['local'][]) =>
      report({ transports: pairs.map((one) => pair({ local: one })) });
    const told = (given: CallReport) => found('rtk.ice.tcp', given).map(proof);
    assert.deepEqual(told(local({ type: 'host', protocol: 'tcp' })), [[['protocol', 'tcp']]]);
    assert.deepEqual(told(local({ type: 'host', protocol: 'udp' })), []);
    // Without a URL only TCP on the far side of the relay tells anything.
    assert.deepEqual(told(local({ type: 'relay', protocol: 'tcp' })), [[['relay, send', 'relay']]]);
    assert.match(reason('rtk.ice.tcp', local({ type: 'relay', protocol: 'udp' })) ?? '', /nominated candidate pair/);
  });

  it('the earliest probe without an answer tells when the network was shut, one of unknown time before all', () => {
    const shut = { reflexive: false, relay: false, turn: true };
    const probes = (...connectivity: CallReport['connectivity']) => found('rtk.ice.blocked', report({ connectivity }));
    const [late] = probes({ at: T0 + 60_000, ...shut }, { at: T0 + 30_000, ...shut });
    assert.equal(into(late?.start), 30);
    assert.deepEqual(proof(late), [
      ['STUN reachable', 'no'],
      ['relay works', 'no'],
      ['TURN reachable', 'yes'],
    ]);
    const [untimed] = probes({ at: T0 + 30_000, ...shut }, { reflexive: false, turn: false });
    assert.equal(untimed?.start, undefined);
    // What was not probed is not told.
    assert.deepEqual(proof(untimed), [
      ['STUN reachable', 'no'],
      ['TURN reachable', 'no'],
    ]);
    assert.deepEqual(probes({ at: T0, reflexive: true, relay: false }), []);
    assert.deepEqual(probes({ at: T0, reflexive: false }), [], 'media may go over UDP to the server itself');
  });

  it('UDP is blocked where media goes to the server over TCP, without a relay too', () => {
    const [one] = found(
      'rtk.ice.blocked',
      report({
        connectivity: [{ reflexive: false }],
        transports: [pair({ local: { type: 'host', protocol: 'tcp' } })],
      }),
    );
    assert.deepEqual([one?.title, one?.start], ['UDP is blocked', undefined]);
    assert.deepEqual(proof(one), [
      ['STUN reachable', 'no'],
      ['protocol', 'tcp'],
    ]);
  });

  describe('a change of network', () => {
    /** One pair after the other, each with its last packet at a second. */
    const moved = (...pairs: [seconds: number, local: CandidatePair['local']][]) =>
      report({
        transports: pairs.map(([seconds, local]) => pair({ local, lastPacketSentAt: T0 + seconds * 1000 })),
      });
    const wifi = { networkType: 'wifi', address: '192.0.2.1' } as const;
    const mobile = { networkType: 'cellular', address: '192.0.2.2' } as const;

    it('is a remark where nothing happened beside it', () => {
      const [one] = found('rtk.ice.switch', moved([60, wifi], [120, mobile]));
      assert.deepEqual([one?.severity, into(one?.start), into(one?.end)], ['info', 60, 60]);
    });

    it('tells the network by its type, else by the candidate’s', () => {
      const values = (given: CallReport) => found('rtk.ice.switch', given).map(({ evidence }) => evidence[0]?.value);
      assert.deepEqual(values(moved([60, { type: 'host', address: '192.0.2.1' }], [120, mobile])), ['host']);
      assert.deepEqual(values(moved([60, { address: '192.0.2.1' }], [120, mobile])), ['unknown']);
    });

    it('is more beside a finding of that time, or an outage', () => {
      const lossy = stream('send', 'audio', { packetLoss: between(0, 34, 40, 12) });
      const beside = { ...moved([60, wifi], [120, mobile]), streams: [lossy] };
      assert.equal(found('rtk.loss.out', beside).length, 1, '66 to 80 s');
      assert.equal(found('rtk.ice.switch', beside)[0]?.severity, 'medium');
      // Loss 30 s later has nothing to do with it.
      assert.equal(
        found('rtk.ice.switch', { ...beside, ...moved([30, wifi], [120, mobile]), streams: [lossy] })[0]?.severity,
        'info',
      );
      const times = Array.from({ length: 61 }, (_, i) => i * 2000).filter((at) => at <= 58_000 || at >= 80_000);
      const outage = {
        ...moved([60, wifi], [120, mobile]),
        streams: [stream('send', 'audio', { packetLoss: 0 }, { times })],
      };
      const [one] = found('rtk.ice.switch', outage);
      assert.deepEqual([one?.severity, into(one?.end)], ['medium', 80]);
    });

    it('is a burst when three come within 30 s: as many as lie within the time are told', () => {
      // At 20, 30, 40 and 100 s: the first three belong together, the last is alone.
      const [first, ...others] = found(
        'rtk.ice.switch',
        moved([20, wifi], [30, mobile], [40, wifi], [100, mobile], [120, wifi]),
      ).sort((a, b) => (a.start as number) - (b.start as number));
      assert.deepEqual(proof(first)?.at(-1), ['changes within the time', 3]);
      assert.equal(first?.severity, 'medium');
      assert.deepEqual(
        others.map(({ start }) => into(start)),
        [30, 40, 100],
      );
      assert.equal(
        others.at(-1)?.evidence.some(({ metric }) => metric === 'changes within the time'),
        false,
      );
    });

    it('pairs without a last packet have no order: the order is that of what they are', () => {
      assert.deepEqual(
        found('rtk.ice.switch', report({ transports: [pair({ local: mobile }), pair({ local: wifi })] })),
        [],
      );
    });
  });

  it('the network’s type: the earliest slow probe, and a mobile network', () => {
    const probes = report({
      connectivity: [
        { at: T0 + 50_000, effectiveNetworkType: '3g' },
        { at: T0 + 20_000, effectiveNetworkType: '2g' },
        { at: T0, effectiveNetworkType: '4g' },
      ],
    });
    assert.deepEqual(
      found('rtk.net.type', probes)[0]?.evidence.map(({ value, at }) => [value, into(at)]),
      [['2g', 20]],
    );
    const mobile = report({
      connectivity: [{ effectiveNetworkType: '3g' }],
      transports: [pair({ local: { networkType: 'cellular' } })],
    });
    assert.deepEqual(found('rtk.net.type', mobile).map(proof), [
      [
        ['effective network type', '3g'],
        ['network', 'cellular'],
      ],
    ]);
  });
});

describe('rules of the device', () => {
  const change = (seconds: number, what: DeviceChange['change'], more: Partial<DeviceChange>): DeviceChange => ({
    at: T0 + seconds * 1000,
    change: what,
    ...more,
  });
  const removed = (...deviceChanges: DeviceChange[]) => found('rtk.dev.removed', report({ deviceChanges }));

  const kinds: [kind: string | undefined, title: string, severity: string, words: string, after: string][] = [
    ['videoinput', 'The camera in use was unplugged', 'high', 'removed camera', 'next camera selected after'],
    [
      'audioinput',
      'The microphone in use was unplugged',
      'high',
      'removed microphone',
      'next microphone selected after',
    ],
    ['audiooutput', 'A device in use was unplugged', 'medium', 'removed speaker', 'next speaker selected after'],
    ['hologram', 'A device in use was unplugged', 'high', 'removed device', 'next device selected after'],
    [undefined, 'A device in use was unplugged', 'high', 'removed device', 'next device selected after'],
  ];
  for (const [kind, title, severity, words, after] of kinds) {
    it(`unplugged: ${kind ?? 'of no kind'}, known by its label where it has no id`, () => {
      const [one] = removed(
        change(1, 'selected', { kind, label: 'Dock' }),
        change(30, 'removed', { kind, label: 'Dock' }),
        change(42, 'selected', { kind, label: 'Built-in' }),
      );
      assert.deepEqual([one?.title, one?.severity, into(one?.end)], [title, severity, 42]);
      assert.deepEqual(proof(one), [
        [words, 'Dock'],
        [after, 12],
      ]);
    });
  }

  it('what has neither id nor label is not known to be the one in use', () => {
    assert.deepEqual(
      removed(change(1, 'selected', { kind: 'audioinput' }), change(30, 'removed', { kind: 'audioinput' })),
      [],
    );
    assert.deepEqual(
      removed(
        change(1, 'selected', { kind: 'audioinput', label: 'a' }),
        change(30, 'removed', { kind: 'audioinput', label: 'b' }),
      ),
      [],
    );
  });

  it('a dock that takes several devices along is one finding, as long and as bad as its worst', () => {
    const [one, ...rest] = removed(
      change(1, 'selected', { kind: 'audiooutput', deviceId: 's' }),
      change(2, 'selected', { kind: 'audioinput', deviceId: 'm' }),
      change(3, 'selected', { kind: 'videoinput', deviceId: 'c' }),
      change(30, 'removed', { kind: 'audiooutput', deviceId: 's' }),
      change(31, 'removed', { kind: 'audioinput', deviceId: 'm' }),
      change(32, 'removed', { kind: 'videoinput', deviceId: 'c' }),
      change(35, 'selected', { kind: 'audiooutput', deviceId: 's2' }),
      change(50, 'selected', { kind: 'audioinput', deviceId: 'm2' }),
    );
    assert.deepEqual(rest, []);
    assert.deepEqual([one?.severity, into(one?.start), into(one?.end)], ['high', 30, 50]);
    assert.deepEqual(
      one?.evidence.map(({ metric }) => metric),
      [
        'removed speaker',
        'next speaker selected after',
        'removed microphone',
        'next microphone selected after',
        'removed camera',
      ],
    );
  });

  it('until the end of the stay where no other was selected, and no longer than a moment where that is not known', () => {
    const changes = [change(1, 'selected', { deviceId: 'x' }), change(30, 'removed', { deviceId: 'x' })];
    assert.deepEqual(
      removed(...changes).map(({ end }) => into(end)),
      [120],
    );
    const open = report({ deviceChanges: changes, participant: { id: 'me', joinedAt: undefined, leftAt: undefined } });
    const [one] = found('rtk.dev.removed', { ...open, startedAt: undefined, endedAt: undefined });
    assert.deepEqual([into(one?.start), into(one?.end)], [30, 30]);
  });

  it('choices of devices of no kind count together', () => {
    const ids = ['a', 'b', 'c', 'd'];
    const deviceChanges = ids.map((deviceId, i) => change(10 * i, 'selected', { deviceId }));
    assert.equal(found('rtk.dev.flap', report({ deviceChanges }))[0]?.evidence[0]?.value, 3);
  });

  const machines: [Partial<CallReport>, [metric: string, value: unknown][]][] = [
    [{ browser: { name: 'Chrome', version: '108.0.5359.71' } }, [['version of Chrome', 108]]],
    [{ browser: { name: 'Chrome', version: '109.0.5414.74' } }, []],
    [{ browser: { name: 'SAFARI', version: '14.1' } }, [['version of SAFARI', 14]]],
    [{ browser: { name: 'Firefox' } }, []],
    [{ browser: { name: 'toString', version: '1' } }, []],
    [{ browser: { version: '1' } }, []],
    [{ browser: { webgl: false } }, [['WebGL', 'no']]],
    [{ device: { isMobile: true, cpus: 8 } }, [['device', 'mobile']]],
    [{ device: { cpus: 2 } }, [['processor cores', 2]]],
  ];
  for (const [parts, expected] of machines) {
    it(`environment: ${JSON.stringify(parts)}`, () => {
      assert.deepEqual(
        found('rtk.env', report(parts)).flatMap((one) => proof(one)),
        expected,
      );
    });
  }

  it('a phone short of processor time is told as one', () => {
    const short = report({
      device: { isMobile: true },
      streams: [stream('send', 'video', { qualityLimitationCpu: between(0, 20, 49, 90) })],
    });
    assert.deepEqual(proof(found('rtk.limit.cpu', short)[0])?.at(-1), ['processor cores', 'phone']);
  });
});

describe('rules of joining and leaving', () => {
  const attempt = (parts: Partial<CallReport>) =>
    report({ endedAt: undefined, participant: { id: 'me', leftAt: undefined }, ...parts });

  it('someone still trying is left alone for 30 s', () => {
    const live = session(20, { status: 'live' });
    const trying = attempt({ events: [event(0, 'PEER_CREATED')] });
    assert.deepEqual(found('rtk.join.never', trying, { session: live }), []);
    assert.equal(reason('rtk.join.never', trying, { session: live }), undefined, 'it was looked at');
    assert.equal(found('rtk.join.never', trying, { session: session(20) }).length, 1, 'the session is over');
    assert.match(reason('rtk.join.never', trying) ?? '', /whether the attempt is over/);
  });

  it('an attempt ends with the leave where nothing else tells', () => {
    const [one] = found('rtk.join.never', attempt({ events: [event(0, 'PEER_CREATED'), event(40, 'PEER_LEAVING')] }));
    assert.deepEqual([into(one?.start), into(one?.end)], [0, 40]);
  });

  it('nobody has left without saying so while the session goes on', () => {
    const there = attempt({});
    assert.match(
      reason('rtk.left.abrupt', there, { session: session(120, { status: 'live' }) }) ?? '',
      /still going on/,
    );
    // Neither the session nor a sample tells when it was over.
    const [one] = found(
      'rtk.left.abrupt',
      { ...there, startedAt: undefined },
      { session: { id: 's', status: 'ended' } },
    );
    assert.deepEqual([one?.start, one?.end], [undefined, undefined]);
  });
});

describe('headroom of the uplink', () => {
  const sending = (transport: Partial<CandidatePair>, bitrate = 1_000_000) =>
    report({ transports: [pair(transport)], streams: [stream('send', 'video', { bitrate })] });

  it('the estimate is held against what was sent up to the last packet, else up to the last sample', () => {
    // 1.1 times 1 Mbit/s are needed.
    const [timed] = found(
      'rtk.bwe.low',
      sending({ availableOutgoingBitrate: 1_050_000, lastPacketSentAt: T0 + 100_000 }),
    );
    assert.deepEqual([into(timed?.start), into(timed?.end), timed?.evidence[0]?.threshold], [90, 100, 1_100_000]);
    const [untimed] = found('rtk.bwe.low', sending({ availableOutgoingBitrate: 1_050_000 }));
    assert.equal(into(untimed?.end), LENGTH / 1000);
    assert.deepEqual(found('rtk.bwe.low', sending({ availableOutgoingBitrate: 1_150_000 })), []);
  });

  it('is not judged where nothing was sent or measured', () => {
    const silent = report({ transports: [pair({ availableOutgoingBitrate: 50_000 })] });
    assert.match(reason('rtk.bwe.low', silent) ?? '', /bitrate of what was sent/);
    assert.match(
      reason('rtk.bwe.low', sending({ availableOutgoingBitrate: 50_000 }, Number.NaN)) ?? '',
      /what was sent/,
    );
  });
});
