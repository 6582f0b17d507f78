/**
 * Whether one more job belongs into a frame in which `done` were done in `elapsedMs`. `most` is how many there were at once
 * since there were none.
 */
type Fits = (done: number, elapsedMs: number, most: number) => boolean;

/**
 * Jobs that a change asks for, each done once in the next frame, in the order in which they were asked for. Those that
 * do not fit into one frame follow in the frames after it, before any that was asked for again: all get their turn while
 * changes keep coming, and no frame takes long however much there is to draw.
 */
export class FrameQueue {
  readonly #waiting = new Set<() => void>();
  #most = 0;
  #frame = 0;

  constructor(private readonly fits: Fits) {}

  add(job: () => void): void {
    this.#waiting.add(job);
    this.#frame ||= requestAnimationFrame(this.#run);
  }

  delete(job: () => void): void {
    this.#waiting.delete(job);
  }

  readonly #run = (): void => {
    this.#frame = 0;
    const start = performance.now();
    const jobs = [...this.#waiting];
    this.#most = Math.max(this.#most, jobs.length);
    let done = 0;
    try {
      for (const job of jobs) {
        if (done > 0 && !this.fits(done, performance.now() - start, this.#most)) break;
        done++;
        if (this.#waiting.delete(job)) job();
      }
    } finally {
      if (this.#waiting.size > 0) this.#frame ||= requestAnimationFrame(this.#run);
      else this.#most = 0;
    }
  };
}

/** What is drawn in one frame, however much it is: few things that belong together. */
export const AT_ONCE = new FrameQueue(() => true);

/** Charts: a frame at 120 Hz has 8 ms, and laying out and painting take most of them. */
export const CHARTS = new FrameQueue((_done, elapsedMs) => elapsedMs < 3);

/** Figures at the cursor, each of which costs the browser a layout: all are new within six frames. */
export const FIGURES = new FrameQueue((done, _elapsedMs, most) => done < Math.max(4, most / 6));
