import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { DIST } from '../paths';

/** What VS Code loads when the view is first shown; everything else is loaded on first use. */
const ENTRY_BUDGET_BYTES = 60 * 1024;

describe('bundles', () => {
  it('keep the entry small', () => {
    const { size } = statSync(join(DIST, 'extension.js'));
    assert.ok(size <= ENTRY_BUDGET_BYTES, `dist/extension.js has ${size} bytes`);
  });
});
