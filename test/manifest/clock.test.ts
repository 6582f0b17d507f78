import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../paths';

describe('the time', () => {
  it('is asked for when it is wanted: a function that was kept would miss a clock that was moved', () => {
    const files = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' }).filter((name) =>
      /\.tsx?$/.test(name),
    );
    const kept = files.filter((name) => /\bDate\.now\b(?!\()/.test(readFileSync(join(ROOT, 'src', name), 'utf8')));
    assert.ok(files.length > 100);
    assert.deepEqual(kept, []);
  });
});
