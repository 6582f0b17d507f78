import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FAULTS } from '../faults/faults';
import { ROOT } from '../paths';

const read = (path: string) => readFileSync(join(ROOT, 'test', path), 'utf8');

/** The rows of the tables: what, outcome, file, title. */
const rows = [...read('FAULTS.md').matchAll(/^\| (.+?) \| (.+?) \| `([\w./-]+)` \| (.+?) \|$/gm)].map(
  ([, what = '', , file = '', title = '']) => ({ what, file, title }),
);
/** Titles of these tests stand in a table. */
const TABLES = read('faults/faults.ts');

describe('the table of faults', () => {
  it('names tests that exist', () => {
    assert.ok(rows.length > 60, `${rows.length} rows`);
    for (const { what, file, title } of rows) {
      assert.ok(existsSync(join(ROOT, 'test', file)), `${what}: ${file}`);
      const text = file.endsWith('answers.test.ts') ? TABLES : read(file);
      assert.ok(text.includes(title), `${what}: "${title}" in ${file}`);
    }
    console.log(`      ${rows.length} faults and bad inputs in the table`);
  });

  it('has every fault of the matrix', () => {
    const told = new Set(rows.map(({ title }) => title));
    assert.deepEqual(
      FAULTS.filter(({ name }) => !told.has(name)).map(({ name }) => name),
      [],
    );
  });
});
