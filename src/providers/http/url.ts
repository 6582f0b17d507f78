import * as l10n from '@vscode/l10n';
import { CallError } from '../../core/errors';
import { validateBaseUrl } from '../form';

/** What can stand in a query string; undefined is left out, of a list each entry repeats the name. */
export type QueryValue = string | number | boolean | readonly string[] | undefined;

/** One id as a path segment. Dot segments are refused: a URL parser would turn them into another path. */
export function segment(id: string): string {
  if (id === '' || id === '.' || id === '..') {
    throw new CallError('BadInput', l10n.t('"{0}" cannot be an id. Give the id as the provider shows it.', id), {
      field: 'id',
    });
  }
  return encodeURIComponent(id.toWellFormed());
}

/** Joins base URL, path and query. Rejects a base URL that is neither https nor on loopback. */
export function requestUrl(baseUrl: string, path: string, query: Readonly<Record<string, QueryValue>> = {}): URL {
  const wrong = validateBaseUrl(baseUrl);
  if (wrong) throw new CallError('BadInput', wrong, { field: 'baseUrl' });
  const url = new URL(`${baseUrl.replace(/\/+$/, '')}${path}`);
  for (const [name, value] of Object.entries(query)) {
    const values = typeof value === 'object' ? value : value === undefined ? [] : [value];
    for (const one of values) url.searchParams.append(name, String(one).toWellFormed());
  }
  return url;
}
