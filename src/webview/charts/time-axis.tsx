import * as l10n from '@vscode/l10n';
import type { JSX, Ref } from 'preact';
import { GUTTER, RIGHT_MARGIN } from './plot';
import { momentLabel, type TimeReading, timeTicks } from './ticks';
import { TimeSlider } from './time-slider';
import type { Timeline } from './timeline';
import { useCursor, useRange } from './use-timeline';

/** About as wide as a character of a label gets, CSS pixels. */
const CHARACTER = 7;

interface TimeAxisProps {
  timeline: Timeline;
  reading: TimeReading;
  /** Width of the plotting area, CSS pixels. */
  width: number;
  /** Gets the focus when a chart is clicked, so that the keys work. */
  focusRef: Ref<HTMLDivElement>;
  onKeyDown: (event: KeyboardEvent) => void;
}

/** The axis that all charts share. */
export function TimeAxis({ timeline, reading, width, focusRef, onKeyDown }: TimeAxisProps): JSX.Element {
  const range = useRange(timeline);
  const [from, to] = range;
  return (
    <TimeSlider
      class="time-axis"
      timeline={timeline}
      reading={reading}
      label={l10n.t('Time cursor of all charts')}
      description={l10n.t(
        'Left and right move the cursor, with Shift ten samples, with Alt the view. Plus and minus zoom, 0 or Escape shows all.',
      )}
      sliderRef={focusRef}
      onKeyDown={onKeyDown}
    >
      {timeTicks(range, reading, width).map((tick) => {
        const x = ((tick.at - from) / (to - from)) * width;
        // At the right edge the label moves in rather than being cut; its mark stays.
        const over = Math.max(0, x + (tick.label.length * CHARACTER) / 2 - width - RIGHT_MARGIN);
        return (
          <span key={tick.at} class="tick" style={{ left: `${GUTTER + x}px`, '--over': `${over}px` }}>
            {tick.label}
          </span>
        );
      })}
    </TimeSlider>
  );
}

interface CursorLineProps {
  timeline: Timeline;
  reading: TimeReading;
  width: number;
  /** Names of what happened within a few pixels of the cursor. */
  near: (at: number, reachMs: number) => string[];
}

/** One line through lanes and charts, with the time and what happened there. */
export function CursorLine({ timeline, reading, width, near }: CursorLineProps): JSX.Element | null {
  const cursor = useCursor(timeline);
  const [from, to] = useRange(timeline);
  if (cursor === undefined || cursor < from || cursor > to) return null;
  const share = (cursor - from) / (to - from);
  const names = near(cursor, ((to - from) / Math.max(1, width)) * 4);
  return (
    <div class="cursor" style={{ transform: `translateX(${GUTTER + share * width}px)` }} aria-hidden="true">
      <div class={share > 0.7 ? 'cursor-label before' : 'cursor-label'}>
        <span class="cursor-time">{momentLabel(cursor, reading)}</span>
        {names.length > 0 && <span class="cursor-events">{names.slice(0, 3).join(' · ')}</span>}
      </div>
    </div>
  );
}
