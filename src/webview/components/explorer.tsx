import type { JSX } from 'preact';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { ChartCard } from '../charts/chart-card';
import { valueAt } from '../charts/draw';
import { handleKey, keyStep } from '../charts/keys';
import { LaneRows } from '../charts/lane-rows';
import { GUTTER, PLOT_HEIGHT, RIGHT_MARGIN } from '../charts/plot';
import { momentLabel, type TimeReading } from '../charts/ticks';
import { CursorLine, TimeAxis } from '../charts/time-axis';
import type { Timeline } from '../charts/timeline';
import { displayUnit, formatNumber } from '../format';
import { buildLanes, chartMarks } from '../lanes';
import { usePage } from '../page';
import type { Metric, ReportModel, Source } from '../report-model';
import { ChartToolbar } from './chart-toolbar';
import { StreamList } from './stream-list';

/** Charts drawn at once; the others follow when the first are on screen. */
const FIRST_CHARTS = 2;
/** Height of a chart with its title, CSS pixels: keeps the place of those to come. */
const CHART_HEIGHT = PLOT_HEIGHT + 28;

interface ExplorerProps {
  model: ReportModel;
  timeline: Timeline;
  painted: boolean;
  onDraw(): void;
}

/** Streams, lanes and charts: one time axis, one cursor. */
export function Explorer({ model, timeline, painted, onDraw }: ExplorerProps): JSX.Element {
  const { view, setView, remember, announce } = usePage();
  const plots = useRef<HTMLDivElement>(null);
  const axis = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  const lanes = useMemo(() => buildLanes(model), [model]);
  const marks = useMemo(() => chartMarks(lanes), [lanes]);
  const reading = useMemo<TimeReading>(() => ({ mode: view.timeMode, origin: model.origin }), [view.timeMode, model]);

  const hidden = new Set(view.hidden ?? model.hiddenAtFirst);
  const visible = model.sources.filter(({ id }) => !hidden.has(id));
  const extras = model.extraMetrics.filter(({ key }) => view.extraMetrics.includes(key));
  const metrics = [...model.coreMetrics, ...extras];

  useEffect(
    () => timeline.listen(() => remember({ range: timeline.zoomed ? [...timeline.range] : undefined }), 'range'),
    [timeline],
  );
  useLayoutEffect(() => {
    const element = plots.current;
    if (!element) return;
    const measure = () => setWidth(Math.floor(element.clientWidth));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  const onKeyDown = (event: KeyboardEvent) => {
    const did = handleKey(event, timeline, keyStep(visible, model.span));
    if (!did) return;
    event.preventDefault();
    announce(did === 'moved' ? readOut(timeline, visible, metrics, reading) : viewText(timeline, reading));
  };
  const near = (at: number, reach: number) =>
    marks.filter((mark) => Math.abs(mark.at - at) <= reach).map(({ name }) => name);
  const plotWidth = Math.max(0, width - GUTTER - RIGHT_MARGIN);

  return (
    <div class="explorer">
      <StreamList
        model={model}
        metrics={metrics}
        hidden={hidden}
        timeline={timeline}
        reading={reading}
        painted={painted}
        onHide={(ids) => setView({ hidden: ids })}
      />
      <section class="charts" data-section="charts" aria-label="Charts">
        <ChartToolbar model={model} timeline={timeline} />
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
                <TimeAxis
                  timeline={timeline}
                  reading={reading}
                  width={plotWidth}
                  focusRef={axis}
                  onKeyDown={onKeyDown}
                />
                <LaneRows lanes={lanes} timeline={timeline} reading={reading} width={plotWidth} />
              </div>
              {(painted ? metrics : metrics.slice(0, FIRST_CHARTS)).map((metric) => (
                <ChartCard
                  key={metric.key}
                  model={model}
                  metric={metric}
                  visible={visible}
                  timeline={timeline}
                  marks={marks}
                  reading={reading}
                  width={width}
                  painted={painted}
                  onDraw={onDraw}
                  onRemove={
                    extras.includes(metric)
                      ? () => setView({ extraMetrics: view.extraMetrics.filter((key) => key !== metric.key) })
                      : undefined
                  }
                />
              ))}
              {!painted && <div style={{ height: `${Math.max(0, metrics.length - FIRST_CHARTS) * CHART_HEIGHT}px` }} />}
              <CursorLine timeline={timeline} reading={reading} width={plotWidth} near={near} />
            </>
          )}
        </div>
        <NotReported model={model} />
      </section>
    </div>
  );
}

function NotReported({ model }: { model: ReportModel }): JSX.Element | null {
  if (model.sources.length === 0) {
    return (
      <p class="empty" data-field="noSamples">
        This report holds no samples: there is nothing to chart. The call may have been too short, or the client sent no
        statistics.
      </p>
    );
  }
  if (model.notReported.length === 0) return null;
  return (
    <p class="not-reported" data-field="notReported">
      Not reported:{' '}
      {model.notReported
        .map((label, index) => (index === 0 || label === 'MOS' ? label : label.toLowerCase()))
        .join(', ')}
      .
    </p>
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
    : 'The whole call is in view';
}
