import * as l10n from '@vscode/l10n';
import type { JSX } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import type { ReportsState, StayList } from '../../protocol/session-messages';
import { Section } from '../components/section';
import { formatNumber } from '../format';
import { CompareBar, useCompareChoice } from './compare-choice';
import type { SessionModel } from './model';
import { useSessionPage } from './page';
import { ReportsBar } from './reports-bar';
import { StayTable } from './stay-table';
import { filterRows, sortRows } from './stay-table-model';

/** Rows built at once. */
const FIRST_ROWS = 200;

interface ParticipantsProps {
  model: SessionModel;
  stays: StayList;
  reports: ReportsState;
  media?: 'call' | 'playback';
  /** It comes from a file. */
  fixed: boolean;
}

/** Everybody's stays in a table that sorts and filters, with the quality of each once it was asked for. */
export function Participants(props: ParticipantsProps): JSX.Element | null {
  const { items, total, more } = props.stays;
  if (items.length === 0) return null;
  const note = !more
    ? `${items.length}`
    : total !== undefined
      ? l10n.t('{0} of {1}', items.length, total)
      : l10n.t('{0} so far', items.length);
  return (
    <Section
      name="participants"
      title={props.media === 'playback' ? l10n.t('Viewer') : l10n.t('Participants')}
      note={note}
    >
      {() => <ParticipantRows {...props} />}
    </Section>
  );
}

function ParticipantRows({ model, stays, reports, media, fixed }: ParticipantsProps): JSX.Element {
  const { view } = useSessionPage();
  const [filter, setFilter] = useState('');
  const choice = useCompareChoice();
  const [limit, setLimit] = useState(FIRST_ROWS);
  const found = useMemo(() => filterRows(model.rows, filter, reports), [model, filter, reports]);
  const rows = useMemo(() => sortRows(found, view.sort, reports), [found, view.sort, reports]);
  return (
    <>
      <div class="table-tools">
        <input
          type="search"
          class="filter"
          placeholder={l10n.t('Filter by name, role, ID or client')}
          aria-label={l10n.t('Filter participants')}
          value={filter}
          onInput={({ currentTarget }) => setFilter(currentTarget.value)}
        />
        {filter.trim() !== '' && (
          <span class="muted" data-field="matches" role="status">
            {l10n.t('{0} of {1}', formatNumber(found.length), formatNumber(model.rows.length))}
          </span>
        )}
        <CompareBar choice={choice} rows={model.rows} />
        <span class="spring" />
        {media === 'playback' ? (
          <span class="muted">{l10n.t('Open the row for the playback’s figures.')}</span>
        ) : (
          <ReportsBar model={model} reports={reports} fixed={fixed} />
        )}
      </div>
      {rows.length > 0 ? (
        <StayTable
          rows={rows.slice(0, limit)}
          reports={reports}
          origin={model.origin}
          choice={model.rows.length > 1 ? choice : undefined}
        />
      ) : (
        <p class="empty">{l10n.t('No participant matches the filter.')}</p>
      )}
      {rows.length > limit && (
        <button type="button" class="text-button" onClick={() => setLimit(rows.length)}>
          {l10n.t('Show all {0} rows', formatNumber(rows.length))}
        </button>
      )}
      <MoreStays stays={stays} filtered={filter.trim() !== ''} />
    </>
  );
}

function MoreStays({ stays, filtered }: { stays: StayList; filtered: boolean }): JSX.Element | null {
  const { link } = useSessionPage();
  const { items, total, more, reading } = stays;
  if (!more && !reading) return null;
  const read = formatNumber(items.length);
  const counts = total === undefined ? read : l10n.t('{0} of {1}', read, formatNumber(total));
  return (
    <p class="more-stays" data-field="moreStays">
      {reading ? (
        <>
          <span>{l10n.t('Reading… {0}', counts)}</span>
          <button type="button" class="secondary" onClick={() => link.act('cancel')}>
            {l10n.t('Cancel')}
          </button>
        </>
      ) : (
        <>
          <button type="button" class="secondary" onClick={() => link.act('loadMore')}>
            {l10n.t('Load more')}
          </button>
          <span class="muted">
            {filtered
              ? l10n.t('{0} stays were read. The filter knows only these.', counts)
              : l10n.t('{0} stays were read. Timeline and sorting know only these.', counts)}
          </span>
        </>
      )}
    </p>
  );
}
