import * as l10n from '@vscode/l10n';
import type { JSX } from 'preact';
import { valueAt } from '../charts/draw';
import { columnSummary } from '../charts/summaries';
import { momentLabel, type TimeReading } from '../charts/ticks';
import type { Timeline } from '../charts/timeline';
import { useCursor } from '../charts/use-timeline';
import { SHORT, Swatch } from '../components/stream-item';
import { displayUnit, formatNumber, MISSING } from '../format';
import { hasValue, type Metric, type Source } from '../report-model';
import type { CompareModel, LinePair } from './model';

interface PairListProps {
  model: CompareModel;
  /** Keys of the pairs that are drawn. */
  shown: ReadonlySet<string>;
  metrics: readonly Metric[];
  timeline: Timeline;
  reading: TimeReading;
  onShow: (keys: string[]) => void;
}

/** What belongs together; the ticked ones are drawn, each with its two lines and what they measured at the cursor. */
export function PairList({ model, shown, metrics, timeline, reading, onShow }: PairListProps): JSX.Element {
  const cursor = useCursor(timeline);
  const groups = [...new Set(model.pairs.map(({ group }) => group))];
  const toggle = ({ key }: LinePair) =>
    onShow(shown.has(key) ? [...shown].filter((each) => each !== key) : [...shown, key]);
  return (
    <nav class="streams" data-section="pairs" aria-label={l10n.t('Streams side by side')}>
      <h2>
        <span>{l10n.t('Side by side')}</span>
        <span class="read-at" data-field="readAt">
          {cursor === undefined ? l10n.t('median') : l10n.t('at {0}', momentLabel(cursor, reading))}
        </span>
      </h2>
      {groups.map((group) => (
        <section class="stream-group" key={group} aria-label={group}>
          <h3>{group}</h3>
          <ul>
            {model.pairs
              .filter((pair) => pair.group === group)
              .map((pair) => (
                <PairItem
                  key={pair.key}
                  pair={pair}
                  on={shown.has(pair.key)}
                  names={model.names}
                  metrics={metrics}
                  cursor={cursor}
                  onToggle={() => toggle(pair)}
                />
              ))}
          </ul>
        </section>
      ))}
    </nav>
  );
}

interface PairValuesProps {
  pair: LinePair;
  names: CompareModel['names'];
  metrics: readonly Metric[];
  cursor?: number;
}

interface PairItemProps extends PairValuesProps {
  on: boolean;
  onToggle: () => void;
}

function PairItem({ on, onToggle, ...values }: PairItemProps): JSX.Element {
  const { key, label } = values.pair;
  return (
    <li class={on ? 'stream pair' : 'stream pair off'} data-pair={key}>
      <label class="pair-head">
        <input type="checkbox" checked={on} onChange={onToggle} />
        <span>{label}</span>
      </label>
      {on && <PairValues {...values} />}
    </li>
  );
}

function PairValues({ pair: { sources, group, label }, names, metrics, cursor }: PairValuesProps): JSX.Element {
  const measured = metrics.filter(({ key }) => sources.flat().some(({ series }) => hasValue(series[key])));
  return (
    <table class="pair-values">
      <caption class="sr-only">
        {group}: {label}
      </caption>
      <thead>
        <tr>
          <td />
          {names.map((name, side) => (
            <th key={side} scope="col" title={name}>
              {sources[side as 0 | 1].slice(0, 4).map(({ id, style }) => (
                <Swatch key={id} style={style} />
              ))}
              <span class="pair-name">{name}</span>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {measured.map((metric) => {
          const { unit } = displayUnit(metric);
          return (
            <tr key={metric.key} title={metric.meaning}>
              <th scope="row">
                {SHORT[metric.key]?.label ?? metric.label}
                {unit && !SHORT[metric.key]?.bare && <span class="unit"> {unit}</span>}
              </th>
              {sources.map((lines, side) => (
                <td key={side} data-field={`cursor.${metric.key}`}>
                  {valueText(lines, metric, cursor)}
                </td>
              ))}
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

/** The value of the one line; of several, from the lowest to the highest. */
function valueText(lines: readonly Source[], metric: Metric, cursor: number | undefined): string {
  const { factor, decimals } = displayUnit(metric);
  const values = lines
    .map((line) =>
      cursor === undefined ? columnSummary(line.series[metric.key])?.median : valueAt(line, metric.key, cursor),
    )
    .filter((value): value is number => value !== undefined && !Number.isNaN(value))
    .map((value) => value * factor);
  if (values.length === 0) return MISSING;
  const texts = [Math.min(...values), Math.max(...values)].map((value) =>
    formatNumber(value, Math.abs(value) >= 100 ? 0 : decimals),
  );
  return [...new Set(texts)].join('–');
}
