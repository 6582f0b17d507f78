import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import {
  type ConnectionInput,
  readConnectionChange,
  readConnectionInput,
  requireAlternative,
} from '../../connections/input';
import type { ProviderPool } from '../../connections/providers';
import type { ConnectionRecord } from '../../connections/record';
import { findSampleReport } from '../../connections/sample-report';
import type { ConnectionStore, Secrets } from '../../connections/store';
import { CallError, isCancelled, toPlainError } from '../../core/errors';
import type { ParticipantRef, ProviderId } from '../../core/ids';
import { labelText } from '../../core/text';
import { onlyAlternative } from '../../providers/form';
import { describeWithForm, type ProviderWithForm } from '../../providers/forms';
import { connectionOf, isNode } from '../../tree/nodes';
import { withProgress } from '../../ui/progress';
import { isScripted } from '../register';
import { askForChange, askForConnection, type Draft } from './steps';

/** What commands tell of a connection. */
interface ConnectionSummary {
  id: string;
  provider: ProviderId;
  label: string;
}

/** The work of the connection commands. Each takes the command's argument: a row, an argument object, or nothing. */
export const connectionActions = {
  add: (store: ConnectionStore, pool: ProviderPool, argument: unknown) =>
    isScripted(argument) ? addFromArgument(store, pool, argument) : addByAsking(store, pool),
  edit: (store: ConnectionStore, pool: ProviderPool, argument: unknown) =>
    holdsChange(argument) ? editFromArgument(store, pool, argument) : editByAsking(store, pool, argument),
  remove,
  test,
  openSamples: async (store: ConnectionStore): Promise<ConnectionSummary[]> => {
    await store.openSamples();
    await vscode.commands.executeCommand('peerscope.calls.focus');
    return store
      .list()
      .filter((record) => record.sample)
      .map(summary);
  },
  openSampleReport: async (store: ConnectionStore, pool: ProviderPool): Promise<ParticipantRef> => {
    await connectionActions.openSamples(store);
    const ref = await withProgress(vscode.l10n.t('Peerscope: opening a sample report…'), (signal) =>
      findSampleReport(pool, signal),
    );
    await vscode.commands.executeCommand('peerscope.openParticipant', ref);
    return ref;
  },
};

async function addFromArgument(
  store: ConnectionStore,
  pool: ProviderPool,
  argument: unknown,
): Promise<ConnectionSummary> {
  const input = readConnectionInput(argument);
  const record = newRecord(store, input);
  if (!flag(argument, 'skipCheck')) await check(pool, record, input.secrets);
  await store.save(record, input.secrets);
  return summary(record);
}

async function addByAsking(store: ConnectionStore, pool: ProviderPool): Promise<ConnectionSummary> {
  const draft: Draft = { values: {} };
  for (;;) {
    const input = await askForConnection(draft, (provider) => freeLabel(store, provider));
    const record = newRecord(store, input);
    const next = await checkByAsking(pool, record, input.secrets);
    if (next === 'edit') continue;
    await saveByAsking(store, record, input.secrets);
    await vscode.commands.executeCommand('peerscope.calls.focus');
    return summary(record);
  }
}

async function editFromArgument(
  store: ConnectionStore,
  pool: ProviderPool,
  argument: unknown,
): Promise<ConnectionSummary> {
  const change = readConnectionChange(argument, (id) => descriptorOf(store.get(id)));
  const record = changed(editable(store.get(change.id)), change);
  const secrets = change.secrets && (await mergedSecrets(store, record, change.secrets));
  if (secrets) requireAlternative(descriptorOf(record), { settings: { ...record.settings }, secrets: { ...secrets } });
  if (!flag(argument, 'skipCheck') && (change.settings || secrets)) {
    await check(pool, record, secrets ?? (await mergedSecrets(store, record, undefined)));
  }
  await store.save(record, secrets);
  return summary(record);
}

async function editByAsking(store: ConnectionStore, pool: ProviderPool, argument: unknown): Promise<ConnectionSummary> {
  const present = editable(await chooseConnection(store, argument));
  const secretsThere = (await store.secrets(present.id)) !== undefined;
  for (;;) {
    const change = await askForChange(present, descriptorOf(present), !secretsThere);
    const record = changed(present, change);
    const secrets = change.secrets && (await mergedSecrets(store, record, change.secrets));
    if (change.settings || secrets) {
      const toCheck = secrets ?? (await mergedSecrets(store, record, undefined));
      if ((await checkByAsking(pool, record, toCheck)) === 'edit') continue;
    }
    await saveByAsking(store, record, secrets);
    return summary(record);
  }
}

async function remove(store: ConnectionStore, argument: unknown): Promise<void> {
  const record = await chooseConnection(store, argument);
  if (!flag(argument, 'confirm', false)) {
    const detail = record.sample
      ? vscode.l10n.t('You can open the sample calls again at any time.')
      : vscode.l10n.t('Its key is deleted from the secret storage. Nothing changes at the provider.');
    const yes = vscode.l10n.t('Remove');
    const question = vscode.l10n.t('Remove the connection "{0}"?', labelText(record.label));
    if ((await vscode.window.showWarningMessage(question, { modal: true, detail }, yes)) !== yes) return;
  }
  await store.remove(record.id);
}

async function test(store: ConnectionStore, pool: ProviderPool, argument: unknown): Promise<void> {
  const record = await chooseConnection(store, argument);
  const label = labelText(record.label);
  await withProgress(vscode.l10n.t('Peerscope: checking "{0}"…', label), async (signal) =>
    (await pool.provider(record.id)).check(signal),
  );
  if (!isScripted(argument))
    void vscode.window.showInformationMessage(vscode.l10n.t('The connection "{0}" works.', label));
}

