import assert from 'node:assert/strict';
import fc from 'fast-check';
import { findMatches, layOut, lineOf, lineTokens, type RawLines } from '../../../src/webview/raw-lines';

function shown(lines: RawLines): string[] {
  return Array.from({ length: lines.count }, (_, index) => {
    const text = lineTokens(lines, index)
      .map((token) => token.text)
      .join('');
    return '  '.repeat(lines.depth[index] as number) + text;
  });
}

/** Without control and format characters, which are spelled out. */
const plain = fc.string({ unit: 'grapheme-ascii' });

describe('raw JSON in lines', () => {
  it('reads as JSON.stringify with two spaces would, from minified and from indented text alike', () => {
    const json = fc.jsonValue({ stringUnit: 'grapheme-ascii', maxDepth: 4 });
    fc.assert(
      fc.property(json, (value) => {
        // Numbers in another notation stay as they came; JSON.stringify is what wrote them here.
        const expected = JSON.stringify(value, null, 2).split('\n');
        assert.deepEqual(shown(layOut(JSON.stringify(value))), expected);
        assert.deepEqual(shown(layOut(JSON.stringify(value, null, '\t'))), expected);
      }),
    );
  });

  it('keeps what parsing would lose: long numbers, doubled keys, escapes', () => {
    assert.deepEqual(shown(layOut('{"id":12345678901234567890,"id":1.10,"name":"S\\u00e3o"}')), [
      '{',
      '  "id": 12345678901234567890,',
      '  "id": 1.10,',
      '  "name": "S\\u00e3o"',
      '}',
    ]);
  });

  it('lays out broken JSON as far as it goes', () => {
    assert.deepEqual(shown(layOut('{"a":[1,2')), ['{', '  "a": [', '    1,', '    2']);
    assert.deepEqual(shown(layOut('')), []);
    assert.deepEqual(shown(layOut('"open')), ['"open']);
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const lines = layOut(text);
        for (let i = 1; i < lines.count; i++) assert.ok((lines.start[i] as number) >= (lines.end[i - 1] as number));
      }),
    );
  });

  it('spells out characters that would hide or reorder text', () => {
    assert.deepEqual(shown(layOut('"a\u202eb\u0000"')), ['"a\\u{202e}b\\u{0000}"']);
  });

  it('cuts a line that is too long to show', () => {
    const [line] = shown(layOut(`"${'x'.repeat(5000)}"`));
    assert.equal(line, `"${'x'.repeat(1999)} … 3002 more characters`);
  });

  it('finds every occurrence regardless of case, on the line that shows it', () => {
    const lines = layOut('{"Rtt":0,"list":[{"rtt":1},{"x":"RTT"}]}');
    const found = [...findMatches(lines, 'rtt')].map((offset) => shown(lines)[lineOf(lines, offset)]?.trim());
    assert.deepEqual(found, ['"Rtt": 0,', '"rtt": 1', '"x": "RTT"']);
    assert.equal(findMatches(lines, '"rtt": 1').length, 1);
    assert.equal(findMatches(lines, 'r.t').length, 0);
    assert.equal(findMatches(lines, '  ').length, 0);
  });

  it('takes any query as text, not as a pattern', () => {
    fc.assert(
      fc.property(plain, (query) => {
        if (query.trim() === '' || /\s/.test(query)) return;
        const lines = layOut(JSON.stringify({ key: `before${query.replace(/["\\]/g, '')}after` }));
        findMatches(lines, query);
        const needle = query.replace(/["\\]/g, '');
        if (needle) assert.ok(findMatches(lines, needle).length > 0);
      }),
    );
  });
});
