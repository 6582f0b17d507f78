import * as l10n from '@vscode/l10n';
import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { GAP_WORDS } from '../../core/gaps';
import { localNumber } from '../../core/locale';
import { assumedFactor } from '../charts/csv';
import { valueAt } from '../charts/draw';
import { FIGURES } from '../charts/frames';
import { gapAt } from '../charts/gap-bands';
import { columnSummary } from '../charts/summaries';
import type { Timeline } from '../charts/timeline';
import { useCursor } from '../charts/use-timeline';
import { displayUnit, formatNumber } from '../format';
import { Icon } from '../icons';
import { type LineStyle, lineColor } from '../line-style';
import { hasValue, identifiersOf, type Metric, type Source } from '../report-model';

/** Names short enough to stand beside a value. Where the name says the unit it is left out. */
export const SHORT: Readonly<Record<string, { label: string; bare?: true }>> = {
  packetLoss: { label: l10n.t('Loss') },
  packetLossUnscaled: { label: l10n.t('Raw loss') },
  rtt: { label: 'RTT' },
  jitter: { label: l10n.t('Jitter') },
  jitterBufferDelay: { label: l10n.t('Buffer') },
  bitrate: { label: l10n.t('Rate') },
  fps: { label: 'FPS', bare: true },
  frameHeight: { label: l10n.t('Height') },
  mos: { label: 'MOS' },
};

/** A line as the charts draw it. */
export function Swatch({ style }: { style: LineStyle }): JSX.Element {
  return (
    <svg class="swatch" width="22" height="10" viewBox="0 0 22 10" aria-hidden="true">
      <line x1="1" x2="21" y1="5" y2="5" style={{ stroke: lineColor(style) }} stroke-dasharray={style.dash.join(' ')} />
    </svg>
  );
}

interface StreamItemProps {
  source: Source;
  /** What tells it apart below its heading. */
  name: string;
  /** From when on it was sent or received, for one of several that followed each other. */
  period?: string;
  visible: boolean;
  metrics: readonly Metric[];
  timeline: Timeline;
  painted: boolean;
  onToggle: () => void;
  onIsolate: () => void;
  /** Only for streams whose sender's report can be read. */
  onCompare?: () => void;
}

/** One stream: whether it is drawn, and what it measured at the cursor. */
export function StreamItem(props: StreamItemProps): JSX.Element {
  const { source, name, period, visible, metrics, timeline, painted, onToggle, onIsolate, onCompare } = props;
  const own = useMemo(
    () => metrics.filter(({ key }) => hasValue(source.series[key])),
    [source, metrics.map(({ key }) => key).join()],
  );
  return (
    <li class={visible ? 'stream' : 'stream off'} data-stream={source.id}>
      <div class="stream-head">
        {/* biome-ignore lint/a11y/useKeyWithClickEvents: the button beside it does the same by keyboard. */}
        <label
          title={[source.label, identifiersOf(source)].filter(Boolean).join('\n')}
          onClick={(event) => {
            if (!event.altKey) return;
            event.preventDefault();
            onIsolate();
          }}
        >
          <input type="checkbox" checked={visible} aria-label={source.label} onChange={onToggle} />
          <Swatch style={source.style} />
          <span class="stream-name">{name}</span>
          {period && <span class="stream-period muted">{period}</span>}
        </label>
        {visible && <Missing source={source} metrics={own} timeline={timeline} />}
        <button
          type="button"
          class="icon-button quiet"
          aria-label={l10n.t('Show only {0}; again: show the usual ones', source.label)}
          title={l10n.t('Show only this (Alt+click on the name)')}
          onClick={onIsolate}
        >
          <Icon name="only" />
        </button>
        {onCompare && (
          <button
            type="button"
            class="icon-button quiet"
            aria-label={l10n.t('Compare {0} with the other end', source.label)}
            title={l10n.t('Compare with the other end: what was sent, against what was received')}
            onClick={onCompare}
          >
            <Icon name="compare" />
          </button>
        )}
      </div>
      {visible && own.length > 0 && <Values source={source} metrics={own} timeline={timeline} painted={painted} />}
    </li>
  );
}

type ValuesProps = Pick<StreamItemProps, 'source' | 'metrics' | 'timeline' | 'painted'>;

/** Beside the name, so that nothing moves: why there is no value at the cursor. */
function Missing({ source, metrics, timeline }: Omit<ValuesProps, 'painted'>): JSX.Element | null {
  const cursor = useCursor(timeline, FIGURES);
  const reasons = new Set(cursor === undefined ? [] : metrics.flatMap(({ key }) => gapAt(source, key, cursor) ?? []));
  if (reasons.size === 0) return null;
  return (
    <span class="stream-missing" data-field="missing">
      {[...reasons].map((reason) => GAP_WORDS[reason]).join(', ')}
    </span>
  );
}

function Values({ source, metrics, timeline, painted }: ValuesProps): JSX.Element {
  const cursor = useCursor(timeline, FIGURES);
  return (
    <dl class="values">
      {metrics.map((metric) => {
        const { unit, factor, decimals } = displayUnit(metric);
        const median = painted ? columnSummary(source.series[metric.key])?.median : undefined;
        const value = cursor === undefined ? median : valueAt(source, metric.key, cursor);
        const shown = value === undefined ? undefined : value * factor;
        const short = SHORT[metric.key];
        return (
          <div
            key={metric.key}
            title={[`${metric.label}${unit && `, ${unit}`}`, ...cameAs(source, metric.key, value)].join('; ')}
          >
            <dt class={short ? undefined : 'long'}>{short?.label ?? metric.label}</dt>
            <dd data-field={`cursor.${metric.key}`}>
              {formatNumber(shown, Math.abs(shown ?? 0) >= 100 ? 0 : decimals)}
              {unit && !short?.bare && <span class="unit">{unit}</span>}
            </dd>
          </div>
        );
      })}
    </dl>
  );
}

/** The value before its assumed unit, for the tooltip; nothing where the unit is known. */
function cameAs(source: Source, key: string, value: number | undefined): string[] {
  const factor = assumedFactor(source, key);
  if (factor === undefined || value === undefined || Number.isNaN(value)) return [];
  return [l10n.t('as it came: {0}', localNumber(Number((value / factor).toPrecision(12))))];
}
