import * as l10n from '@vscode/l10n';
import { CallError } from '../../core/errors';
import type { ListFilter } from '../../tree/filters';

/** How each member of a filter is recognised in an argument object, and what is expected of it. */
const MEMBERS: Record<keyof ListFilter, readonly [expected: string, fits: (value: unknown) => boolean]> = {
  search: [l10n.t('expected a string.'), (value) => typeof value === 'string'],
  from: [l10n.t('expected epoch milliseconds.'), Number.isFinite],
  to: [l10n.t('expected epoch milliseconds.'), Number.isFinite],
  live: [l10n.t('expected true or false.'), (value) => typeof value === 'boolean'],
  status: [l10n.t('expected a string.'), (value) => typeof value === 'string'],
  searchMode: word('contains', 'startsWith', 'exact'),
  personId: [l10n.t('expected a string.'), (value) => typeof value === 'string'],
  templateId: [l10n.t('expected a string.'), (value) => typeof value === 'string'],
  sortBy: word('createdAt', 'endedAt', 'participants', 'minutesConsumed'),
  roomSort: word('createdAt', 'lastSessionAt', 'sessions', 'participants', 'minutesConsumed'),
  minMinutes: [l10n.t('expected a number of minutes above 0.'), isPositive],
  minParticipants: [
    l10n.t('expected a whole number above 0.'),
    (value) => isPositive(value) && Number.isInteger(value),
  ],
  participantSort: word('joinedAt', 'leftAt', 'duration'),
  sortOrder: [l10n.t('expected "ascending" or "descending".'), oneOf('ascending', 'descending')],
  view: [l10n.t('expected "raw" or "consolidated".'), oneOf('raw', 'consolidated')],
  participants: [l10n.t('expected an object with min and max.'), isRange],
  dimensions: [
    l10n.t('expected a list of {0}, values being a list of strings.', '{ name, values }'),
    listOf(isDimension),
  ],
  metrics: [l10n.t('expected a list of {0}.', '{ name, comparison: ">" or "<", value: a number }'), listOf(isMetric)],
  orderBy: [l10n.t('expected a string.'), (value) => typeof value === 'string'],
  within: word('started', 'ended'),
  anyStatus: [l10n.t('expected true or false.'), (value) => typeof value === 'boolean'],
};

/** Reads the filter out of an argument object; undefined when it holds none. Throws `BadInput` that names the member. */
export function readFilter(argument: Readonly<Record<string, unknown>>): ListFilter | undefined {
  const filter: Record<string, unknown> = {};
  for (const [name, [expected, fits]] of Object.entries(MEMBERS)) {
    const value = argument[name];
    if (value === undefined) continue;
    if (!fits(value)) throw new CallError('BadInput', `${name}: ${expected}`, { field: name });
    filter[name] = value;
  }
  return Object.keys(filter).length > 0 ? filter : undefined;
}

function isPositive(value: unknown): boolean {
  return typeof value === 'number' && Number.isFinite(value) && value > 0;
}

function oneOf(...allowed: string[]): (value: unknown) => boolean {
  return (value) => typeof value === 'string' && allowed.includes(value);
}

function word(...allowed: string[]): readonly [string, (value: unknown) => boolean] {
  return [l10n.t('expected one of {0}.', allowed.map((one) => `"${one}"`).join(', ')), oneOf(...allowed)];
}

function listOf(fits: (value: Record<string, unknown>) => boolean): (value: unknown) => boolean {
  const isRecord = (item: unknown): item is Record<string, unknown> => typeof item === 'object' && item !== null;
  return (value) => Array.isArray(value) && value.every((item: unknown) => isRecord(item) && fits(item));
}

function isDimension({ name, values }: Record<string, unknown>): boolean {
  return typeof name === 'string' && Array.isArray(values) && values.every((value) => typeof value === 'string');
}

function isMetric({ name, comparison, value }: Record<string, unknown>): boolean {
  return typeof name === 'string' && (comparison === '>' || comparison === '<') && Number.isFinite(value);
}

function isRange(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const { min, max } = value as Record<string, unknown>;
  return Number.isInteger(min) && Number.isInteger(max) && (min as number) <= (max as number);
}
