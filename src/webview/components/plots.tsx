import * as l10n from '@vscode/l10n';
import type { JSX } from 'preact';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import { GAP_WORDS } from '../../core/gaps';
import { ChartCard } from '../charts/chart-card';
import { valueAt } from '../charts/draw';
import { gapAt } from '../charts/gap-bands';
import { listenToGestures } from '../charts/gestures';
import { handleKey, keyStep } from '../charts/keys';
import { LaneRows } from '../charts/lane-rows';
import { GUTTER, PLOT_HEIGHT, RIGHT_MARGIN } from '../charts/plot';
import { momentLabel, type TimeReading } from '../charts/ticks';
import { CursorLine, TimeAxis } from '../charts/time-axis';
import type { Timeline } from '../charts/timeline';
import { displayUnit, formatNumber } from '../format';
import type { Lane, LaneMark } from '../lanes';
import { useChartPage } from '../page';
import type { Metric, Source } from '../report-model';
import { NO_TROUBLE, type Trouble } from '../trouble';
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
  /** What is drawn of the rules that read a metric; missing where nothing was judged. */
  troubleOf?: (metric: Metric) => Trouble;
  /** Where time into the call begins, epoch ms; missing where that says nothing. */
  origin?: number;
  /** The first chart is on screen: the others follow. */
  painted: boolean;
  onDraw: () => void;
  /** Takes a chart away; undefined for charts that stay. */
  onRemove?: (metric: Metric) => (() => void) | undefined;
}

/** Lanes and charts below one time axis, with one cursor. */
export function Plots(props: PlotsProps): JSX.Element {
  const { sources, visible, metrics, timeline, lanes, marks, reading, troubleOf, origin, painted, onDraw, onRemove } =
    props;
  const { announce } = useChartPage();
  const plots = useRef<HTMLDivElement>(null);
  const axis = useRef<HTMLDivElement>(null);
  const width = useWidth(plots);

  const onKeyDown = (event: KeyboardEvent) => {
    const did = handleKey(event, timeline, keyStep(visible, timeline.span));
    if (!did) return;
    event.preventDefault();
    announce(did === 'moved' ? readOut(timeline, visible, metrics, reading) : viewText(timeline, reading));
  };
  const ids = visible.map(({ id }) => id).join('\n');
  const troubles = useMemo(
    () => new Map(metrics.map((metric) => [metric.key, troubleOf?.(metric) ?? NO_TROUBLE])),
    [troubleOf, metrics.map(({ key }) => key).join(), ids],
  );
  const near = (at: number, reach: number) => [
    ...marks.filter((mark) => Math.abs(mark.at - at) <= reach).map(({ name }) => name),
    ...missingAt(visible, metrics, at),
  ];
  const plotWidth = Math.max(0, width - GUTTER - RIGHT_MARGIN);

  const size = useRef(plotWidth);
  size.current = plotWidth;
  useEffect(() => {
    const element = plots.current;
    if (!element) return;
    return listenToGestures(element, timeline, {
      place: () => ({ left: element.getBoundingClientRect().left + GUTTER, width: size.current }),
      isHandle: (target) => target.closest('.time-axis') !== null,
      isPlot: (target) => target.closest('.u-over, .lane-plot') !== null,
    });
  }, [timeline]);

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
              trouble={troubles.get(metric.key) ?? NO_TROUBLE}
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

/** Which lines have no value at the cursor, and why: `Camera: muted`. */
function missingAt(sources: readonly Source[], metrics: readonly Metric[], at: number): string[] {
  return sources.flatMap((source) => {
    const reasons = new Set(metrics.flatMap(({ key }) => gapAt(source, key, at) ?? []));
    const words = [...reasons].map((reason) => GAP_WORDS[reason]);
    return words.length === 0 ? [] : [`${source.label}: ${words.join(', ')}`];
  });
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
      if (Number.isNaN(value)) {
        const reason = gapAt(source, metric.key, at);
        return reason ? [l10n.t('{0} missing, {1}', metric.label, GAP_WORDS[reason])] : [];
      }
      const { unit, factor, decimals } = displayUnit(metric);
      return [`${metric.label} ${formatNumber(value * factor, decimals)} ${unit}`.trim()];
    });
    return `${source.label}: ${values.join(', ') || l10n.t('not measured')}`;
  });
  return `${momentLabel(at, reading)}. ${parts.join('; ')}`;
}

function viewText(timeline: Timeline, reading: TimeReading): string {
  const [from, to] = timeline.range;
  return timeline.zoomed
    ? l10n.t('In view: {0} to {1}', momentLabel(from, reading), momentLabel(to, reading))
    : l10n.t('All of it is in view');
}
