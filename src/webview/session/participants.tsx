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
  const note = more && total !== undefined ? `${items.length} of ${total}` : `${items.length}${more ? ' so far' : ''}`;
  return (
    <Section name="participants" title={props.media === 'playback' ? 'Viewer' : 'Participants'} note={note}>
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
          placeholder="Filter by name, role, ID or client"
          aria-label="Filter participants"
          value={filter}
          onInput={({ currentTarget }) => setFilter(currentTarget.value)}
        />
        {filter.trim() !== '' && (
          <span class="muted" data-field="matches" role="status">
            {formatNumber(found.length)} of {formatNumber(model.rows.length)}
          </span>
        )}
        <CompareBar choice={choice} rows={model.rows} />
        <span class="spring" />
        {media === 'playback' ? (
          <span class="muted">Open the row for the playback’s figures.</span>
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
        <p class="empty">No participant matches the filter.</p>
      )}
      {rows.length > limit && (
        <button type="button" class="text-button" onClick={() => setLimit(rows.length)}>
          Show all {formatNumber(rows.length)} rows
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
  const counts = `${formatNumber(items.length)}${total === undefined ? '' : ` of ${formatNumber(total)}`}`;
  return (
    <p class="more-stays" data-field="moreStays">
      {reading ? (
        <>
          <span>Reading… {counts}</span>
          <button type="button" class="secondary" onClick={() => link.act('cancel')}>
            Cancel
          </button>
        </>
      ) : (
        <>
          <button type="button" class="secondary" onClick={() => link.act('loadMore')}>
            Load more
          </button>
          <span class="muted">
            {counts} stays were read.{' '}
            {filtered ? 'The filter knows only these.' : 'Timeline and sorting know only these.'}
          </span>
        </>
      )}
    </p>
  );
}
