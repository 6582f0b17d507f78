import * as l10n from '@vscode/l10n';
import { Fragment, type JSX } from 'preact';
import type { ErrorKind } from '../../core/errors';
import { SERIES } from '../../core/series';
import { displayText } from '../../core/text';
import { formatDuration } from '../../core/time';
import {
  GLANCE_METRICS,
  type GlanceFigure,
  type GlanceMetric,
  type ReportsState,
} from '../../protocol/session-messages';
import type { StayColumn } from '../../protocol/session-state';
import { momentLabel, type TimeReading } from '../charts/ticks';
import { formatMoment, formatNumber, formatShare, MISSING } from '../format';
import { type CompareChoice, CompareTick } from './compare-choice';
import type { StayRow } from './model';
import { useSessionPage } from './page';
import { clientOf, outcomeOf } from './stay-table-model';

/** From this share of samples beyond the limit on a figure is marked: the share at which findings become medium ones. */
const MARKED_FROM = 0.05;

const GLANCE: Record<GlanceMetric, { label: string; unit: string; decimals: number }> = {
  packetLoss: { label: l10n.t('Loss'), unit: '%', decimals: 1 },
  rtt: { label: 'RTT', unit: 'ms', decimals: 0 },
  mos: { label: 'MOS', unit: '', decimals: 2 },
};

interface StayTableProps {
  rows: readonly StayRow[];
  reports: ReportsState;
  /** Where time into the call begins, epoch ms. */
  origin: number;
  /** Missing where there is nobody to compare with. */
  choice?: CompareChoice;
}

/** One row for each stay. A click anywhere on it opens the report; the name is the button for the keyboard. */
export function StayTable({ rows, reports, origin, choice }: StayTableProps): JSX.Element {
  const { view } = useSessionPage();
  const reading: TimeReading = { mode: view.timeMode, origin };
  const roles = rows.some(({ participant }) => participant.role);
  const quality = reports.running || Object.keys(reports.outcomes).length > 0;
  const { metrics, client } = measured(reports);
  const missing = quality ? GLANCE_METRICS.filter((metric) => !metrics.includes(metric)) : [];
  const span = quality && metrics.length > 0 ? 2 : 1;
  return (
    <div class="scroll">
      <table class={span === 2 ? 'stays' : 'stays few'}>
        <caption class="sr-only">{l10n.t('Participants, one row for each stay')}</caption>
        <thead>
          <tr>
            {choice && (
              <td rowSpan={span}>
                <span class="sr-only">{l10n.t('Compare')}</span>
              </td>
            )}
            <SortHead column="name" label={l10n.t('Name')} rowSpan={span} />
            {roles && <SortHead column="role" label={l10n.t('Role')} rowSpan={span} />}
            <SortHead column="joined" label={l10n.t('Joined')} rowSpan={span} number />
            <SortHead
              column="left"
              label={l10n.t({ message: 'Left', comment: ['a person went away'] })}
              rowSpan={span}
              number
            />
            <SortHead column="stayed" label={l10n.t('Stayed')} rowSpan={span} number />
            {quality && client && <SortHead column="client" label={l10n.t('Client')} rowSpan={span} />}
            {quality &&
              metrics.map((metric) => (
                <th key={metric} scope="colgroup" colSpan={2} class="metric-head" title={SERIES[metric].meaning}>
                  {GLANCE[metric].label} {GLANCE[metric].unit}
                </th>
              ))}
          </tr>
          {span === 2 && (
            <tr>
              {metrics.map((metric) => (
                <Fragment key={metric}>
                  <SortHead
                    column={metric}
                    label={l10n.t('median')}
                    spoken={l10n.t('{0} median', GLANCE[metric].label)}
                    number
                  />
                  <SortHead
                    column={`${metric}Worst`}
                    label={l10n.t({ message: 'worst', comment: ['head of a narrow column'] })}
                    spoken={l10n.t('{0} worst', GLANCE[metric].label)}
                    number
                  />
                </Fragment>
              ))}
            </tr>
          )}
        </thead>
        <tbody>
          {rows.map((row) => (
            <Row
              key={row.participant.id}
              row={row}
              reports={reports}
              reading={reading}
              roles={roles}
              quality={quality}
              client={client}
              metrics={metrics}
              choice={choice}
            />
          ))}
        </tbody>
      </table>
      {missing.length > 0 && (
        <p class="muted not-measured" data-field="notMeasured">
          {l10n.t('Not in these reports: {0}.', missing.map((metric) => GLANCE[metric].label).join(', '))}
        </p>
      )}
    </div>
  );
}

/** What the reports hold at all: a provider that never measures a metric gets no column for it. */
function measured({ running, outcomes }: ReportsState): { metrics: readonly GlanceMetric[]; client: boolean } {
  const digests = Object.values(outcomes).flatMap((outcome) => ('digest' in outcome ? [outcome.digest] : []));
  // While they are read the columns stand, so that none of them comes and goes.
  if (running) return { metrics: GLANCE_METRICS, client: true };
  return {
    metrics: GLANCE_METRICS.filter((metric) => digests.some(({ figures }) => figures[metric])),
    client: digests.some(({ client }) => client),
  };
}

interface SortHeadProps {
  column: StayColumn;
  label: string;
  /** For screen readers, where the label needs its group. */
  spoken?: string;
  rowSpan?: number;
  number?: boolean;
}

