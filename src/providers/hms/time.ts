import * as l10n from '@vscode/l10n';
import { CallError } from '../../core/errors';
import { parseTime } from '../../core/time';

/** A time of 100ms as epoch ms; the zero time of Go, `0001-01-01T00:00:00Z`, stands for "never". */
export function time(value: unknown): number | undefined {
  const parsed = parseTime(value);
  return parsed === undefined || parsed <= 0 ? undefined : parsed;
}

/** A time for a query, `YYYY-MM-DDTHH:mm:ss.sssZ`. Throws `BadInput` for what is no time. */
export function queryTime(value: number | undefined): string | undefined {
  if (value === undefined) return undefined;
  if (Number.isNaN(new Date(value).getTime()))
    throw new CallError('BadInput', l10n.t('The time range is not one of dates.'), { field: 'from' });
  return new Date(value).toISOString();
}
