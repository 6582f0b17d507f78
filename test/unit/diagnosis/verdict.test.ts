import assert from 'node:assert/strict';
import type { Finding, Interval } from '../../../src/core/finding';
import { verdict } from '../../../src/diagnosis/index';
import { T0 } from './build';

/** From second to second into the call. */
const from = (start: number, end: number): Interval => ({ start: T0 + start * 1000, end: T0 + end * 1000 });

function finding(parts: Partial<Finding> = {}): Finding {
  return {
    ruleId: 'rtk.loss.out',
    severity: 'medium',
    title: 'Uplink lost packets',
    subject: { type: 'participant', participantId: 'a', label: 'Participant' },
    evidence: [],
    explanation: '',
    suggestion: '',
    source: '',
    confidence: 'high',
    side: 'local',
    ...parts,
  };
}

const clock = (at: number) => `+${(at - T0) / 1000}`;

describe('words of a verdict', () => {
  const cases: { what: string; findings: Finding[]; plain: string; timed?: string }[] = [
    { what: 'without a time', findings: [finding()], plain: 'Uplink lost packets.' },
    {
      what: 'of a moment',
      findings: [finding(from(30, 30))],
      plain: 'Uplink lost packets.',
      timed: 'Uplink lost packets at +30.',
    },
    {
      what: 'of which only the beginning is known',
      findings: [finding({ start: T0 + 30_000 })],
      plain: 'Uplink lost packets.',
    },
    {
      what: 'of several at one moment',
      findings: [finding(from(30, 30)), finding(from(30, 30))],
      plain: 'Uplink lost packets, 2 times.',
      timed: 'Uplink lost packets, 2 times at +30.',
    },
    {
      what: 'of several moments',
      findings: [finding(from(30, 30)), finding(from(90, 90)), finding(from(60, 60))],
      plain: 'Uplink lost packets, 3 times.',
      timed: 'Uplink lost packets, 3 times from +30 to +90.',
    },
    {
      // 20 s + 10 s.
      what: 'of several spells',
      findings: [finding(from(30, 50)), finding(from(80, 90))],
      plain: 'Uplink lost packets, 2 times, 30 s in all.',
      timed: 'Uplink lost packets, 2 times from +30 to +90 (30 s in all).',
    },
    {
      // Six episodes of 4 s, told as one finding.
      what: 'of many episodes',
      findings: [finding({ ...from(0, 104), episodes: [0, 20, 40, 60, 80, 100].map((at) => from(at, at + 4)) })],
      plain: 'Uplink lost packets, 6 times, 24 s in all.',
      timed: 'Uplink lost packets, 6 times from +0 to +104 (24 s in all).',
    },
    {
      what: 'of the lowest of values that should be high',
      findings: [
        finding({ evidence: [{ metric: 'fps', value: 7, unit: 'fps', threshold: 10 }] }),
        finding({ evidence: [{ metric: 'fps', value: 4, unit: 'fps', threshold: 10 }] }),
      ],
      plain: 'Uplink lost packets: down to 4 fps.',
    },
    {
      what: 'of the largest of comparable values only',
      findings: [
        finding({ evidence: [{ metric: 'loss', value: 8.26, unit: '%', threshold: 5 }] }),
        finding({ evidence: [{ metric: 'delay', value: 900, unit: 'ms', threshold: 5 }] }),
        finding({ evidence: [{ metric: 'events', value: 12, unit: '', threshold: 5 }] }),
      ],
      plain: 'Uplink lost packets: up to 8.3 %.',
    },
  ];
  for (const { what, findings, plain, timed = plain } of cases) {
    it(what, () => {
      assert.equal(verdict(findings)?.sentence, plain);
      assert.equal(verdict(findings, { clock })?.sentence, timed);
    });
  }

  it('counts each other who received it badly once', () => {
    const blame = (...ids: string[]) =>
      finding({ ruleId: 'x.blame', title: 'Media of one participant was bad for others', relatedParticipantIds: ids });
    assert.equal(verdict([finding(), blame('b')])?.sentence, 'Uplink lost packets; one other received it badly.');
    assert.equal(
      verdict([finding(), blame('b', 'c'), blame('b')])?.sentence,
      'Uplink lost packets; 2 others received it badly.',
    );
    // The service is to blame: nothing is said of who heard it.
    assert.equal(verdict([finding({ side: 'service' }), blame('b')])?.sentence, 'Uplink lost packets.');
  });
});

describe('which finding is the verdict', () => {
  const id = (...findings: Finding[]) => verdict(findings)?.finding.subject.participantId;
  const of = (participantId: string, parts: Partial<Finding>) =>
    finding({ ...parts, subject: { type: 'participant', participantId, label: 'Participant' } });

  it('of equals the longer, then the earlier, then always the same', () => {
    assert.equal(id(of('a', from(0, 10)), of('b', from(20, 40))), 'b');
    assert.equal(id(of('a', from(20, 30)), of('b', from(0, 10))), 'b');
    assert.equal(id(of('b', from(0, 10)), of('a', from(0, 10))), 'a');
    assert.equal(id(of('a', from(0, 10)), of('b', from(0, 10))), 'a');
    assert.equal(id(of('a', { start: T0 + 1000 }), of('b', {})), 'b', 'without a time comes first');
  });

  it('a finding of a rule that is not known here weighs nothing', () => {
    const unknown = of('a', { ruleId: 'zz.unknown', title: 'Unknown' });
    assert.equal(id(unknown, of('b', {})), 'b');
    assert.equal(verdict([unknown])?.sentence, 'Unknown.');
  });
});
