import * as l10n from '@vscode/l10n';
import type { JSX } from 'preact';
import { useCallback, useMemo } from 'preact/hooks';
import { inSentence } from '../../core/in-sentence';
import { SERIES } from '../../core/series';
import type { ShownDiagnosis } from '../../protocol/messages';
import type { TimeReading } from '../charts/ticks';
import type { Timeline } from '../charts/timeline';
import { useKeptRange } from '../kept-timeline';
import { buildLanes, chartMarks } from '../lanes';
import { usePage } from '../page';
import type { Metric, ReportModel } from '../report-model';
import { NO_TROUBLE, troubleOf } from '../trouble';
import { ChartToolbar } from './chart-toolbar';
import { Plots } from './plots';
import { StreamList } from './stream-list';
import { Untold } from './told';

interface ExplorerProps {
  model: ReportModel;
  diagnosis?: ShownDiagnosis;
  timeline: Timeline;
  painted: boolean;
  onDraw: () => void;
}

/** Streams, lanes and charts: one time axis, one cursor. */
export function Explorer({ model, diagnosis, timeline, painted, onDraw }: ExplorerProps): JSX.Element {
  const { view, setView, remember } = usePage();
  const lanes = useMemo(() => buildLanes(model), [model]);
  const marks = useMemo(() => chartMarks(lanes), [lanes]);
  const reading = useMemo<TimeReading>(() => ({ mode: view.timeMode, origin: model.origin }), [view.timeMode, model]);

  const hidden = new Set(view.hidden ?? model.hiddenAtFirst);
  const visible = model.sources.filter(({ id }) => !hidden.has(id));
  const drawsLimits = view.limits !== false;
  const trouble = useCallback(
    (metric: Metric) => (drawsLimits ? troubleOf(diagnosis, metric.key, visible) : NO_TROUBLE),
    [diagnosis, drawsLimits, visible.map(({ id }) => id).join('\n')],
  );
  const extras = model.extraMetrics.filter(({ key }) => view.extraMetrics.includes(key));
  const metrics = [...model.coreMetrics, ...extras];

  useKeptRange(timeline, (range) => remember({ range }));

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
      <section class="charts" data-section="charts" aria-label={l10n.t('Charts')}>
        <ChartToolbar model={model} timeline={timeline} judged={diagnosis?.limits !== undefined} />
        <Plots
          sources={model.sources}
          visible={visible}
          metrics={metrics}
          timeline={timeline}
          lanes={lanes}
          marks={marks}
          reading={reading}
          troubleOf={trouble}
          origin={model.origin}
          painted={painted}
          onDraw={onDraw}
          onRemove={(metric) =>
            extras.includes(metric)
              ? () => setView({ extraMetrics: view.extraMetrics.filter((key) => key !== metric.key) })
              : undefined
          }
        />
        <NotReported model={model} />
      </section>
    </div>
  );
}

/** What is not charted, and why. */
function NotReported({ model }: { model: ReportModel }): JSX.Element | null {
  const { sources, notReported, subject } = model;
  if (sources.length === 0) {
    if (subject.session?.status === 'live' && subject.cannotTell?.live) return <Untold model={model} part="live" />;
    return (
      <p class="empty" data-field="noSamples">
        {l10n.t(
          'This report holds no samples: there is nothing to chart. The call may have been too short, or the client sent no statistics.',
        )}
      </p>
    );
  }
  return (
    <div class="not-reported">
      <Untold model={model} part="quality" />
      {sources.some(({ stream }) => stream?.scaled) && (
        <p data-field="assumedUnit">
          {l10n.t(
            'The unit of the packet loss is an assumption, told in the notes; the chart’s table has each value as it came.',
          )}
        </p>
      )}
      {notReported.length > 0 && (
        <p data-field="notReported">
          {l10n.t(
            'Not reported: {0}.',
            notReported
              .map((label, index) => (index === 0 || label === SERIES.mos.label ? label : inSentence(label)))
              .join(', '),
          )}
        </p>
      )}
    </div>
  );
}
