/**
 * Whether one more job belongs into a frame in which `done` were done in `elapsedMs`. `most` is how many there were at once
 * since there were none.
 */
export type Fits = (done: number, elapsedMs: number, most: number) => boolean;

/**
 * Jobs that a change asks for, each done once in the next frame, in the order in which they were asked for. Those that
 * do not fit into one frame follow in the frames after it, before any that was asked for again: all get their turn while
 * changes keep coming, and no frame takes long however much there is to draw.
 */
export class FrameQueue {
  readonly #waiting = new Set<() => void>();
  #most = 0;
  #frame = 0;

  constructor(
    private readonly fits: Fits,
    /** Has a job done in the next frame: `requestAnimationFrame`. */
    private readonly inNextFrame: (job: () => void) => number,
  ) {}

  add(job: () => void): void {
    this.#waiting.add(job);
    this.#frame ||= this.inNextFrame(this.#run);
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
      if (this.#waiting.size > 0) this.#frame ||= this.inNextFrame(this.#run);
      else this.#most = 0;
    }
  };
}

/** Few things that belong together: in one frame, however much it is. */
export const allAtOnce: Fits = () => true;

/** Charts: a frame at 120 Hz has 8 ms, and laying out and painting take most of them. */
export const fewCharts: Fits = (_done, elapsedMs) => elapsedMs < 2;

/** Figures at the cursor, each of which costs the browser a layout: all are new within six frames. */
export const fewFigures: Fits = (done, _elapsedMs, most) => done < Math.max(4, most / 6);
