import type { JSX } from 'preact';
import { useId, useState } from 'preact/hooks';
import type { Timeline } from '../charts/timeline';
import { useRange } from '../charts/use-timeline';
import { timeZoneName } from '../format';
import { Icon } from '../icons';
import { usePage } from '../page';
import type { ReportModel } from '../report-model';

/** Above the charts: how time reads, zoom, and which further metrics are charted. */
export function ChartToolbar({ model, timeline }: { model: ReportModel; timeline: Timeline }): JSX.Element {
  const { view, setView } = usePage();
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
        <fieldset class="segments" aria-label="How time reads">
          <button type="button" aria-pressed={view.timeMode === 'clock'} onClick={() => setView({ timeMode: 'clock' })}>
            Clock
          </button>
          <button
            type="button"
            aria-pressed={view.timeMode === 'offset'}
            onClick={() => setView({ timeMode: 'offset' })}
          >
            Time into call
          </button>
        </fieldset>
        <span class="zone" data-field="timeZone">
          {view.timeMode === 'clock' ? timeZoneName() : 'from joining'}
        </span>
        <span class="spring" />
        {model.extraMetrics.length > 0 && (
          <button
            type="button"
            class="text-button"
            aria-expanded={choosing}
            aria-controls={id}
            onClick={() => setChoosing(!choosing)}
          >
            <Icon name={choosing ? 'down' : 'right'} />
            More metrics{chosen.length > 0 && ` (${chosen.length})`}
          </button>
        )}
        <button type="button" class="text-button" disabled={!timeline.zoomed} onClick={() => timeline.reset()}>
          <Icon name="zoomOut" />
          Reset zoom
        </button>
      </div>
      {choosing && (
        <fieldset class="metric-choice" id={id}>
          <legend class="sr-only">Further metrics to chart</legend>
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
