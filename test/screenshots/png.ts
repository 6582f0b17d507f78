/**
 * Makes the PNG of a screen small: at most 256 colours, found by median cut (Heckbert, SIGGRAPH 1982), and the strongest
 * deflate. Screens have few colours, and the shades at the edges of letters are told apart by nobody.
 */
import assert from 'node:assert/strict';
import { crc32, deflateSync, inflateSync } from 'node:zlib';

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const MOST_COLOURS = 256;

/** A picture of opaque pixels. */
export interface Pixels {
  width: number;
  height: number;
  /** `0xrrggbb`, row by row. */
  colours: Uint32Array;
}

/** The same picture in at most 256 colours, as a PNG with a palette. */
export function smallPng(png: Buffer): Buffer {
  return writeIndexed(readPng(png));
}

/**
 * Reads a PNG as browsers write them: 8 bits a channel, RGB or RGBA (the alpha is left out), not interlaced.
 * @throws when it is of another kind
 */
export function readPng(png: Buffer): Pixels {
  assert.deepEqual(png.subarray(0, 8), SIGNATURE, 'no PNG');
  const data: Buffer[] = [];
  let header: Buffer = Buffer.alloc(0);
  for (let at = 8; at < png.length; ) {
    const length = png.readUInt32BE(at);
    const type = png.toString('latin1', at + 4, at + 8);
    const body = png.subarray(at + 8, at + 8 + length);
    if (type === 'IHDR') header = body;
    if (type === 'IDAT') data.push(body);
    at += length + 12;
  }
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  const channels = { 2: 3, 6: 4 }[header.readUInt8(9)];
  assert.ok(header[8] === 8 && channels && header[12] === 0, 'a PNG of another kind');
  const bytes = unfilter(inflateSync(Buffer.concat(data)), width * channels, height, channels);
  const colours = new Uint32Array(width * height);
  for (let at = 0; at < colours.length; at++) colours[at] = bytes.readUIntBE(at * channels, 3);
  return { width, height, colours };
}

/** Undoes the filter of each row (PNG specification, 9.2). */
function unfilter(raw: Buffer, stride: number, height: number, step: number): Buffer {
  const out = Buffer.alloc(stride * height);
  for (let y = 0; y < height; y++) {
    const filter = raw[y * (stride + 1)];
    for (let x = 0; x < stride; x++) {
      const at = y * stride + x;
      const left = x >= step ? (out[at - step] as number) : 0;
      const up = y > 0 ? (out[at - stride] as number) : 0;
      const corner = x >= step && y > 0 ? (out[at - stride - step] as number) : 0;
      const guess = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter as number] as number;
      out[at] = (raw[y * (stride + 1) + 1 + x] as number) + guess;
    }
  }
  return out;
}

function paeth(left: number, up: number, corner: number): number {
  const [a, b, c] = [Math.abs(up - corner), Math.abs(left - corner), Math.abs(left + up - 2 * corner)];
  if (a <= b && a <= c) return left;
  return b <= c ? up : corner;
}

interface Colour {
  rgb: number;
  /** Pixels that have it. */
  count: number;
}

/** A PNG with a palette (colour type 3), without filters: equal neighbours are what deflate finds best. */
function writeIndexed({ width, height, colours }: Pixels): Buffer {
  const counts = new Map<number, number>();
  for (const rgb of colours) counts.set(rgb, (counts.get(rgb) ?? 0) + 1);
  const { palette, indexOf } = chooseColours(Array.from(counts, ([rgb, count]) => ({ rgb, count })));

  const rows = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      rows[y * (width + 1) + 1 + x] = indexOf.get(colours[y * width + x] as number) as number;
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 3, 0, 0, 0], 8);
  const entries = Buffer.alloc(palette.length * 3);
  palette.forEach((rgb, index) => {
    entries.writeUIntBE(rgb, index * 3, 3);
  });
  const chunks = [
    chunk('IHDR', header),
    chunk('PLTE', entries),
    chunk('IDAT', deflateSync(rows, { level: 9, memLevel: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ];
  return Buffer.concat([SIGNATURE, ...chunks]);
}

function chunk(type: string, body: Buffer): Buffer {
  const out = Buffer.alloc(body.length + 12);
  out.writeUInt32BE(body.length, 0);
  out.write(type, 4, 'latin1');
  out.set(body, 8);
  out.writeUInt32BE(crc32(out.subarray(4, body.length + 8)), body.length + 8);
  return out;
}

const SHIFTS = [16, 8, 0] as const;
const part = (rgb: number, shift: number) => (rgb >> shift) & 0xff;

/** Cuts the box of widest spread in two, weighted by how many pixels it holds, until there are as many as a palette takes. */
function chooseColours(all: Colour[]): { palette: number[]; indexOf: Map<number, number> } {
  const boxes = [all];
  while (boxes.length < MOST_COLOURS) {
    let widest = { weight: 0, box: 0, shift: 0 };
    boxes.forEach((box, index) => {
      const pixels = box.reduce((sum, { count }) => sum + count, 0);
      for (const shift of SHIFTS) {
        const weight = (most(box, shift) - least(box, shift)) * Math.sqrt(pixels);
        if (weight > widest.weight) widest = { weight, box: index, shift };
      }
    });
    if (widest.weight === 0) break;
    const box = (boxes[widest.box] as Colour[]).sort((a, b) => part(a.rgb, widest.shift) - part(b.rgb, widest.shift));
    const middle = (least(box, widest.shift) + most(box, widest.shift)) / 2;
    const at = box.findIndex(({ rgb }) => part(rgb, widest.shift) > middle);
    boxes.splice(widest.box, 1, box.slice(0, at), box.slice(at));
  }
  const indexOf = new Map(boxes.flatMap((box, index) => box.map(({ rgb }): [number, number] => [rgb, index])));
  // The colour that most pixels of a box have, so that areas keep theirs exactly.
  return { palette: boxes.map((box) => box.reduce((a, b) => (b.count > a.count ? b : a)).rgb), indexOf };
}

function least(box: readonly Colour[], shift: number): number {
  return box.reduce((low, { rgb }) => Math.min(low, part(rgb, shift)), 255);
}

function most(box: readonly Colour[], shift: number): number {
  return box.reduce((high, { rgb }) => Math.max(high, part(rgb, shift)), 0);
}