/** Rejects with what is wrong with the connection. */
function check(pool: ProviderPool, record: ConnectionRecord, secrets: Secrets): Thenable<void> {
  return withProgress(vscode.l10n.t('Peerscope: checking "{0}"…', labelText(record.label)), async (signal) =>
    (await pool.candidate(record, secrets)).check(signal),
  );
}

/** Checks, and asks what to do when it fails. Rejects with `Cancelled` when the person gives up. */
async function checkByAsking(pool: ProviderPool, record: ConnectionRecord, secrets: Secrets): Promise<'save' | 'edit'> {
  try {
    await check(pool, record, secrets);
    return 'save';
  } catch (error) {
    if (isCancelled(error)) throw error;
    const edit = vscode.l10n.t('Edit');
    const save = vscode.l10n.t('Save Anyway');
    const question = vscode.l10n.t('The connection could not be confirmed.');
    const detail = labelText(toPlainError(error).text, 500);
    const answer = await vscode.window.showErrorMessage(question, { modal: true, detail }, edit, save);
    if (answer === save) return 'save';
    if (answer === edit) return 'edit';
    throw new CallError('Cancelled', vscode.l10n.t('Cancelled.'));
  }
}

/** Saves; on a machine without a keyring asks whether the key may live as long as this window. */
async function saveByAsking(
  store: ConnectionStore,
  record: ConnectionRecord,
  secrets: Secrets | undefined,
): Promise<void> {
  try {
    await store.save(record, secrets);
  } catch (error) {
    const plain = toPlainError(error);
    if (plain.field !== 'secretStorage') throw error;
    const keep = vscode.l10n.t('Keep for This Window Only');
    const question = vscode.l10n.t('The key cannot be kept on this machine.');
    const answer = await vscode.window.showWarningMessage(question, { modal: true, detail: plain.text }, keep);
    if (answer !== keep) throw new CallError('Cancelled', vscode.l10n.t('Cancelled.'));
    await store.save(record, secrets, true);
  }
}

/** The connection of a row or an argument; without one, the person chooses. */
async function chooseConnection(store: ConnectionStore, argument: unknown): Promise<ConnectionRecord> {
  if (isNode(argument)) {
    const id = connectionOf(argument);
    if (id !== undefined) return store.get(id);
  }
  if (isScripted(argument)) {
    const id = typeof argument === 'string' ? argument : (argument as Record<string, unknown>).id;
    if (typeof id !== 'string')
      throw new CallError('BadInput', vscode.l10n.t('id: expected the id of a connection.'), { field: 'id' });
    return store.get(id);
  }
  const items = store.list().map((record) => ({
    label: labelText(record.label),
    description: describeWithForm(record.provider)?.label,
    record,
  }));
  if (items.length === 0)
    throw new CallError('NotFound', vscode.l10n.t('There is no connection yet. Use "Peerscope: Add Connection…".'));
  const chosen = await vscode.window.showQuickPick(items, { placeHolder: vscode.l10n.t('Which connection?') });
  if (!chosen) throw new CallError('Cancelled', vscode.l10n.t('Cancelled.'));
  return chosen.record;
}

function newRecord(store: ConnectionStore, input: ConnectionInput): ConnectionRecord {
  const provider = describeWithForm(input.provider) as ProviderWithForm;
  return {
    id: randomUUID(),
    provider: input.provider,
    label: input.label ?? freeLabel(store, provider),
    settings: input.settings,
  };
}

/** The provider's name, with a number when it is taken. */
function freeLabel(store: ConnectionStore, provider: ProviderWithForm): string {
  const taken = new Set(store.list().map(({ label }) => label));
  let label = provider.label;
  for (let number = 2; taken.has(label); number++) label = `${provider.label} ${number}`;
  return label;
}

function changed(
  record: ConnectionRecord,
  change: { label?: string; settings?: Record<string, string> },
): ConnectionRecord {
  const settings = Object.entries({ ...record.settings, ...change.settings }).filter(([, value]) => value !== '');
  return { ...record, label: change.label || record.label, settings: Object.fromEntries(settings) };
}

/** What is kept with what changes; of a provider's alternatives only the one that was given whole now. */
async function mergedSecrets(
  store: ConnectionStore,
  record: ConnectionRecord,
  change: Secrets | undefined,
): Promise<Secrets> {
  const merged = { ...(await store.secrets(record.id)), ...change };
  return onlyAlternative(descriptorOf(record), merged, change ?? {});
}

/** An argument that names nothing but the connection leaves the rest to be asked for. */
function holdsChange(argument: unknown): boolean {
  if (!isScripted(argument) || typeof argument !== 'object') return false;
  return ['label', 'settings', 'secrets'].some((name) => name in (argument as object));
}

function editable(record: ConnectionRecord): ConnectionRecord {
  if (record.sample)
    throw new CallError(
      'BadInput',
      vscode.l10n.t('The sample connections need no editing: their key is made anew each time.'),
    );
  return record;
}

function descriptorOf(record: ConnectionRecord): ProviderWithForm {
  const descriptor = describeWithForm(record.provider);
  if (descriptor) return descriptor;
  throw new CallError(
    'BadInput',
    vscode.l10n.t('This version of Peerscope does not know the provider "{0}".', record.provider),
  );
}

function summary({ id, provider, label }: ConnectionRecord): ConnectionSummary {
  return { id, provider, label };
}

/** Whether an argument object sets a flag to the given value. */
function flag(argument: unknown, name: string, value = true): boolean {
  return isScripted(argument) && typeof argument === 'object' && (argument as Record<string, unknown>)[name] === value;
}
