import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import {
  type AggregateGroup,
  type AggregateRow,
  compareAggregates,
  countCompared,
  issueWords,
  limitText,
  POINTS,
  TOLERANCE,
} from '../aggregate-model';
import { formatNumber, formatShare, MISSING } from '../format';
import { plainLabel, type ReportModel } from '../report-model';
import { AggregateStrip, type Portion, type Reading, ShareBars, StackedShares } from './aggregate-strip';
import { Scroll } from './scroll';
import { countNote, Section } from './section';
import { Told } from './told';

const HEAD = ['Metric', 'Unit', 'By', 'Average', 'p50', 'p75', 'p90'];
const COLUMNS = HEAD.length + 2;

/** The figures that the provider computed itself, untouched, each above the same figure worked out from the samples. */
export function Aggregates({ model }: { model: ReportModel }): JSX.Element {
  const { aggregates } = model.report;
  return (
    <Section name="aggregates" title="Provider’s aggregates" note={countNote(aggregates.length)}>
      {() => (
        <Told model={model} part="aggregates" none="The provider sent no aggregates of its own.">
          {aggregates.length > 0 && <Comparison model={model} />}
        </Told>
      )}
    </Section>
  );
}

function Comparison({ model }: { model: ReportModel }): JSX.Element {
  const groups = useMemo(() => compareAggregates(model), [model]);
  return (
    <>
      <Verdict groups={groups} />
      <details class="method">
        <summary>How the two are compared</summary>
        <p>
          “Samples” is worked out here: a sample weighs as long as the interval that it ends. A share is the part of the
          time at or above the limit, or with the issue. “≠”: more than {TOLERANCE.relative * 100} % (a share:{' '}
          {TOLERANCE.share * 100} percentage points) away, also when each sample counts alike. Drawn: from least to
          largest sample, a box from p50 to p90, a diamond for the average.
        </p>
      </details>
      <Scroll label="Provider’s aggregates beside the samples">
        <table class="aggregates">
          <caption class="sr-only">
            Figures over the whole stay as the provider computed them, and from the samples
          </caption>
          <thead>
            <tr>
              {HEAD.map((text, index) => (
                <th key={text} scope="col" class={index > 2 ? 'number' : undefined}>
                  {text}
                </th>
              ))}
              <th scope="col">Distribution</th>
              <th scope="col">Shares</th>
            </tr>
          </thead>
          {groups.map((group) => (
            <Group key={group.key} group={group} />
          ))}
        </table>
      </Scroll>
    </>
  );
}

function Verdict({ groups }: { groups: readonly AggregateGroup[] }): JSX.Element {
  const { compared, differing } = countCompared(groups);
  const figures = (count: number) => `${formatNumber(count)} ${count === 1 ? 'figure' : 'figures'}`;
  const text =
    compared === 0
      ? 'None of these figures can be worked out from the samples.'
      : differing === 0
        ? `The samples confirm all ${figures(compared)} that can be worked out from them.`
        : `≠ ${figures(differing)} of ${formatNumber(compared)} that can be worked out from the samples ${differing === 1 ? 'differs' : 'differ'} from what the provider says.`;
  return (
    <p class={differing > 0 ? 'differs' : 'muted'} data-field="verdict">
      {text}
    </p>
  );
}

function Group({ group: { key, direction, kind, source, rows, limitations } }: { group: AggregateGroup }): JSX.Element {
  return (
    <tbody>
      <tr>
        <th scope="rowgroup" class="group-cell group-name" colSpan={COLUMNS}>
          {plainLabel({ kind, source })} <span class="muted">{direction === 'send' ? 'sent' : 'received'}</span>
        </th>
      </tr>
      {rows.map((row, index) => (
        <Rows key={index} row={row} group={key} />
      ))}
      {limitations && (
        <tr data-limitations={key}>
          <th scope="row" class="indent">
            Quality limitation
          </th>
          <td class="unit">% of time</td>
          <td class="by">Samples</td>
          <td colSpan={COLUMNS - 3} data-field="limitations">
            <StackedShares
              parts={limitations.map(({ label, share }) => ({ text: `${label} ${formatShare(share)}`, share }))}
            />
          </td>
        </tr>
      )}
    </tbody>
  );
}

function Rows({ row, group }: { row: AggregateRow; group: string }): JSX.Element {
  const { metric, shown, points, shares, issues, differences } = row;
  const both = [...Object.values(points), ...shares, ...issues].some(({ computed }) => computed !== undefined);
  const readings: readonly Reading[] = both ? ['provider', 'computed'] : ['provider'];
  // The provider's own figures keep the plain names.
  const field = (reading: Reading, name: string) =>
    reading === 'provider' ? `${metric.key}.${name}` : `${metric.key}.computed.${name}`;
  const bars = (reading: Reading, list: readonly { label: string; provider?: number; computed?: number }[]) =>
    list.flatMap((each) => {
      const share = each[reading];
      return share === undefined ? [] : [{ text: `${each.label}: ${formatShare(share)}`, share }];
    });
  const limits = shares.map((each) => ({ ...each, label: `≥ ${limitText(each.atLeast, shown)}` }));
  const troubles = issues.map((each) => ({ ...each, label: issueWords(each.name) }));
  return (
    <>
      {readings.map((reading) => (
        <tr key={reading} data-aggregate={group} data-reading={reading} class={reading}>
          {reading === 'provider' && (
            <>
              <th scope="row" class="indent" title={metric.meaning} rowSpan={readings.length}>
                {metric.label}
              </th>
              <td class="unit" rowSpan={readings.length}>
                {shown.unit || MISSING}
              </td>
            </>
          )}
          <td class="by">{reading === 'provider' ? 'Provider' : 'Samples'}</td>
          {POINTS.map((point) => {
            const value = points[point][reading];
            return (
              <td key={point} class="number" data-field={field(reading, point)} data-value={value}>
                {reading === 'provider' && points[point].differs && <span class="differs">≠ </span>}
                {formatNumber(value === undefined ? undefined : value * shown.factor, shown.decimals)}
              </td>
            );
          })}
          <td class="strip-cell">
            <AggregateStrip row={row} reading={reading} />
          </td>
          <td>
            <Bars field={field(reading, 'shares')} shares={bars(reading, limits)} />
            <Bars field={field(reading, 'issues')} shares={bars(reading, troubles)} />
          </td>
        </tr>
      ))}
      {differences.length > 0 && (
        <tr>
          <td />
          <td class="differs" colSpan={COLUMNS - 1} data-field={`${metric.key}.differences`}>
            ≠ {sentence(differences)}
          </td>
        </tr>
      )}
    </>
  );
}

function Bars({ field, shares }: { field: string; shares: readonly Portion[] }): JSX.Element | null {
  if (shares.length === 0) return null;
  return (
    <span data-field={field}>
      <ShareBars shares={shares} />
    </span>
  );
}

function sentence(clauses: readonly string[]): string {
  const text = clauses.join('; ');
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
