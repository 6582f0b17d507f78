import assert from 'node:assert/strict';
import type { Finding, Severity } from '../../../src/core/finding';
import { type FindingFilter, filterFindings, NO_FILTER } from '../../../src/webview/finding-filter';

function finding(ruleId: string, title: string, severity: Severity): Finding {
  return {
    ruleId,
    severity,
    title,
    subject: { type: 'participant', label: 'Participant' },
    evidence: [],
    explanation: 'Why.',
    suggestion: 'What to do.',
    source: 'own',
    confidence: 'high',
    side: 'local',
  };
}

const ALL = [
  finding('rtk.loss.out', 'Uplink lost packets', 'high'),
  finding('rtk.conceal', 'Audible gaps', 'medium'),
  finding('rtk.tab', 'Tab in the background', 'info'),
];

function passing(filter: Partial<FindingFilter>): string[] {
  const about = ({ ruleId }: Finding) => (ruleId === 'rtk.conceal' ? 'Caller B' : 'Caller A');
  return filterFindings(ALL, { ...NO_FILTER, ...filter }, about).map(({ ruleId }) => ruleId);
}

describe('the filter of findings', () => {
  it('lets all pass at first', () => {
    assert.equal(passing({}).length, 3);
    assert.equal(passing({ text: '  ' }).length, 3);
  });

  it('wants every word, in title, person, rule or side, in any case', () => {
    assert.deepEqual(passing({ text: 'caller a UPLINK' }), ['rtk.loss.out']);
    assert.deepEqual(passing({ text: 'caller b gaps' }), ['rtk.conceal']);
    assert.deepEqual(passing({ text: 'rtk.tab' }), ['rtk.tab']);
    assert.equal(passing({ text: 'side: local' }).length, 3);
    assert.deepEqual(passing({ text: 'uplink gaps' }), []);
  });

  it('leaves severities out', () => {
    assert.deepEqual(passing({ hidden: new Set<Severity>(['info', 'high']) }), ['rtk.conceal']);
    assert.deepEqual(passing({ hidden: new Set<Severity>(['info']), text: 'background' }), []);
  });
});
