import * as l10n from '@vscode/l10n';
import type uPlot from 'uplot';
import { GAP_WORDS } from '../../core/gaps';
import type { SeriesLimit } from '../../core/series-limit';
import { displayUnit, formatNumber } from '../format';
import type { Metric } from '../report-model';
import { lineColorOf, themeColors } from '../theme';
import type { Episode } from '../trouble';
import type { ChartGaps } from './gap-bands';
import type { TimeRange } from './timeline';

/** Of the strips that mark an episode or a single line's gap, CSS pixels. */
const STRIP = 3;
const HATCH_STEP = 6;

/** Left and right of a stretch on the canvas, cut to the plot and at least `least` wide; undefined when out of view. */
function extentOf(plot: uPlot, from: number, to: number, least: number): [number, number] | undefined {
  const { left, width } = plot.bbox;
  const start = Math.max(plot.valToPos(from, 'x', true), left);
  const end = Math.min(plot.valToPos(to, 'x', true), left + width);
  return end < left || start > left + width || end < start ? undefined : [start, Math.max(end, start + least)];
}

/** What a chosen finding spans: shaded, and outlined where contrast is high. */
export function drawShaded(plot: uPlot, ranges: readonly TimeRange[]): void {
  const { ctx, bbox } = plot;
  const { highContrast, foreground, mark } = themeColors();
  ctx.save();
  ctx.fillStyle = mark;
  ctx.strokeStyle = foreground;
  for (const [from, to] of ranges) {
    const extent = extentOf(plot, from, to, 2 * devicePixelRatio);
    if (!extent) continue;
    const [left, right] = extent;
    ctx.globalAlpha = 0.16;
    ctx.fillRect(left, bbox.top, right - left, bbox.height);
    ctx.globalAlpha = 1;
    if (highContrast) ctx.strokeRect(left, bbox.top, right - left, bbox.height);
  }
  ctx.restore();
}

/** Bad episodes: a tint, a solid strip along the top, and edges where contrast is high, so that colour is not alone. */
export function drawEpisodes(plot: uPlot, episodes: readonly Episode[]): void {
  const { ctx, bbox } = plot;
  const { highContrast, alarm } = themeColors();
  const ratio = devicePixelRatio;
  ctx.save();
  ctx.fillStyle = alarm;
  for (const { from, to } of episodes) {
    const extent = extentOf(plot, from, to, 2 * ratio);
    if (!extent) continue;
    const [left, right] = extent;
    ctx.globalAlpha = highContrast ? 0.3 : 0.15;
    ctx.fillRect(left, bbox.top, right - left, bbox.height);
    ctx.globalAlpha = 1;
    ctx.fillRect(left, bbox.top, right - left, STRIP * ratio);
    if (!highContrast) continue;
    ctx.fillRect(left, bbox.top, ratio, bbox.height);
    ctx.fillRect(right - ratio, bbox.top, ratio, bbox.height);
  }
  ctx.restore();
}

/** Gaps: hatched over the whole height where no line goes on; a strip below where some do. */
export function drawGaps(plot: uPlot, { bands, single }: ChartGaps): void {
  if (bands.length + single.length === 0) return;
  const { ctx, bbox } = plot;
  const { muted } = themeColors();
  const ratio = devicePixelRatio;
  const bottom = bbox.top + bbox.height;
  ctx.save();
  ctx.lineWidth = ratio;
  ctx.setLineDash([]);
  ctx.globalAlpha = 0.45;
  for (const { from, to } of bands) {
    const extent = extentOf(plot, from, to, ratio);
    if (extent) hatch(ctx, extent[0], bbox.top, extent[1] - extent[0], bbox.height, muted);
  }
  ctx.globalAlpha = 1;
  for (const { source, gap } of single) {
    const extent = extentOf(plot, gap.from, gap.to, ratio);
    if (extent) hatch(ctx, extent[0], bottom - 4 * ratio, extent[1] - extent[0], 4 * ratio, lineColorOf(source));
  }
  ctx.restore();
}

