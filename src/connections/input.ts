import * as l10n from '@vscode/l10n';
import { CallError } from '../core/errors';
import type { ProviderId } from '../core/ids';
import { PROVIDERS } from '../providers/catalog';
import { checkAlternatives, normalizeField, onlyAlternative, validateField } from '../providers/form';
import { describeWithForm, type ProviderWithForm } from '../providers/forms';

/** The answers that make a connection, as one argument object. */
export interface ConnectionInput {
  provider: ProviderId;
  label?: string;
  settings: Record<string, string>;
  secrets: Record<string, string>;
}

/** Reads and checks the argument of `addConnection`. Throws `BadInput` that names the field and says what to do. */
export function readConnectionInput(argument: unknown): ConnectionInput {
  const { provider, label, settings, secrets } = readObject(argument, 'argument');
  const descriptor = typeof provider === 'string' ? describeWithForm(provider) : undefined;
  if (!descriptor) {
    const known = PROVIDERS.map(({ id }) => `"${id}"`).join(', ');
    throw badInput('provider', l10n.t('expected one of {0}.', known));
  }
  const input: ConnectionInput = {
    provider: descriptor.id,
    label: readLabel(label),
    settings: readFields(descriptor, false, settings, true),
    secrets: readFields(descriptor, true, secrets, true),
  };
  requireAlternative(descriptor, input);
  return { ...input, secrets: onlyAlternative(descriptor, input.secrets, input.secrets) };
}

/** Checks that one of the ways in which a provider takes its key is given whole. Throws `BadInput` that names the field. */
export function requireAlternative(
  descriptor: ProviderWithForm,
  { settings, secrets }: Pick<ConnectionInput, 'settings' | 'secrets'>,
): void {
  const lacking = checkAlternatives(descriptor, { ...settings, ...secrets });
  if (!lacking) return;
  const { field, problem } = lacking;
  throw badInput(`${field.secret ? 'secrets' : 'settings'}.${field.name}`, problem);
}

/** What `editConnection` may change; what is left out stays. */
export interface ConnectionChange {
  id: string;
  label?: string;
  settings?: Record<string, string>;
  secrets?: Record<string, string>;
}

/** Reads and checks the argument of `editConnection` for a connection of this provider. Throws `BadInput`. */
export function readConnectionChange(
  argument: unknown,
  descriptorOf: (id: string) => ProviderWithForm,
): ConnectionChange {
  const { id, label, settings, secrets } = readObject(argument, 'argument');
  if (typeof id !== 'string') throw badInput('id', l10n.t('expected the id of a connection.'));
  const descriptor = descriptorOf(id);
  return {
    id,
    label: readLabel(label),
    settings: settings === undefined ? undefined : readFields(descriptor, false, settings, false),
    secrets: secrets === undefined ? undefined : readFields(descriptor, true, secrets, true),
  };
}

function readFields(
  descriptor: ProviderWithForm,
  secret: boolean,
  given: unknown,
  complete: boolean,
): Record<string, string> {
  const place = secret ? 'secrets' : 'settings';
  const values = readObject(given ?? {}, place);
  const fields = descriptor.fields.filter((field) => field.secret === secret);
  const unknown = Object.keys(values).find((name) => !fields.some((field) => field.name === name));
  if (unknown !== undefined) {
    const known = fields.map(({ name }) => name).join(', ');
    throw badInput(`${place}.${unknown}`, l10n.t('{0} has no such field. It has: {1}.', descriptor.label, known));
  }
  const read: Record<string, string> = {};
  for (const field of fields) {
    const value = values[field.name];
    if (value === undefined && !complete) continue;
    const entered = secret ? value : settingText(value);
    if (entered !== undefined && typeof entered !== 'string') {
      throw badInput(`${place}.${field.name}`, l10n.t('expected a string.'));
    }
    const text = normalizeField(field, entered ?? '');
    const problem = validateField(field, text);
    if (problem) throw badInput(`${place}.${field.name}`, problem);
    if (text !== '' || !complete) read[field.name] = text;
  }
  return read;
}

/** Scripts give numbers, flags and lists as such; settings are kept as text. */
function settingText(value: unknown): unknown {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (Array.isArray(value) && value.every((part) => typeof part === 'string')) return value.join(',');
  return value;
}

function readLabel(label: unknown): string | undefined {
  if (label === undefined || label === '') return undefined;
  if (typeof label !== 'string' || label.length > 100)
    throw badInput('label', l10n.t('expected a string of at most 100 characters.'));
  return label.trim() || undefined;
}

function readObject(value: unknown, field: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw badInput(field, l10n.t('expected an object.'));
  return value as Record<string, unknown>;
}

function badInput(field: string, problem: string): CallError {
  return new CallError('BadInput', `${field}: ${problem}`, { field });
}
