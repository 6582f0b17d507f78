import { allAtOnce, FrameQueue, fewCharts, fewFigures } from './frame-queue';

const queue = (fits: ConstructorParameters<typeof FrameQueue>[0]) =>
  new FrameQueue(fits, (job) => requestAnimationFrame(job));

/** What is drawn in one frame, whatever it takes. */
export const AT_ONCE = queue(allAtOnce);

/** Charts and the lanes above them, in turns. */
export const CHARTS = queue(fewCharts);

/** Figures at the cursor, in turns. */
export const FIGURES = queue(fewFigures);
