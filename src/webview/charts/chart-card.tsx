import * as l10n from '@vscode/l10n';
import type { JSX } from 'preact';
import { useEffect, useId, useMemo, useRef, useState } from 'preact/hooks';
import type { ChartAction } from '../../protocol/messages';
import { onChartAction } from '../chart-commands';
import { Menu } from '../components/menu';
import { displayUnit, formatNumber } from '../format';
import type { LaneMark } from '../lanes';
import { useChartPage } from '../page';
import { hasValue, type Metric, type Source } from '../report-model';
import type { Trouble } from '../trouble';
import { ChartTableView } from './chart-table';
import { copyImage } from './copy-image';
import { chartCsv, chartTable } from './csv';
import type { Plot } from './plot';
import { PlotView } from './plot-view';
import { columnSummary } from './summaries';
import type { TimeReading } from './ticks';
import type { Timeline } from './timeline';

export interface ChartCardProps {
  sources: readonly Source[];
  /** Where time into the call begins, epoch ms. */
  origin: number | undefined;
  metric: Metric;
  visible: readonly Source[];
  timeline: Timeline;
  marks: readonly LaneMark[];
  reading: TimeReading;
  trouble: Trouble;
  /** CSS pixels, gutter included. */
  width: number;
  /** The first chart is on screen: what is not urgent may be worked out. */
  painted: boolean;
  onDraw: () => void;
  /** Only for charts that were added by choice. */
  onRemove?: () => void;
}

/** One metric: its plot or its table, and what can be done with it. */
export function ChartCard(props: ChartCardProps): JSX.Element {
  const { sources, origin, metric, visible, timeline, reading, trouble, painted, onRemove } = props;
  const { requests, announce } = useChartPage();
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
    const text = chartCsv(metric, chartTable(shown, metric.key, timeline.range), origin, reading.relative);
    await requests.ask({ kind: 'copyText', text }).then(
      () => setSaid(l10n.t('Copied as CSV')),
      () => setSaid(l10n.t('Could not copy')),
    );
  };
  const copyPicture = async () => {
    if (plot.current)
      setSaid(await copyImage(plot.current.canvas, `${metric.label}${unit.unit && ` (${unit.unit})`}`, requests));
  };

  const act = useRef<(action: ChartAction) => void>(() => undefined);
  act.current = (action) => {
    if (action === 'table') setAsTable(!asTable);
    else if (shown.length > 0) void (action === 'csv' ? copyCsv() : copyPicture());
  };
  useEffect(() => onChartAction(metric.key, (action) => act.current(action)), [metric.key]);

  return (
    <section class="chart" data-chart={metric.key} aria-labelledby={`${id}-title`}>
      <div class="chart-head">
        <h3 id={`${id}-title`} title={metric.meaning}>
          {metric.label}
          {/* "Plays", counted in plays, says it once. */}
          {unit.unit.toLowerCase() !== metric.label.toLowerCase() && <span class="unit">{unit.unit}</span>}
        </h3>
        <Limits trouble={trouble} metric={metric} />
        <span class="said">{said}</span>
        <Menu
          label={l10n.t('{0}: actions', metric.label)}
          items={[
            { label: asTable ? l10n.t('View as chart') : l10n.t('View as table'), run: () => setAsTable(!asTable) },
            { label: l10n.t('Copy as CSV'), run: () => void copyCsv(), disabled: shown.length === 0 },
            { label: l10n.t('Copy image'), run: () => void copyPicture(), disabled: asTable || shown.length === 0 },
            ...(onRemove ? [{ label: l10n.t('Remove chart'), run: onRemove }] : []),
          ]}
        />
      </div>
      {shown.length === 0 ? (
        <p class="chart-note">
          {able.length === 1
            ? l10n.t('No stream that is ticked measured this. 1 other did.')
            : l10n.t('No stream that is ticked measured this. {0} other do.', able.length)}
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

/** The limits in words: a line is drawn only where it is in view. */
function Limits({
  trouble: { limits, episodes },
  metric,
}: Pick<ChartCardProps, 'trouble' | 'metric'>): JSX.Element | null {
  if (limits.length === 0) return null;
  const { factor, decimals } = displayUnit(metric);
  const number = (value: number) =>
    formatNumber(value * factor, Number.isInteger(value * factor) ? 0 : Math.max(1, decimals));
  const texts = limits.map(({ beyond, warn, bad, streams }) => {
    const level = (value: number) => `${beyond === 'above' ? '>' : '<'} ${number(value)}`;
    if (streams.source === 'screen') {
      if (bad === undefined) return l10n.t('screen limit {0}', level(warn));
      return l10n.t('screen limit {0}, bad {1}', level(warn), level(bad));
    }
    if (bad === undefined) return l10n.t('limit {0}', level(warn));
    return l10n.t('limit {0}, bad {1}', level(warn), level(bad));
  });
  if (episodes.length === 1) texts.push(l10n.t('1 bad episode'));
  else if (episodes.length > 1) texts.push(l10n.t('{0} bad episodes', episodes.length));
  return (
    <span class="limits" data-field={`limits.${metric.key}`} title={episodes.map(({ title }) => title).join('\n')}>
      {texts.join(' · ')}
    </span>
  );
}

/** What the lines say, for those who do not see them. */
function plotSummary(metric: Metric, sources: readonly Source[]): string {
  const unit = displayUnit(metric);
  const number = (value: number) => formatNumber(value * unit.factor, unit.decimals);
  const lines = sources.map((source) => {
    const summary = columnSummary(source.series[metric.key]);
    if (!summary) return l10n.t('{0}: not measured', source.label);
    return l10n.t('{stream}: median {median}, from {least} to {most}', {
      stream: source.label,
      median: number(summary.median),
      least: number(summary.min),
      most: number(summary.max),
    });
  });
  const what = unit.unit ? l10n.t('{0} in {1}', metric.label, unit.unit) : metric.label;
  return `${what}. ${lines.join('; ')}.`;
}
