import uPlot from 'uplot';
import { displayUnit, formatNumber } from '../format';
import type { LaneMark } from '../lanes';
import type { Metric, Source } from '../report-model';
import { lineColorOf, themeColors } from '../theme';
import type { Trouble } from '../trouble';
import { type DrawnLine, extent, LineWriter } from './downsample';
import { drawnLine } from './draw';
import type { ChartGaps } from './gap-bands';
import { drawPixelLines, rgbaOf } from './pixel-lines';
import { drawEpisodes, drawGaps, drawGapWords, drawLimits, drawShaded } from './plot-layers';
import type { PixelLine } from './rasterize';
import { valueRange, valueTicks } from './scale';
import type { TimeReading } from './ticks';
import { timeTicks } from './ticks';
import type { Timeline } from './timeline';
import { isPanPress } from './wheel';

/** Left of every plot, in CSS pixels: value axes and lane names stand here. */
export const GUTTER = 76;
/** Right of every plot: half of the last time label has room. */
export const RIGHT_MARGIN = 14;
export const PLOT_HEIGHT = 92;
const PADDING_Y = 7;

/** What a plot draws, read anew at every redraw. */
export interface PlotContent {
  metric: Metric;
  /** Visible sources that have the metric. */
  sources: readonly Source[];
  marks: readonly LaneMark[];
  reading: TimeReading;
  trouble: Trouble;
  gaps: ChartGaps;
}

/** One chart on canvas: uPlot with our columns, reduced to pixels, on the shared time axis. */
export class Plot {
  readonly #plot: uPlot;
  #content: PlotContent;
  #lines: (DrawnLine | undefined)[] = [];
  /** Their points go where those of the frame before were. */
  readonly #writers = new Map<Source, LineWriter>();
  #range: [number, number] = [0, 1];

  constructor(
    root: HTMLElement,
    width: number,
    content: PlotContent,
    /** Every source that the plot may come to show. */
    private readonly sources: readonly Source[],
    private readonly timeline: Timeline,
    onDraw: () => void,
  ) {
    this.#content = content;
    this.#reduce(width);
    this.#plot = new uPlot(this.#options(width, onDraw), this.#data(), root);
  }

  /** Device-pixel canvas, for copies. */
  get canvas(): HTMLCanvasElement {
    return this.#plot.ctx.canvas;
  }

  /** The element that takes the pointer, as large as the plotting area. */
  get over(): HTMLElement {
    return this.#plot.over;
  }

  /** Redraws with other lines, marks, range or colours. */
  update(content: PlotContent): void {
    this.#content = content;
    this.redraw();
  }

