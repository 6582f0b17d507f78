import * as l10n from '@vscode/l10n';
import { CallError } from '../../core/errors';
import { parseTime } from '../../core/time';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** How long call statistics are kept: one page of Cloudflare says 30 days, a newer one 6 months. */
const SHORTEST_RETENTION_MS = 30 * DAY_MS;

/** The times of a participant that tell whether a report can still come. */
export interface StayTimes {
  left_at?: string | null;
  updated_at?: string | null;
}

/**
 * Why a participant has no report: the stay goes on, it ended just now, or it is long over. When a report appears after
 * the end is not documented.
 */
export function missingReport(stay: StayTimes, now: number): CallError {
  return new CallError('NotYetAvailable', sentence(stay, now));
}

function sentence(stay: StayTimes, now: number): string {
  const left = parseTime(stay.left_at);
  const last = left ?? parseTime(stay.updated_at);
  const age = last === undefined ? undefined : now - last;
  if (left === undefined && (age === undefined || age < DAY_MS)) {
    return l10n.t(
      'There is no report yet: the participant has not left, as far as RealtimeKit knows, and the report comes after the call. Try again when the call is over.',
    );
  }
  if (age !== undefined && age < HOUR_MS) {
    return l10n.t(
      'There is no report yet: the participant left a short while ago and RealtimeKit may still be writing it. Try again in a few minutes.',
    );
  }
  if (age !== undefined && age > SHORTEST_RETENTION_MS) {
    return l10n.t(
      'There is no report. It may have expired: RealtimeKit keeps call statistics for 30 days to 6 months, by different pages of its documentation.',
    );
  }
  return l10n.t(
    'There is no report: RealtimeKit holds no call statistics of this stay. The client may never have sent any; a retry later may still find them.',
  );
}
