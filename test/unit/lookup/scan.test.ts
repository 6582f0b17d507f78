import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type ScanOptions, scanLine, scanText } from '../../../src/lookup/scan';

const UUID = '8f14e45f-ceea-467a-9c3a-2f6f5b1d7c10';
const OBJECT_ID = '64a1b2c3d4e5f60718293a4b';

const scan = (text: string, options: Partial<ScanOptions> = {}) =>
  scanText(text, { pause: async () => undefined, stopped: () => false, most: 100_000, wanted: () => true, ...options });

describe('ids in a document', () => {
  it('are told by line and column', async () => {
    const text = `first\nsession ${UUID} and ${OBJECT_ID}\r\n\n${UUID}`;
    assert.deepEqual(await scan(text), [
      { line: 1, start: 8, end: 44 },
      { line: 1, start: 49, end: 73 },
      { line: 3, start: 0, end: 36 },
    ]);
  });

  it('are found wherever slices begin and end', async () => {
    const filler = fc.integer({ min: 0, max: 700_000 });
    await fc.assert(
      fc.asyncProperty(filler, filler, fc.constantFrom('x', 'x ', 'line\n', '- '), async (before, between, piece) => {
        const fill = (length: number) => piece.repeat(Math.ceil(length / piece.length)).slice(0, length);
        const text = `${fill(before)} ${UUID} ${fill(between)} ${OBJECT_ID}`;
        const lines = text.split('\n');
        const found = (await scan(text)).map(({ line, start, end }) => lines[line]?.slice(start, end));
        assert.deepEqual(found, [UUID, OBJECT_ID]);
      }),
      { numRuns: 15 },
    );
  });

  it('are left to the editor where they are a part of an address, unless it is of an API', async () => {
    const found = async (text: string) => (await scan(text)).map(({ start, end }) => text.slice(start, end));
    for (const address of [
      `https://logs.example/calls/${UUID}?x=${OBJECT_ID}`,
      `[call](vscode://peerscope.peerscope/session?provider=realtimekit&id=${UUID})`,
      `https://api.cloudflare.com.evil.example/${UUID}`,
    ]) {
      assert.deepEqual(await found(address), [], address);
      assert.deepEqual(scanLine(address), [], address);
    }
    const api = `GET https://api.100ms.live/v2/sessions/${OBJECT_ID} 200`;
    assert.deepEqual(await found(api), [OBJECT_ID]);
    assert.deepEqual(await found(`see https://logs.example/x (session ${UUID})`), [UUID]);
  });

  it('are at most as many as asked for, and only wanted ones', async () => {
    const text = `${UUID}\n${OBJECT_ID}\n`.repeat(10);
    assert.equal((await scan(text, { most: 7 })).length, 7);
    const only = await scan(text, { wanted: (id) => id === OBJECT_ID, most: 3 });
    assert.deepEqual(
      only.map(({ line }) => line),
      [1, 3, 5],
    );
  });

  it('are looked for in slices, which can be stopped', async () => {
    let pauses = 0;
    const text = `${UUID}\n`.repeat(50_000);
    const options = {
      pause: async () => {
        pauses++;
      },
    };
    assert.equal((await scan(text, options)).length, 50_000);
    assert.equal(pauses, Math.ceil(text.length / 131_072) - 1);
    let asked = 0;
    const some = await scan(text, { stopped: () => ++asked > 1 });
    assert.ok(some.length > 0 && some.length < 50_000);
  });
});

describe('ids in a line of a terminal', () => {
  it('are told by column', () => {
    assert.deepEqual(scanLine(`\t${UUID}: ${OBJECT_ID}.`), [
      { start: 1, id: UUID },
      { start: 39, id: OBJECT_ID },
    ]);
    assert.deepEqual(scanLine('npm test'), []);
    assert.deepEqual(scanLine(`commit ${'0123456789'.repeat(4)}`), []);
  });
});
