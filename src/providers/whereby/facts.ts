import * as l10n from '@vscode/l10n';
import type { Fact } from '../../core/model';

/** A value that the provider may leave out. */
type Value = string | number | null | undefined;

/** Facts of those rows that have a value; 0 is one. */
export function facts(rows: readonly (readonly [label: string, value: Value, personal?: boolean])[]): Fact[] {
  return rows.flatMap(([label, value, personal]) => {
    if (value === undefined || value === null || value === '') return [];
    return [{ label, value: String(value), ...(personal && { personal }) }];
  });
}

/** A moment in words, in UTC as on Whereby's own pages: `2025-01-01 00:45:00 UTC`. */
export function utc(time: number | undefined): string | undefined {
  return time === undefined ? undefined : `${new Date(time).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

/** A rating from 1 to 5 with how many gave one: `4.5 of 5 (2 ratings)`. */
export function rating(value: number | null | undefined, count: number | null | undefined): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (count === undefined || count === null) return l10n.t('{0} of 5', value);
  return count === 1 ? l10n.t('{0} of 5 (1 rating)', value) : l10n.t('{0} of 5 ({1} ratings)', value, count);
}
