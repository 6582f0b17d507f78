import assert from 'node:assert/strict';
import type { CallReport } from '../../../src/core/model';
import { diagnoseReport, diagnoseSession, type Finding } from '../../../src/diagnosis/index';
import { between, only, pair, report, session, stay, stream, T0, withStreams } from './build';

function found(id: string, given: CallReport): Finding[] {
  return diagnoseReport(given).findings.filter(({ ruleId }) => ruleId === id);
}

const seconds = (findings: readonly Finding[]) =>
  findings.map(({ start = 0, end = 0 }) => [(start - T0) / 1000, (end - T0) / 1000]);

describe('diagnosis: just inside and just outside', () => {
  it('two good samples end an episode, also where they are 7 s apart', () => {
    // Bad at 35, 42, 49 s, good at 56 and 63 s: one more at 70 s begins nothing.
    const call = withStreams(
      stream('send', 'audio', { packetLoss: only(0, 9, 5, 6, 7, 10) }, { step: 7000, samples: 17 }),
    );
    assert.deepEqual(seconds(found('rtk.loss.out', call)), [[28, 49]]);
  });

  it('between its two limits a storm of key frame requests goes on', () => {
    // 3 in 4 s are 0.75 a second, from 36 to 68 s; 1 in 4 s is 0.25, not below 0.15, to 88 s; then 0.75 again to 96 s.
    const at = {
      ...Object.fromEntries([10, 11, 12, 13, 14, 15, 16, 17, 23, 24].map((i) => [i, 3])),
      18: 1,
      19: 1,
      20: 1,
      21: 1,
      22: 1,
    };
    const call = withStreams(stream('send', 'video', { pliCount: { rest: 0, at } }, { step: 4000, samples: 30 }));
    assert.deepEqual(seconds(found('rtk.pli.storm', call)), [[36, 96]]);
  });

  it('two of five senders are no proof against the receiver', () => {
    const from = (sender: string, bad: boolean) =>
      stream('receive', 'audio', { packetLoss: bad ? between(0, 20, 29, 8) : 0 }, { remoteParticipantId: sender });
    const call = withStreams(from('a', true), from('b', true), from('c', false), from('d', false), from('e', false));
    assert.deepEqual(
      found('rtk.loss.in', call).map(({ side, relatedParticipantIds }) => [side, relatedParticipantIds]),
      [
        ['remote', ['a']],
        ['remote', ['b']],
      ],
    );
  });

  it('reads the way to the relay from its URL', () => {
    const over = (url: string) =>
      found('rtk.ice.tcp', report({ transports: [pair({ local: { type: 'relay', url } })] })).length;
    assert.equal(over('turns:t.example:5349'), 1, 'TLS over TCP where nothing is said');
    assert.equal(over('turns:t.example:5349?transport=udp'), 0);
    assert.equal(over('turn:t.example:3478?transport=tcp'), 1);
    assert.equal(over('turn:t.example:3478'), 0);
  });

  it('three of eight are no mass leave', () => {
    const rest = ['d', 'e', 'f', 'g', 'h'].map((id) => stay(`${id}1`, 0, 600));
    const participants = [stay('a1', 0, 300), stay('b1', 0, 301), stay('c1', 0, 302), ...rest, stay('a2', 320, 600)];
    const { findings } = diagnoseSession(session(600), [], { participants });
    assert.deepEqual(findings, []);
  });

  it('everybody leaving at the end is no mass leave', () => {
    const participants = ['a', 'b', 'c', 'd'].map((id) => stay(`${id}1`, 0, 600));
    assert.deepEqual(diagnoseSession(session(600), [], { participants }).findings, []);
  });

  it('a sender’s loss of 2.5 % tells whose end it was although it is no finding', () => {
    const sender = {
      ...withStreams(stream('send', 'audio', { packetLoss: between(0, 15, 34, 2.5) })),
      participant: { id: 'a' },
    };
    const receiver = withStreams(
      stream('receive', 'audio', { packetLoss: between(0, 20, 29, 4) }, { remoteParticipantId: 'a' }),
    );
    const { findings } = diagnoseSession(session(120), [sender, receiver]);
    assert.deepEqual(
      findings.filter(({ ruleId }) => ruleId === 'rtk.loss.out'),
      [],
    );
    assert.deepEqual(
      findings.filter(({ ruleId }) => ruleId === 'rtk.loss.in').map(({ side }) => side),
      ['remote'],
    );
  });

  it('Whereby: loss of most at once is the service’s, of one alone that end’s, of two people nobody’s', () => {
    const person = (id: string, bad: boolean): CallReport => ({
      ...report({
        provider: 'whereby',
        participant: { id },
        streams: [stream('send', 'all', { packetLoss: bad ? between(0, 20, 29, 8) : 0 })],
      }),
    });
    const sides = (...reports: CallReport[]) =>
      diagnoseSession(session(120), reports)
        .findings.filter(({ ruleId }) => ruleId === 'wb.loss.send')
        .map(({ side }) => side);
    assert.deepEqual(sides(person('a', true), person('b', true), person('c', false)), ['service', 'service']);
    assert.deepEqual(sides(person('a', true), person('b', false), person('c', false)), ['local']);
    assert.deepEqual(sides(person('a', true), person('b', true)), ['unclear', 'unclear']);
  });

  it('Whereby: what never flowed did not stall', () => {
    const call = report({
      provider: 'whereby',
      streams: [stream('send', 'all', { bitrate: between(500_000, 0, 8, 0) })],
    });
    assert.deepEqual(found('wb.bitrate.stall', call), []);
  });

  it('MediaMelon: frequent everywhere is no cluster', () => {
    // 3 of the 4 on one CDN are bad, 75 %; of all ten 6 are, and twice that is more than any share.
    const reports = Array.from({ length: 10 }, (_, i) =>
      report({
        provider: 'mediamelon',
        media: 'playback',
        participant: { id: `row ${i}`, facts: [{ label: 'CDN', value: i < 4 ? 'one' : 'two' }] },
        figures: [{ name: 'fatalerrors', label: '', unit: '', value: i < 3 || i > 6 ? 1 : 0 }],
      }),
    );
    const { findings } = diagnoseSession(session(120), reports);
    assert.deepEqual(
      findings.filter(({ ruleId }) => ruleId === 'mm.cluster'),
      [],
    );
  });

  it('MediaMelon: a doubtful figure is not judged', () => {
    const call = report({
      provider: 'mediamelon',
      media: 'playback',
      figures: [{ name: 'qualityofexperience', label: '', unit: '', value: -1, flagged: 'may mean no value' }],
    });
    assert.deepEqual(diagnoseReport(call).findings, []);
  });
});