/** Why nothing is drawn, where it fits: above all lines, for grid, marks and limits would strike it through. */
export function drawGapWords(plot: uPlot, { bands }: ChartGaps): void {
  if (bands.length === 0) return;
  const { ctx, bbox } = plot;
  ctx.save();
  ctx.font = `${10 * devicePixelRatio}px ${themeColors().font}`;
  ctx.textAlign = 'center';
  ctx.textBaseline = 'middle';
  for (const { from, to, reasons } of bands) {
    const extent = extentOf(plot, from, to, devicePixelRatio);
    const text = reasons.map((reason) => GAP_WORDS[reason]).join(', ');
    if (extent) writeIn(ctx, text, ...extent, bbox.top + bbox.height / 2);
  }
  ctx.restore();
}

/** Slanted lines that begin at the same places everywhere, so that neighbouring stretches join. */
function hatch(ctx: CanvasRenderingContext2D, left: number, top: number, width: number, height: number, color: string) {
  const step = HATCH_STEP * devicePixelRatio;
  ctx.save();
  ctx.strokeStyle = color;
  ctx.beginPath();
  ctx.rect(left, top, width, height);
  ctx.clip();
  ctx.beginPath();
  for (let x = Math.floor((left - height) / step) * step; x < left + width; x += step) {
    ctx.moveTo(x, top + height);
    ctx.lineTo(x + height, top);
  }
  ctx.stroke();
  ctx.restore();
}

/** Text on the theme's background, where it fits between two edges. */
function writeIn(ctx: CanvasRenderingContext2D, text: string, left: number, right: number, middle: number): void {
  const { background, foreground } = themeColors();
  const ratio = devicePixelRatio;
  const width = ctx.measureText(text).width + 8 * ratio;
  if (width > right - left) return;
  const center = (left + right) / 2;
  ctx.fillStyle = background;
  ctx.fillRect(center - width / 2, middle - 7 * ratio, width, 14 * ratio);
  ctx.fillStyle = foreground;
  ctx.fillText(text, center, middle);
}

/** What stands before a limit's number, for all streams and for those of a screen. */
const LEVELS = { warn: l10n.t('limit'), bad: l10n.t('bad') };
const SCREEN_LEVELS = { warn: l10n.t('screen limit'), bad: l10n.t('screen bad') };

/** Threshold lines: the first level in long dashes, the second in dots, each with its number at the right end. */
export function drawLimits(plot: uPlot, limits: readonly SeriesLimit[], metric: Metric): void {
  if (limits.length === 0) return;
  const { ctx, bbox } = plot;
  const { warning, alarm, foreground, background, font } = themeColors();
  const ratio = devicePixelRatio;
  const { min = 0, max = 0 } = plot.scales.y ?? {};
  const unit = displayUnit(metric);
  ctx.save();
  ctx.lineWidth = Math.max(1, Math.round(ratio));
  ctx.font = `${10 * ratio}px ${font}`;
  ctx.textAlign = 'right';
  ctx.textBaseline = 'bottom';
  const draw = (value: number, word: string, color: string, dash: readonly number[]) => {
    if (!(value > min) || value > max) return;
    const top = Math.round(plot.valToPos(value, 'y', true)) + 0.5;
    ctx.strokeStyle = color;
    ctx.setLineDash(dash.map((length) => length * ratio));
    ctx.beginPath();
    ctx.moveTo(bbox.left, top);
    ctx.lineTo(bbox.left + bbox.width, top);
    ctx.stroke();
    const text = `${word} ${formatNumber(value * unit.factor, Number.isInteger(value * unit.factor) ? 0 : 1)}`;
    const right = bbox.left + bbox.width - 3 * ratio;
    // Below the line where there is no room above it.
    const under = top - 12 * ratio < bbox.top;
    ctx.textBaseline = under ? 'top' : 'bottom';
    ctx.globalAlpha = 0.75;
    ctx.fillStyle = background;
    const width = ctx.measureText(text).width;
    ctx.fillRect(right - width - 2 * ratio, under ? top + ratio : top - 12 * ratio, width + 4 * ratio, 11 * ratio);
    ctx.globalAlpha = 1;
    ctx.fillStyle = foreground;
    ctx.fillText(text, right, under ? top + 2 * ratio : top - ratio);
  };
  for (const { warn, bad, streams } of limits) {
    const words = streams.source === 'screen' ? SCREEN_LEVELS : LEVELS;
    draw(warn, words.warn, warning, [7, 4]);
    if (bad !== undefined) draw(bad, words.bad, alarm, [2, 3]);
  }
  ctx.restore();
}
