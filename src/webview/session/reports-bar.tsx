import * as l10n from '@vscode/l10n';
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
        <progress max={Math.max(1, total)} value={done} aria-label={l10n.t('Reports read')} />
        <span data-field="reportsProgress" role="status">
          {l10n.t('{0} of {1} reports', done, total)}
        </span>
        <button type="button" class="secondary" onClick={() => link.act('stopReports')}>
          {l10n.t('Cancel')}
        </button>
      </span>
    );
  }
  const outcomes = model.rows.map((row) => outcomeOf(reports, row));
  const read = outcomes.filter((each) => each && 'digest' in each).length;
  const left = model.rows.length - read;
  const asked = outcomes.some((each) => each !== undefined) || stopped !== undefined;
  const label = !asked
    ? l10n.t('Read all reports ({0})', model.rows.length)
    : left > 0
      ? l10n.t('Read the other reports ({0})', left)
      : l10n.t('Read reports again');
  return (
    <span class="reports-bar">
      {asked && (
        <span class={stopped ? 'stopped' : 'muted'} data-field="reportsResult" role="status">
          {stopped ?? l10n.t('{0} of {1} reports read.', read, model.rows.length)}
        </span>
      )}
      {!fixed && (
        <button
          type="button"
          class="secondary"
          title={l10n.t('Quality and client of everybody. One request or more for each, four at a time.')}
          onClick={() => link.act('readReports')}
        >
          {label}
        </button>
      )}
    </span>
  );
}
