import type { ComponentChildren, JSX, Ref } from 'preact';
import { momentLabel, type TimeReading } from './ticks';
import type { Timeline } from './timeline';
import { useCursor, useRange } from './use-timeline';

interface TimeSliderProps {
  class: string;
  timeline: Timeline;
  reading: TimeReading;
  label: string;
  /** What its keys do. */
  description: string;
  sliderRef?: Ref<HTMLDivElement>;
  onKeyDown: (event: KeyboardEvent) => void;
  children: ComponentChildren;
}

/** A time axis as a slider: with the focus on it, keys move the cursor and the view. */
export function TimeSlider(props: TimeSliderProps): JSX.Element {
  const { timeline, reading, label, description, sliderRef, onKeyDown, children } = props;
  const [from, to] = useRange(timeline);
  const at = useCursor(timeline) ?? from;
  return (
    <div
      class={props.class}
      ref={sliderRef}
      role="slider"
      tabIndex={0}
      aria-label={label}
      aria-description={description}
      aria-valuemin={Math.round(from)}
      aria-valuemax={Math.round(to)}
      aria-valuenow={Math.round(at)}
      aria-valuetext={momentLabel(at, reading)}
      onKeyDown={onKeyDown}
    >
      {children}
    </div>
  );
}
