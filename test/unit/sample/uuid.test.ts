import assert from 'node:assert/strict';
import fc from 'fast-check';
import { decodeId, encodeId, opaqueId } from '../../../src/sample/uuid';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

const parts = fc.record(
  {
    kind: fc.integer({ min: 0, max: 15 }),
    group: fc.integer({ min: 0, max: 15 }),
    slot: fc.integer({ min: 0, max: 2 ** 24 - 1 }),
    major: fc.integer({ min: 0, max: 4095 }),
    minor: fc.integer({ min: 0, max: 2 ** 20 - 1 }),
  },
  { noNullPrototype: true },
);

describe('sample ids', () => {
  it('are UUIDs from which the parts can be read again', () => {
    fc.assert(
      fc.property(parts, (value) => {
        const id = encodeId(value);
        assert.match(id, UUID);
        assert.deepEqual(decodeId(id), value);
      }),
    );
  });

  it('are refused when one digit differs, and so is every other UUID', () => {
    fc.assert(
      fc.property(parts, fc.integer({ min: 0, max: 35 }), fc.integer({ min: 1, max: 15 }), (value, place, step) => {
        const id = encodeId(value);
        const digit = Number.parseInt(id[place] ?? '', 16);
        if (Number.isNaN(digit)) return;
        const changed = id.slice(0, place) + ((digit + step) % 16).toString(16) + id.slice(place + 1);
        assert.equal(decodeId(changed), undefined);
      }),
    );
    fc.assert(fc.property(fc.uuid(), (id) => decodeId(id) === undefined));
    fc.assert(fc.property(fc.string(), (text) => decodeId(text) === undefined));
    // Ids are lower case in every published example.
    const id = encodeId({ kind: 3, group: 0, slot: 971_234, major: 2, minor: 0 });
    assert.equal(decodeId(id.toUpperCase()), undefined);
  });

  it('do not repeat for neighbours', () => {
    const ids = new Set<string>();
    for (let slot = 0; slot < 5000; slot++) ids.add(encodeId({ kind: 3, group: 0, slot, major: 0, minor: 0 }));
    for (let number = 0; number < 5000; number++) ids.add(opaqueId(7, number));
    assert.equal(ids.size, 10_000);
    for (const id of ids) assert.match(id, UUID);
  });
});
