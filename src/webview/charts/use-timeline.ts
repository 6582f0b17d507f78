import { useEffect, useState } from 'preact/hooks';
import { onThemeChange } from '../theme';
import type { FrameQueue } from './frame-queue';
import { AT_ONCE } from './frames';
import type { Timeline, TimelineEvent, TimeRange } from './timeline';

/** Renders again when the view changes, at most once a frame; in turns with others where `frames` says so. */
export function useRange(timeline: Timeline, frames = AT_ONCE): TimeRange {
  useChanges(timeline, 'range', () => timeline.range, frames);
  return timeline.range;
}

/** Renders again when the cursor moves, at most once a frame; in turns with others where `frames` says so. */
export function useCursor(timeline: Timeline, frames = AT_ONCE): number | undefined {
  useChanges(timeline, 'cursor', () => timeline.cursor, frames);
  return timeline.cursor;
}

function useChanges(timeline: Timeline, event: TimelineEvent, read: () => unknown, frames: FrameQueue): void {
  const [, render] = useState(read);
  useEffect(() => {
    // What is the same renders nothing.
    const follow = () => render(read());
    follow();
    const stop = timeline.listen(() => frames.add(follow), event);
    return () => {
      stop();
      frames.delete(follow);
    };
  }, [timeline, frames]);
}

/** A number that grows with each change of the theme. */
export function useThemeVersion(): number {
  const [version, setVersion] = useState(0);
  useEffect(() => onThemeChange(() => setVersion((n) => n + 1)), []);
  return version;
}
