import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type JsonEnd, JsonScanner } from '../../../src/captures/json-scanner';

/** Scans a text in pieces of these sizes, entering everything; gives what was taken by path, and how it ended. */
function scan(
  text: string,
  sizes: readonly number[] = [text.length + 1],
): { taken: Map<string, unknown>; end: JsonEnd } {
  const taken = new Map<string, unknown>();
  const scanner = new JsonScanner({
    want: () => 'enter',
    take: (path, json, start, end) =>
      taken.set(JSON.stringify(path), JSON.parse(Buffer.from(json.subarray(start, end)).toString('utf8'))),
  });
  const bytes = Buffer.from(text);
  let at = 0;
  for (let i = 0; at < bytes.length; i++) {
    const size = sizes[i % sizes.length] as number;
    scanner.write(bytes.subarray(at, at + size));
    at += size;
  }
  return { taken, end: scanner.end() };
}

/** All values of a tree that hold no others, by path. */
function leaves(value: unknown, path: string[] = [], found = new Map<string, unknown>()): Map<string, unknown> {
  if (typeof value !== 'object' || value === null) return found.set(JSON.stringify(path), value);
  for (const [key, inner] of Object.entries(value)) leaves(inner, [...path, key], found);
  return found;
}

describe('JSON in pieces', () => {
  it('gives the values that JSON.parse gives, wherever it is cut', () => {
    fc.assert(
      fc.property(
        fc.jsonValue({ maxDepth: 5 }),
        fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 }),
        fc.constantFrom(undefined, 1, '\t'),
        (value, sizes, indent) => {
          const text = JSON.stringify(value, undefined, indent);
          const { taken, end } = scan(text, sizes);
          assert.deepEqual(end, { complete: true });
          assert.deepEqual(taken, leaves(JSON.parse(text)));
        },
      ),
    );
  });

  it('gives everything complete of a text that was cut off, and says so', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), fc.double({ min: 0, max: 1, noNaN: true }), (value, share) => {
        const text = JSON.stringify({ value, last: 'a' });
        const cut = text.slice(0, Math.floor(share * text.length));
        const { taken, end } = scan(cut, [7]);
        assert.equal(end.complete, false);
        const all = leaves(JSON.parse(text));
        for (const [path, found] of taken) assert.deepEqual(found, all.get(path), path);
      }),
    );
  });

  it('takes a byte order mark for none of the text', () => {
    const { taken, end } = scan('\ufeff{"a":1}');
    assert.deepEqual([...taken], [['["a"]', 1]]);
    assert.deepEqual(end, scan('{"a":1}').end);
  });

  it('passes by what is not wanted', () => {
    const taken: string[] = [];
    const scanner = new JsonScanner({
      want: (path) => (path.length === 0 ? 'enter' : path[0] === 'b' ? 'take' : 'skip'),
      take: (path, json, start, end) =>
        taken.push(`${path.join('.')}=${Buffer.from(json.subarray(start, end)).toString()}`),
    });
    scanner.write(Buffer.from('{"a": {"b": "}\\"]", "c": [1, {"d": "\\\\"}]}, "b": [1, "]", {"e": 2}], "f": 1e5 }'));
    assert.deepEqual(scanner.end(), { complete: true });
    assert.deepEqual(taken, ['b=[1, "]", {"e": 2}]']);
  });

  it('says where a text stops being JSON', () => {
    assert.deepEqual(scan('{"a": 1, b: 2}').end, { complete: false, brokenAt: 9 });
    assert.deepEqual(scan('{"a": 1} x').end, { complete: false, brokenAt: 9 });
    assert.deepEqual(scan('{"a" 1}').end, { complete: false, brokenAt: 5 });
    assert.deepEqual(scan('').end, { complete: false });
  });

  it('never throws', () => {
    const hostile = fc.array(fc.constantFrom('{', '}', '[', ']', '"', '\\', ',', ':', '1', 'null', ' ', '\u0000', 'é'));
    fc.assert(
      fc.property(hostile, fc.integer({ min: 1, max: 4 }), (parts, size) => {
        const scanner = new JsonScanner({ want: () => 'enter', take: () => {} });
        const bytes = Buffer.from(parts.join(''));
        for (let at = 0; at < bytes.length; at += size) scanner.write(bytes.subarray(at, at + size));
        scanner.end();
      }),
    );
  });
});
