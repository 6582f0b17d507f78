import assert from 'node:assert/strict';
import { crc32, deflateSync } from 'node:zlib';
import { readPng, smallPng } from '../../screenshots/png';

function chunk(type: string, body: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), body]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(body.length, 0);
  frame.writeUInt32BE(crc32(named), 4);
  return Buffer.concat([frame.subarray(0, 4), named, frame.subarray(4)]);
}

/** An RGB picture whose rows begin with the filter that they have. */
function rgb(width: number, rows: number[][]): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(rows.length, 4);
  header.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.from(rows.flat()))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

describe('PNG of a screen', () => {
  it('is read under each filter of the PNG specification', () => {
    const pixels = readPng(
      rgb(2, [
        [0, 10, 20, 30, 40, 50, 60],
        // Sub: the second pixel is the first plus (1, 1, 1).
        [1, 5, 6, 7, 1, 1, 1],
        // Up: the row above plus 1 each.
        [2, 1, 1, 1, 1, 1, 1],
        // Average of left and above: (0 + 6) >> 1 = 3 and so on; then ((3 + 7) >> 1) = 5.
        [3, 0, 0, 0, 0, 0, 0],
        // Paeth with left and corner 0 takes the one above, then what is nearest to left + up - corner.
        [4, 0, 0, 0, 0, 0, 0],
      ]),
    );
    assert.deepEqual([pixels.width, pixels.height], [2, 5]);
    assert.deepEqual(
      Array.from(pixels.colours, (colour) => colour.toString(16).padStart(6, '0')),
      ['0a141e', '28323c', '050607', '060708', '060708', '070809', '030304', '050506', '030304', '050506'],
    );
  });

  it('of at most 256 colours stays as it is', () => {
    const rows = Array.from({ length: 16 }, (_, y) => [0, ...Array.from({ length: 16 }, (_, x) => [x, y, 7]).flat()]);
    const source = rgb(16, rows);
    const small = smallPng(source);
    assert.equal(small.readUInt8(25), 3, 'a palette');
    const palette = small.subarray(small.indexOf('PLTE') + 4, small.indexOf('PLTE') + 4 + 256 * 3);
    const colours = new Set(Array.from({ length: 256 }, (_, at) => palette.readUIntBE(at * 3, 3)));
    assert.deepEqual(colours, new Set(readPng(source).colours));
  });

  it('of more colours becomes one with a palette', () => {
    const rows = Array.from({ length: 32 }, (_, y) => [
      0,
      ...Array.from({ length: 32 }, (_, x) => [x * 8, y * 8, 255 - x]).flat(),
    ]);
    const source = rgb(32, rows);
    assert.equal(new Set(readPng(source).colours).size, 1024);
    const small = smallPng(source);
    assert.equal(small.readUInt8(25), 3);
    assert.equal(small.readUInt32BE(small.indexOf('PLTE') - 4), 256 * 3);
  });
});
