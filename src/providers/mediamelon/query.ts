import * as l10n from '@vscode/l10n';
import { CallError } from '../../core/errors';
import type { DimensionCondition, MetricCondition, QueryBuilder, QueryPreset } from '../contract';
import { NAMES, nameInfo } from './names';

/** Longer values are no names of anything; a URL has to hold them. */
const MAX_VALUE = 500;
const NAME = /^[A-Za-z][\w.-]{0,99}$/;

/** Rebuffering above this share of the watch time, %, is called severe: the figure of MediaMelon's own example. */
const SEVERE_REBUFFERING = 5;

/** Why a name cannot be that of a metric or dimension; undefined when it can. The set of names is open. */
export function checkName(name: string): string | undefined {
  return NAME.test(name)
    ? undefined
    : l10n.t('Expected the name of a metric or dimension: letters, digits, _, - and . only, a letter first.');
}

/** Why a dimension's value cannot stand in a filter; undefined when it can. */
export function checkValue(value: string): string | undefined {
  if (value.trim() === '') return l10n.t('The value must not be empty.');
  if (value.length > MAX_VALUE) return l10n.t('The value must not be longer than {0} characters.', MAX_VALUE);
  const sign = /[[\]|]/.exec(value)?.[0];
  if (sign) {
    return l10n.t(
      'The value must not hold "{0}": MediaMelon\'s filters are built of [, ] and |, and no way to write them within a value is documented.',
      sign,
    );
  }
  return /\p{Cc}/u.test(value) ? l10n.t('The value must not hold line breaks or other control characters.') : undefined;
}

/**
 * The `filter` parameter: `[country=US|Canada][platform=Android]`. Undefined for no conditions. Throws `BadInput` with the
 * reason for what cannot be written.
 */
export function filterText(conditions: readonly DimensionCondition[]): string | undefined {
  const groups = conditions.map(({ name, values }, index) => {
    const field = `dimensions[${index}]`;
    refuse(checkName(name), `${field}.name`);
    if (values.length === 0) refuse(l10n.t('Expected at least one value.'), `${field}.values`);
    for (const value of values) refuse(checkValue(value), `${field}.values`);
    return `[${name}=${values.join('|')}]`;
  });
  return groups.length > 0 ? groups.join('') : undefined;
}

/** A filter may come from a script, with anything in it. */
const COMPARISONS: ReadonlySet<unknown> = new Set(['>', '<']);

/**
 * The `qoefilter` parameter: `latency>3 AND bufferingratio>5`, in the metrics' own units. Undefined for no conditions.
 * Only `>` and `<` are documented. Throws `BadInput` with the reason for what cannot be written.
 */
export function qoeFilterText(conditions: readonly MetricCondition[]): string | undefined {
  const parts = conditions.map(({ name, comparison, value }, index) => {
    const field = `metrics[${index}]`;
    refuse(checkName(name), `${field}.name`);
    if (!COMPARISONS.has(comparison)) {
      refuse(l10n.t('Expected > or <: MediaMelon documents no other comparison.'), `${field}.comparison`);
    }
    if (!Number.isFinite(value)) refuse(l10n.t('Expected a number.'), `${field}.value`);
    return `${name}${comparison}${plainNumber(value)}`;
  });
  return parts.length > 0 ? parts.join(' AND ') : undefined;
}

/** A number without an exponent, which no example of a filter has. */
function plainNumber(value: number): string {
  const text = String(value);
  return text.includes('e') ? value.toFixed(12).replace(/\.?0+$/, '') : text;
}

function refuse(reason: string | undefined, field: string): void {
  if (reason) throw new CallError('BadInput', `${field}: ${reason}`, { field });
}

const PRESETS: readonly QueryPreset[] = [
  {
    label: l10n.t('Highest start-up delay'),
    detail: l10n.t('the slowest to show a first frame come first'),
    query: { orderBy: 'latency', sortOrder: 'descending' },
  },
  {
    label: l10n.t('Severe rebuffering'),
    detail: l10n.t('more than {0} % of the watch time, the worst first', SEVERE_REBUFFERING),
    query: {
      metrics: [{ name: 'cirrbufferingratio', comparison: '>', value: SEVERE_REBUFFERING }],
      orderBy: 'cirrbufferingratio',
      sortOrder: 'descending',
    },
  },
  {
    label: l10n.t('One subscriber…'),
    detail: l10n.t('the playbacks of one viewer, the newest first'),
    query: { orderBy: 'starttime', sortOrder: 'descending' },
    ask: 'subscriberid',
  },
];

/** Dimensions that documentation or published requests name, the surest first. */
const DIMENSIONS = [
  'assetname',
  'country',
  'platform',
  'subscriberid',
  'sourcetype',
  'viewstatus',
  'deviceid',
  'brand',
  'model',
  'ipaddress',
  'assetid',
  'player',
  'cdn',
  'isp',
  'sessionid',
];

/** Metrics of one session; aggregates make no sense for a row. */
const SESSION_METRICS = [
  'latency',
  'cirrbufferingratio',
  'bufferingratio',
  'qualityofexperience',
  'watchtime',
  'playdur',
  'errors',
  'fatalerrors',
  'cdn_change_rate',
];

/** What lists of sessions and assets can be narrowed and sorted by. */
export const QUERY: QueryBuilder = {
  dimensions: DIMENSIONS.map((name) => ({ name, label: nameInfo(name)?.label ?? name })),
  metrics: SESSION_METRICS.map((name) => {
    const { label, unit } = NAMES[name] ?? { label: name, unit: '' };
    return { name, label, unit };
  }),
  presets: PRESETS,
  checkName,
  checkValue,
};
