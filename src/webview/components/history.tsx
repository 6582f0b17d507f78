import * as l10n from '@vscode/l10n';
import type { JSX } from 'preact';
import type { CallReport, Connectivity } from '../../core/model';
import { displayText } from '../../core/text';
import { formatOffset } from '../../core/time';
import { formatMoment, MISSING, words } from '../format';
import { allEvents } from '../lanes';
import { type Cell, PagedTable } from './paged-table';

/** One line of a history. */
export interface HistoryRow {
  /** Epoch ms. */
  at: number;
  what: string;
  details: string;
}

interface HistoryProps {
  title: string;
  rows: readonly HistoryRow[];
  /** Where time into the call begins, epoch ms. */
  origin: number;
}

/** What happened when, under a heading; nothing where nothing did. */
export function History({ title, rows, origin }: HistoryProps): JSX.Element | null {
  if (rows.length === 0) return null;
  const cells = (index: number): Cell[] => {
    const { at, what, details } = rows[index] as HistoryRow;
    return [formatMoment(at), formatOffset(at - origin), what, details || MISSING];
  };
  return (
    <div class="history">
      <h3>{title}</h3>
      <PagedTable
        caption={title}
        head={[l10n.t('Time'), l10n.t('Into call'), l10n.t('What'), l10n.t('Details')]}
        numeric={(column) => column === 1}
        count={rows.length}
        row={cells}
      />
    </div>
  );
}

/** Events of one lane, in time order. */
export function eventHistory(report: Pick<CallReport, 'events' | 'participant'>, lane: string): HistoryRow[] {
  return allEvents(report)
    .filter((event) => event.lane === lane)
    .map(({ at, name, details = {} }) => ({
      at,
      what: words(displayText(name, 80)),
      details: Object.entries(details)
        .filter(([, value]) => value !== null && value !== '')
        .map(([key, value]) => `${displayText(key, 60)}: ${displayText(String(value), 160)}`)
        .join(' · '),
    }));
}

/** Network events and what each check of the connection found, in time order. */
export function networkHistory(report: CallReport): HistoryRow[] {
  const checks = report.connectivity
    .filter((check): check is Connectivity & { at: number } => check.at !== undefined && Number.isFinite(check.at))
    .sort((a, b) => a.at - b.at);
  const checked = checks.map((check, index) => ({
    at: check.at,
    what: l10n.t('Connection checked'),
    details: checkWords(check, checks[index - 1]),
  }));
  return [...eventHistory(report, 'network'), ...checked].sort((a, b) => a.at - b.at);
}

function checkWords(check: Connectivity, before: Connectivity | undefined): string {
  const { effectiveNetworkType, reflexive, relay, turn } = check;
  const type = displayText(effectiveNetworkType ?? '', 40);
  const former = displayText(before?.effectiveNetworkType ?? '', 40);
  const reached = (name: string, value: boolean | undefined) =>
    value !== undefined && (value ? l10n.t('{0} reached', name) : l10n.t('{0} not reached', name));
  return [
    type &&
      (former && former !== type
        ? l10n.t('effective type {0} (before: {1})', type, former)
        : l10n.t('effective type {0}', type)),
    reached('STUN', reflexive),
    reached('TURN', turn),
    relay !== undefined && (relay ? l10n.t('relay worked') : l10n.t('relay did not work')),
  ]
    .filter(Boolean)
    .join(' · ');
}
