import type { JSX } from 'preact';
import { useEffect, useId, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { Menu } from '../components/menu';
import { displayUnit, formatNumber } from '../format';
import type { LaneMark } from '../lanes';
import { usePage } from '../page';
import { hasValue, type Metric, type Source } from '../report-model';
import { ChartTableView } from './chart-table';
import { copyImage } from './copy-image';
import { chartCsv, chartTable } from './csv';
import { Plot } from './plot';
import { columnSummary } from './summaries';
import type { TimeReading } from './ticks';
import type { Timeline } from './timeline';
import { useThemeVersion } from './use-timeline';

interface ChartCardProps {
  sources: readonly Source[];
  /** Where time into the call begins, epoch ms. */
  origin: number | undefined;
  metric: Metric;
  visible: readonly Source[];
  timeline: Timeline;
  marks: readonly LaneMark[];
  reading: TimeReading;
  /** CSS pixels, gutter included. */
  width: number;
  /** The first chart is on screen: what is not urgent may be worked out. */
  painted: boolean;
  onDraw(): void;
  /** Only for charts that were added by choice. */
  onRemove?: () => void;
}

/** One metric: its plot or its table, and what can be done with it. */
export function ChartCard(props: ChartCardProps): JSX.Element {
  const { sources, origin, metric, visible, timeline, reading, painted, onRemove } = props;
  const { host, announce } = usePage();
  const id = useId();
  const [asTable, setAsTable] = useState(false);
  const [said, setSaid] = useState('');
  const plot = useRef<Plot | undefined>(undefined);
  const able = useMemo(() => sources.filter(({ series }) => hasValue(series[metric.key])), [sources, metric.key]);
  const shown = able.filter((source) => visible.includes(source));
  const unit = displayUnit(metric);

  useEffect(() => {
    if (!said) return;
    announce(said);
    const timer = setTimeout(() => setSaid(''), 2500);
    return () => clearTimeout(timer);
  }, [said]);

  const copyCsv = async () => {
    const text = chartCsv(metric, chartTable(shown, metric.key, timeline.range), origin);
    await host.requests.ask({ kind: 'copyText', text }).then(
      () => setSaid('Copied as CSV'),
      () => setSaid('Could not copy'),
    );
  };
  const copyPicture = async () => {
    if (plot.current)
      setSaid(await copyImage(plot.current.canvas, `${metric.label}${unit.unit && ` (${unit.unit})`}`, host));
  };

  return (
    <section class="chart" data-chart={metric.key} aria-labelledby={`${id}-title`}>
      <div class="chart-head">
        <h3 id={`${id}-title`} title={metric.meaning}>
          {metric.label}
          {unit.unit && <span class="unit">{unit.unit}</span>}
        </h3>
        <span class="said">{said}</span>
        <Menu
          label={`${metric.label}: actions`}
          items={[
            { label: asTable ? 'View as chart' : 'View as table', run: () => setAsTable(!asTable) },
            { label: 'Copy as CSV', run: () => void copyCsv(), disabled: shown.length === 0 },
            { label: 'Copy image', run: () => void copyPicture(), disabled: asTable || shown.length === 0 },
            ...(onRemove ? [{ label: 'Remove chart', run: onRemove }] : []),
          ]}
        />
      </div>
      {shown.length === 0 ? (
        <p class="chart-note">
          No stream that is ticked measured this. {able.length} other {able.length === 1 ? 'did' : 'do'}.
        </p>
      ) : asTable ? (
        <ChartTableView metric={metric} sources={shown} timeline={timeline} reading={reading} />
      ) : (
        <PlotView
          {...props}
          able={able}
          shown={shown}
          plot={plot}
          summary={painted ? plotSummary(metric, shown) : ''}
        />
      )}
    </section>
  );
}

interface PlotViewProps extends ChartCardProps {
  able: readonly Source[];
  shown: readonly Source[];
  plot: { current: Plot | undefined };
  summary: string;
}

function PlotView(props: PlotViewProps): JSX.Element {
  const { metric, able, shown, timeline, marks, reading, width, plot, summary, onDraw } = props;
  const root = useRef<HTMLDivElement>(null);
  const theme = useThemeVersion();
  const content = { metric, sources: shown, marks, reading };
  const drawn = useRef(content);
  drawn.current = content;

  useLayoutEffect(() => {
    if (!root.current) return;
    const made = new Plot(root.current, width, drawn.current, able, timeline, onDraw);
    plot.current = made;
    const stop = timeline.listen(() => made.redraw(), 'range');
    const { over } = made;
    const move = (event: PointerEvent) => timeline.setCursor(made.timeAt(event));
    const leave = () => timeline.setCursor(undefined);
    const wheel = (event: WheelEvent) => {
      if (!event.ctrlKey && !event.metaKey && !event.shiftKey) return;
      event.preventDefault();
      const turn = event.deltaY || event.deltaX;
      if (event.shiftKey) timeline.pan(Math.sign(turn) * 0.1);
      else timeline.zoom(turn > 0 ? 1.25 : 0.8, made.timeAt(event));
    };
    over.addEventListener('pointermove', move);
    over.addEventListener('pointerleave', leave);
    over.addEventListener('wheel', wheel, { passive: false });
    return () => {
      stop();
      plot.current = undefined;
      made.destroy();
    };
    // A high-contrast theme has thicker lines, which uPlot takes at the start only.
  }, [timeline, able, theme]);
  useLayoutEffect(() => plot.current?.resize(width), [width]);
  useEffect(() => plot.current?.update(drawn.current), [shown.map(({ id }) => id).join('\n'), marks, reading.mode]);

  return <div class="plot" ref={root} role="img" aria-label={summary} />;
}

/** What the lines say, for those who do not see them. */
function plotSummary(metric: Metric, sources: readonly Source[]): string {
  const unit = displayUnit(metric);
  const number = (value: number) => formatNumber(value * unit.factor, unit.decimals);
  const lines = sources.map((source) => {
    const summary = columnSummary(source.series[metric.key]);
    if (!summary) return `${source.label}: not measured`;
    return `${source.label}: median ${number(summary.median)}, from ${number(summary.min)} to ${number(summary.max)}`;
  });
  return `${metric.label}${unit.unit && ` in ${unit.unit}`}. ${lines.join('; ')}.`;
}
