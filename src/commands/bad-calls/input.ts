import * as vscode from 'vscode';
import type { ConnectionRecord } from '../../connections/record';
import { CallError } from '../../core/errors';
import type { App } from '../../core/model';
import { labelText } from '../../core/text';
import { describeProvider } from '../../providers/catalog';
import type { CallProvider } from '../../providers/contract';
import { connectionOf, isNode } from '../../tree/nodes';
import { askChoice, BACK } from '../../ui/steps';
import { type BadCallsQuery, MOST_SESSIONS, STANDARD_COUNT } from './query';

/** Where to look: part of the answer. */
export type BadCallsPlace = Pick<BadCallsQuery, 'connectionId' | 'appId' | 'roomId'>;

const HOUR_MS = 3_600_000;
const COUNTS = [10, STANDARD_COUNT, 50, 100, MOST_SESSIONS] as const;
const TITLE = vscode.l10n.t('Find Bad Calls');

interface CountItem extends vscode.QuickPickItem {
  count: number;
}

interface WindowItem extends vscode.QuickPickItem {
  /** Missing: any time. */
  hours?: number;
}

/** The place that a row of the tree stands for; undefined for one that stands for none. */
export function placeOf(node: unknown): BadCallsPlace | undefined {
  if (!isNode(node)) return undefined;
  const connectionId = connectionOf(node);
  if (connectionId === undefined) return undefined;
  switch (node.kind) {
    case 'connection':
      return { connectionId, ...(node.record.settings.appId && { appId: node.record.settings.appId }) };
    case 'app':
      return { connectionId, appId: node.app.id };
    case 'group':
      return { connectionId, ...(node.appId !== undefined && { appId: node.appId }) };
    case 'room':
      return { connectionId, ...(node.appId !== undefined && { appId: node.appId }), roomId: node.room.id };
    default:
      return 'parent' in node && node.parent ? placeOf(node.parent) : undefined;
  }
}

/** Asks what is not known yet: the connection, the app, how many calls, how far back. Rejects with `Cancelled` on Escape. */
export async function askForBadCalls(
  place: BadCallsPlace | undefined,
  records: readonly ConnectionRecord[],
  provider: (connectionId: string) => Promise<CallProvider>,
): Promise<BadCallsQuery> {
  const connectionId = place?.connectionId ?? (await askConnection(records));
  const record = records.find(({ id }) => id === connectionId);
  const appId = place?.appId ?? record?.settings.appId ?? (await askApp(await provider(connectionId)));
  const where = { connectionId, ...(appId && { appId }), ...(place?.roomId !== undefined && { roomId: place.roomId }) };
  const inList = record && describeProvider(record.provider)?.media === 'playback';
  for (;;) {
    const count = await askChoice<CountItem>({
      title: TITLE,
      step: 1,
      totalSteps: 2,
      placeholder: inList
        ? vscode.l10n.t('How many of the newest sessions? Their list tells the quality: one request a page')
        : vscode.l10n.t(
            'How many of the newest ended calls? Each costs a request for its people and one for each report',
          ),
      items: COUNTS.map((number) => ({
        label: inList ? vscode.l10n.t('Last {0} sessions', number) : vscode.l10n.t('Last {0} calls', number),
        description: number === STANDARD_COUNT ? vscode.l10n.t('a good start') : undefined,
        count: number,
      })),
    });
    if (count === BACK) throw cancelled();
    const reach = await askChoice<WindowItem>({
      title: TITLE,
      step: 2,
      totalSteps: 2,
      placeholder: vscode.l10n.t('How far back?'),
      items: [
        { label: vscode.l10n.t('Any time'), description: vscode.l10n.t('as far back as the list reaches') },
        { label: vscode.l10n.t('Last 24 hours'), hours: 24 },
        { label: vscode.l10n.t('Last 7 days'), hours: 7 * 24 },
        { label: vscode.l10n.t('Last 30 days'), hours: 30 * 24 },
      ],
    });
    if (reach === BACK) continue;
    return {
      ...where,
      sessions: count.count,
      ...(reach.hours !== undefined && { from: Date.now() - reach.hours * HOUR_MS }),
    };
  }
}

async function askConnection(records: readonly ConnectionRecord[]): Promise<string> {
  const [first] = records;
  if (!first) throw new CallError('BadInput', vscode.l10n.t('Add a connection first, or open the sample calls.'));
  if (records.length === 1) return first.id;
  const chosen = await vscode.window.showQuickPick(
    records.map(({ id, label, provider }) => ({
      label: labelText(label, 80),
      description: describeProvider(provider)?.label ?? provider,
      id,
    })),
    { title: TITLE, placeHolder: vscode.l10n.t('Connection') },
  );
  if (!chosen) throw cancelled();
  return chosen.id;
}

async function askApp(provider: CallProvider): Promise<string | undefined> {
  if (!provider.listApps) return undefined;
  const apps: App[] = [];
  const signal = new AbortController().signal;
  let cursor: string | undefined;
  do {
    const page = await provider.listApps({ cursor }, signal);
    apps.push(...page.items);
    cursor = page.next;
  } while (cursor !== undefined && apps.length < 500);
  const [first] = apps;
  if (!first) throw new CallError('NotFound', vscode.l10n.t('This account has no apps yet.'));
  if (apps.length === 1) return first.id;
  const chosen = await vscode.window.showQuickPick(
    apps.map(({ id, name }) => ({ label: labelText(name, 80), description: id, id })),
    { title: TITLE, placeHolder: vscode.l10n.t('App') },
  );
  if (!chosen) throw cancelled();
  return chosen.id;
}

function cancelled(): CallError {
  return new CallError('Cancelled', vscode.l10n.t('Cancelled.'));
}
