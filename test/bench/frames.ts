/** Main-thread work of single frames, read from a trace. */
import type { Page } from 'playwright-core';

const CATEGORIES = ['devtools.timeline', 'disabled-by-default-devtools.timeline', 'toplevel', 'blink.user_timing'];
const STEP = 'peerscope-bench-step';

interface TraceEvent {
  name: string;
  ph: string;
  ts: number;
  dur?: number;
  tdur?: number;
  pid: number;
  tid: number;
  args?: { name?: string };
}

/** Work of each frame on the page's main thread, ms, in order. */
export interface FrameWork {
  /** By the clock: with what other programs took away. */
  wall: number[];
  /** By the thread's own processor time. */
  cpu: number[];
}

/**
 * Does something once a frame and reads from a trace what script, style, layout and paint of each took. `step` is a script
 * with `i`, the number of the frame.
 */
export async function traceFrames(page: Page, frames: number, step: string): Promise<FrameWork> {
  const browser = page.context().browser();
  if (!browser) throw new Error('No browser.');
  await browser.startTracing(page, { categories: CATEGORIES });
  await page.evaluate(`(async () => {
    for (let i = 0; i <= ${frames}; i++) {
      // A task between two frames, as input comes.
      await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
      performance.mark('${STEP}');
      if (i < ${frames}) { ${step} }
    }
  })()`);
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString('utf8')) as { traceEvents: TraceEvent[] };
  return readFrames(traceEvents);
}

/** Sums the tasks of the thread that set the marks, from each mark to the next. */
export function readFrames(events: readonly TraceEvent[]): FrameWork {
  const marks = events.filter(({ name }) => name === STEP).sort((a, b) => a.ts - b.ts);
  const [first] = marks;
  if (!first) throw new Error('The trace has no frames.');
  const tasks = events
    .filter(({ name, ph, pid, tid }) => name === 'RunTask' && ph === 'X' && pid === first.pid && tid === first.tid)
    .sort((a, b) => a.ts - b.ts);
  const work: FrameWork = { wall: [], cpu: [] };
  for (let i = 0; i + 1 < marks.length; i++) {
    const [from, to] = [(marks[i] as TraceEvent).ts, (marks[i + 1] as TraceEvent).ts];
    let wall = 0;
    let cpu = 0;
    for (const { ts, dur = 0, tdur = 0 } of tasks) {
      // The task that set the mark did the step too; the one that sets the next mark belongs to the next.
      const within = Math.min(ts + dur, to) - Math.max(ts, from);
      if (within <= 0) continue;
      wall += within;
      cpu += dur > 0 ? (tdur * within) / dur : 0;
    }
    work.wall.push(wall / 1000);
    work.cpu.push(cpu / 1000);
  }
  return work;
}

/** The value that a share of all is at most. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}
