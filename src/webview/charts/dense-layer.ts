import type { DrawnLine } from './downsample';

/** A dense line is drawn in full where it rises or falls by more than this, CSS pixels: no spike falls into a dash's gap. */
const FLAT = 4;

/** Where a plot's axes lie, for turning values into pixels. */
export interface DenseScales {
  /** Epoch ms at the left and right edge. */
  x: readonly [number, number];
  /** Values at the bottom and top edge. */
  y: readonly [number, number];
}

/** A line with more samples than pixels, and how it looks. */
export interface DenseLine {
  line: DrawnLine;
  color: string;
  /** On and off lengths, CSS pixels. */
  dash: readonly number[];
}

let scratch: { canvas: OffscreenCanvas; context: OffscreenCanvasRenderingContext2D; image: ImageData } | undefined;

/**
 * Draws dense lines: in each pixel column one upright bar from a line's lowest to its highest point and up to its neighbour.
 * It looks like the stroke and is many times cheaper. The pixels are set in one picture that all plots share and laid on
 * the canvas at once: tens of thousands of small shapes would cost as much in painting as in script.
 * `left`, `top`, `width` and `height` are device pixels.
 */
export function drawDenseLines(
  target: CanvasRenderingContext2D,
  { left, top, width, height }: { left: number; top: number; width: number; height: number },
  scales: DenseScales,
  lines: readonly DenseLine[],
): void {
  if (lines.length === 0 || width < 1 || height < 1) return;
  const { canvas, context, image } = scratchOf(Math.round(width), Math.round(height));
  const pixels = new Uint32Array(image.data.buffer);
  pixels.fill(0);
  for (const line of lines) rasterize(pixels, image.width, image.height, scales, line);
  context.putImageData(image, 0, 0);
  target.drawImage(canvas, Math.round(left), Math.round(top));
}

function scratchOf(width: number, height: number): NonNullable<typeof scratch> {
  if (scratch?.image.width === width && scratch.image.height === height) return scratch;
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('No canvas.');
  scratch = { canvas, context, image: new ImageData(width, height) };
  return scratch;
}

/** Sets a line's pixels. Exported for tests; `pixels` are the rows of a picture, one number a pixel. */
export function rasterize(
  pixels: Uint32Array,
  width: number,
  height: number,
  { x: [from, to], y: [bottom, top] }: DenseScales,
  { line: { x, y }, color, dash }: DenseLine,
  ratio = devicePixelRatio,
  rgba = rgbaOf(color),
): void {
  const thick = Math.max(1, Math.round(1.5 * ratio));
  const steep = FLAT * ratio;
  const shown = dashMask(width, dash, ratio);
  const perMs = width / (to - from);
  const perUnit = height / (top - bottom);
  let column = Number.NaN;
  let low = 0;
  let high = 0;
  let last = Number.NaN;
  const bar = () => {
    if (column >= 0 && column < width && (high - low > steep || shown[column] === 1)) {
      const first = Math.max(0, Math.round(low - thick / 2));
      const end = Math.min(height, first + Math.round(high - low) + thick);
      // A flat piece is as wide as the line, so that a step up or down is no hole.
      const wide = high - low > thick ? 1 : thick;
      for (let row = first; row < end; row++) {
        const start = row * width + column;
        for (let i = 0; i < wide && column + i < width; i++) pixels[start + i] = rgba;
      }
    }
  };
  for (let i = 0; i < x.length; i++) {
    const value = y[i] as number;
    if (Number.isNaN(value)) {
      bar();
      column = Number.NaN;
      last = Number.NaN;
      continue;
    }
    const at = Math.round(((x[i] as number) - from) * perMs);
    const place = height - (value - bottom) * perUnit;
    if (at !== column) {
      bar();
      column = at;
      // From where the column before ended, so that the line holds together.
      low = last < place ? last : place;
      high = last > place ? last : place;
    }
    if (place < low) low = place;
    if (place > high) high = place;
    last = place;
  }
  bar();
}

const masks = new Map<string, Uint8Array>();

/** Which columns a pattern of dashes draws: 1 is drawn. */
function dashMask(width: number, dash: readonly number[], ratio: number): Uint8Array {
  const key = `${width} ${ratio} ${dash}`;
  let mask = masks.get(key);
  if (mask) return mask;
  // A window that is being resized has many widths.
  if (masks.size > 100) masks.clear();
  mask = new Uint8Array(width).fill(1);
  const period = dash.reduce((sum, length) => sum + length, 0) * ratio;
  for (let column = 0; period > 0 && column < width; column++) {
    let rest = column % period;
    for (let i = 0; i < dash.length; i++) {
      const length = (dash[i] as number) * ratio;
      if (rest < length) {
        mask[column] = i % 2 === 0 ? 1 : 0;
        break;
      }
      rest -= length;
    }
  }
  masks.set(key, mask);
  return mask;
}

const colors = new Map<string, number>();
let probe: OffscreenCanvasRenderingContext2D | null | undefined;

/** A CSS colour as one number, its bytes in the order red, green, blue, alpha. */
function rgbaOf(color: string): number {
  let known = colors.get(color);
  if (known === undefined) {
    probe ??= new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
    if (!probe) return 0;
    probe.clearRect(0, 0, 1, 1);
    probe.fillStyle = color;
    probe.fillRect(0, 0, 1, 1);
    known = new Uint32Array(probe.getImageData(0, 0, 1, 1).data.buffer)[0] ?? 0;
    colors.set(color, known);
  }
  return known;
}
