import * as vscode from 'vscode';
import { isCancelled, toPlainError } from '../../core/errors';

import { markdownText } from '../../core/text';
import { describeProvider } from '../../providers/catalog';
import { isScripted } from '../register';
import { diagnose, shownSessionDiagnosis } from '../report/diagnose';
import type { BadCallsDependencies } from './commands';
import { askForBadCalls, placeOf } from './input';
import { readBadCallsQuery } from './query';
import { type BadCallRow, badCallLook, badCallRows, badCallsMessage, titleOf } from './rows';
import { BadCallsSearch, type BadCallsServices, type BadCallsState } from './search';
import { keepBadCalls, readKeptBadCalls } from './state';

const VIEW = 'peerscope.badCalls';
const SHOWN = 'peerscope.hasBadCalls';

/** The view `peerscope.badCalls`: what the last search found, worst first. It is shown from the first search on. */
export class BadCallsView implements vscode.TreeDataProvider<BadCallRow>, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #view: vscode.TreeView<BadCallRow>;
  readonly #rows = new Map<string, BadCallRow>();
  #search: BadCallsSearch | undefined;
  #state: BadCallsState | undefined;

  readonly onDidChangeTreeData = this.#changed.event;

  constructor(readonly needs: BadCallsDependencies) {
    this.#view = vscode.window.createTreeView(VIEW, { treeDataProvider: this, showCollapseAll: true });
    this.#state = readKeptBadCalls(needs.state);
    this.#show();
  }

  /** Runs the command: searches by its argument, or by what the person answers. Gives what was found to a script. */
  async find(argument: unknown): Promise<BadCallsState | undefined> {
    const { store, pool } = this.needs;
    const scripted = isScripted(argument);
    const query = scripted
      ? readBadCallsQuery(argument as Record<string, unknown>)
      : await askForBadCalls(placeOf(argument), store.list(), (id) => pool.provider(id));
    store.get(query.connectionId);
    this.#search?.stop();
    const search = new BadCallsSearch(query, this.#services(), () => this.#take(search));
    this.#search = search;
    await vscode.commands.executeCommand('setContext', SHOWN, true);
    if (!scripted) void vscode.commands.executeCommand(`${VIEW}.focus`);
    await this.#run(search);
    return search.state;
  }

  /** Goes on where the search was stopped; after a reload, or with nothing to go on with, searches anew by the same query. */
  async goOn(): Promise<void> {
    const search = this.#search;
    if (search?.state.stopped !== undefined) await this.#run(search);
    else if (this.#state) await this.find({ ...this.#state.query });
  }

  stop(): void {
    this.#search?.stop();
  }

  /** Forgets what was found, and hides the view. */
  async clear(): Promise<void> {
    this.#search?.stop();
    this.#search = undefined;
    this.#state = undefined;
    await keepBadCalls(this.needs.state, undefined);
    this.#show();
    await vscode.commands.executeCommand('setContext', SHOWN, false);
  }

  /** A connection is gone: so are its calls. */
  async forget(connectionId: string): Promise<void> {
    const gone = !this.needs.store.list().some(({ id }) => id === connectionId);
    if (gone && this.#state?.query.connectionId === connectionId) await this.clear();
  }

  getChildren(row?: BadCallRow): BadCallRow[] {
    if (!this.#state) return [];
    return badCallRows(this.#state, row).map((one) => {
      // One object for each key: VS Code knows rows by the object.
      const known = this.#rows.get(one.key);
      if (known?.kind === one.kind) return Object.assign(known, one);
      this.#rows.set(one.key, one);
      return one;
    });
  }

  getTreeItem(row: BadCallRow): vscode.TreeItem {
    const look = badCallLook(row, Date.now());
    const { Collapsed, None } = vscode.TreeItemCollapsibleState;
    const folds = row.kind === 'rest' || (row.kind === 'call' && row.call.problems.length > 0);
    const item = new vscode.TreeItem(look.label, folds ? Collapsed : None);
    item.id = row.key;
    item.description = look.description;
    item.iconPath = new vscode.ThemeIcon(look.icon, look.color ? new vscode.ThemeColor(look.color) : undefined);
    item.contextValue = row.kind === 'call' ? 'badCall' : row.kind;
    item.command = commandOf(row);
    if (look.spoken) item.accessibilityInformation = { label: look.spoken };
    if (row.kind === 'call') item.tooltip = tooltipOf(row.call.sentence, titleOf(row.call), row.call.unread);
    return item;
  }

  dispose(): void {
    this.#search?.stop();
    this.#view.dispose();
    this.#changed.dispose();
  }

  async #run(search: BadCallsSearch): Promise<void> {
    try {
      await vscode.window.withProgress({ location: { viewId: VIEW } }, () => search.run());
    } catch (error) {
      if (!isCancelled(error)) this.needs.log.write('warn', `Bad calls: ${toPlainError(error).text}`);
      throw error;
    } finally {
      if (this.#search === search) await keepBadCalls(this.needs.state, search.state);
    }
  }

  #take(search: BadCallsSearch): void {
    if (this.#search !== search) return;
    this.#state = search.state;
    this.#show();
  }

  #show(): void {
    const state = this.#state;
    this.#view.message = state ? badCallsMessage(state, this.#placeName(state)) : undefined;
    void vscode.commands.executeCommand('setContext', 'peerscope.badCallsRunning', state?.running === true);
    this.#changed.fire();
  }

  #placeName({ query }: BadCallsState): string {
    const record = this.needs.store.list().find(({ id }) => id === query.connectionId);
    return record
      ? `${describeProvider(record.provider)?.label ?? record.provider} · ${record.label}`
      : vscode.l10n.t('A connection');
  }

  #services(): BadCallsServices {
    return {
      provider: (id) => this.needs.pool.provider(id),
      diagnose: async (session, reports, participants, list) => {
        const [only] = reports;
        if (list && only) {
          const found = await diagnose(only, { session, list });
          const { dataIsThin, familyOf, verdict } = await import('../../diagnosis/index');
          const worst = verdict(found.findings);
          const thin = dataIsThin(found.notEvaluated, familyOf(only));
          return { ...found, sentence: worst?.sentence, severity: worst?.severity, thin };
        }
        const shown = await shownSessionDiagnosis(session, reports, participants);
        const { findings, notEvaluated, thin, verdict } = shown;
        return {
          findings,
          notEvaluated,
          ignoredSettings: [],
          thin,
          sentence: verdict?.sentence,
          severity: verdict?.severity,
        };
      },
    };
  }
}

function commandOf(row: BadCallRow): vscode.Command | undefined {
  switch (row.kind) {
    case 'stopped':
      return { command: 'peerscope.continueBadCalls', title: vscode.l10n.t('Go On') };
    case 'call':
      return {
        command: 'peerscope.openSession',
        title: vscode.l10n.t('Open Session'),
        arguments: [{ ...row.call.ref }],
      };
    case 'problem': {
      const { participantId } = row.problem;
      return participantId === undefined
        ? { command: 'peerscope.openSession', title: vscode.l10n.t('Open Session'), arguments: [{ ...row.call.ref }] }
        : {
            command: 'peerscope.openParticipant',
            title: vscode.l10n.t('Open Participant Report'),
            arguments: [{ ...row.call.ref, participantId }],
          };
    }
    case 'rest':
      return undefined;
  }
}

function tooltipOf(sentence: string, title: string, unread: number): vscode.MarkdownString {
  const lines = [`**${markdownText(title)}**`, markdownText(sentence)];
  if (unread > 0)
    lines.push(
      unread === 1 ? vscode.l10n.t('1 report was not read.') : vscode.l10n.t('{0} reports were not read.', unread),
    );
  return new vscode.MarkdownString(lines.join('\n\n'));
}