function SortHead({ column, label, spoken, rowSpan, number }: SortHeadProps): JSX.Element {
  const { view, setView } = useSessionPage();
  const { sort } = view;
  const active = sort.column === column;
  return (
    <th
      scope="col"
      rowSpan={rowSpan}
      class={number ? 'number sortable' : 'sortable'}
      aria-sort={active ? (sort.descending ? 'descending' : 'ascending') : undefined}
    >
      <button
        type="button"
        data-sort={column}
        aria-label={spoken}
        onClick={() => setView({ sort: { column, descending: active ? !sort.descending : false } })}
      >
        {label}
        <span class="sort-mark" aria-hidden="true">
          {active ? (sort.descending ? '↓' : '↑') : ''}
        </span>
      </button>
    </th>
  );
}

interface RowProps {
  row: StayRow;
  reports: ReportsState;
  reading: TimeReading;
  roles: boolean;
  quality: boolean;
  client: boolean;
  metrics: readonly GlanceMetric[];
  choice?: CompareChoice;
}

function Row({ row, reports, reading, roles, quality, client, metrics, choice }: RowProps): JSX.Element {
  const { link } = useSessionPage();
  const { participant, name, stayed, here, person } = row;
  const { id, joinedAt, leftAt, leftTimeUnknown, role } = participant;
  const outcome = quality ? outcomeOf(reports, row) : undefined;
  const open = () => link.openParticipant(id);
  return (
    // The name's button is what the keyboard and screen readers use; the row only makes it larger.
    <tr class="opens" data-participant={id} onClick={open}>
      {choice && <CompareTick choice={choice} row={row} />}
      <th scope="row">
        <button
          type="button"
          class="link"
          title={ids(row)}
          onClick={(event) => {
            event.stopPropagation();
            open();
          }}
        >
          {name}
        </button>
        {here && <span class="here-mark"> {l10n.t('here')}</span>}
        {person.machine && !role && <span class="muted"> {l10n.t('not a person')}</span>}
      </th>
      {roles && <td>{displayText(role ?? '', 40) || MISSING}</td>}
      <td class="number" title={formatMoment(joinedAt)} data-field="joined">
        {joinedAt === undefined ? MISSING : momentLabel(joinedAt, reading)}
      </td>
      <td class="number" title={leftTitle(row)} data-field="left">
        {leftTimeUnknown ? l10n.t('unknown') : leftAt === undefined ? MISSING : momentLabel(leftAt, reading)}
      </td>
      <td class="number" data-field="stayed">
        {formatDuration(stayed)}
      </td>
      {quality && client && <td data-field="client">{clientOf(reports, row) ?? MISSING}</td>}
      {quality &&
        (outcome && 'error' in outcome ? (
          <td class="muted" colSpan={Math.max(1, metrics.length * 2)} data-field="noReport" title={outcome.error.text}>
            {REASONS[outcome.error.kind]}
          </td>
        ) : (
          metrics.map((metric) => (
            <Figure key={metric} metric={metric} figure={outcome?.digest.figures[metric]} reading={reading} />
          ))
        ))}
    </tr>
  );
}

interface FigureProps {
  metric: GlanceMetric;
  figure?: GlanceFigure;
  reading: TimeReading;
}

function Figure({ metric, figure, reading }: FigureProps): JSX.Element {
  const { decimals, unit } = GLANCE[metric];
  const low = metric === 'mos';
  const marked = figure !== undefined && figure.beyond >= MARKED_FROM;
  const title = figure && beyondTitle(figure, low, unit);
  return (
    <>
      <td class="number" title={title} data-field={metric} data-value={figure?.median}>
        {marked && (
          <span class="differs" role="img" aria-label={title}>
            {low ? '▼ ' : '▲ '}
          </span>
        )}
        {formatNumber(figure?.median, decimals)}
      </td>
      <td
        class="number worst"
        title={figure && `${figure.worstIn}, ${momentLabel(figure.worstAt, reading)}`}
        data-field={`${metric}Worst`}
        data-value={figure?.worst}
      >
        {formatNumber(figure?.worst, decimals)}
      </td>
    </>
  );
}

/** Which share of the samples is beyond the limits; undefined where there is none. */
function beyondTitle({ limits, beyond }: GlanceFigure, low: boolean, unit: string): string | undefined {
  if (limits.length === 0) return undefined;
  const share = formatShare(beyond);
  const limit = `${limits.map(String).reduce((some, next) => l10n.t('{0} or {1}', some, next))} ${unit}`.trim();
  return low
    ? l10n.t('{0} of the samples below {1}', share, limit)
    : l10n.t('{0} of the samples above {1}', share, limit);
}

/** Why there is no report, in a word or two; the sentence is in the tooltip. */
const REASONS: Record<ErrorKind, string> = {
  Auth: l10n.t('key not accepted'),
  Forbidden: l10n.t('no permission'),
  NotFound: l10n.t('no report found'),
  RateLimited: l10n.t('too many requests'),
  Network: l10n.t('no connection'),
  TimedOut: l10n.t('no answer in time'),
  BadResponse: l10n.t('unreadable report'),
  NotYetAvailable: l10n.t('no report available'),
  BadInput: l10n.t('no report'),
  Cancelled: l10n.t('not read'),
};

function leftTitle({ participant: { leftAt, leftTimeUnknown }, here }: StayRow): string {
  if (here) return l10n.t('Still in the call');
  if (!leftTimeUnknown) return formatMoment(leftAt);
  return leftAt === undefined
    ? l10n.t('Gone; when is not known')
    : l10n.t('Gone by {0}; when is not known', formatMoment(leftAt));
}

function ids({ participant: { id, userId, customId } }: StayRow): string {
  const lines = [
    l10n.t('Open the report'),
    `ID ${id}`,
    userId && l10n.t('User ID {0}', userId),
    customId && l10n.t('Custom ID {0}', customId),
  ];
  return lines
    .filter((line): line is string => Boolean(line))
    .map((line) => displayText(line, 200))
    .join('\n');
}
