import * as l10n from '@vscode/l10n';
import { CallError } from '../../core/errors';
import { statusError } from '../http/failures';
import { found, member } from '../records';
import { readError } from './errors';

/**
 * The `data` of an answer. An answer that calls itself a failure in spite of its status, and one without data, is a
 * `BadResponse`.
 */
export function readData(body: unknown, who: string, what: string): unknown {
  if (member(body, 'success') === false) throw refused(body, who, what);
  const data = member(body, 'data');
  if (data === undefined || data === null) {
    throw new CallError(
      'BadResponse',
      l10n.t('{who} answered the request for {what} without data ({found} came). Try again.', {
        who,
        what,
        found: found(body),
      }),
    );
  }
  return data;
}

function refused(body: unknown, who: string, what: string): CallError {
  const code = member(member(body, 'error'), 'code');
  const status = typeof code === 'number' && code >= 400 && code < 600 ? code : 200;
  return statusError({ who, what, status, reading: readError(body, status) });
}

/** The rows of a list: `data` itself or a member of it. What is no list is a `BadResponse`. */
export function readRows(body: unknown, name: string | undefined, who: string, what: string): unknown[] {
  const data = readData(body, who, what);
  const rows = name === undefined ? data : member(data, name);
  if (Array.isArray(rows)) return rows;
  const path = name === undefined ? 'data' : `data.${name}`;
  throw new CallError(
    'BadResponse',
    l10n.t('{who} answered the request for {what} without a list: {path} is {found}.', {
      who,
      what,
      path,
      found: found(rows),
    }),
  );
}
