import assert from 'node:assert/strict';
import { type Diagnosis, findingsMarkdown } from '../../../src/diagnosis/index';
import { T0 } from './build';

const NOTHING: Diagnosis = { findings: [], notEvaluated: [], ignoredSettings: [] };

describe('Markdown of a part of a document', () => {
  const finding = (n: number, parts: object = {}) => ({
    ruleId: 'rtk.loss.out',
    severity: 'medium' as const,
    title: `Finding ${n}`,
    subject: { type: 'session' as const, label: 'Session' },
    evidence: [],
    explanation: 'E',
    suggestion: 'S',
    source: 'X',
    confidence: 'high' as const,
    side: 'unclear' as const,
    ...parts,
  });
  const findings = [1, 2, 3].map((n) => finding(n));

  it('has no title of its own, and says how many more there are', () => {
    const text = findingsMarkdown({ ...NOTHING, findings }, { part: true, most: 2 });
    assert.doesNotMatch(text, /^# /m);
    assert.match(text, /^### /m);
    assert.match(text, /… and 1 more\./);
    assert.doesNotMatch(text, /Finding 3\b/);
    assert.doesNotMatch(text, /Not evaluated/);
  });

  it('episodes, others who are concerned, and in whose report a value stands', () => {
    const episodes = [0, 20].map((at) => ({ start: T0 + at * 1000, end: T0 + (at + 4) * 1000 }));
    const one = finding(1, {
      start: T0,
      end: T0 + 24_000,
      episodes,
      relatedParticipantIds: ['b'],
      evidence: [{ metric: 'packetLoss', value: 9, unit: '%', participantId: 'c', at: T0 + 2000 }],
    });
    const text = findingsMarkdown(
      { ...NOTHING, findings: [one] },
      { startedAt: T0, mask: false, names: new Map([['b', 'Bea']]) },
    );
    assert.match(text, /0:00 to 0:24, 2 episodes/);
    assert.match(text, /Also: Bea/);
    assert.match(text, /packetLoss: 9 %, c at 0:02/);
  });

  it('what could not be looked at on one stream only is not told as not looked at', () => {
    const one = { ruleId: 'rtk.jitter', reason: 'Too few samples.' };
    const text = (streamIds?: string[]) =>
      findingsMarkdown({ ...NOTHING, notEvaluated: [{ ...one, ...(streamIds && { streamIds }) }] });
    assert.match(text(), /1 rule could not be evaluated[\s\S]*Too few samples/);
    assert.doesNotMatch(text(['s']), /Too few samples/);
  });
});
