import * as l10n from '@vscode/l10n';
import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import type { SeriesLimit } from '../../core/series-limit';
import { formatDuration } from '../../core/time';
import type { StreamColumn, StreamSort } from '../../protocol/state';
import { displayUnit, formatNumber, formatShare, MISSING } from '../format';
import { usePage } from '../page';
import { GROUP_WORDS, type Metric, type ReportModel } from '../report-model';
import { type StreamFigures, sortFigures, streamFigures, worstFirst } from '../stream-table-model';
import { Swatch } from './stream-item';

interface StreamTableProps {
  model: ReportModel;
  limits: readonly SeriesLimit[] | undefined;
}

/** The streams side by side in one metric, worst first until a head is pressed. */
export function StreamTable({ model, limits }: StreamTableProps): JSX.Element | null {
  const { view, setView, announce } = usePage();
  const metrics = [...model.coreMetrics, ...model.extraMetrics];
  const metric = metrics.find(({ key }) => key === view.summary?.metric) ?? metrics[0];
  const rows = useMemo(
    () => (metric ? streamFigures(model.sources, metric, limits) : []),
    [model, metric?.key, limits],
  );
  if (!metric) return null;
  const judged = rows.some(({ limit }) => limit);
  const usual: StreamSort = judged
    ? { column: 'beyond', descending: true }
    : { column: metric.worse ? 'worst' : 'name', descending: worstFirst(metric.worse ? 'worst' : 'name', metric) };
  const sort = view.summary?.sort ?? usual;
  const { unit } = displayUnit(metric);
  const by = (column: StreamColumn, label: string) => {
    const descending = sort.column === column ? !sort.descending : worstFirst(column, metric);
    setView({ summary: { metric: metric.key, sort: { column, descending } } });
    announce(
      descending ? l10n.t('Sorted by {0}, largest first', label) : l10n.t('Sorted by {0}, smallest first', label),
    );
  };
  const head = (column: StreamColumn, label: string, meaning?: string) => (
    <th
      scope="col"
      class={column === 'name' ? 'sortable' : 'number sortable'}
      title={meaning}
      aria-sort={sort.column === column ? (sort.descending ? 'descending' : 'ascending') : undefined}
    >
      <button type="button" data-sort={column} onClick={() => by(column, label)}>
        {label}
        <span class="sort-mark" aria-hidden="true">
          {sort.column === column ? (sort.descending ? '↓' : '↑') : ''}
        </span>
      </button>
    </th>
  );
  return (
    <div class="stream-table">
      <label class="stream-table-metric">
        {l10n.t('Compare by')}{' '}
        <select
          value={metric.key}
          onChange={({ currentTarget }) => setView({ summary: { metric: currentTarget.value } })}
        >
          {metrics.map(({ key, label }) => (
            <option key={key} value={key}>
              {label}
            </option>
          ))}
        </select>
        {unit && <span class="unit">{unit}</span>}
      </label>
      <div class="scroll">
        <table class="figures-table">
          <caption class="sr-only">
            {[l10n.t('{0} of each stream over the whole stay', metric.label), unit].filter(Boolean).join(', ')}
          </caption>
          <thead>
            <tr>
              {head('name', l10n.t('Stream'))}
              {head('median', l10n.t('Median'))}
              {metric.worse && head('worst', l10n.t('Worst'))}
              {judged &&
                head(
                  'beyond',
                  l10n.t('Beyond limit'),
                  l10n.t('Share of the measured time beyond the limit of the rules'),
                )}
              {head('measured', l10n.t('Measured'), l10n.t('Time in which it was measured'))}
            </tr>
          </thead>
          <tbody>
            {sortFigures(rows, sort).map((row) => (
              <Row key={row.source.id} row={row} metric={metric} judged={judged} />
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}

function Row({ row, metric, judged }: { row: StreamFigures; metric: Metric; judged: boolean }): JSX.Element {
  const { source, median, worst, beyond, limit, measured } = row;
  const { factor, decimals } = displayUnit(metric);
  const number = (name: string, value: number | undefined) => (
    <td class="number" data-field={name} data-value={value}>
      {formatNumber(value === undefined ? undefined : value * factor, decimals)}
    </td>
  );
  return (
    <tr data-stream={source.id}>
      <th scope="row">
        <Swatch style={source.style} /> {source.label} <span class="muted">{GROUP_WORDS[source.group]}</span>
      </th>
      {number('median', median)}
      {metric.worse && number('worst', worst)}
      {judged && (
        <td class="number share" data-field="beyond" data-value={beyond}>
          {beyond !== undefined && beyond > 0 && (
            <span class="share-bar" aria-hidden="true" style={{ width: `${Math.max(2, beyond * 60)}px` }} />
          )}
          {formatShare(beyond)}
          {limit && (
            <span class="muted share-limit">
              {' '}
              {limit.beyond === 'above' ? '>' : '<'} {formatNumber(limit.warn * factor, limit.warn % 1 === 0 ? 0 : 1)}
            </span>
          )}
        </td>
      )}
      <td class="number" data-field="measured" data-value={measured}>
        {measured > 0 ? formatDuration(measured) : MISSING}
      </td>
    </tr>
  );
}
