import * as l10n from '@vscode/l10n';

/** Only what starts like a date-time goes to `Date.parse`, which takes "5" and "null 1" for dates. */
const DATE_TIME = /^\d{4}-\d\d-\d\dT\d\d:/;

/**
 * Reads an ISO 8601 date-time as epoch ms. Forgives what providers were seen to send: stray quotes, a space for `T`,
 * more than three fractional digits. Undefined for missing, the string "null", and what is no date.
 */
export function parseTime(value: unknown): number | undefined {
  if (typeof value !== 'string' || value.length > 64) return undefined;
  // The common case first: a large report holds tens of thousands of these.
  const direct = DATE_TIME.test(value) ? Date.parse(value) : Number.NaN;
  if (!Number.isNaN(direct)) return direct;
  const repaired = value
    .trim()
    .replace(/^["']+|["']+$/g, '')
    .replace(/^(\d{4}-\d\d-\d\d) /, '$1T')
    .replace(/(\.\d{3})\d+/, '$1');
  if (!DATE_TIME.test(repaired)) return undefined;
  const time = Date.parse(repaired);
  return Number.isNaN(time) ? undefined : time;
}

/** A duration in ms for people: `45 s`, `31 min`, `2 h 05 min`, `3 d 4 h`. Undefined input gives "—". */
export function formatDuration(ms: number | undefined): string {
  if (ms === undefined || !Number.isFinite(ms) || ms < 0) return '—';
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return l10n.t('{0} s', seconds);
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return l10n.t('{0} min', minutes);
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return l10n.t('{0} h {1} min', hours, String(minutes % 60).padStart(2, '0'));
  return l10n.t('{0} d {1} h', Math.floor(hours / 24), hours % 24);
}

/** Time into the call: `0:07`, `31:13`, `1:02:03`; negative before it began. */
export function formatOffset(ms: number): string {
  const total = Math.round(Math.abs(ms) / 1000);
  const sign = ms < 0 && total > 0 ? '-' : '';
  const hours = Math.floor(total / 3600);
  const minutes = Math.floor((total % 3600) / 60);
  const seconds = String(total % 60).padStart(2, '0');
  return hours > 0 ? `${sign}${hours}:${String(minutes).padStart(2, '0')}:${seconds}` : `${sign}${minutes}:${seconds}`;
}

/** How long ago, coarsely: `just now`, `5 min ago`, `3 h ago`, `2 d ago`; `in 5 min` for the future. */
export function formatAgo(time: number, now: number): string {
  const delta = now - time;
  const minutes = Math.round(Math.abs(delta) / 60_000);
  if (minutes < 1) return l10n.t('just now');
  const past = delta >= 0;
  if (minutes < 60) return past ? l10n.t('{0} min ago', minutes) : l10n.t('in {0} min', minutes);
  const hours = Math.round(minutes / 60);
  if (minutes < 48 * 60) return past ? l10n.t('{0} h ago', hours) : l10n.t('in {0} h', hours);
  const days = Math.round(minutes / 1440);
  return past ? l10n.t('{0} d ago', days) : l10n.t('in {0} d', days);
}
