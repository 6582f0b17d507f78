import assert from 'node:assert/strict';
import type { CallReport } from '../../../src/core/model';
import { diagnoseReport, diagnoseSession, type Finding } from '../../../src/diagnosis/index';
import {
  aggregate,
  between,
  event,
  only,
  pair,
  report,
  STEP,
  session,
  stream,
  T0,
  type Values,
  withStreams,
} from './build';

function found(id: string, given: CallReport): Finding[] {
  return diagnoseReport(given).findings.filter(({ ruleId }) => ruleId === id);
}

const seconds = (findings: readonly Finding[]) =>
  findings.map(({ start = 0, end = 0 }) => [(start - T0) / 1000, (end - T0) / 1000]);
const loss = (values: Values) => withStreams(stream('send', 'audio', { packetLoss: values }));

describe('diagnosis engine: raise, clear, merge', () => {
  it('raises at three of five and not at three of six', () => {
    // 40, 44, 48 s are samples 20, 22, 24: five samples from 20 to 24.
    assert.deepEqual(seconds(found('rtk.loss.out', loss(only(0, 9, 20, 22, 24)))), [[38, 48]]);
    assert.deepEqual(found('rtk.loss.out', loss(only(0, 9, 20, 22, 25))), []);
  });

  it('five samples are enough to judge, four say nothing', () => {
    assert.equal(found('rtk.loss.out', loss(only(Number.NaN, 9, 20, 21, 22, 23, 24))).length, 1);
    assert.deepEqual(found('rtk.loss.out', loss(only(Number.NaN, 9, 20, 21, 22, 23))), []);
    const { notEvaluated } = diagnoseReport(loss(only(Number.NaN, 9, 20, 21, 22, 23)));
    assert.match(notEvaluated.find(({ ruleId }) => ruleId === 'rtk.loss.out')?.reason ?? '', /fewer than 5 usable/);
  });

  it('goes on over one good sample and ends after two', () => {
    // Bad 40 to 48 s, good at 50, bad at 52, good from 54 on: ends with the last bad one.
    assert.deepEqual(
      seconds(found('rtk.loss.out', loss({ rest: 0, at: { 20: 9, 21: 9, 22: 9, 23: 9, 24: 9, 26: 9 } }))),
      [[38, 52]],
    );
  });

  it('joins episodes less than 10 s apart and keeps others', () => {
    const bad = (...from: number[]) => ({
      rest: 0,
      at: Object.fromEntries(from.flatMap((i) => [0, 1, 2, 3, 4].map((k) => [i + k, 9]))),
    });
    // The first ends at 48 s; the second begins at 56 s (sample 29) or at 58 s (sample 30).
    assert.deepEqual(seconds(found('rtk.loss.out', loss(bad(20, 29)))), [[38, 66]]);
    assert.deepEqual(seconds(found('rtk.loss.out', loss(bad(20, 30)))), [
      [38, 48],
      [58, 68],
    ]);
  });

  it('tells many short episodes as one finding with all of them', () => {
    // Six times 8 s every 18 s: more than five.
    const at = Object.fromEntries([3, 12, 21, 30, 39, 48].flatMap((i) => [0, 1, 2, 3].map((k) => [i + k, 9])));
    const [first, ...rest] = found('rtk.loss.out', loss({ rest: 0, at }));
    assert.deepEqual(rest, []);
    assert.equal(first?.episodes?.length, 6);
    assert.equal((first.start ?? 0) - T0, 4000);
  });

  it('grades by the share of the call: under 5 % low, to 20 % medium, above high, never beyond the level', () => {
    const severity = (count: number, value: number) =>
      found('rtk.loss.out', loss(between(0, 10, 9 + count, value)))[0]?.severity;
    // n samples of 2 s in 120 s: 2 are too few for the rule, 3 are 5 %, 12 are 20 %, 13 are 21.7 %.
    assert.equal(severity(3, 12), 'medium');
    assert.equal(severity(12, 12), 'medium');
    assert.equal(severity(13, 12), 'high');
    assert.equal(severity(13, 8), 'medium', 'the second level was not reached');
    const hour = { ...loss(between(0, 10, 12, 12)), endedAt: T0 + 3_600_000 };
    assert.equal(found('rtk.loss.out', hour)[0]?.severity, 'low', '6 s of an hour');
  });
});

