import { displayUnit, formatNumber } from '../format';
import type { LaneMark } from '../lanes';
import type { Metric, Source } from '../report-model';
import { lineColorOf, themeColors } from '../theme';
import type { Trouble } from '../trouble';
import { type DrawnLine, extent, LineWriter } from './downsample';
import { drawnLine } from './draw';
import type { ChartGaps } from './gap-bands';
import { drawPixelLines } from './pixel-lines';
import { GUTTER, PlotFrame, RIGHT_MARGIN } from './plot-frame';
import { drawEpisodes, drawGaps, drawLimits, drawMarks, drawShaded } from './plot-layers';
import type { PixelLine } from './rasterize';
import { valueRange, valueTicks } from './scale';
import { selectRange } from './select-range';
import { type TimeReading, timeTicks } from './ticks';
import type { Timeline } from './timeline';

export { GUTTER, PLOT_HEIGHT, RIGHT_MARGIN } from './plot-frame';

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

/** One chart on canvas: our columns, reduced to pixels, on the shared time axis. */
export class Plot {
  readonly #frame: PlotFrame;
  #content: PlotContent;
  /** The points of each source go where those of the frame before were. */
  readonly #writers = new Map<Source, LineWriter>();

  constructor(
    private readonly root: HTMLElement,
    width: number,
    content: PlotContent,
    private readonly timeline: Timeline,
    private readonly onDraw: () => void,
  ) {
    this.#content = content;
    this.#frame = new PlotFrame(root);
    const { over } = this.#frame;
    selectRange(over, (from, to) => timeline.show([this.#frame.timeAt(from), this.#frame.timeAt(to)]));
    over.addEventListener('dblclick', () => timeline.reset());
    this.resize(width);
  }

  /** Device-pixel canvas, for copies. */
  get canvas(): HTMLCanvasElement {
    return this.#frame.ctx.canvas;
  }

  /** The element that takes the pointer, as large as the plotting area. */
  get over(): HTMLElement {
    return this.#frame.over;
  }

  /** Redraws with other lines, marks, range or colours. */
  update(content: PlotContent): void {
    this.#content = content;
    this.redraw();
  }

  /** `width` in CSS pixels, gutter included. */
  resize(width: number): void {
    if (width === this.#frame.width) return;
    this.#frame.resize(width);
    this.redraw();
  }

  destroy(): void {
    this.root.replaceChildren();
  }

  /** The time under a pointer event, epoch ms. */
  timeAt(event: PointerEvent): number {
    return this.#frame.timeAt(event.clientX - this.over.getBoundingClientRect().left);
  }

  redraw(): void {
    const frame = this.#frame;
    const { metric, reading, marks, trouble, gaps } = this.#content;
    // The screen may have other pixels by now.
    frame.resize(frame.width);
    const lines = this.#reduce();
    frame.times = this.timeline.range;
    frame.values = valueRange(metric.key, extent(lines.map(({ line }) => line)), trouble.limits);
    frame.clear();
    drawShaded(frame, this.timeline.shaded);
    drawEpisodes(frame, trouble.episodes);
    drawGaps(frame, gaps);
    const ticks = timeTicks(frame.times, reading, frame.width - GUTTER - RIGHT_MARGIN);
    const values = valueTicks(frame.values);
    frame.drawAxes(
      ticks.map(({ at }) => at),
      values,
      valueLabels(values, metric),
    );
    drawMarks(frame, marks);
    const thickness = themeColors().highContrast ? 2 : undefined;
    drawPixelLines(frame.ctx, frame.bbox, { x: frame.times, y: frame.values }, lines, thickness);
    drawLimits(frame, trouble.limits, metric);
    this.onDraw();
  }

  #reduce(): PixelLine[] {
    const { metric, sources } = this.#content;
    return sources.flatMap((source) => {
      const writer = this.#writers.get(source) ?? new LineWriter();
      this.#writers.set(source, writer);
      const line: DrawnLine | undefined = drawnLine(
        source,
        metric.key,
        this.timeline.range,
        this.#frame.bbox.width,
        writer,
      );
      return line ? [{ line, color: lineColorOf(source), dash: source.style.dash }] : [];
    });
  }
}

/** With as many digits as any of them needs. */
function valueLabels(values: readonly number[], metric: Metric): string[] {
  const shown = values.map((value) => value * displayUnit(metric).factor);
  const digits = Math.max(...shown.map(digitsOf));
  return shown.map((value) => formatNumber(value, digits));
}

/** Digits after the point that a round axis value needs: 12.5 has one. */
function digitsOf(value: number): number {
  return [0, 1, 2, 3].find((digits) => Math.abs(value - Number(value.toFixed(digits))) < 1e-9) ?? 3;
}
