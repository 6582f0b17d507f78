import assert from 'node:assert/strict';
import { diagnoseReport } from '../../../src/diagnosis/index';
import { between, stream, withStreams } from './build';

const CALL = withStreams(stream('send', 'audio', { packetLoss: between(0, 20, 29, 4) }));

function losses(thresholds: unknown): number {
  return diagnoseReport(CALL, { thresholds }).findings.filter(({ ruleId }) => ruleId === 'rtk.loss.out').length;
}

describe('thresholds from the settings', () => {
  it('change a rule', () => {
    assert.equal(losses(undefined), 1);
    assert.equal(losses({ 'rtk.loss.out': { warn: 4 } }), 0);
    assert.equal(losses({ 'rtk.loss.out': { warn: 3.9 } }), 1);
    assert.equal(losses({ 'rtk.loss.in': { warn: 50 } }), 1);
  });

  it('turn a rule off, which is told', () => {
    const { findings, notEvaluated } = diagnoseReport(CALL, { thresholds: { 'rtk.loss.out': false } });
    assert.deepEqual(
      findings.filter(({ ruleId }) => ruleId === 'rtk.loss.out'),
      [],
    );
    assert.deepEqual(
      notEvaluated.filter(({ ruleId }) => ruleId === 'rtk.loss.out'),
      [{ ruleId: 'rtk.loss.out', reason: 'Turned off in the settings.' }],
    );
  });

  it('are ignored with a reason where they are bad', () => {
    const bad = { warn: '4', bad: Number.NaN, minPackets: -1, other: 5, __proto__: null };
    const setting = {
      'rtk.loss.out': bad,
      'rtk.loss.in': 7,
      'rtk.nothing': { warn: 1 },
      'rtk.jitter': { warn: Number.POSITIVE_INFINITY },
      toString: { a: 1 },
    };
    const { ignoredSettings, findings } = diagnoseReport(CALL, { thresholds: setting });
    assert.deepEqual(
      ignoredSettings.map(({ path }) => path),
      [
        'rtk.jitter.warn',
        'rtk.loss.in',
        'rtk.loss.out.bad',
        'rtk.loss.out.minPackets',
        'rtk.loss.out.other',
        'rtk.loss.out.warn',
        'rtk.nothing',
        'toString',
      ],
    );
    assert.ok(ignoredSettings.every(({ reason }) => reason.length > 5));
    assert.equal(findings.filter(({ ruleId }) => ruleId === 'rtk.loss.out').length, 1, 'the default holds');
  });

  it('are ignored as a whole when they are no object', () => {
    for (const setting of ['x', 3, [], true]) {
      const { ignoredSettings } = diagnoseReport(CALL, { thresholds: setting });
      assert.equal(ignoredSettings.length, 1);
    }
    assert.deepEqual(diagnoseReport(CALL, { thresholds: null }).ignoredSettings, []);
  });
});
