import * as l10n from '@vscode/l10n';
import * as z from 'zod';
import { type BadEntry, type ConnectionList, LIST_FORMAT, LIST_VERSION } from '../core/connection-list';
import { CallError } from '../core/errors';
import { displayText } from '../core/text';
import { type ConnectionField, normalizeField, validateField } from './form';
import { type ProviderWithForm, providersWithForms } from './forms';

/** Far above what a team has; a file with more is no list of ours. */
const MOST_CONNECTIONS = 500;
const MAX_LABEL = 100;
const MAX_SETTING = 2000;

/**
 * Reads a list of connections, entry by entry: one that is bad costs only itself. Throws `BadInput` that names the field
 * for what is no such list.
 */
export function readConnectionList(text: string): ConnectionList {
  const { connections } = readFrame(parseJson(text));
  const entrySchema = connectionSchema(providersWithForms());
  const list: ConnectionList = { connections: [], bad: [] };
  for (const [index, entry] of connections.entries()) {
    const { success, data, error } = entrySchema.safeParse(entry);
    if (success) list.connections.push({ ...data, settings: withoutEmpty(data.settings) });
    else list.bad.push({ label: labelOf(entry), ...problemOf(error, `connections[${index}]`) });
  }
  return list;
}

const frameSchema = z.object({
  format: z.literal(LIST_FORMAT, l10n.t('expected "{0}".', LIST_FORMAT)),
  version: z
    .int(l10n.t('expected a whole number.'))
    .min(1, l10n.t('expected 1 or more.'))
    .max(LIST_VERSION, l10n.t('made by a newer version of Peerscope: update it to read this file.')),
  connections: z
    .array(z.unknown(), l10n.t('expected a list.'))
    .max(MOST_CONNECTIONS, l10n.t('at most {0} connections are read.', MOST_CONNECTIONS)),
});

function readFrame(value: unknown): z.infer<typeof frameSchema> {
  const { success, data, error } = frameSchema.safeParse(value);
  if (success) return data;
  const { path, problem } = problemOf(error, '');
  throw new CallError(
    'BadInput',
    l10n.t('This is no list of connections: {0}: {1}', path || l10n.t('the file'), problem),
    { field: path },
  );
}

function parseJson(text: string): unknown {
  try {
    // Editors of some systems put a byte order mark in front.
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    throw new CallError('BadInput', l10n.t('This is no list of connections: the file is not JSON.'), { field: 'file' });
  }
}

/** The schema of one entry: which fields it may have depends on its provider. */
function connectionSchema(providers: readonly ProviderWithForm[]) {
  const known = providers.map(({ id }) => `"${id}"`).join(', ');
  const label = z
    .string(l10n.t('expected a text.'))
    .max(MAX_LABEL * 4, l10n.t('expected at most {0} characters.', MAX_LABEL))
    .transform((text) => displayText(text, MAX_LABEL))
    .refine((text) => text !== '', l10n.t('must not be empty.'));
  const [first, ...rest] = providers.map(({ id, fields }) =>
    z.strictObject({
      provider: z.literal(id),
      label,
      settings: z.strictObject(
        Object.fromEntries(fields.filter(({ secret }) => !secret).map((field) => [field.name, fieldSchema(field)])),
        { error: ({ code }) => (code === 'invalid_type' ? l10n.t('expected an object.') : undefined) },
      ),
    }),
  );
  if (!first) throw new CallError('BadInput', l10n.t('There is no provider.'));
  return z.discriminatedUnion('provider', [first, ...rest], {
    // Declared for the union only, called for what is no object as well.
    error: ({ code }: { code: string }) =>
      code === 'invalid_union' ? l10n.t('expected one of {0}.', known) : l10n.t('expected an object.'),
  });
}

/** The same rules as when a person enters the value. */
function fieldSchema(field: ConnectionField) {
  return z
    .union([z.string(), z.number(), z.boolean()], l10n.t('expected a text.'))
    .optional()
    .transform((value, context) => {
      const text = value === undefined ? '' : normalizeField(field, String(value).slice(0, MAX_SETTING + 1));
      const problem = text.length > MAX_SETTING ? l10n.t('too long.') : validateField(field, text);
      if (problem === undefined) return text;
      context.issues.push({ code: 'custom', message: problem, input: undefined });
      return z.NEVER;
    });
}

/** The first thing that is wrong, with its place. */
function problemOf({ issues }: z.ZodError, start: string): Pick<BadEntry, 'path' | 'problem'> {
  const [issue] = issues;
  const place = (parts: readonly PropertyKey[]) => [start, ...parts.map(String)].filter(Boolean).join('.');
  if (issue?.code !== 'unrecognized_keys') {
    return { path: place(issue?.path ?? []), problem: issue?.message ?? l10n.t('cannot be read.') };
  }
  const key = displayText(issue.keys[0] ?? '', 60);
  const problem = isSecret(key)
    ? l10n.t('keys have no place in a list that is passed around. Take it out, and replace the key at the provider.')
    : l10n.t('there is no such field.');
  return { path: place([...issue.path, key]), problem };
}

function isSecret(name: string): boolean {
  const secrets = providersWithForms().flatMap(({ fields }) => fields.filter(({ secret }) => secret));
  return name === 'secrets' || secrets.some((field) => field.name === name);
}

function labelOf(entry: unknown): string {
  const label = typeof entry === 'object' && entry !== null ? (entry as Record<string, unknown>).label : undefined;
  return typeof label === 'string' ? displayText(label, MAX_LABEL) : '';
}

function withoutEmpty(settings: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== ''));
}