describe('diagnosis engine: what does not count', () => {
  it('leaves out the first 5 s of a stream', () => {
    // Samples at 0, 2 and 4 s do not count; those at 6 and 8 s are too few.
    assert.deepEqual(found('rtk.loss.out', loss(between(0, 0, 4, 50))), []);
    assert.deepEqual(seconds(found('rtk.loss.out', loss(between(0, 0, 5, 50)))), [[4, 10]]);
  });

  it('raises nothing over a gap of a page in the background, nor from the sample after it', () => {
    // No samples from 40 to 90 s; what piled up is told at 90 s, and twice more it is bad: two of the five that count.
    const times = Array.from({ length: 61 }, (_, i) => i * STEP).filter((at) => at <= 40_000 || at >= 90_000);
    const after = times.indexOf(90_000);
    const call = report({
      streams: [stream('send', 'audio', { packetLoss: only(0, 60, after, after + 1, after + 2) }, { times })],
      events: [event(40, 'browser_backgrounded'), event(90, 'tab_change', { is_meetings_tab_active: true })],
    });
    const { findings } = diagnoseReport(call);
    assert.deepEqual(
      findings.map(({ ruleId, severity }) => [ruleId, severity]),
      [['rtk.gap', 'info']],
    );
    assert.equal(findings[0]?.evidence[1]?.value, 'page in the background');
  });

  it('never lets an episode reach over a gap', () => {
    const times = Array.from({ length: 61 }, (_, i) => i * STEP).filter((at) => at <= 60_000 || at >= 90_000);
    const call = withStreams(stream('send', 'audio', { packetLoss: 9 }, { times }));
    // 4 s is the sample before the first that counts; the one at 90 s does not count.
    assert.deepEqual(seconds(found('rtk.loss.out', call)), [
      [4, 60],
      [90, 120],
    ]);
  });

  it('raises nothing at a counter that starts anew: the mapping leaves that interval empty', () => {
    const call = withStreams(
      stream('send', 'audio', {
        packetLoss: only(0, Number.NaN, 30),
        bitrate: only(40_000, Number.NaN, 30),
        bytesSent: only(9000, Number.NaN, 30),
      }),
    );
    assert.deepEqual(diagnoseReport(call).findings, []);
  });

  it('leaves out a muted microphone, by events or by the state of the stream', () => {
    const bad = between(0, 20, 29, 9);
    const muted = report({
      streams: [stream('send', 'audio', { packetLoss: bad })],
      events: [event(36, 'audio_off'), event(60, 'audio_on')],
    });
    assert.deepEqual(found('rtk.loss.out', muted), []);
    const states = {
      mute: [
        { at: T0 + 36_000, value: 'muted' },
        { at: T0 + 60_000, value: 'unmuted' },
      ],
    };
    const byState = {
      ...withStreams(stream('send', 'audio', { packetLoss: bad }, { states })),
      provider: '100ms' as const,
    };
    assert.deepEqual(found('hms.loss', byState), []);
    const unmuted = report({
      streams: [stream('send', 'audio', { packetLoss: bad })],
      events: [event(80, 'audio_off')],
    });
    assert.equal(found('rtk.loss.out', unmuted).length, 1);
  });

  it('takes missing values for missing, not for good ones that end an episode', () => {
    const holes = { rest: 0, at: { 20: 9, 21: Number.NaN, 22: Number.NaN, 23: Number.NaN, 24: 9, 25: 9 } };
    assert.deepEqual(seconds(found('rtk.loss.out', loss(holes))), [[38, 50]]);
  });

  it('lists streams with too few samples beside those that were looked at', () => {
    const call = withStreams(
      stream('send', 'audio', { packetLoss: 0 }),
      stream('send', 'video', { packetLoss: 0 }, { samples: 6 }),
    );
    const said = diagnoseReport(call).notEvaluated.find(({ ruleId }) => ruleId === 'rtk.loss.out');
    assert.deepEqual(said?.streamIds, ['send-video-']);
    assert.match(said.reason, /Not enough data/);
  });
});

