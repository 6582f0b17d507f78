import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { diagnoseReport, verdict } from '../../../src/diagnosis/index';
import { readReport } from '../../../src/providers/realtimekit/report/read';
import { FIXTURES } from '../../paths';

describe('diagnosis of the published report', () => {
  const body = readFileSync(join(FIXTURES, 'realtimekit', 'peer-report.json'));
  const report = readReport(body, { who: 'RealtimeKit', participantId: 'p', now: Date.UTC(2024, 0, 1) });
  const { findings, notEvaluated } = diagnoseReport(report);

  it('claims no verdict from ten samples of a muted microphone', () => {
    assert.equal(verdict(findings), undefined);
    // One of ten readings was of 500 ms or more (0.783 s): a share of 0.1, and never three of five.
    const hints = findings.filter(({ severity }) => severity !== 'info');
    assert.deepEqual(
      hints.map(({ ruleId, severity, confidence, evidence }) => [ruleId, severity, confidence, evidence[0]?.value]),
      [['rtk.rtt', 'low', 'low', 0.1]],
    );
  });

  it('does not judge its score of 1 throughout', () => {
    const said = notEvaluated.find(({ ruleId }) => ruleId === 'rtk.mos.low');
    assert.match(said?.reason ?? '', /1 throughout without any loss/);
  });
});
