import { themeColors } from '../theme';
import type { TimeRange } from './timeline';

/** Left of every plot, in CSS pixels: value axes and lane names stand here. */
export const GUTTER = 76;
/** Right of every plot: half of the last time label has room. */
export const RIGHT_MARGIN = 14;
export const PLOT_HEIGHT = 92;
const PADDING_Y = 7;
/** Between a value's label and the plot, CSS pixels. */
const LABEL_GAP = 6;

/** A chart's canvas with its axes, in device pixels, and the element over it that takes the pointer. */
export class PlotFrame {
  readonly ctx: CanvasRenderingContext2D;
  /** The plotting area, without the room for labels. */
  bbox = { left: 0, top: 0, width: 0, height: 0 };
  /** Epoch ms at the left and right edge. */
  times: TimeRange = [0, 1];
  /** Values at the bottom and top edge. */
  values: readonly [number, number] = [0, 1];
  readonly over = document.createElement('div');
  /** CSS pixels, gutter included. */
  #width = 0;
  #ratio = 0;

  constructor(root: HTMLElement) {
    const canvas = document.createElement('canvas');
    const context = canvas.getContext('2d');
    if (!context) throw new Error('No canvas.');
    this.ctx = context;
    this.over.className = 'u-over';
    this.over.style.cssText = `left:${GUTTER}px;top:${PADDING_Y}px;height:${PLOT_HEIGHT - 2 * PADDING_Y}px`;
    root.append(canvas, this.over);
  }

  get width(): number {
    return this.#width;
  }

  /** Fits the canvas to its place and to the pixels of the screen. What was drawn is lost where either changed. */
  resize(width: number): void {
    const ratio = devicePixelRatio;
    if (width === this.#width && ratio === this.#ratio) return;
    this.#width = width;
    this.#ratio = ratio;
    const { canvas } = this.ctx;
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(PLOT_HEIGHT * ratio);
    canvas.style.width = `${width}px`;
    this.over.style.width = `${Math.max(0, width - GUTTER - RIGHT_MARGIN)}px`;
    this.bbox = {
      left: Math.round(GUTTER * ratio),
      top: Math.round(PADDING_Y * ratio),
      width: Math.max(0, Math.round((width - GUTTER - RIGHT_MARGIN) * ratio)),
      height: Math.round((PLOT_HEIGHT - 2 * PADDING_Y) * ratio),
    };
  }

  /** Where a moment is on the canvas. */
  x(at: number): number {
    const [from, to] = this.times;
    return this.bbox.left + ((at - from) / (to - from)) * this.bbox.width;
  }

  /** Where a value is on the canvas. */
  y(value: number): number {
    const [bottom, top] = this.values;
    return this.bbox.top + (1 - (value - bottom) / (top - bottom)) * this.bbox.height;
  }

  /** The moment at a place on screen, CSS pixels from the left of the plotting area; epoch ms. */
  timeAt(left: number): number {
    const [from, to] = this.times;
    return from + (left / Math.max(1, this.#width - GUTTER - RIGHT_MARGIN)) * (to - from);
  }

  clear(): void {
    const { canvas } = this.ctx;
    this.ctx.clearRect(0, 0, canvas.width, canvas.height);
  }

  /** Grid lines at moments and values, and the values' labels. */
  drawAxes(moments: readonly number[], values: readonly number[], labels: readonly string[]): void {
    const { ctx, bbox } = this;
    const { grid, muted, font } = themeColors();
    const ratio = devicePixelRatio;
    // On whole pixels, so that hairlines are sharp.
    const sharp = (place: number) => Math.round(place) + (Math.round(ratio) % 2) / 2;
    ctx.save();
    ctx.strokeStyle = grid;
    ctx.lineWidth = Math.max(1, Math.round(ratio));
    ctx.beginPath();
    for (const at of moments) {
      ctx.moveTo(sharp(this.x(at)), bbox.top);
      ctx.lineTo(sharp(this.x(at)), bbox.top + bbox.height);
    }
    for (const value of values) {
      ctx.moveTo(bbox.left, sharp(this.y(value)));
      ctx.lineTo(bbox.left + bbox.width, sharp(this.y(value)));
    }
    ctx.stroke();
    ctx.fillStyle = muted;
    ctx.font = `${11 * ratio}px ${font}`;
    ctx.textAlign = 'right';
    ctx.textBaseline = 'middle';
    values.forEach((value, index) => {
      ctx.fillText(labels[index] ?? '', bbox.left - LABEL_GAP * ratio, this.y(value));
    });
    ctx.restore();
  }
}