describe('diagnosis engine: whose side it was', () => {
  const bad = between(0, 20, 29, 8);
  const from = (sender: string, values: Values) =>
    stream('receive', 'audio', { packetLoss: values }, { remoteParticipantId: sender });

  it('one of several senders: the far end', () => {
    const [one] = found('rtk.loss.in', withStreams(from('a', bad), from('b', 0), from('c', 0)));
    assert.deepEqual([one?.side, one?.relatedParticipantIds], ['remote', ['a']]);
  });

  it('all senders: the own end', () => {
    const [one] = found('rtk.loss.in', withStreams(from('a', bad), from('b', bad), from('c', bad)));
    assert.deepEqual([one?.side, one?.relatedParticipantIds], ['local', undefined]);
  });

  it('the only sender: unclear, until the sender’s own report tells', () => {
    const receiver = withStreams(from('a', bad));
    assert.equal(found('rtk.loss.in', receiver)[0]?.side, 'unclear');
    const sender = (out: Values) => ({
      ...withStreams(stream('send', 'audio', { packetLoss: out })),
      participant: { id: 'a' },
    });
    const side = (out: Values) =>
      diagnoseSession(session(120), [receiver, sender(out)]).findings.find(({ ruleId }) => ruleId === 'rtk.loss.in')
        ?.side;
    assert.equal(side(bad), 'remote');
    assert.equal(side(0), 'local');
  });

  it('everybody from everyone at once: the service', () => {
    const person = (id: string, others: string[]) => ({
      ...withStreams(stream('send', 'audio', { packetLoss: 0 }), ...others.map((other) => from(other, bad))),
      participant: { id },
    });
    const { findings } = diagnoseSession(session(120), [
      person('a', ['b', 'c', 'd']),
      person('b', ['a', 'c', 'd']),
      person('c', ['a', 'b', 'd']),
      person('d', ['a', 'b', 'c']),
    ]);
    const losses = findings.filter(({ ruleId }) => ruleId === 'rtk.loss.in');
    assert.deepEqual(
      losses.map(({ side }) => side),
      ['service', 'service', 'service', 'service'],
    );
    const blame = findings.filter(({ ruleId }) => ruleId === 'x.blame');
    assert.deepEqual(
      blame.map(({ side, subject }) => [side, subject.type]),
      [['service', 'session']],
    );
  });

  it('several receive badly who sends well: the service, unsure', () => {
    const sender = { ...withStreams(stream('send', 'audio', { packetLoss: 0 })), participant: { id: 'a' } };
    const receiver = (id: string, other: string) => ({
      ...withStreams(from('a', bad), from(other, 0)),
      participant: { id },
    });
    const { findings } = diagnoseSession(session(120), [sender, receiver('b', 'c'), receiver('c', 'b')]);
    const blame = findings.filter(({ ruleId }) => ruleId === 'x.blame');
    assert.deepEqual(
      blame.map(({ side, confidence, subject }) => [side, confidence, subject.participantId]),
      [['service', 'low', 'a']],
    );
  });

  it('a camera that its sender turned off is no missing picture', () => {
    const picture = stream(
      'receive',
      'video',
      { bytesReceived: between(90_000, 20, 40, 0) },
      { remoteParticipantId: 'a' },
    );
    const sender = (off: boolean) =>
      report({
        participant: { id: 'a' },
        streams: [stream('send', 'video', { bytesSent: 90_000 }, { identifiers: { producerId: 'p' } })],
        events: off ? [event(38, 'video_off'), event(82, 'video_on')] : [],
      });
    const missing = (off: boolean) =>
      diagnoseSession(session(120), [withStreams(picture), sender(off)]).findings.filter(
        ({ ruleId }) => ruleId === 'rtk.video.nodata',
      ).length;
    assert.equal(missing(true), 0);
    assert.equal(missing(false), 1);
  });
});

describe('diagnosis: rules that look at others', () => {
  it('a poor score beside loss is as bad as that, alone a remark', () => {
    const call = withStreams(
      stream('send', 'audio', { mos: between(4.3, 20, 49, 2.4), packetLoss: between(0, 20, 49, 12) }),
    );
    assert.equal(found('rtk.mos.low', call)[0]?.severity, 'high');
    assert.equal(found('rtk.mos.low', withStreams(stream('send', 'audio', { mos: 2.4 })))[0]?.severity, 'info');
  });

  it('a score of 1 with loss is a score', () => {
    const call = withStreams(stream('send', 'audio', { mos: 1, packetLoss: 40 }));
    assert.equal(found('rtk.mos.low', call).length, 1);
  });

  it('the provider’s score over the call counts where there are no samples, unless it is an empty 1', () => {
    assert.equal(found('rtk.mos.low', report({ aggregates: [aggregate('mos', { p50: 3.4 })] })).length, 1);
    const empty = diagnoseReport(
      report({ aggregates: [aggregate('mos', { avg: 1, p50: 1, p90: 1 }), aggregate('packetLoss', { avg: 0 })] }),
    );
    assert.deepEqual(empty.findings, []);
    assert.ok(empty.notEvaluated.some(({ ruleId }) => ruleId === 'rtk.mos.low'));
  });

  it('TCP is worse with long round trips', () => {
    const transports = [pair({ local: { type: 'relay' as const, url: 'turns:t.example:443?transport=tcp' } })];
    const slow = report({ transports, streams: [stream('send', 'audio', { rtt: 350 })] });
    assert.equal(found('rtk.ice.tcp', slow)[0]?.severity, 'medium');
  });

  it('STUN unreachable and media over TCP: UDP is blocked', () => {
    const call = report({
      connectivity: [{ at: T0, reflexive: false, relay: true, turn: true }],
      transports: [pair({ local: { type: 'relay', url: 'turns:t.example:443?transport=tcp' } })],
    });
    assert.deepEqual(
      found('rtk.ice.blocked', call).map(({ severity, title }) => [severity, title]),
      [['medium', 'UDP is blocked']],
    );
  });

  it('a slow network type is a hint beside loss only', () => {
    const connectivity = [{ at: T0, effectiveNetworkType: '2g' }];
    const lossy = report({ connectivity, streams: [stream('send', 'audio', { packetLoss: between(0, 20, 49, 12) })] });
    assert.equal(found('rtk.net.type', lossy)[0]?.severity, 'low');
    assert.equal(found('rtk.net.type', report({ connectivity }))[0]?.severity, 'info');
  });
});
