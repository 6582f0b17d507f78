import * as vscode from 'vscode';
import type { ConnectionInput } from '../../connections/input';
import type { ConnectionRecord } from '../../connections/record';
import { CallError } from '../../core/errors';
import { labelText } from '../../core/text';
import { type ConnectionField, type FieldGroup, normalizeField, validateField } from '../../providers/form';
import { type ProviderWithForm, providersWithForms } from '../../providers/forms';
import { askChoice, askInput, BACK, MORE } from '../../ui/steps';

/** What was entered so far, by field name; going back and trying again start from it. */
export interface Draft {
  provider?: ProviderWithForm;
  label?: string;
  /** Which of the provider's alternatives is given. */
  group?: FieldGroup;
  values: Record<string, string>;
  /** Ask for the rarely needed fields too. */
  advanced?: boolean;
}

/** One question of the sequence; what was answered is in the draft afterwards. */
type Question = (place: { step: number; totalSteps: number }) => Promise<unknown>;

/** Asks for everything that a new connection needs, one thing at a time. Rejects with `Cancelled` on Escape. */
export async function askForConnection(
  draft: Draft,
  suggestLabel: (provider: ProviderWithForm) => string,
): Promise<ConnectionInput> {
  let at = draft.provider ? 1 : 0;
  for (;;) {
    const questions = questionsFor(draft, suggestLabel);
    const question = questions[at];
    if (!question) break;
    const answer = await question({ step: at + 1, totalSteps: questions.length });
    if (answer === MORE) draft.advanced = true;
    else at += answer === BACK ? -1 : 1;
  }
  const provider = draft.provider as ProviderWithForm;
  const fields = fieldsOf(provider, draft.group);
  return { provider: provider.id, label: draft.label || undefined, ...split(fields, draft.values) };
}

/** The questions as far as they are known: which follow depends on the provider that was chosen. */
function questionsFor(draft: Draft, suggestLabel: (provider: ProviderWithForm) => string): Question[] {
  const { provider } = draft;
  const questions: Question[] = [(place) => askProvider(draft, place)];
  if (!provider) return questions;
  const title = vscode.l10n.t('Add Connection: {0}', provider.label);
  if (provider.alternatives) {
    const groups = provider.alternatives;
    questions.push((place) => askGroup(draft, groups, { title, ...place }));
    if (!draft.group || !groups.includes(draft.group)) return questions;
  }
  const hasMore = !draft.advanced && provider.fields.some(({ advanced }) => advanced);
  const fields = fieldsOf(provider, draft.group).filter(({ advanced }) => draft.advanced || !advanced);
  for (const field of fields) {
    questions.push(async (place) => {
      const input = inputFor(field, draft.values[field.name], draft.group);
      const answer = await askInput({ title, ...place, ...input, offerMore: hasMore });
      if (typeof answer === 'string') draft.values[field.name] = answer;
      return answer;
    });
  }
  questions.push(async (place) => {
    const value = draft.label ?? suggestLabel(provider);
    const answer = await askInput({ title, ...place, ...labelInput(value) });
    if (typeof answer === 'string') draft.label = answer;
    return answer;
  });
  return questions;
}

async function askProvider(draft: Draft, { step }: { step: number }): Promise<unknown> {
  const items = providersWithForms().map((provider) => ({ label: provider.label, provider }));
  const placeholder = vscode.l10n.t('Which service held the call?');
  // How many steps follow is not known before the provider is.
  const answer = await askChoice({ title: vscode.l10n.t('Add Connection'), step, totalSteps: 0, placeholder, items });
  if (answer !== BACK) draft.provider = answer.provider;
  return answer;
}

async function askGroup(
  draft: Draft,
  groups: readonly FieldGroup[],
  place: { title: string; step: number; totalSteps: number },
): Promise<unknown> {
  const items = groups.map((group) => ({ label: group.label, detail: group.detail, group }));
  const answer = await askChoice({
    ...place,
    totalSteps: 0,
    placeholder: vscode.l10n.t('Which key do you have?'),
    items,
  });
  if (answer !== BACK) draft.group = answer.group;
  return answer;
}

/** The fields of a provider without those of the alternatives that were not chosen. */
function fieldsOf({ fields, alternatives = [] }: ProviderWithForm, group: FieldGroup | undefined) {
  const grouped = new Set(alternatives.flatMap((one) => one.fields));
  return fields.filter(({ name }) => !grouped.has(name) || group?.fields.includes(name));
}

