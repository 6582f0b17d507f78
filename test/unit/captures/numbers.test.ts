import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readNumbers } from '../../../src/captures/numbers';

function read(text: string): Float64Array | undefined {
  const bytes = Buffer.from(text);
  return readNumbers(bytes, 0, bytes.length);
}

describe('numbers of a JSON array', () => {
  it('are read as JSON.parse reads them', () => {
    const number = fc.oneof(
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.integer(),
      fc.maxSafeInteger(),
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.integer({ min: 0, max: 10_000_000 }).map((thousandths) => 1_795_346_259_150 + thousandths / 1000),
    );
    fc.assert(
      fc.property(fc.array(number), fc.constantFrom('', ' ', '\n '), (values, blank) => {
        const text = `[${values.map((value) => JSON.stringify(value)).join(`,${blank}`)}]`;
        const expected = JSON.parse(text) as number[];
        const found = read(text);
        assert.equal(found?.length, expected.length);
        for (const [i, value] of expected.entries()) {
          const off = Math.abs((found[i] as number) - value);
          // To the last bit where the digits fit into a double; timestamps and counters do.
          const digits = JSON.stringify(value).replace(/[-.]/g, '');
          const exact = !digits.includes('e') && Number(digits) <= Number.MAX_SAFE_INTEGER;
          assert.ok(exact ? off === 0 : off <= 1e-15 * Math.abs(value), `${value}: ${found[i]}`);
        }
      }),
    );
  });

  it('that are none are not measured', () => {
    assert.deepEqual(read('[1,null,2.5,-3e2]'), Float64Array.of(1, Number.NaN, 2.5, -300));
    assert.deepEqual(read('[true,false]'), Float64Array.of(1, 0));
    assert.deepEqual(read('[]'), new Float64Array());
    assert.deepEqual(read('[1e999]'), Float64Array.of(Number.NaN));
  });

  it('beside texts, lists and objects are left to a JSON reader', () => {
    for (const text of ['["a"]', '[1,"2"]', '[{"a":1}]', '[[1]]', '{"a":1}', '[1,2', '', '[\\"a\\"]']) {
      assert.equal(read(text), undefined, text);
    }
  });

  it('may be anything without a throw', () => {
    fc.assert(fc.property(fc.string(), (text) => void read(text)));
    fc.assert(fc.property(fc.string(), (text) => void read(`[${text}]`)));
  });
});
