import { type PixelLine, type PixelScales, rasterize } from './rasterize';

/** CSS pixels. */
const LINE_WIDTH = 1.5;

let scratch: { canvas: OffscreenCanvas; context: OffscreenCanvasRenderingContext2D; image: ImageData } | undefined;

/**
 * Draws lines column by column of pixels, each from its lowest to its highest point there, with soft ends. It looks like a
 * stroke, costs at most what the pixels cost however restless the lines are, and loses no spike. The pixels are set in one
 * picture that all plots share and laid on the canvas at once: without a GPU, strokes take many times as long.
 * `left`, `top`, `width` and `height` are device pixels.
 */
export function drawPixelLines(
  target: CanvasRenderingContext2D,
  { left, top, width, height }: { left: number; top: number; width: number; height: number },
  scales: PixelScales,
  lines: readonly PixelLine[],
  thickness = LINE_WIDTH,
): void {
  if (lines.length === 0 || width < 1 || height < 1) return;
  const { canvas, context, image } = scratchOf(Math.round(width), Math.round(height));
  const pixels = new Uint32Array(image.data.buffer);
  pixels.fill(0);
  const picture = { pixels, width: image.width, height: image.height };
  rasterize(picture, scales, lines, { ratio: devicePixelRatio, thickness });
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

const colors = new Map<string, number>();
let probe: OffscreenCanvasRenderingContext2D | null | undefined;

/** A CSS colour as one number, its bytes in the order red, green, blue, alpha. */
export function rgbaOf(color: string): number {
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
