import * as l10n from '@vscode/l10n';
import { displayText } from './text';

/** Member of an unknown value; undefined where there is none. */
export function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined;
}

/** What a value is, in words, without quoting more of it than helps. */
export function found(value: unknown): string {
  if (value === undefined) return l10n.t('nothing');
  if (value === null) return 'null';
  if (Array.isArray(value)) return l10n.t('a list');
  if (typeof value === 'string') return l10n.t('the text "{0}"', displayText(value, 40));
  if (typeof value === 'object') return l10n.t('an object');
  if (typeof value === 'number') return l10n.t('the number {0}', value);
  return l10n.t('the value {0}', typeof value === 'boolean' ? String(value) : typeof value);
}
