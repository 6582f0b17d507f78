import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import type { CallReport, CandidatePair } from '../../../src/core/model';
import { compareReports, diagnoseReport } from '../../../src/diagnosis/index';
import { between, report, stream } from './build';

const A = 'Ann';
const B = 'Ben';

function compare(first: CallReport, second: CallReport) {
  return compareReports({ label: A, report: first }, { label: B, report: second });
}

function of(id: string, parts: Partial<CallReport>): CallReport {
  const made = report(parts);
  return { ...made, participant: { ...made.participant, id } };
}

const relayed: CandidatePair = {
  nominated: true,
  local: { type: 'relay', protocol: 'udp', url: 'turns:t.example:443?transport=tcp' },
  remote: { type: 'host' },
};
const direct: CandidatePair = { nominated: true, local: { type: 'host', protocol: 'udp' }, remote: { type: 'host' } };

describe('comparing two reports', () => {
  it('says which of the same streams was worse, with median and worst of both', () => {
    // 61 samples, 40 of them at 8 %: the median is 8.
    const bad = of('a', { streams: [stream('send', 'video', { packetLoss: between(0, 10, 49, 8), rtt: 60 })] });
    const good = of('b', { streams: [stream('send', 'video', { packetLoss: 0.5, rtt: 65 })] });
    const { differences, alike } = compare(bad, good);
    assert.deepEqual(differences, [
      'Camera sent: Packet loss was higher for Ann: median 8 % against 0.5 %, worst 8 % against 0.5 %.',
    ]);
    assert.ok(alike.includes('Camera sent: Round-trip time.'));
    assert.deepEqual(compare(good, bad).differences, [
      'Camera sent: Packet loss was higher for Ben: median 8 % against 0.5 %, worst 8 % against 0.5 %.',
    ]);
  });

  it('tells a short spell from a bad median', () => {
    const spell = of('a', { streams: [stream('send', 'audio', { packetLoss: between(0, 20, 22, 30) })] });
    const clean = of('b', { streams: [stream('send', 'audio', { packetLoss: 0 })] });
    assert.deepEqual(compare(clean, spell).differences, [
      'Microphone sent: Packet loss peaked higher for Ben: median 0 % against 0 %, worst 30 % against 0 %.',
    ]);
  });

  it('knows that less is worse for a bitrate', () => {
    const low = of('a', { streams: [stream('send', 'video', { bitrate: 200_000 })] });
    const high = of('b', { streams: [stream('send', 'video', { bitrate: 1_500_000 })] });
    assert.match(
      compare(low, high).differences[0] ?? '',
      /^Camera sent: Bitrate was lower for Ann: median 200 kbit\/s against 1500 kbit\/s/,
    );
  });

  it('says from whom both received it', () => {
    const heard = (id: string, loss: number) =>
      of(id, { streams: [stream('receive', 'audio', { packetLoss: loss }, { remoteParticipantId: 'c' })] });
    const [first, second] = [
      { label: A, report: heard('a', 4) },
      { label: B, report: heard('b', 0) },
    ];
    const { differences } = compareReports(first, second, { names: new Map([['c', 'Cleo']]) });
    assert.match(differences[0] ?? '', /^Microphone received from Cleo: Packet loss was higher for Ann/);
    assert.match(
      compare(first.report, second.report).differences[0] ?? '',
      /^Microphone received from the same sender/,
    );
  });

  it('finds no difference just below a limit', () => {
    // The limit of packet loss is 1 percentage point for the median.
    const at = (value: number) => of('x', { streams: [stream('send', 'audio', { packetLoss: value })] });
    assert.deepEqual(compare(at(1), at(1.99)).differences, []);
    assert.equal(compare(at(1), at(2)).differences.length, 1);
  });

  it('compares both ends of a stream that one sent and the other received', () => {
    const sender = of('a', { streams: [stream('send', 'video', { packetLoss: 0, fps: 30 })] });
    const receiver = of('b', {
      streams: [stream('receive', 'video', { packetLoss: 6, fps: 12 }, { remoteParticipantId: 'a' })],
    });
    const { differences } = compare(sender, receiver);
    assert.deepEqual(differences, [
      'Camera sent by Ann, against what Ben received of it: Packet loss was higher for Ben: median 6 % against 0 %, worst 6 % against 0 %.',
      'Camera sent by Ann, against what Ben received of it: Frame rate was lower for Ben: median 12 fps against 30 fps, worst 12 fps against 30 fps.',
    ]);
  });

  it('puts several received streams together for what does not add up, and only for that', () => {
    const heard = (loss: number, ...from: string[]) =>
      from.map((id) =>
        stream('receive', 'audio', { packetLoss: loss, bitrate: loss * 1e6 }, { remoteParticipantId: id }),
      );
    const { differences } = compare(of('a', { streams: heard(5, 'p', 'q') }), of('b', { streams: heard(0, 'r') }));
    assert.deepEqual(differences, [
      'Microphone received, all 2 and 1 streams: Packet loss was higher for Ann: median 5 % against 0 %, worst 5 % against 0 %.',
    ]);
  });

  it('states connection, client and network', () => {
    const { differences, alike, notComparable } = compare(
      of('a', { transports: [relayed], browser: { name: 'Chrome', version: '126.0.0.0' }, network: { country: 'DE' } }),
      of('b', {
        transports: [direct],
        browser: { name: 'Safari', version: '17.4' },
        network: { country: 'DE', organization: 'X' },
      }),
    );
    assert.deepEqual(differences, [
      'Connection: relayed, TURN over TLS on TCP for Ann, direct over UDP for Ben.',
      'Browser: Chrome 126.0 for Ann, Safari 17.4 for Ben.',
    ]);
    assert.ok(alike.includes('Country: DE for both.'));
    assert.deepEqual(notComparable, ['Network operator: not reported for Ann.']);
  });

  it('names the findings that only one of them has, and those of both', () => {
    const loss = stream('send', 'video', { packetLoss: between(0, 10, 49, 8), rtt: 50 });
    const slow = stream('send', 'video', { packetLoss: between(0, 10, 49, 8), rtt: between(50, 10, 49, 900) });
    const made = (id: string, one: ReturnType<typeof stream>) => {
      const own = of(id, { streams: [one] });
      return { label: id, report: own, findings: diagnoseReport(own).findings };
    };
    const { differences, alike } = compareReports(made('a', loss), made('b', slow));
    assert.ok(
      differences.some((text) => /^Found for b only: .* \(\w+, rtk\.rtt\)\.$/.test(text)),
      differences.join('\n'),
    );
    assert.ok(
      alike.some((text) => /^Found for both: .* \(rtk\.loss\.out\)\.$/.test(text)),
      alike.join('\n'),
    );
  });

  it('says what could not be compared, and never takes missing for equal', () => {
    const screen = of('a', { streams: [{ ...stream('send', 'video', { fps: 5 }), source: 'screen' }] });
    const camera = of('b', { streams: [stream('send', 'video', { fps: 30 })] });
    assert.deepEqual(compare(screen, camera).notComparable, [
      'Screen sent: only in the report of Ann.',
      'Camera sent: only in the report of Ben.',
    ]);
    const two = of('b', { streams: [stream('send', 'video', { fps: [30, 30] }, { samples: 2 })] });
    const thin = compare(of('a', { streams: [stream('send', 'video', { fps: 30 })] }), two);
    assert.deepEqual(thin.notComparable, ['Camera sent: Frame rate was not measured often enough for Ben.']);
    assert.deepEqual(thin.differences, []);
  });

  it('finds nothing between a report and itself, and as many differences both ways', () => {
    const values = fc.array(fc.oneof(fc.double({ min: 0, max: 100, noNaN: true }), fc.constant(Number.NaN)), {
      minLength: 3,
      maxLength: 12,
    });
    const any = fc
      .record({ packetLoss: values, rtt: values, fps: values, bitrate: values })
      .map((series) => of('a', { streams: [stream('send', 'video', series, { samples: 12 })] }));
    return fc.assert(
      fc.property(any, any, (first, second) => {
        assert.deepEqual(compare(first, first).differences, []);
        const there = compareReports({ label: A, report: first }, { label: B, report: second });
        const back = compareReports({ label: B, report: second }, { label: A, report: first });
        assert.deepEqual(there.differences, back.differences);
      }),
    );
  });

  it('leaves out the trend of an asset, which tells of everybody', () => {
    const playback = (id: string, score: number): CallReport => {
      const trend = {
        ...stream('receive', 'audio', { playbackScore: score }),
        id: 'asset-trend',
        kind: 'all' as const,
      };
      return { ...of(id, { streams: [{ ...trend, source: 'all' }] }), provider: 'mediamelon', media: 'playback' };
    };
    const { differences, alike } = compare(playback('a', 90), playback('b', 20));
    assert.deepEqual(
      [...differences, ...alike].filter((text) => /score/i.test(text)),
      [],
    );
    // In a call a stream of that name is a stream like any other.
    const call = (id: string, score: number): CallReport => ({ ...playback(id, score), media: undefined });
    assert.match(compare(call('a', 90), call('b', 20)).differences.join(), /score was lower for Ben/i);
  });
});
