import { isPanPress } from './wheel';

/** A drag that is shorter than this is a click, CSS pixels. */
const SHORTEST = 4;

/**
 * Lets a range be chosen by dragging across an element, with the choice drawn on it. `onSelect` gets both ends, CSS pixels
 * from the element's left edge, the smaller one first. The listeners go with the element.
 */
export function selectRange(over: HTMLElement, onSelect: (from: number, to: number) => void): void {
  const shade = document.createElement('div');
  shade.className = 'u-select';
  let began: number | undefined;
  const placeOf = (event: PointerEvent) => {
    const { left, width } = over.getBoundingClientRect();
    return Math.min(Math.max(0, event.clientX - left), width);
  };
  const end = () => {
    began = undefined;
    shade.remove();
  };
  over.addEventListener('pointerdown', (event) => {
    // A drag that moves the view chooses nothing.
    if (event.button !== 0 || isPanPress(event)) return;
    began = placeOf(event);
    over.setPointerCapture(event.pointerId);
  });
  over.addEventListener('pointermove', (event) => {
    if (began === undefined) return;
    const at = placeOf(event);
    shade.style.left = `${Math.min(began, at)}px`;
    shade.style.width = `${Math.abs(at - began)}px`;
    if (!shade.isConnected) over.append(shade);
  });
  over.addEventListener('pointerup', (event) => {
    const start = began;
    end();
    if (start === undefined) return;
    const at = placeOf(event);
    if (Math.abs(at - start) >= SHORTEST) onSelect(Math.min(start, at), Math.max(start, at));
  });
  over.addEventListener('pointercancel', end);
}
