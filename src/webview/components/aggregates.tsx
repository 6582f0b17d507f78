import type { JSX } from 'preact';
import type { Aggregate } from '../../core/model';
import { displayText } from '../../core/text';
import { displayUnit, formatNumber, formatShare, MISSING, words } from '../format';
import { metricOf, plainLabel, type ReportModel } from '../report-model';
import { countNote, Section } from './section';
import { Told } from './told';

const HEAD = ['Stream', 'Metric', 'Unit', 'Average', 'p50', 'p75', 'p90'];

/** The figures that the provider computed itself, untouched. */
export function Aggregates({ model }: { model: ReportModel }): JSX.Element {
  const { aggregates } = model.report;
  return (
    <Section name="aggregates" title="Provider’s aggregates" note={countNote(aggregates.length)}>
      {() => (
        <Told model={model} part="aggregates" none="The provider sent no aggregates of its own.">
          {aggregates.length > 0 && (
            <div class="scroll">
              <table class="aggregates">
                <caption class="sr-only">Figures over the whole stay as the provider computed them</caption>
                <thead>
                  <tr>
                    {HEAD.map((text, index) => (
                      <th key={text} scope="col" class={index > 2 ? 'number' : undefined}>
                        {text}
                      </th>
                    ))}
                    <th scope="col">Share of samples at or above</th>
                    <th scope="col">Share of time with an issue</th>
                  </tr>
                </thead>
                <tbody>
                  {aggregates.map((aggregate, index) => (
                    <Row key={index} aggregate={aggregate} />
                  ))}
                </tbody>
              </table>
            </div>
          )}
        </Told>
      )}
    </Section>
  );
}

function Row({ aggregate }: { aggregate: Aggregate }): JSX.Element {
  const { direction, kind, source, metric, avg, p50, p75, p90, shares, issues } = aggregate;
  const info = metricOf(metric);
  const shown = displayUnit({ unit: aggregate.unit, decimals: info.decimals });
  const number = (name: string, value: number | undefined) => (
    <td class="number" data-field={`${metric}.${name}`} data-value={value}>
      {formatNumber(value === undefined ? undefined : value * shown.factor, shown.decimals)}
    </td>
  );
  return (
    <tr data-aggregate={`${direction}-${kind}-${source}`}>
      <th scope="row">
        {plainLabel({ kind, source })} <span class="muted">{direction === 'send' ? 'sent' : 'received'}</span>
      </th>
      <td title={info.meaning}>{info.label}</td>
      <td class="unit">{shown.unit || MISSING}</td>
      {number('avg', avg)}
      {number('p50', p50)}
      {number('p75', p75)}
      {number('p90', p90)}
      <td data-field={`${metric}.shares`}>
        <Items
          texts={[...(shares ?? [])]
            .sort((a, b) => a.atLeast - b.atLeast)
            .map(
              ({ atLeast, fraction }) =>
                `≥ ${threshold(atLeast * shown.factor)} ${shown.unit}: ${formatShare(fraction)}`,
            )}
        />
      </td>
      <td data-field={`${metric}.issues`}>
        <Items
          texts={Object.entries(issues ?? {}).map(
            ([name, fraction]) => `${issueWords(name)}: ${formatShare(fraction)}`,
          )}
        />
      </td>
    </tr>
  );
}

function Items({ texts }: { texts: readonly string[] }): JSX.Element {
  if (texts.length === 0) return <>{MISSING}</>;
  return (
    <span class="wrapping">
      {texts.map((text) => (
        <span key={text}>{text}</span>
      ))}
    </span>
  );
}

function threshold(value: number): string {
  return formatNumber(value, Number.isInteger(value) ? 0 : 1);
}

/** `cpu_quality_limitation_fraction` as words; that it is a share, the column says. */
function issueWords(name: string): string {
  return words(displayText(name, 80).replace(/[_\s]?fraction$/i, '')).replace(/\bcpu\b/i, 'CPU');
}
