import assert from 'node:assert/strict';
import type { ItemIssue } from '../../../src/core/model';
import { columnsOf, readCsv } from '../../../src/providers/csv';

async function read(text: string, signal = new AbortController().signal) {
  const rows: string[][] = [];
  const issues: ItemIssue[] = [];
  await readCsv(
    new TextEncoder().encode(text),
    issues,
    (cells, index) => assert.equal(rows.push([...cells]), index + 1),
    signal,
  );
  return { rows, issues };
}

describe('CSV', () => {
  it('of RFC 4180: quoted cells hold commas, quotes and line breaks; a byte order mark is none of it', async () => {
    const { rows, issues } = await read('\ufeffa,"b, ""c""","d\r\ne"\r\n\r\nf\r\n');
    assert.deepEqual(rows, [['a', 'b, "c"', 'd\r\ne'], ['f']]);
    assert.deepEqual(issues, []);
  });

  it('longer than one piece comes whole, in order', async () => {
    const line = `${'x'.repeat(99)},y\n`;
    const { rows } = await read(line.repeat(20_000));
    assert.equal(rows.length, 20_000);
    assert.ok(rows.every(([first, second]) => first?.length === 99 && second === 'y'));
  });

  it('with a quote that is never closed gives the rows before it, and says so', async () => {
    const { rows, issues } = await read('a,b\nc,"d\ne,f\n');
    assert.deepEqual(rows[0], ['a', 'b']);
    assert.deepEqual(
      issues.map(({ message }) => message),
      ['A quote is never closed; what follows it is left out.'],
    );
  });

  it('is left when the person stops it', async () => {
    const stop = new AbortController();
    stop.abort();
    await assert.rejects(read('a,b\n'.repeat(10), stop.signal), { name: 'AbortError' });
  });

  it('names of columns are known in any case of letters, and only where all are there', () => {
    assert.deepEqual(
      [...(columnsOf([' Id', 'NAME '], ['id', 'Name']) ?? [])],
      [
        ['id', 0],
        ['name', 1],
      ],
    );
    assert.equal(columnsOf(['id'], ['id', 'name']), undefined);
  });
});
