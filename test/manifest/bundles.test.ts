import assert from 'node:assert/strict';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DIST } from '../paths';

/** What VS Code loads when the view is first shown; everything else is loaded on first use. */
const ENTRY_BUDGET_BYTES = 60 * 1024;

describe('bundles', () => {
  it('keep the entry small', () => {
    const { size } = statSync(join(DIST, 'extension.js'));
    assert.ok(size <= ENTRY_BUDGET_BYTES, `dist/extension.js has ${size} bytes`);
  });

  it('leave out what packages bring and nobody uses', () => {
    const { outputs }: { outputs: Record<string, { inputs: Record<string, { bytesInOutput: number }> }> } = JSON.parse(
      readFileSync(join(DIST, 'meta.json'), 'utf8'),
    );
    const inputs = Object.values(outputs).flatMap((output) => Object.entries(output.inputs));
    const packed = inputs.flatMap(([path, { bytesInOutput }]) => (bytesInOutput > 0 ? [path] : []));
    assert.ok(
      packed.some((path) => path.endsWith('axios/lib/adapters/http.js')),
      'what is used is there',
    );
    const unused =
      /node_modules\/(follow-redirects|(https-)?proxy-|agent-base|debug|form-data)|axios\/lib\/.*(fetch|xhr|shouldBypassProxy|toFormData|formDataTo\w+|toURLEncodedForm)\.js$|zod\/.*json-schema/;
    assert.deepEqual(
      packed.filter((path) => unused.test(path)),
      [],
    );
  });

  it('have nothing in a page’s script or style that ends its element, and no file that a page would have to load', () => {
    const read = (file: string) => readFileSync(join(DIST, 'webview', file), 'utf8');
    assert.doesNotMatch(read('pages.js'), /<\/script|<!--|\bimport\(/i);
    assert.doesNotMatch(read('pages.css'), /<\/style|url\(|@import/i);
  });
});
