import * as l10n from '@vscode/l10n';
import type * as z from 'zod';
import type { ItemIssue } from '../core/model';
import { found, member } from '../core/unknown';

export { found, member } from '../core/unknown';

/**
 * Reads one record by its schema and forgives what can be forgiven: a field of the wrong type is reported and left out,
 * and only when the record cannot live without it is the record given up (undefined). `path` names the record in the
 * provider's words, `data.sessions[3]`; issues are appended.
 */
export function readRecord<T>(schema: z.ZodType<T>, value: unknown, path: string, issues: ItemIssue[]): T | undefined {
  const first = schema.safeParse(value);
  if (first.success) return first.data;
  const wrong = first.error.issues.map((issue) => issue.path);
  if (wrong.some((at) => at.length === 0)) {
    issues.push({ path, message: l10n.t('Expected an object, found {0}; left out.', found(value)) });
    return undefined;
  }
  const second = schema.safeParse(wrong.reduce<unknown>(without, value));
  first.error.issues.forEach((issue) => {
    const expected = 'expected' in issue ? l10n.t('a {0}', String(issue.expected)) : l10n.t('another value');
    const fatal = !second.success && second.error.issues.some((left) => samePath(left.path, issue.path));
    const came = found(at(value, issue.path));
    const message = fatal
      ? l10n.t('Expected {0}, found {1}; the record is left out.', expected, came)
      : l10n.t('Expected {0}, found {1}; the field is left out.', expected, came);
    issues.push({ path: joinPath(path, issue.path), message });
  });
  return second.success ? second.data : undefined;
}

/** Reads each record of a list that may be missing; what is no list is one issue. */
export function readRecords<T>(schema: z.ZodType<T>, value: unknown, path: string, issues: ItemIssue[]): T[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) {
    issues.push({ path, message: l10n.t('Expected a list, found {0}; left out.', found(value)) });
    return [];
  }
  const records: T[] = [];
  value.forEach((item: unknown, index) => {
    const record = readRecord(schema, item, `${path}[${index}]`, issues);
    if (record !== undefined) records.push(record);
  });
  return records;
}

function at(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((inner, key) => member(inner, String(key)), value);
}

function without(value: unknown, path: readonly PropertyKey[]): unknown {
  const [key, ...rest] = path;
  if (key === undefined || typeof value !== 'object' || value === null) return undefined;
  const copy = Array.isArray(value) ? [...(value as unknown[])] : { ...value };
  const inner = without(member(value, String(key)), rest);
  Object.defineProperty(copy, key, { value: inner, enumerable: true, configurable: true, writable: true });
  return copy;
}

function samePath(a: readonly PropertyKey[], b: readonly PropertyKey[]): boolean {
  return a.length === b.length && a.every((key, index) => key === b[index]);
}

function joinPath(base: string, path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, key) => text + (typeof key === 'number' ? `[${key}]` : `.${String(key)}`), base);
}
