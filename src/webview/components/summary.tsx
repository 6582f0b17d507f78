import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import type { Stream } from '../../core/model';
import { displayText } from '../../core/text';
import { formatDuration } from '../../core/time';
import { formatNumber, MISSING, words } from '../format';
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
    <>
      <p class="muted">
        The provider’s averages cover all streams of a kind together; “≠” marks one that should agree with the mean of
        the samples and does not.
      </p>
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
    </>
  );
}

function StreamRows({ stream: { source, samples, rows, states } }: { stream: StreamSummary }): JSX.Element {
  const way = { sent: 'sent', received: 'received', transport: 'transport' }[source.group];
  return (
    <tbody data-stream={source.id}>
      <tr>
        <th scope="rowgroup" class="group-cell group-name" colSpan={2}>
          {source.label} <span class="muted">{way}</span>
        </th>
        <td class="number group-cell" data-field="samples" data-value={samples}>
          {formatNumber(samples)} <span class="muted">{samples === 1 ? 'sample' : 'samples'}</span>
        </td>
        <td class="group-cell mono muted identifiers" colSpan={COLUMNS.length - 3} data-field="identifiers">
          {identifiers(source.stream)}
        </td>
      </tr>
      {rows.map((row) => (
        <Row key={row.metric.key} row={row} />
      ))}
      {states.map(({ name, values, changes }) => (
        <tr key={name}>
          <th scope="row" class="indent">
            {words(displayText(name, 60))}
          </th>
          <td colSpan={COLUMNS.length - 1} data-field={`state.${displayText(name, 60)}`}>
            {values.length === 1 && changes === 0
              ? `${displayText(values[0]?.value ?? '', 60) || MISSING} throughout`
              : values
                  .map(({ value, ms }) => `${displayText(value, 60) || MISSING} ${formatDuration(ms)}`)
                  .join('  ·  ')}
          </td>
        </tr>
      ))}
    </tbody>
  );
}

/** What the provider calls the stream, for finding it in logs: ids, SSRC, mid, and who sent it. */
function identifiers(stream: Stream | undefined): string {
  const own = Object.entries(stream?.identifiers ?? {});
  const from = stream?.remoteParticipantId;
  const all = from ? [...own, ['from', from] as const] : own;
  return all.map(([name, value]) => displayText(`${name} ${value}`, 120)).join(' · ');
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
      <th scope="row" class="indent" title={metric.meaning}>
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
