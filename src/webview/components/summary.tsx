import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { formatNumber, MISSING } from '../format';
import type { ReportModel } from '../report-model';
import { type MetricRow, type StreamSummary, summarizeStreams } from '../summary-model';
import { Section } from './section';

const COLUMNS = ['Metric', 'Unit', 'Measured', 'Median', 'Mean', 'Worst', 'Sum', 'Provider’s average'];

/** Each stream over the whole stay, with the provider's own averages beside ours. */
export function Summary({ model }: { model: ReportModel }): JSX.Element {
  return (
    <Section name="summary" title="Summary per stream" note={`${model.sources.length}`}>
      {() => <SummaryTable model={model} />}
    </Section>
  );
}

function SummaryTable({ model }: { model: ReportModel }): JSX.Element {
  const streams = useMemo(() => summarizeStreams(model), [model]);
  if (streams.length === 0) return <p class="empty">No samples to sum up.</p>;
  return (
    <div class="scroll">
      <table class="summary">
        <caption class="sr-only">Each stream over the whole stay</caption>
        <thead>
          <tr>
            {COLUMNS.map((text, index) => (
              <th key={text} scope="col" class={index > 1 ? 'number' : undefined}>
                {text}
              </th>
            ))}
          </tr>
        </thead>
        {streams.map((stream) => (
          <StreamRows key={stream.source.id} stream={stream} />
        ))}
      </table>
    </div>
  );
}

function StreamRows({ stream: { source, samples, rows } }: { stream: StreamSummary }): JSX.Element {
  const way = { sent: 'sent', received: 'received', transport: 'transport' }[source.group];
  const identifiers = Object.entries(source.stream?.identifiers ?? {})
    .map(([name, value]) => `${name} ${value}`)
    .join('\n');
  return (
    <tbody data-stream={source.id}>
      <tr class="group-row">
        <th scope="rowgroup" colSpan={2} title={identifiers}>
          {source.label} <span class="muted">{way}</span>
        </th>
        <td class="number" data-field="samples" data-value={samples}>
          {formatNumber(samples)} <span class="muted">{samples === 1 ? 'sample' : 'samples'}</span>
        </td>
        <td colSpan={COLUMNS.length - 3} />
      </tr>
      {rows.map((row) => (
        <Row key={row.metric.key} row={row} />
      ))}
    </tbody>
  );
}

function Row({ row }: { row: MetricRow }): JSX.Element {
  const { metric, unit, decimals, measured, median, mean, worst, sum, aggregate, disagrees } = row;
  // Means of whole things need a digit after the point.
  const meanDecimals = metric.nature === 'count' ? Math.max(1, decimals) : decimals;
  const cell = (name: string, value: number | undefined, digits: number) => (
    <td class="number" data-field={`${metric.key}.${name}`} data-value={value}>
      {formatNumber(value, digits)}
    </td>
  );
  return (
    <tr data-metric={metric.key}>
      <th scope="row" title={metric.meaning}>
        {metric.label}
      </th>
      <td class="unit">{unit || MISSING}</td>
      {cell('measured', measured, 0)}
      {cell('median', median, decimals)}
      {cell('mean', mean, meanDecimals)}
      {cell('worst', worst, decimals)}
      {cell('sum', sum, decimals)}
      <td class="number" data-field={`${metric.key}.aggregate`} data-value={aggregate}>
        {disagrees && (
          <span class="differs" title="Differs from the mean of the samples by more than 5 %">
            ≠{' '}
          </span>
        )}
        {formatNumber(aggregate, meanDecimals)}
      </td>
    </tr>
  );
}
