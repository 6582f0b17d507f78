import * as l10n from '@vscode/l10n';
import { CallError } from '../core/errors';
import { member } from './records';

/** An opaque cursor that holds a value; read by {@link decodeCursor}. */
export function encodeCursor(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

/** The value in a cursor, still to be checked; `BadInput` for what is none. */
export function decodeCursor(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    throw badCursor();
  }
}

/** A whole number that a decoded cursor must hold; `BadInput` when it does not, or it is out of range. */
export function countIn(value: unknown, name: string, min: number, max: number): number {
  const count = member(value, name);
  if (!isCount(count, min, max)) throw badCursor();
  return count;
}

/** Whether a value is a whole number within bounds, both included. */
export function isCount(value: unknown, min: number, max: number): value is number {
  return Number.isSafeInteger(value) && (value as number) >= min && (value as number) <= max;
}

/** The error of a cursor that this list did not give out. */
export function badCursor(): CallError {
  const text = l10n.t('The page cursor is not one that this list gave out. Read the list from its beginning.');
  return new CallError('BadInput', text, { field: 'cursor' });
}
