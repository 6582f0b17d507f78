import { displayText } from '../../core/text';
import type { DigestOutcome, GlanceMetric, ReportsState } from '../../protocol/session-messages';
import type { SessionViewSettings, StayColumn } from '../../protocol/session-state';
import type { StayRow } from './model';

/** The digest or error of a row's report; undefined while it was not asked for. */
export function outcomeOf({ outcomes }: ReportsState, { participant }: StayRow): DigestOutcome | undefined {
  return Object.hasOwn(outcomes, participant.id) ? outcomes[participant.id] : undefined;
}

/** The client as the report tells it. */
export function clientOf(reports: ReportsState, row: StayRow): string | undefined {
  const outcome = outcomeOf(reports, row);
  return outcome && 'digest' in outcome ? outcome.digest.client : undefined;
}

/** Rows that hold every word of the filter in name, role, ids or client. */
export function filterRows(rows: readonly StayRow[], filter: string, reports: ReportsState): StayRow[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [...rows];
  return rows.filter((row) => {
    const { id, userId, customId, role } = row.participant;
    const text = [row.name, role, id, userId, customId, clientOf(reports, row)]
      .map((each) => displayText(each ?? '', 400).toLowerCase())
      .join('\n');
    return words.every((word) => text.includes(word));
  });
}

/** Rows in order of a column. What is not known comes last either way; equal ones keep the order of joining. */
export function sortRows(
  rows: readonly StayRow[],
  { column, descending }: SessionViewSettings['sort'],
  reports: ReportsState,
): StayRow[] {
  const sign = descending ? -1 : 1;
  const keyed = rows.map((row) => ({ row, key: sortKey(row, column, reports) }));
  keyed.sort((a, b) => {
    if (a.key === undefined || b.key === undefined) {
      return Number(a.key === undefined) - Number(b.key === undefined) || byJoin(a.row, b.row);
    }
    const order =
      typeof a.key === 'string' && typeof b.key === 'string'
        ? a.key.localeCompare(b.key, undefined, { numeric: true })
        : Number(a.key) - Number(b.key);
    return sign * order || byJoin(a.row, b.row);
  });
  return keyed.map(({ row }) => row);
}

function byJoin(a: StayRow, b: StayRow): number {
  return (a.participant.joinedAt ?? 0) - (b.participant.joinedAt ?? 0);
}

function sortKey(row: StayRow, column: StayColumn, reports: ReportsState): string | number | undefined {
  const { participant } = row;
  switch (column) {
    case 'name':
      return row.name;
    case 'role':
      return displayText(participant.role ?? '') || undefined;
    case 'joined':
      return participant.joinedAt;
    case 'left':
      // Who is still here leaves after all others.
      return row.here ? Number.MAX_SAFE_INTEGER : participant.leftAt;
    case 'stayed':
      return row.stayed;
    case 'client':
      return clientOf(reports, row);
    default: {
      const outcome = outcomeOf(reports, row);
      if (!outcome || !('digest' in outcome)) return undefined;
      const worst = column.endsWith('Worst');
      const figure = outcome.digest.figures[column.replace('Worst', '') as GlanceMetric];
      return figure && (worst ? figure.worst : figure.median);
    }
  }
}
