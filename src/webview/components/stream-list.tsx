import type { JSX } from 'preact';
import { useId, useMemo, useState } from 'preact/hooks';
import { assumedFactor } from '../charts/csv';
import { valueAt } from '../charts/draw';
import { columnSummary } from '../charts/summaries';
import { momentLabel, type TimeReading } from '../charts/ticks';
import type { Timeline } from '../charts/timeline';
import { useCursor } from '../charts/use-timeline';
import { displayUnit, formatNumber } from '../format';
import { Icon } from '../icons';
import { lineColor } from '../line-style';
import { hasValue, identifiersOf, type Metric, type ReportModel, type Source, type SourceGroup } from '../report-model';

const GROUPS: readonly { group: SourceGroup; title: string }[] = [
  { group: 'sent', title: 'Sent' },
  { group: 'received', title: 'Received' },
  { group: 'transport', title: 'Transport' },
];

/** Names short enough to stand beside a value. Where the name says the unit it is left out. */
const SHORT: Readonly<Record<string, { label: string; bare?: true }>> = {
  packetLoss: { label: 'Loss' },
  packetLossUnscaled: { label: 'Raw loss' },
  rtt: { label: 'RTT' },
  jitter: { label: 'Jitter' },
  jitterBufferDelay: { label: 'Buffer' },
  bitrate: { label: 'Rate' },
  fps: { label: 'FPS', bare: true },
  frameHeight: { label: 'Height' },
  mos: { label: 'MOS' },
};

interface StreamListProps {
  model: ReportModel;
  metrics: readonly Metric[];
  hidden: ReadonlySet<string>;
  timeline: Timeline;
  reading: TimeReading;
  painted: boolean;
  onHide(ids: string[]): void;
}

/** Which streams are drawn, and what they measured at the cursor. */
export function StreamList({
  model,
  metrics,
  hidden,
  timeline,
  reading,
  painted,
  onHide,
}: StreamListProps): JSX.Element {
  const cursor = useCursor(timeline);
  const id = useId();
  const [folded, setFolded] = useState(false);
  const { sources } = model;
  const toggle = (source: Source) =>
    onHide(hidden.has(source.id) ? [...hidden].filter((each) => each !== source.id) : [...hidden, source.id]);
  const isolate = (source: Source) => {
    const others = sources.filter((each) => each !== source).map((each) => each.id);
    const alone = !hidden.has(source.id) && others.every((each) => hidden.has(each));
    onHide(alone ? model.hiddenAtFirst : others);
  };
  const shown = sources.filter((source) => !hidden.has(source.id)).length;
  return (
    <nav class={folded ? 'streams folded' : 'streams'} data-section="streams" aria-label="Streams">
      <h2>
        <button
          type="button"
          class="fold only-narrow"
          aria-expanded={!folded}
          aria-controls={id}
          onClick={() => setFolded(!folded)}
        >
          <Icon name={folded ? 'right' : 'down'} />
          Streams <span class="note">{`${shown} of ${sources.length} shown`}</span>
        </button>
        <span class="only-wide">Streams</span>
        <span class="read-at" data-field="readAt">
          {sources.length === 0 ? '' : cursor === undefined ? 'median' : `at ${momentLabel(cursor, reading)}`}
        </span>
      </h2>
      <div id={id} class="stream-groups">
        {sources.length === 0 && <p class="empty">No streams in this report.</p>}
        {GROUPS.map(({ group, title }) => {
          const members = sources.filter((source) => source.group === group);
          if (members.length === 0) return null;
          return (
            <section class="stream-group" key={group} aria-label={title}>
              {/* One line that sums up all of them has the heading's name itself. */}
              <h3 class={members.every(({ label }) => label === title) ? 'sr-only' : undefined}>{title}</h3>
              <ul>
                {members.map((source) => (
                  <StreamItem
                    key={source.id}
                    source={source}
                    visible={!hidden.has(source.id)}
                    metrics={metrics}
                    cursor={cursor}
                    painted={painted}
                    onToggle={() => toggle(source)}
                    onIsolate={() => isolate(source)}
                  />
                ))}
              </ul>
            </section>
          );
        })}
      </div>
    </nav>
  );
}

interface StreamItemProps {
  source: Source;
  visible: boolean;
  metrics: readonly Metric[];
  cursor: number | undefined;
  painted: boolean;
  onToggle(): void;
  onIsolate(): void;
}

function StreamItem({ source, visible, metrics, cursor, painted, onToggle, onIsolate }: StreamItemProps): JSX.Element {
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
          <input type="checkbox" checked={visible} onChange={onToggle} />
          <svg class="swatch" width="22" height="10" viewBox="0 0 22 10" aria-hidden="true">
            <line
              x1="1"
              x2="21"
              y1="5"
              y2="5"
              style={{ stroke: lineColor(source.style) }}
              stroke-dasharray={source.style.dash.join(' ')}
            />
          </svg>
          <span class="stream-name">{source.label}</span>
        </label>
        <button
          type="button"
          class="icon-button quiet"
          aria-label={`Show only ${source.label}; again: show the usual ones`}
          title="Show only this (Alt+click on the name)"
          onClick={onIsolate}
        >
          <Icon name="only" />
        </button>
      </div>
      {visible && own.length > 0 && (
        <dl class="values">
          {own.map((metric) => {
            const { unit, factor, decimals } = displayUnit(metric);
            const median = painted ? columnSummary(source.series[metric.key])?.median : undefined;
            const value = cursor === undefined ? median : valueAt(source, metric.key, cursor);
            const shown = value === undefined ? undefined : value * factor;
            const short = SHORT[metric.key];
            return (
              <div key={metric.key} title={`${metric.label}${unit && `, ${unit}`}${cameAs(source, metric.key, value)}`}>
                <dt>{short?.label ?? metric.label}</dt>
                <dd data-field={`cursor.${metric.key}`}>
                  {formatNumber(shown, Math.abs(shown ?? 0) >= 100 ? 0 : decimals)}
                  {unit && !short?.bare && <span class="unit">{unit}</span>}
                </dd>
              </div>
            );
          })}
        </dl>
      )}
    </li>
  );
}

/** The value before its assumed unit, for the tooltip. */
function cameAs(source: Source, key: string, value: number | undefined): string {
  const factor = assumedFactor(source, key);
  if (factor === undefined || value === undefined || Number.isNaN(value)) return '';
  return `; as it came: ${Number((value / factor).toPrecision(12))}`;
}
