import * as l10n from '@vscode/l10n';
import type { JSX } from 'preact';
import { useEffect, useMemo, useState } from 'preact/hooks';
import type { TimeReading } from '../charts/ticks';
import { ChartToolbar } from '../components/chart-toolbar';
import { Plots } from '../components/plots';
import type { CompareModel } from './model';
import { useComparePage } from './page';
import { PairList } from './pair-list';
import { useCompareTimeline } from './timeline';

/** What belongs together, and the charts in which it is laid over each other: one time axis, one cursor. */
export function CompareExplorer({ model }: { model: CompareModel }): JSX.Element {
  const { view, setView, remember } = useComparePage();
  const timeline = useCompareTimeline(model, view, remember);
  const [painted, setPainted] = useState(false);
  const relative = model.timeMode === 'offset';
  const reading = useMemo<TimeReading>(
    () => ({ mode: model.timeMode, origin: model.origin, relative }),
    [model.timeMode, model.origin],
  );
  const chosen = new Set(view.shown ?? model.shownAtFirst);
  const pairs = model.pairs.filter(({ key }) => chosen.has(key));
  // What was ticked among other streams says nothing here.
  const drawn =
    pairs.length > 0 || view.shown?.length === 0
      ? pairs
      : model.pairs.filter(({ key }) => model.shownAtFirst.includes(key));
  const shown = new Set(drawn.map(({ key }) => key));
  const visible = drawn.flatMap(({ sources: [a, b] }) => [...a, ...b]);
  const extras = model.extraMetrics.filter(({ key }) => view.extraMetrics.includes(key));
  const metrics = [...model.coreMetrics, ...extras];
  useEffect(() => {
    // A hidden page draws no frame.
    const timer = setTimeout(() => setPainted(true), 1000);
    return () => clearTimeout(timer);
  }, []);

  if (model.sources.length === 0) {
    return (
      <p class="empty no-samples" data-field="noSamples">
        {l10n.t('Neither report holds samples: there is nothing to chart.')}
      </p>
    );
  }
  return (
    <div class="explorer">
      <PairList
        model={model}
        shown={shown}
        metrics={metrics}
        timeline={timeline}
        reading={reading}
        onShow={(keys) => setView({ shown: keys })}
      />
      <section class="charts" data-section="charts" aria-label={l10n.t('Charts')}>
        <ChartToolbar model={model} timeline={timeline} judged={false} />
        <Plots
          sources={model.sources}
          visible={visible}
          metrics={metrics}
          timeline={timeline}
          lanes={model.lanes}
          marks={model.marks}
          reading={reading}
          // By the clock the two came at different moments: time into the call has no one origin.
          origin={relative ? model.origin : undefined}
          painted={painted}
          onDraw={() => setTimeout(() => setPainted(true))}
          onRemove={(metric) =>
            extras.includes(metric)
              ? () => setView({ extraMetrics: view.extraMetrics.filter((key) => key !== metric.key) })
              : undefined
          }
        />
      </section>
    </div>
  );
}
