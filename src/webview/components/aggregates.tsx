import * as l10n from '@vscode/l10n';
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
import { formatNumber, formatShare } from '../format';
import { GROUP_WORDS, plainLabel, type ReportModel } from '../report-model';
import { AggregateStrip, type Portion, type Reading, ShareBars, StackedShares } from './aggregate-strip';
import { Scroll } from './scroll';
import { countNote, Section } from './section';
import { Told } from './told';

const HEAD = [
  l10n.t('Metric'),
  l10n.t('Unit'),
  l10n.t({ message: 'By', comment: ['who worked the figures of a row out: the provider, or we from the samples'] }),
  l10n.t('Average'),
  'p50',
  'p75',
  'p90',
];
const COLUMNS = HEAD.length + 2;

/** The figures that the provider computed itself, untouched, each above the same figure worked out from the samples. */
export function Aggregates({ model }: { model: ReportModel }): JSX.Element {
  const { aggregates } = model.report;
  return (
    <Section name="aggregates" title={l10n.t('Provider’s aggregates')} note={countNote(aggregates.length)}>
      {() => (
        <Told model={model} part="aggregates" none={l10n.t('The provider sent no aggregates of its own.')}>
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
        <summary>{l10n.t('How the two are compared')}</summary>
        <p>
          {l10n.t(
            '“Samples” is worked out here: a sample weighs as long as the interval that it ends. A share is the part of the time at or above the limit, or with the issue. “≠”: more than {0} % (a share: {1} percentage points) away, also when each sample counts alike. Drawn: from least to largest sample, a box from p50 to p90, a diamond for the average.',
            TOLERANCE.relative * 100,
            TOLERANCE.share * 100,
          )}
        </p>
      </details>
      <Scroll label={l10n.t('Provider’s aggregates beside the samples')}>
        <table class="aggregates">
          <caption class="sr-only">
            {l10n.t('Figures over the whole stay as the provider computed them, and from the samples')}
          </caption>
          <thead>
            <tr>
              {HEAD.map((text, index) => (
                <th key={text} scope="col" class={index > 2 ? 'number' : undefined}>
                  {text}
                </th>
              ))}
              <th scope="col">{l10n.t('Distribution')}</th>
              <th scope="col">{l10n.t('Shares')}</th>
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
  return (
    <p class={differing > 0 ? 'differs' : 'muted'} data-field="verdict">
      {verdictText(compared, differing)}
    </p>
  );
}

function verdictText(compared: number, differing: number): string {
  if (compared === 0) return l10n.t('None of these figures can be worked out from the samples.');
  const all = formatNumber(compared);
  if (differing === 0) {
    return compared === 1
      ? l10n.t('The samples confirm all 1 figure that can be worked out from them.')
      : l10n.t('The samples confirm all {0} figures that can be worked out from them.', all);
  }
  return differing === 1
    ? l10n.t('≠ 1 figure of {0} that can be worked out from the samples differs from what the provider says.', all)
    : l10n.t(
        '≠ {0} figures of {1} that can be worked out from the samples differ from what the provider says.',
        formatNumber(differing),
        all,
      );
}

function Group({ group: { key, direction, kind, source, rows, limitations } }: { group: AggregateGroup }): JSX.Element {
  return (
    <tbody>
      <tr>
        <th scope="rowgroup" class="group-cell group-name" colSpan={COLUMNS}>
          {plainLabel({ kind, source })}{' '}
          <span class="muted">{GROUP_WORDS[direction === 'send' ? 'sent' : 'received']}</span>
        </th>
      </tr>
      {rows.map((row, index) => (
        <Rows key={index} row={row} group={key} />
      ))}
      {limitations && (
        <tr data-limitations={key}>
          <th scope="row" class="indent">
            {l10n.t('Quality limitation')}
          </th>
          <td class="unit">{l10n.t('% of time')}</td>
          <td class="by">{l10n.t('Samples')}</td>
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
                {shown.unit}
              </td>
            </>
          )}
          <td class="by">{reading === 'provider' ? l10n.t('Provider') : l10n.t('Samples')}</td>
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
