/** How much a full turn of a wheel's notch (100 px) zooms in or out. */
const ZOOM_PER_NOTCH = 1.25;
const NOTCH = 100;
/** Of one line of a wheel that counts in lines, px. */
const LINE = 16;

/** The part of a `WheelEvent` that matters here. */
export interface WheelTurn {
  deltaX: number;
  deltaY: number;
  /** 0 pixels, 1 lines, 2 pages. */
  deltaMode: number;
  ctrlKey: boolean;
  metaKey: boolean;
  shiftKey: boolean;
}

/** What a turn of the wheel does: zooms by a factor, moves by pixels, or nothing, which leaves it to the page. */
export function readWheel(turn: WheelTurn): { zoom: number } | { pixels: number } | undefined {
  const { deltaX, deltaY, deltaMode, ctrlKey, metaKey, shiftKey } = turn;
  const unit = deltaMode === 0 ? 1 : deltaMode === 1 ? LINE : 10 * LINE;
  // A pinch on a touch pad comes as a wheel with Ctrl.
  if (ctrlKey || metaKey) {
    const notches = Math.max(-3, Math.min(3, (deltaY * unit) / NOTCH));
    return notches === 0 ? undefined : { zoom: ZOOM_PER_NOTCH ** notches };
  }
  // With Shift some systems turn the wheel sideways themselves.
  const sideways = shiftKey ? deltaX || deltaY : Math.abs(deltaX) > Math.abs(deltaY) ? deltaX : 0;
  return sideways === 0 ? undefined : { pixels: sideways * unit };
}

/** Whether a press on a plot begins to move the view: with Shift, or with the middle button. */
export function isPanPress({ button, shiftKey }: { button: number; shiftKey: boolean }): boolean {
  return button === 1 || (button === 0 && shiftKey);
}
