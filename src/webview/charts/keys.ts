import type { Source } from '../report-model';
import type { Timeline } from './timeline';

/** The part of a `KeyboardEvent` that matters here. */
export interface KeyPress {
  key: string;
  shiftKey: boolean;
  altKey: boolean;
  ctrlKey: boolean;
  metaKey: boolean;
}

/** What a key does to the shared axis. Returns whether it did anything, and whether the cursor was moved by it. */
export function handleKey(event: KeyPress, timeline: Timeline, stepMs: number): 'moved' | 'done' | undefined {
  if (event.ctrlKey || event.metaKey) return undefined;
  const way = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  if (way !== undefined) {
    if (event.altKey) {
      timeline.pan(way * 0.2);
      return 'done';
    }
    timeline.moveCursor(way * stepMs * (event.shiftKey ? 10 : 1));
    return 'moved';
  }
  switch (event.key) {
    case 'Home':
      timeline.putCursor(timeline.span[0]);
      return 'moved';
    case 'End':
      timeline.putCursor(timeline.span[1]);
      return 'moved';
    case 'PageUp':
      timeline.pan(-0.8);
      return 'done';
    case 'PageDown':
      timeline.pan(0.8);
      return 'done';
    case '+':
    case '=':
      timeline.zoom(0.5);
      return 'done';
    case '-':
    case '_':
      timeline.zoom(2);
      return 'done';
    case '0':
    case 'Escape':
      timeline.reset();
      return 'done';
    default:
      return undefined;
  }
}

/** How far one press of an arrow moves: one sample of the densest stream, ms. */
export function keyStep(sources: readonly Source[], span: readonly [number, number]): number {
  const spacings = sources
    .map(({ spacing }) => spacing)
    .filter((each): each is number => each !== undefined && each > 0);
  return spacings.length > 0 ? Math.min(...spacings) : (span[1] - span[0]) / 100;
}
