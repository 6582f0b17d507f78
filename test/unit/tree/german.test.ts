import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { config } from '@vscode/l10n';
import { ROOT } from '../../paths';

/** Local time: days and hours do not depend on the machine's zone. */
const NOW = new Date(2026, 1, 26, 12, 0).getTime();
const at = (day: number, hour: number, minute: number) => new Date(2026, 1, day, hour, minute).getTime();

describe('dates and numbers in German', () => {
  before(() => {
    const parts = ['core', 'tree', 'diagnosis'].map((name) => join(ROOT, 'src', 'l10n', 'de', `${name}.json`));
    const words = parts.map((path) => JSON.parse(readFileSync(path, 'utf8')) as Record<string, string>);
    config({ contents: Object.assign({}, ...words) as Record<string, string> });
  });
  after(() => config({ contents: {} }));

  // What holds words is loaded when the language is known, as in VS Code.
  it('stand in the rows of the tree', async () => {
    const { dateTime } = await import('../../../src/tree/call-facts');
    assert.equal(dateTime(at(24, 14, 5), NOW), '24. Feb., 14:05');
    assert.equal(dateTime(at(26, 9, 30), NOW), '09:30');
  });

  it('stand in a filter and a tooltip', async () => {
    const { describeFilter } = await import('../../../src/tree/filters');
    assert.match(describeFilter({ from: at(24, 0, 0) }), /24\. Feb\.$/);
    const { tooltipOf } = await import('../../../src/tree/tooltip');
    const text = tooltipOf(
      {
        kind: 'session',
        key: 's',
        parent: undefined as never,
        ref: { connectionId: 'c1', sessionId: 's1' },
        session: { id: 's1', status: 'ended', startedAt: at(24, 14, 5), participantMinutes: 62.5 },
      },
      NOW,
    );
    assert.match(text?.replaceAll('\\', '') ?? '', /24\.02\.2026, 14:05:00/);
    assert.match(text?.replaceAll('\\', '') ?? '', /: 62,5(\n|$)/);
  });

  it('stand in sentences and figures', async () => {
    const { localNumber } = await import('../../../src/core/locale');
    assert.equal(`${localNumber(1.5)} s`, '1,5 s');
    const { formatNumber, formatShare } = await import('../../../src/webview/format');
    assert.equal(formatNumber(1.5, 1), '1,5');
    assert.equal(formatNumber(-0.04, 1), '0,0');
    assert.equal(formatNumber(12345.67, 2), '12\u202f345,67');
    assert.equal(formatShare(0.125), '12,5 %');
    const { amount } = await import('../../../src/export/markdown');
    assert.equal(amount(1_250_000, 'bit/s'), '1,25 Mbit/s');
  });
});