function labelInput(value: string) {
  return {
    prompt: vscode.l10n.t('How the connection is called in the tree.'),
    value,
    normalize: (text: string) => text.trim(),
    validate: (text: string) => (text.length > 100 ? vscode.l10n.t('Label: at most 100 characters.') : undefined),
  };
}

/** Asks which field of a connection to change, and for its new value. Rejects with `Cancelled` on Escape. */
export async function askForChange(
  record: ConnectionRecord,
  provider: ProviderWithForm,
  keyMissing: boolean,
): Promise<{ label?: string; settings?: Record<string, string>; secrets?: Record<string, string> }> {
  const title = vscode.l10n.t('Edit Connection: {0}', labelText(record.label));
  const secrets = provider.fields.filter((field) => field.secret);
  const field = keyMissing && secrets.length === 1 ? secrets[0] : await chooseField(title, record, provider);
  if (field === 'label') {
    const label = await askInput({ title, step: 1, totalSteps: 1, ...labelInput(record.label) });
    if (typeof label !== 'string') throw new CallError('Cancelled', vscode.l10n.t('Cancelled.'));
    return { label };
  }
  if (!field) throw new CallError('Cancelled', vscode.l10n.t('Cancelled.'));
  if ('fields' in field) return { secrets: await askForKeys(title, provider, field) };
  const present = field.secret ? undefined : record.settings[field.name];
  const answer = await askInput({ title, step: 1, totalSteps: 1, ...inputFor(field, present) });
  if (typeof answer !== 'string') throw new CallError('Cancelled', vscode.l10n.t('Cancelled.'));
  return field.secret ? { secrets: { [field.name]: answer } } : { settings: { [field.name]: answer } };
}

/** Asks for every field of one of the alternatives: half of a new key beside half of an old one opens nothing. */
async function askForKeys(
  title: string,
  provider: ProviderWithForm,
  group: FieldGroup,
): Promise<Record<string, string>> {
  const values: Record<string, string> = {};
  const fields = provider.fields.filter(({ name }) => group.fields.includes(name));
  let at = 0;
  for (let field = fields[at]; field; field = fields[at]) {
    const place = { title, step: at + 1, totalSteps: fields.length };
    const answer = await askInput({ ...place, ...inputFor(field, values[field.name], group) });
    if (typeof answer === 'string') values[field.name] = answer;
    at += answer === BACK ? -1 : 1;
  }
  return values;
}

async function chooseField(
  title: string,
  record: ConnectionRecord,
  provider: ProviderWithForm,
): Promise<ConnectionField | FieldGroup | 'label' | undefined> {
  const groups = provider.alternatives ?? [];
  const items = [
    { label: vscode.l10n.t('Label'), description: labelText(record.label), field: 'label' as const },
    ...groups.map((group) => ({
      label: group.label,
      description: vscode.l10n.t('kept in secret storage'),
      field: group,
    })),
    ...fieldsOf(provider, undefined).map((field) => ({
      label: field.label,
      description: field.secret
        ? vscode.l10n.t('kept in secret storage')
        : labelText(record.settings[field.name] ?? vscode.l10n.t('not set')),
      field,
    })),
  ];
  const chosen = await vscode.window.showQuickPick(items, {
    title,
    placeHolder: vscode.l10n.t('What do you want to change?'),
  });
  return chosen?.field;
}

function inputFor(field: ConnectionField, value: string | undefined, group?: FieldGroup) {
  const required = field.required || (group?.fields.includes(field.name) ?? false);
  return {
    prompt: required ? `${field.label}. ${field.hint}` : vscode.l10n.t('{0} (optional). {1}', field.label, field.hint),
    placeholder: field.placeholder,
    password: field.secret,
    value,
    normalize: (text: string) => normalizeField(field, text),
    validate: (text: string) => validateField({ ...field, required }, text),
  };
}

function split(fields: readonly ConnectionField[], values: Readonly<Record<string, string>>) {
  const settings: Record<string, string> = {};
  const secrets: Record<string, string> = {};
  for (const { name, secret } of fields) {
    const value = values[name];
    if (value) (secret ? secrets : settings)[name] = value;
  }
  return { settings, secrets };
}
