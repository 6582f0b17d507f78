import * as l10n from '@vscode/l10n';
import { DECIMAL_SIGN, LOCALE } from '../core/locale';
import { type SeriesInfo, unitWord } from '../core/series';
import { formatDuration } from '../core/time';

/** Stands for "not measured" and "not stated". */
export const MISSING = '—';

/** Between thousands. Neither a comma nor a point where they could be taken for the decimal sign. */
const GROUPING = DECIMAL_SIGN === '.' ? ',' : '\u202f';

const numberFormats = new Map<number, Intl.NumberFormat>();

/** A number with fixed decimals; thousands are grouped from five digits on. Not a number gives "—". */
export function formatNumber(value: number | undefined | null, decimals = 0): string {
  if (value === undefined || value === null || !Number.isFinite(value)) return MISSING;
  let format = numberFormats.get(decimals);
  if (!format) {
    format = new Intl.NumberFormat('en-US', {
      minimumFractionDigits: decimals,
      maximumFractionDigits: decimals,
      useGrouping: 'min2',
    });
    numberFormats.set(decimals, format);
  }
  // No "-0": a small negative rounds to plain zero.
  return format
    .format(value)
    .replace(/^-(0(?:\.0+)?)$/, '$1')
    .replace(/[.,]/g, (sign) => (sign === '.' ? DECIMAL_SIGN : GROUPING));
}

/** A share of one as percent: 0.125 is `12.5 %`. */
export function formatShare(fraction: number | undefined): string {
  if (fraction === undefined || !Number.isFinite(fraction)) return MISSING;
  const percent = fraction * 100;
  return `${formatNumber(percent, Number.isInteger(Math.round(percent * 1e6) / 1e6) ? 0 : 1)} %`;
}

/** Bytes in decimal multiples: `201.0 kB`. */
export function formatBytes(bytes: number | undefined): string {
  if (bytes === undefined || !Number.isFinite(bytes)) return MISSING;
  if (Math.abs(bytes) < 1000) return `${formatNumber(bytes)} B`;
  if (Math.abs(bytes) < 1e6) return `${formatNumber(bytes / 1e3, 1)} kB`;
  if (Math.abs(bytes) < 1e9) return `${formatNumber(bytes / 1e6, 1)} MB`;
  return `${formatNumber(bytes / 1e9, 2)} GB`;
}

/** bit/s in decimal multiples. */
export function formatBitrate(bits: number | undefined): string {
  if (bits === undefined || !Number.isFinite(bits)) return MISSING;
  if (bits < 1e3) return `${formatNumber(bits)} bit/s`;
  if (bits < 1e6) return `${formatNumber(bits / 1e3, 1)} kbit/s`;
  return `${formatNumber(bits / 1e6, 2)} Mbit/s`;
}

export function formatYesNo(value: boolean | undefined): string {
  return value === undefined ? MISSING : value ? l10n.t('Yes') : l10n.t('No');
}

/** `14 Dec 2023, 13:35:36` in the reader's time zone. */
export function formatMoment(at: number | undefined): string {
  if (at === undefined || !Number.isFinite(at)) return MISSING;
  return momentFormat.format(at);
}

/** `14 Dec 2023, 13:35:36–13:36:42 (1 min)`. An open end is left out: the call goes on. */
export function formatStay(from: number | undefined, to: number | undefined): string {
  if (from === undefined || to === undefined) return formatPeriod(from, to);
  return `${formatPeriod(from, to)} (${formatDuration(to - from)})`;
}

/** `14 Dec 2023, 13:35:36–13:36:42`. An open end is left out. */
export function formatPeriod(from: number | undefined, to: number | undefined): string {
  if (from === undefined) return MISSING;
  if (to === undefined) return `${formatMoment(from)} –`;
  const sameDay = dayFormat.format(from) === dayFormat.format(to);
  return `${formatMoment(from)}–${sameDay ? timeFormat.format(to) : formatMoment(to)}`;
}

let zone: string | undefined;

/** The reader's time zone by its IANA name. */
export function timeZoneName(): string {
  zone ??= momentFormat.resolvedOptions().timeZone;
  return zone;
}

const dayFormat = new Intl.DateTimeFormat(LOCALE, { dateStyle: 'medium' });
const timeFormat = new Intl.DateTimeFormat(LOCALE, { timeStyle: 'medium' });
const momentFormat = new Intl.DateTimeFormat(LOCALE, { dateStyle: 'medium', timeStyle: 'medium' });

/** How a series' values are shown: its unit, and what to multiply by. */
export interface DisplayUnit {
  unit: string;
  factor: number;
  decimals: number;
}

/** Bits and bytes read better in thousands; everything else is shown in its own unit. */
export function displayUnit({ unit, decimals }: Pick<SeriesInfo, 'unit' | 'decimals'>): DisplayUnit {
  if (unit === 'bit/s') return { unit: 'kbit/s', factor: 1e-3, decimals: 1 };
  if (unit === 'B') return { unit: 'kB', factor: 1e-3, decimals: 1 };
  return { unit: unitWord(unit), factor: 1, decimals };
}

/** `effectiveNetworkType`, `audio_off` and `PEER_JOINING` as words: `Effective network type`, `Audio off`, `Peer joining`. */
export function words(name: string): string {
  const spaced = name
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replace(/[_\s]+/g, ' ')
    .trim()
    .toLowerCase();
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}
