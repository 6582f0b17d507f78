import { useEffect, useState } from 'preact/hooks';
import { onThemeChange } from '../theme';
import { AT_ONCE } from './frames';
import type { Timeline } from './timeline';

/** Renders again when the view changes. */
export function useRange(timeline: Timeline): readonly [number, number] {
  const [, render] = useState(0);
  useEffect(() => timeline.listen(() => render((n) => n + 1), 'range'), [timeline]);
  return timeline.range;
}

/** Renders again when the cursor moves, at most once a frame; in turns with others where `frames` says so. */
export function useCursor(timeline: Timeline, frames = AT_ONCE): number | undefined {
  const [cursor, setCursor] = useState(timeline.cursor);
  useEffect(() => {
    const follow = () => setCursor(timeline.cursor);
    follow();
    const stop = timeline.listen(() => frames.add(follow), 'cursor');
    return () => {
      stop();
      frames.delete(follow);
    };
  }, [timeline, frames]);
  return cursor;
}

/** A number that grows with each change of the theme. */
export function useThemeVersion(): number {
  const [version, setVersion] = useState(0);
  useEffect(() => onThemeChange(() => setVersion((n) => n + 1)), []);
  return version;
}
