import type { PlainError } from '../core/errors';
import type { Capture, CaptureProgress, CaptureSource } from './capture';

/** What the reading thread is asked. */
export interface CaptureJob {
  source: CaptureSource;
  name: string;
  large?: boolean;
}

/** What it answers: any number of times how far it is, then the capture or why there is none. */
export type CaptureAnswer = { progress: CaptureProgress } | { capture: Capture } | { error: PlainError };