  redraw(): void {
    const plot = this.#plot;
    this.#reduce(plot.width);
    // Data that spans the axis: uPlot then takes both ranges from us. As a batch it draws now, not after the frame's other work.
    plot.batch(() => plot.setData(this.#data(), true));
  }

  resize(width: number): void {
    if (width === this.#plot.width) return;
    this.#reduce(width);
    this.#plot.setSize({ width, height: PLOT_HEIGHT });
  }

  destroy(): void {
    this.#plot.destroy();
  }

  /** The time under a pointer event, epoch ms. */
  timeAt(event: PointerEvent): number {
    const rect = this.#plot.over.getBoundingClientRect();
    return this.#plot.posToVal(event.clientX - rect.left, 'x');
  }

  #reduce(width: number): void {
    const shown = new Set(this.#content.sources);
    const pixels = (width - GUTTER - RIGHT_MARGIN) * devicePixelRatio;
    this.#lines = this.sources.map((source) => {
      if (!shown.has(source)) return undefined;
      const writer = this.#writers.get(source) ?? new LineWriter();
      this.#writers.set(source, writer);
      return drawnLine(source, this.#content.metric.key, this.timeline.range, pixels, writer);
    });
    this.#range = valueRange(
      this.#content.metric.key,
      extent(this.#lines.filter((line): line is DrawnLine => line !== undefined)),
      this.#content.trouble.limits,
    );
  }

  /** uPlot sees the ends of the axis only and draws none of the lines: they come from our own columns, each on its own times. */
  #data(): uPlot.AlignedData {
    const [from, to] = this.timeline.range;
    return [
      [from, to],
      [0, 0],
    ];
  }

  #options(width: number, onDraw: () => void): uPlot.Options {
    const unit = displayUnit(this.#content.metric);
    const grid = { stroke: () => themeColors().grid, width: 1 };
    return {
      width,
      height: PLOT_HEIGHT,
      ms: 1,
      pxAlign: true,
      padding: [PADDING_Y, RIGHT_MARGIN, PADDING_Y, 0],
      legend: { show: false },
      cursor: {
        x: false,
        y: false,
        points: { show: false },
        drag: { x: true, y: false, setScale: false, dist: 4 },
        bind: {
          // A drag that moves the view selects nothing.
          mousedown: (_plot, _target, handler) => (event) => {
            if (!isPanPress(event)) handler(event);
            return null;
          },
          dblclick: () => () => {
            this.timeline.reset();
            return null;
          },
        },
      },
      scales: {
        x: { time: false, auto: false, range: () => [...this.timeline.range] as [number, number] },
        y: { auto: false, range: () => this.#range },
      },
      axes: [
        {
          size: 0,
          gap: 0,
          ticks: { show: false },
          grid,
          // By the width that we gave: reading an element's own would lay the page out anew in every frame.
          splits: (plot) =>
            timeTicks(this.timeline.range, this.#content.reading, plot.width - GUTTER - RIGHT_MARGIN).map(
              ({ at }) => at,
            ),
          values: (_plot, splits) => splits.map(() => ''),
        },
        {
          size: GUTTER,
          gap: 6,
          ticks: { show: false },
          grid,
          stroke: () => themeColors().muted,
          font: `11px ${themeColors().font}`,
          splits: () => valueTicks(this.#range),
          values: (_plot, splits) => {
            const shown = splits.map((split) => split * unit.factor);
            const digits = Math.max(...shown.map((value) => digitsOf(value)));
            return shown.map((value) => formatNumber(value, digits));
          },
        },
      ],
      series: [{}],
      hooks: {
        drawClear: [(plot) => this.#drawBehind(plot)],
        drawAxes: [(plot) => this.#drawMarks(plot), (plot) => this.#drawLines(plot)],
        draw: [(plot) => this.#drawAbove(plot), onDraw],
        setSelect: [(plot) => this.#zoomToSelection(plot)],
      },
    };
  }

  #zoomToSelection(plot: uPlot): void {
    const { left, width } = plot.select;
    if (width < 4) return;
    const from = plot.posToVal(left, 'x');
    const to = plot.posToVal(left + width, 'x');
    plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
    this.timeline.show([from, to]);
  }

  #drawLines(plot: uPlot): void {
    const lines = this.#lines.flatMap((line, index): PixelLine[] => {
      const source = this.sources[index];
      return line && source ? [{ line, rgba: rgbaOf(lineColorOf(source)), dash: source.style.dash }] : [];
    });
    const thickness = themeColors().highContrast ? 2 : undefined;
    drawPixelLines(plot.ctx, plot.bbox, { x: this.timeline.range, y: this.#range }, lines, thickness);
  }

  #drawBehind(plot: uPlot): void {
    const { trouble, gaps } = this.#content;
    drawShaded(plot, this.timeline.shaded);
    drawEpisodes(plot, trouble.episodes);
    drawGaps(plot, gaps);
  }

  #drawAbove(plot: uPlot): void {
    const { trouble, metric, gaps } = this.#content;
    drawLimits(plot, trouble.limits, metric);
    drawGapWords(plot, gaps);
  }

  #drawMarks(plot: uPlot): void {
    const { ctx, bbox } = plot;
    const [from, to] = this.timeline.range;
    ctx.save();
    ctx.strokeStyle = themeColors().mark;
    ctx.globalAlpha = themeColors().highContrast ? 1 : 0.45;
    ctx.lineWidth = Math.max(1, Math.round(devicePixelRatio));
    ctx.setLineDash([2 * devicePixelRatio, 3 * devicePixelRatio]);
    ctx.beginPath();
    for (const { at } of this.#content.marks) {
      if (at < from || at > to) continue;
      const x = Math.round(plot.valToPos(at, 'x', true)) + 0.5;
      ctx.moveTo(x, bbox.top);
      ctx.lineTo(x, bbox.top + bbox.height);
    }
    ctx.stroke();
    ctx.restore();
  }
}

/** Digits after the point that a round axis value needs: 12.5 has one. */
function digitsOf(value: number): number {
  return [0, 1, 2, 3].find((digits) => Math.abs(value - Number(value.toFixed(digits))) < 1e-9) ?? 3;
}
