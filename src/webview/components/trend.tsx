import * as l10n from '@vscode/l10n';
import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { displayText } from '../../core/text';
import type { TimeReading } from '../charts/ticks';
import { Timeline } from '../charts/timeline';
import { formatPeriod } from '../format';
import type { Lane } from '../lanes';
import type { ReportModel, Trend as TrendModel } from '../report-model';
import { Plots } from './plots';
import { Section } from './section';

/** How an asset fared with all its viewers, apart from the session's own figures and on a time axis of its own. */
export function AssetTrend({ model, trend }: { model: ReportModel; trend: TrendModel }): JSX.Element {
  return (
    <Section name="trend" title={l10n.t('Asset trend')} note={l10n.t('all sessions of the asset, not this one')}>
      {() => <TrendBody model={model} trend={trend} />}
    </Section>
  );
}

function TrendBody({ model, trend }: { model: ReportModel; trend: TrendModel }): JSX.Element {
  const { source, metrics, span } = trend;
  const timeline = useMemo(() => new Timeline(span), [trend]);
  const sources = useMemo(() => [source], [trend]);
  const lanes = useMemo(() => thisPlayback(model), [model]);
  // Hours before a session began say nothing as time into it.
  const reading = useMemo<TimeReading>(() => ({ mode: 'clock', origin: span[0] }), [trend]);
  return (
    <>
      <p class="muted">
        <strong>{displayText(source.stream?.label ?? l10n.t('All sessions of the asset'), 120)}</strong>,{' '}
        <span data-field="trendSpan">{formatPeriod(span[0], span[1])}</span>.{' '}
        {l10n.t('The bar marks when this playback ran; its own figures are above.')}
      </p>
      <Plots
        sources={sources}
        visible={sources}
        metrics={metrics}
        timeline={timeline}
        lanes={lanes}
        marks={[]}
        reading={reading}
        painted
        onDraw={() => undefined}
      />
    </>
  );
}

function thisPlayback({ report: { startedAt, endedAt } }: ReportModel): Lane[] {
  if (startedAt === undefined) return [];
  const bar = { from: startedAt, to: endedAt, label: l10n.t('This playback'), look: 'strong' as const };
  return [{ key: 'playback', label: l10n.t('This playback'), short: l10n.t('This one'), bars: [bar], marks: [] }];
}
