import { useEffect, useState } from 'preact/hooks';
import { onThemeChange } from '../theme';
import type { Timeline } from './timeline';

/** Renders again when the view changes. */
export function useRange(timeline: Timeline): readonly [number, number] {
  const [, render] = useState(0);
  useEffect(() => timeline.listen(() => render((n) => n + 1), 'range'), [timeline]);
  return timeline.range;
}

/** Renders again when the cursor moves, at most once a frame. */
export function useCursor(timeline: Timeline): number | undefined {
  const [cursor, setCursor] = useState(timeline.cursor);
  useEffect(() => {
    let frame = 0;
    setCursor(timeline.cursor);
    const stop = timeline.listen(() => {
      frame ||= requestAnimationFrame(() => {
        frame = 0;
        setCursor(timeline.cursor);
      });
    }, 'cursor');
    return () => {
      stop();
      cancelAnimationFrame(frame);
    };
  }, [timeline]);
  return cursor;
}

/** A number that grows with each change of the theme. */
export function useThemeVersion(): number {
  const [version, setVersion] = useState(0);
  useEffect(() => onThemeChange(() => setVersion((n) => n + 1)), []);
  return version;
}
