import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';
import { ChartCard } from '../charts/chart-card';
import { valueAt } from '../charts/draw';
import { handleKey, keyStep } from '../charts/keys';
import { LaneRows } from '../charts/lane-rows';
import { GUTTER, PLOT_HEIGHT, RIGHT_MARGIN } from '../charts/plot';
import { momentLabel, type TimeReading } from '../charts/ticks';
import { CursorLine, TimeAxis } from '../charts/time-axis';
import type { Timeline } from '../charts/timeline';
import { displayUnit, formatNumber } from '../format';
import type { Lane, LaneMark } from '../lanes';
import { usePage } from '../page';
import type { Metric, Source } from '../report-model';
import { useWidth } from './use-width';

/** Charts drawn at once; the others follow when the first are on screen. */
const FIRST_CHARTS = 2;
/** Height of a chart with its title, CSS pixels: keeps the place of those to come. */
const CHART_HEIGHT = PLOT_HEIGHT + 28;

export interface PlotsProps {
  sources: readonly Source[];
  /** Those of the sources that are drawn. */
  visible: readonly Source[];
  metrics: readonly Metric[];
  timeline: Timeline;
  lanes: readonly Lane[];
  marks: readonly LaneMark[];
  reading: TimeReading;
  /** Where time into the call begins, epoch ms; missing where that says nothing. */
  origin?: number;
  /** The first chart is on screen: the others follow. */
  painted: boolean;
  onDraw(): void;
  /** Takes a chart away; undefined for charts that stay. */
  onRemove?(metric: Metric): (() => void) | undefined;
}

/** Lanes and charts below one time axis, with one cursor. */
export function Plots(props: PlotsProps): JSX.Element {
  const { sources, visible, metrics, timeline, lanes, marks, reading, origin, painted, onDraw, onRemove } = props;
  const { announce } = usePage();
  const plots = useRef<HTMLDivElement>(null);
  const axis = useRef<HTMLDivElement>(null);
  const width = useWidth(plots);

  const onKeyDown = (event: KeyboardEvent) => {
    const did = handleKey(event, timeline, keyStep(visible, timeline.span));
    if (!did) return;
    event.preventDefault();
    announce(did === 'moved' ? readOut(timeline, visible, metrics, reading) : viewText(timeline, reading));
  };
  const near = (at: number, reach: number) =>
    marks.filter((mark) => Math.abs(mark.at - at) <= reach).map(({ name }) => name);
  const plotWidth = Math.max(0, width - GUTTER - RIGHT_MARGIN);

  return (
    <div
      class="plots"
      ref={plots}
      onPointerDown={({ target }) => {
        if ((target as Element).closest('.u-over')) axis.current?.focus({ preventScroll: true });
      }}
    >
      {width > GUTTER && (
        <>
          <div class="plots-head">
            <TimeAxis timeline={timeline} reading={reading} width={plotWidth} focusRef={axis} onKeyDown={onKeyDown} />
            <LaneRows lanes={lanes} timeline={timeline} reading={reading} width={plotWidth} />
          </div>
          {(painted ? metrics : metrics.slice(0, FIRST_CHARTS)).map((metric) => (
            <ChartCard
              key={metric.key}
              sources={sources}
              origin={origin}
              metric={metric}
              visible={visible}
              timeline={timeline}
              marks={marks}
              reading={reading}
              width={width}
              painted={painted}
              onDraw={onDraw}
              onRemove={onRemove?.(metric)}
            />
          ))}
          {!painted && <div style={{ height: `${Math.max(0, metrics.length - FIRST_CHARTS) * CHART_HEIGHT}px` }} />}
          <CursorLine timeline={timeline} reading={reading} width={plotWidth} near={near} />
        </>
      )}
    </div>
  );
}

/** What the cursor stands on, in words. */
function readOut(
  timeline: Timeline,
  sources: readonly Source[],
  metrics: readonly Metric[],
  reading: TimeReading,
): string {
  const at = timeline.cursor;
  if (at === undefined) return '';
  const parts = sources.map((source) => {
    const values = metrics.flatMap((metric) => {
      const value = valueAt(source, metric.key, at);
      if (Number.isNaN(value)) return [];
      const { unit, factor, decimals } = displayUnit(metric);
      return [`${metric.label} ${formatNumber(value * factor, decimals)} ${unit}`.trim()];
    });
    return `${source.label}: ${values.join(', ') || 'not measured'}`;
  });
  return `${momentLabel(at, reading)}. ${parts.join('; ')}`;
}

function viewText(timeline: Timeline, reading: TimeReading): string {
  const [from, to] = timeline.range;
  return timeline.zoomed
    ? `In view: ${momentLabel(from, reading)} to ${momentLabel(to, reading)}`
    : 'All of it is in view';
}
