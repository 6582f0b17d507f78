/** The arrays that every library draws, and how the time until they are seen is taken. Runs in the browser. */

export const CHARTS = 8;
export const LINES = 8;
export const WIDTH = 920;
export const HEIGHT = 92;
export const COLORS = ['#59a4f9', '#d18616', '#89d185', '#b180d7', '#cca700', '#f14c4c', '#0063d3', '#388a34'];

const START = Date.UTC(2024, 4, 6, 10, 0, 0);

/** One line: times in epoch ms, rising, and values with a gap now and then. */
export interface BenchLine {
  times: Float64Array;
  values: Float64Array;
}

/** A number in 0..1 that depends on its argument only. */
function noise(n: number): number {
  const x = Math.sin(n * 12.9898) * 43758.5453;
  return x - Math.floor(x);
}

/** `CHARTS` charts of `LINES` lines with a sample a second. */
export function benchLines(samples: number): BenchLine[][] {
  return Array.from({ length: CHARTS }, (_chart, chart) =>
    Array.from({ length: LINES }, (_line, line) => ({
      times: Float64Array.from({ length: samples }, (_, at) => START + at * 1000 + line * 37),
      values: Float64Array.from({ length: samples }, (_, at) =>
        at % 900 > 890 ? Number.NaN : 50 + 40 * Math.sin(at / 90 + line) + 10 * noise(at * 8 + line + chart * 7919),
      ),
    })),
  );
}

export function spanOf(lines: readonly (readonly BenchLine[])[]): [number, number] {
  const all = lines.flat();
  return [
    Math.min(...all.map(({ times }) => times[0] ?? Number.POSITIVE_INFINITY)),
    Math.max(...all.map(({ times }) => times[times.length - 1] ?? Number.NEGATIVE_INFINITY)),
  ];
}

/** An empty place for one chart. */
export function place(): HTMLElement {
  const element = document.createElement('div');
  element.style.width = `${WIDTH}px`;
  element.style.height = `${HEIGHT}px`;
  document.body.append(element);
  return element;
}

/**
 * Time from the call until the frame with all charts was painted, ms. `draw` resolves when the library says that it has
 * drawn, or at once where it draws before it returns.
 */
export async function firstPaint(draw: () => Promise<unknown> | undefined): Promise<number> {
  // What making the arrays left behind is no part of it.
  await new Promise((resolve) => setTimeout(resolve, 100));
  const start = performance.now();
  await draw();
  await new Promise((resolve) => requestAnimationFrame(resolve));
  // A task after the frame: by then it is painted.
  await new Promise((resolve) => setTimeout(resolve));
  return performance.now() - start;
}

/** What each page offers to the bench. */
export type BenchRun = (samples: number) => Promise<{ ms: number; canvases: number }>;

export function offer(run: BenchRun): void {
  (globalThis as { peerscopeBench?: BenchRun }).peerscopeBench = run;
}
