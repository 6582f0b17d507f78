import type { JSX } from 'preact';
import type { ReportsState } from '../../protocol/session-messages';
import type { SessionModel } from './model';
import { useSessionPage } from './page';
import { outcomeOf } from './stay-table-model';

interface ReportsBarProps {
  model: SessionModel;
  reports: ReportsState;
  /** The session comes from a file: there is nothing more to read. */
  fixed: boolean;
}

/** Reads everybody's report on demand: each is a request, or several. */
export function ReportsBar({ model, reports, fixed }: ReportsBarProps): JSX.Element {
  const { link } = useSessionPage();
  const { running, done, total, stopped } = reports;
  if (running) {
    return (
      <span class="reports-bar">
        <progress max={Math.max(1, total)} value={done} aria-label="Reports read" />
        <span data-field="reportsProgress" role="status">
          {done} of {total} reports
        </span>
        <button type="button" class="secondary" onClick={() => link.act('stopReports')}>
          Cancel
        </button>
      </span>
    );
  }
  const outcomes = model.rows.map((row) => outcomeOf(reports, row));
  const read = outcomes.filter((each) => each && 'digest' in each).length;
  const left = model.rows.length - read;
  const asked = outcomes.some((each) => each !== undefined) || stopped !== undefined;
  const label = !asked
    ? `Read all reports (${model.rows.length})`
    : left > 0
      ? `Read the other reports (${left})`
      : 'Read reports again';
  return (
    <span class="reports-bar">
      {asked && (
        <span class={stopped ? 'stopped' : 'muted'} data-field="reportsResult" role="status">
          {stopped ?? `${read} of ${model.rows.length} reports read.`}
        </span>
      )}
      {!fixed && (
        <button
          type="button"
          class="secondary"
          title="Quality and client of everybody. One request or more for each, four at a time."
          onClick={() => link.act('readReports')}
        >
          {label}
        </button>
      )}
    </span>
  );
}
