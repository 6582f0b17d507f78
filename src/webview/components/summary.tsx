import * as l10n from '@vscode/l10n';
import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import type { SeriesLimit } from '../../core/series-limit';
import { displayText } from '../../core/text';
import { formatDuration } from '../../core/time';
import { formatNumber } from '../format';
import { GROUP_WORDS, identifiersOf, type ReportModel } from '../report-model';
import { stateLabel, stateValue } from '../state-words';
import { type MetricRow, type StreamSummary, summarizeStreams } from '../summary-model';
import { Section } from './section';
import { StreamTable } from './stream-table';

const COLUMNS = [
  l10n.t('Metric'),
  l10n.t('Unit'),
  l10n.t('Measured'),
  l10n.t('Median'),
  l10n.t('Mean'),
  l10n.t('Worst'),
];

/** Columns that only some reports have something for. */
interface Extra {
  summed: boolean;
  averaged: boolean;
}

interface SummaryProps {
  model: ReportModel;
  /** What the rules in force hold the series against. */
  limits: readonly SeriesLimit[] | undefined;
}

/** Each stream over the whole stay, with the provider's own averages beside ours. */
export function Summary({ model, limits }: SummaryProps): JSX.Element {
  return (
    <Section name="summary" title={l10n.t('Summary per stream')} note={`${model.sources.length}`}>
      {() => (
        <>
          <StreamTable model={model} limits={limits} />
          <SummaryTable model={model} />
        </>
      )}
    </Section>
  );
}

function SummaryTable({ model }: { model: ReportModel }): JSX.Element {
  const streams = useMemo(() => summarizeStreams(model), [model]);
  if (streams.length === 0) return <p class="empty">{l10n.t('No samples to sum up.')}</p>;
  const averaged = model.report.aggregates.length > 0;
  const summed = streams.some(({ rows }) => rows.some(({ sum }) => sum !== undefined));
  const columns = [...COLUMNS, ...(summed ? [l10n.t('Sum')] : []), ...(averaged ? [l10n.t('Provider’s average')] : [])];
  return (
    <>
      {averaged && (
        <p class="muted">
          {l10n.t(
            'The provider’s averages cover all streams of a kind together; “≠” marks one that should agree with the mean of the samples and does not.',
          )}
        </p>
      )}
      <div class="scroll">
        <table class="summary">
          <caption class="sr-only">{l10n.t('Each stream over the whole stay')}</caption>
          <thead>
            <tr>
              {columns.map((text, index) => (
                <th key={text} scope="col" class={index > 1 ? 'number' : undefined}>
                  {text}
                </th>
              ))}
            </tr>
          </thead>
          {streams.map((stream) => (
            <StreamRows key={stream.source.id} stream={stream} extra={{ summed, averaged }} columns={columns.length} />
          ))}
        </table>
      </div>
    </>
  );
}

interface StreamRowsProps {
  stream: StreamSummary;
  extra: Extra;
  columns: number;
}

function StreamRows({ stream: { source, samples, rows, states }, extra, columns }: StreamRowsProps): JSX.Element {
  const way = source.stream?.source === 'all' ? l10n.t('all streams') : GROUP_WORDS[source.group];
  return (
    <tbody data-stream={source.id}>
      <tr>
        <th scope="rowgroup" class="group-cell group-name" colSpan={2}>
          {source.label} <span class="muted">{way}</span>
        </th>
        <td class="number group-cell" data-field="samples" data-value={samples}>
          {formatNumber(samples)} <span class="muted">{samples === 1 ? l10n.t('sample') : l10n.t('samples')}</span>
        </td>
        <td class="group-cell mono muted identifiers" colSpan={columns - 3} data-field="identifiers">
          {identifiersOf(source)}
        </td>
      </tr>
      {rows.map((row) => (
        <Row key={row.metric.key} row={row} {...extra} />
      ))}
      {states.map(({ name, values, changes }) => (
        <tr key={name}>
          <th scope="row" class="indent">
            {stateLabel(name)}
          </th>
          <td colSpan={columns - 1} data-field={`state.${displayText(name, 60)}`}>
            {values.length === 1 && changes === 0
              ? l10n.t('{0} throughout', stateValue(name, values[0]?.value ?? ''))
              : values.map(({ value, ms }) => `${stateValue(name, value)} ${formatDuration(ms)}`).join('  ·  ')}
          </td>
        </tr>
      ))}
    </tbody>
  );
}

function Row({ row, summed, averaged }: { row: MetricRow } & Extra): JSX.Element {
  const { metric, unit, decimals, measured, median, mean, worst, sum, aggregate, disagrees } = row;
  // Means of whole things need a digit after the point.
  const meanDecimals = metric.nature === 'count' ? Math.max(1, decimals) : decimals;
  const average = formatNumber(aggregate, meanDecimals);
  const cell = (name: string, value: number | undefined, digits: number) => (
    <td class="number" data-field={`${metric.key}.${name}`} data-value={value}>
      {formatNumber(value, digits)}
    </td>
  );
  return (
    <tr data-metric={metric.key}>
      <th scope="row" class="indent" title={metric.meaning}>
        {metric.label}
      </th>
      <td class="unit">{unit}</td>
      {cell('measured', measured, 0)}
      {cell('median', median, decimals)}
      {cell('mean', mean, meanDecimals)}
      {cell('worst', worst, decimals)}
      {summed && cell('sum', sum, decimals)}
      {averaged && (
        <td class="number" data-field={`${metric.key}.aggregate`} data-value={aggregate}>
          {/* Two figures that read the same are not said to differ. */}
          {disagrees && average !== formatNumber(mean, meanDecimals) && (
            <span class="differs" title={l10n.t('Differs from the mean of the samples by more than 5 %')}>
              ≠{' '}
            </span>
          )}
          {average}
        </td>
      )}
    </tr>
  );
}
