import { useRef, useState } from 'preact/hooks';
import type { Timeline, TimeRange } from '../charts/timeline';

/** A press that moves less is a click, CSS pixels. */
const DRAG_FROM = 5;

interface TrackPointer {
  handlers: {
    onPointerMove(event: PointerEvent): void;
    onPointerLeave(): void;
    onPointerDown(event: PointerEvent & { currentTarget: HTMLElement }): void;
    onPointerUp(): void;
    onPointerCancel(): void;
    onDblClick(): void;
  };
  /** What is being dragged over, epoch ms. */
  selection?: TimeRange;
}

/**
 * The pointer over the rows: it moves the cursor while it is over the tracks, picks the row below it, and zooms in by
 * dragging; a double click shows all again. `tracks` covers the area of all tracks.
 */
export function useTrackPointer(
  timeline: Timeline,
  tracks: { current: HTMLElement | null },
  pick: (person: string | undefined) => void,
): TrackPointer {
  const pressed = useRef<{ x: number; at: number; element: HTMLElement; pointer: number } | undefined>(undefined);
  const [selection, select] = useState<TimeRange>();

  const timeAt = (x: number): number | undefined => {
    const box = tracks.current?.getBoundingClientRect();
    if (!box || box.width === 0 || x < box.left || x > box.right) return undefined;
    const [from, to] = timeline.range;
    return from + ((x - box.left) / box.width) * (to - from);
  };
  const end = () => {
    if (selection) timeline.show(selection);
    pressed.current = undefined;
    select(undefined);
  };

  return {
    selection,
    handlers: {
      onPointerMove({ clientX, target }) {
        const at = timeAt(clientX);
        timeline.setCursor(at);
        const press = pressed.current;
        if (press && at !== undefined && (selection || Math.abs(clientX - press.x) >= DRAG_FROM)) {
          // From here on it is no click on what was pressed.
          press.element.setPointerCapture(press.pointer);
          select([Math.min(press.at, at), Math.max(press.at, at)]);
          return;
        }
        pick((target as Element).closest<HTMLElement>('[data-person]')?.dataset.person);
      },
      onPointerLeave() {
        timeline.setCursor(undefined);
        pick(undefined);
      },
      onPointerDown({ clientX, button, pointerId, currentTarget }) {
        const at = timeAt(clientX);
        if (button === 0 && at !== undefined) {
          pressed.current = { x: clientX, at, element: currentTarget, pointer: pointerId };
        }
      },
      onPointerUp: end,
      onPointerCancel() {
        pressed.current = undefined;
        select(undefined);
      },
      onDblClick: () => timeline.reset(),
    },
  };
}
