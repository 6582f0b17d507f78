import * as l10n from '@vscode/l10n';
import type { JSX } from 'preact';
import { clusterMarks, type Lane, type LaneBar } from '../lanes';
import { CHARTS } from './frames';
import { LaneStrip } from './lane-strip';
import { momentLabel, type TimeReading } from './ticks';
import type { Timeline } from './timeline';
import { useRange } from './use-timeline';

const MARK_PIXELS = 9;
/** More bars than this are drawn as pixels. */
const MOST_BARS = 60;

interface LaneRowsProps {
  lanes: readonly Lane[];
  timeline: Timeline;
  reading: TimeReading;
  /** Width of the plotting area, CSS pixels. */
  width: number;
}

/** What happened when, above the charts and on their time axis. */
export function LaneRows({ lanes, timeline, reading, width }: LaneRowsProps): JSX.Element {
  const [from, to] = useRange(timeline, CHARTS);
  const toPixel = (at: number) => ((at - from) / (to - from)) * width;
  return (
    <ul class="lanes" aria-label={l10n.t('What happened')}>
      {lanes.map((lane) => (
        <li key={lane.key} class="lane" data-lane={lane.key}>
          <span class="lane-label" title={lane.label}>
            {lane.short ?? lane.label}
          </span>
          <div class="lane-plot">
            {lane.bars.length > MOST_BARS ? (
              <LaneStrip lane={lane} range={[from, to]} reading={reading} width={width} />
            ) : (
              lane.bars.map((bar) => (
                <Bar key={`${bar.from}`} bar={bar} toPixel={toPixel} end={to} width={width} reading={reading} />
              ))
            )}
            {clusterMarks(
              lane.marks.filter(({ at }) => at >= from && at <= to),
              toPixel,
              MARK_PIXELS,
            ).map(({ left, at, marks }) => {
              const names = marks.map((mark) => `${momentLabel(mark.at, reading)} ${mark.name}`);
              const text =
                names.length > 12 ? [...names.slice(0, 12), l10n.t('and {0} more', names.length - 12)] : names;
              return (
                <span
                  key={`${at} ${marks[0]?.name ?? ''}`}
                  class={marks.length > 1 ? 'mark many' : 'mark'}
                  style={{ left: `${left}px` }}
                  title={text.join('\n')}
                  role="img"
                  aria-label={text.join(', ')}
                />
              );
            })}
          </div>
        </li>
      ))}
    </ul>
  );
}

interface BarProps {
  bar: LaneBar;
  toPixel: (at: number) => number;
  end: number;
  width: number;
  reading: TimeReading;
}

function Bar({ bar, toPixel, end, width, reading }: BarProps): JSX.Element | null {
  const left = Math.max(0, toPixel(bar.from));
  const right = Math.min(width, toPixel(bar.to ?? end));
  if (right <= left) return null;
  const until = bar.to === undefined ? '' : `–${momentLabel(bar.to, reading)}`;
  return (
    <span
      class={`bar ${bar.look}`}
      style={{ left: `${left}px`, width: `${Math.max(2, right - left)}px` }}
      title={`${bar.label}, ${momentLabel(bar.from, reading)}${until}`}
    >
      {bar.text}
    </span>
  );
}
