import * as vscode from 'vscode';
import { type ConnectionInput, normalizeField, validateField } from '../connections/input';
import type { ConnectionRecord } from '../connections/record';
import { CallError } from '../core/errors';
import { labelText } from '../core/text';
import { PROVIDERS } from '../providers/catalog';
import type { ConnectionField, ProviderDescriptor } from '../providers/descriptor';
import { askChoice, askInput, BACK, runSteps } from '../ui/steps';

/** What was entered so far, by field name; going back and trying again start from it. */
export interface Draft {
  provider?: ProviderDescriptor;
  label?: string;
  values: Record<string, string>;
}

/** Asks for everything that a new connection needs, one thing at a time. Rejects with `Cancelled` on Escape. */
export async function askForConnection(
  draft: Draft,
  suggestLabel: (provider: ProviderDescriptor) => string,
): Promise<ConnectionInput> {
  const title = 'Add Connection';
  if (PROVIDERS.length === 1) draft.provider = PROVIDERS[0];
  if (!draft.provider) {
    const items = PROVIDERS.map((provider) => ({ label: provider.label, provider }));
    const item = await askChoice({ title, step: 1, totalSteps: 4, placeholder: 'Which service held the call?', items });
    if (item === BACK) throw new CallError('Cancelled', 'Cancelled.');
    draft.provider = item.provider;
  }
  const provider = draft.provider as ProviderDescriptor;
  const fields = provider.fields.filter((field) => !field.advanced);
  const totalSteps = fields.length + 1;
  const askField = (field: ConnectionField, index: number) => async () => {
    const place = { title: `${title}: ${provider.label}`, step: index + 1, totalSteps };
    const answer = await askInput({ ...place, ...inputFor(field, draft.values[field.name]) });
    if (answer !== BACK) draft.values[field.name] = answer;
    return answer;
  };
  const askLabel = async () => {
    const answer = await askInput({
      title: `${title}: ${provider.label}`,
      step: totalSteps,
      totalSteps,
      prompt: 'How the connection is called in the tree.',
      value: draft.label ?? suggestLabel(provider),
      normalize: (text) => text.trim(),
      validate: (text) => (text.length > 100 ? 'Label: at most 100 characters.' : undefined),
    });
    if (answer !== BACK) draft.label = answer;
    return answer;
  };
  await runSteps([...fields.map(askField), askLabel]);
  return { provider: provider.id, label: draft.label || undefined, ...split(provider, draft.values) };
}

/** Asks which field of a connection to change, and for its new value. Rejects with `Cancelled` on Escape. */
export async function askForChange(
  record: ConnectionRecord,
  provider: ProviderDescriptor,
  keyMissing: boolean,
): Promise<{ label?: string; settings?: Record<string, string>; secrets?: Record<string, string> }> {
  const title = `Edit Connection: ${labelText(record.label)}`;
  const secrets = provider.fields.filter((field) => field.secret);
  const field = keyMissing && secrets.length === 1 ? secrets[0] : await chooseField(title, record, provider);
  if (field === 'label') {
    const label = await vscode.window.showInputBox({
      title,
      prompt: 'How the connection is called in the tree.',
      value: record.label,
    });
    if (label === undefined) throw new CallError('Cancelled', 'Cancelled.');
    return { label };
  }
  if (!field) throw new CallError('Cancelled', 'Cancelled.');
  const present = field.secret ? undefined : record.settings[field.name];
  const answer = await askInput({ title, step: 1, totalSteps: 1, ...inputFor(field, present) });
  if (answer === BACK) throw new CallError('Cancelled', 'Cancelled.');
  return field.secret ? { secrets: { [field.name]: answer } } : { settings: { [field.name]: answer } };
}

async function chooseField(
  title: string,
  record: ConnectionRecord,
  provider: ProviderDescriptor,
): Promise<ConnectionField | 'label' | undefined> {
  const items = [
    { label: 'Label', description: labelText(record.label), field: 'label' as const },
    ...provider.fields.map((field) => ({
      label: field.label,
      description: field.secret ? 'kept in secret storage' : labelText(record.settings[field.name] ?? 'not set'),
      field,
    })),
  ];
  const chosen = await vscode.window.showQuickPick(items, { title, placeHolder: 'What do you want to change?' });
  return chosen?.field;
}

function inputFor(field: ConnectionField, value: string | undefined) {
  return {
    prompt: field.required ? `${field.label}. ${field.hint}` : `${field.label} (optional). ${field.hint}`,
    placeholder: field.placeholder,
    password: field.secret,
    value,
    normalize: (text: string) => normalizeField(field, text),
    validate: (text: string) => validateField(field, text),
  };
}

function split(provider: ProviderDescriptor, values: Readonly<Record<string, string>>) {
  const settings: Record<string, string> = {};
  const secrets: Record<string, string> = {};
  for (const { name, secret } of provider.fields) {
    const value = values[name];
    if (value) (secret ? secrets : settings)[name] = value;
  }
  return { settings, secrets };
}
