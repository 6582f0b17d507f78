import * as l10n from '@vscode/l10n';
import type { JSX } from 'preact';
import { useId, useState } from 'preact/hooks';
import type { Timeline } from '../charts/timeline';
import { useRange } from '../charts/use-timeline';
import { timeZoneName } from '../format';
import { Icon } from '../icons';
import { useChartPage } from '../page';
import type { ReportModel } from '../report-model';

/** What the pointer does on the charts; the keys are told by the time axis. */
const GESTURES = [
  l10n.t('Drag across a chart to zoom, double-click to see all.'),
  l10n.t('Shift+drag, a drag with the middle button, or a drag on the time axis moves the view.'),
  l10n.t('Ctrl or ⌘ and the wheel zoom at the pointer; Shift and the wheel, or a sideways wheel, move the view.'),
  l10n.t('Keys on the time axis: arrows move the cursor, Alt+arrows the view, + and − zoom, 0 shows all.'),
].join('\n');

interface ChartToolbarProps {
  model: Pick<ReportModel, 'extraMetrics'>;
  timeline: Timeline;
  /** There are limits to draw. */
  judged: boolean;
}

/** Above the charts: how time reads, zoom, and which further metrics are charted. */
export function ChartToolbar({ model, timeline, judged }: ChartToolbarProps): JSX.Element {
  const { view, setView } = useChartPage();
  const [choosing, setChoosing] = useState(false);
  const id = useId();
  useRange(timeline);
  const chosen = view.extraMetrics.filter((key) => model.extraMetrics.some((metric) => metric.key === key));
  const toggle = (key: string) =>
    setView({
      extraMetrics: view.extraMetrics.includes(key)
        ? view.extraMetrics.filter((each) => each !== key)
        : [...view.extraMetrics, key],
    });
  return (
    <div class="chart-toolbar">
      <div class="toolbar-row">
        <fieldset class="segments" aria-label={l10n.t('How time reads')}>
          <button type="button" aria-pressed={view.timeMode === 'clock'} onClick={() => setView({ timeMode: 'clock' })}>
            {l10n.t('Clock')}
          </button>
          <button
            type="button"
            aria-pressed={view.timeMode === 'offset'}
            onClick={() => setView({ timeMode: 'offset' })}
          >
            {l10n.t('Time into call')}
          </button>
        </fieldset>
        <span class="zone" data-field="timeZone">
          {view.timeMode === 'clock' ? timeZoneName() : l10n.t('from joining')}
        </span>
        <span class="gesture-hint muted" title={GESTURES}>
          {l10n.t('Drag zooms · Shift+drag pans')}
        </span>
        {judged && (
          <button
            type="button"
            class="text-button"
            aria-pressed={view.limits !== false}
            title={l10n.t('Draw the limits of the rules, and shade the episodes in which they were passed')}
            onClick={() => setView({ limits: view.limits === false ? undefined : false })}
          >
            {l10n.t('Limits')}
          </button>
        )}
        {model.extraMetrics.length > 0 && (
          <button
            type="button"
            class="text-button"
            aria-expanded={choosing}
            aria-controls={id}
            onClick={() => setChoosing(!choosing)}
          >
            <Icon name={choosing ? 'down' : 'right'} />
            {l10n.t('More metrics')}
            {chosen.length > 0 && ` (${chosen.length})`}
          </button>
        )}
        <button type="button" class="text-button" disabled={!timeline.zoomed} onClick={() => timeline.reset()}>
          <Icon name="zoomOut" />
          {l10n.t('Reset zoom')}
        </button>
      </div>
      {choosing && (
        <fieldset class="metric-choice" id={id}>
          <legend class="sr-only">{l10n.t('Further metrics to chart')}</legend>
          {model.extraMetrics.map((metric) => (
            <label key={metric.key} title={metric.meaning}>
              <input
                type="checkbox"
                data-metric={metric.key}
                checked={view.extraMetrics.includes(metric.key)}
                onChange={() => toggle(metric.key)}
              />
              <span>{metric.label}</span>
            </label>
          ))}
        </fieldset>
      )}
    </div>
  );
}
