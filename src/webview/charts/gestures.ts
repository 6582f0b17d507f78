import type { Timeline } from './timeline';
import { isPanPress, readWheel } from './wheel';

/** Where gestures happen. Both are read anew at every event. */
export interface GestureArea {
  /** Left edge of the plotting area on screen and its width, CSS pixels. */
  place(): { left: number; width: number };
  /** Whether a press on this element moves the view without a modifier: the time axis. */
  isHandle(target: Element): boolean;
  /** Whether an element belongs to the time axis, its lanes and plots. */
  isPlot(target: Element): boolean;
}

/**
 * Wheel and drag on everything below one time axis. Ctrl/⌘ and wheel zoom at the pointer, Shift and wheel or a sideways
 * wheel move the view; the plain wheel scrolls the page. A drag with Shift or the middle button, or on the axis, moves the
 * view. Returns the function that ends it.
 */
export function listenToGestures(element: HTMLElement, timeline: Timeline, area: GestureArea): () => void {
  const onWheel = (event: WheelEvent) => {
    const { target } = event;
    if (!(target instanceof Element) || !(area.isPlot(target) || area.isHandle(target))) return;
    const turn = readWheel(event);
    if (!turn) return;
    const { left, width } = area.place();
    const [from, to] = timeline.range;
    if ('zoom' in turn) {
      event.preventDefault();
      timeline.zoom(turn.zoom, from + ((event.clientX - left) / Math.max(1, width)) * (to - from));
    } else if (timeline.zoomed) {
      event.preventDefault();
      timeline.pan(turn.pixels / Math.max(1, width));
    }
  };
  const onPress = (event: PointerEvent) => {
    const { target, pointerId } = event;
    if (!(target instanceof Element)) return;
    const handle = event.button === 0 && area.isHandle(target);
    if (!handle && !(isPanPress(event) && area.isPlot(target))) return;
    if (!timeline.zoomed) return;
    drag(element, timeline, pointerId, event.clientX, area.place().width);
  };
  // The middle button would start the browser's own scrolling.
  const onMouseDown = (event: MouseEvent) => {
    if (event.button === 1 && event.target instanceof Element && area.isPlot(event.target)) event.preventDefault();
  };
  element.addEventListener('wheel', onWheel, { passive: false });
  element.addEventListener('pointerdown', onPress);
  element.addEventListener('mousedown', onMouseDown);
  return () => {
    element.removeEventListener('wheel', onWheel);
    element.removeEventListener('pointerdown', onPress);
    element.removeEventListener('mousedown', onMouseDown);
  };
}

function drag(element: HTMLElement, timeline: Timeline, pointerId: number, start: number, width: number): void {
  const [from, to] = timeline.range;
  const stop = new AbortController();
  const { signal } = stop;
  const end = () => {
    element.classList.remove('panning');
    stop.abort();
  };
  element.setPointerCapture(pointerId);
  element.classList.add('panning');
  element.addEventListener(
    'pointermove',
    (event) => {
      if (event.pointerId === pointerId)
        timeline.moveTo(from - ((event.clientX - start) / Math.max(1, width)) * (to - from));
    },
    { signal },
  );
  for (const name of ['pointerup', 'pointercancel', 'lostpointercapture'] as const)
    element.addEventListener(name, end, { signal });
}
