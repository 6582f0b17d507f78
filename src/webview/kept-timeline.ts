import { useEffect } from 'preact/hooks';
import type { Timeline } from './charts/timeline';

/** A view that moves is kept when it begins to and once it rests, ms: writing it takes as long as drawing a few charts. */
const VIEW_RESTS_MS = 200;

/** The cursor is kept once it rests: writing it with each move would cost every frame, ms. */
const CURSOR_RESTS_MS = 300;

/** Tells what is in view (epoch ms; undefined: all there is), for the next time that the page is made. */
export function useKeptRange(timeline: Timeline, keep: (range: [number, number] | undefined) => void): void {
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let moved = false;
    const tell = () => keep(timeline.zoomed ? [...timeline.range] : undefined);
    const rest = () => {
      timer = undefined;
      if (moved) tell();
    };
    const stop = timeline.listen(() => {
      moved = timer !== undefined;
      if (!moved) tell();
      clearTimeout(timer);
      timer = setTimeout(rest, VIEW_RESTS_MS);
    }, 'range');
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [timeline]);
}

/** Tells where the cursor rests (epoch ms; undefined while it is away), for the next time that the page is made. */
export function useKeptCursor(timeline: Timeline, onRest: (cursor: number | undefined) => void): void {
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    if (timeline.cursor !== undefined) onRest(timeline.cursor);
    const stop = timeline.listen(() => {
      clearTimeout(timer);
      timer = setTimeout(() => onRest(timeline.cursor), CURSOR_RESTS_MS);
    }, 'cursor');
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [timeline]);
}
