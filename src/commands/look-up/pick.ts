import * as vscode from 'vscode';
import { CallError, type PlainError } from '../../core/errors';
import { displayText, labelText } from '../../core/text';
import { type Asked, fitting, type LookUpEvent, type LookUpSource, lookUp, type Reach } from '../../lookup/ask';
import type { RecentLookUp } from '../../lookup/recent';
import { type Candidate, recognise } from '../../lookup/recognise';
import type { Match } from '../../lookup/steps';
import { matchItem, recentItem, whereOf } from './words';

/** What a look-up box starts with. */
export interface PickOptions {
  source: LookUpSource;
  recent: readonly RecentLookUp[];
  /** Text in the box at the start. */
  value: string;
  /** An id to offer as soon as it is known, unless something was typed by then. */
  suggestion?: Promise<string | undefined>;
  /** Looked up at once. Without them the person is waited for. */
  candidates?: readonly Candidate[];
  /** A single match of this id is taken without asking again. Other matches are shown. */
  takeSingle?: string;
}

/** A row of the box. Rows without `act` only say something. */
interface Row extends vscode.QuickPickItem {
  act?(): void;
}

const STOP: vscode.QuickInputButton = {
  iconPath: new vscode.ThemeIcon('debug-stop'),
  tooltip: vscode.l10n.t('Stop Asking'),
};
const HOURS_A_DAY = 24;

/**
 * Asks what to look up and shows what is found as it comes. Gives the chosen match; rejects with `Cancelled` on Escape,
 * which stops what is still being asked.
 */
export function pickMatch(options: PickOptions): Promise<Match> {
  return new Promise((resolve, reject) => {
    const box = new LookUpBox(options, resolve, () => reject(new CallError('Cancelled', vscode.l10n.t('Cancelled.'))));
    box.show();
  });
}

class LookUpBox {
  readonly #pick = vscode.window.createQuickPick<Row>();
  #running: AbortController | undefined;
  /** The text that was looked up; what is typed over it begins anew. */
  #askedFor: string | undefined;
  #found: { row: Row; match: Match }[] = [];
  #failed = new Map<string, Row>();
  #after: Row[] = [];
  #rows: readonly Row[] = [];
  /** The row that looks up what is in the box, while nothing is being asked. */
  #start: Row | undefined;

  constructor(
    readonly options: PickOptions,
    readonly resolve: (match: Match) => void,
    readonly cancelled: () => void,
  ) {
    const pick = this.#pick;
    pick.title = vscode.l10n.t('Look Up a Call');
    pick.placeholder = vscode.l10n.t(
      'Session, participant or room id, room name, user id, API or dashboard address, or text with an id in it',
    );
    pick.value = options.value;
    pick.keepScrollPosition = true;
    pick.ignoreFocusOut = options.candidates !== undefined;
    pick.onDidChangeValue((value) => {
      if (value !== this.#askedFor) this.#idle(value === '');
    });
    pick.onDidAccept(() => this.#accept());
    pick.onDidTriggerButton(() => this.#running?.abort());
    pick.onDidHide(() => {
      this.#running?.abort();
      // After an answer this does nothing: the promise is settled.
      this.cancelled();
      pick.dispose();
    });
  }

  show(): void {
    const { candidates, value } = this.options;
    if (candidates) void this.#ask(value, candidates);
    else this.#idle(true);
    this.#pick.show();
    void this.options.suggestion?.then((id) => {
      if (id === undefined || this.#pick.value !== '' || this.#askedFor !== undefined) return;
      this.#pick.value = id;
      this.#idle(true);
    });
  }

  /**
   * Enter may come before the rows for what was just typed are on screen: then it is meant for what was typed, and not for
   * a row of before.
   */
  #accept(): void {
    const row = this.#pick.selectedItems[0];
    if (this.#start && !this.#rows.includes(row as Row)) this.#start.act?.();
    else row?.act?.();
  }

  /** What is in the box can be looked up; below it what was looked up before, unless something was typed. */
  #idle(withRecent: boolean): void {
    this.#running?.abort();
    this.#askedFor = undefined;
    const text = this.#pick.value.trim();
    this.#start = text === '' ? undefined : this.#startRow(text);
    const rows: Row[] = this.#start ? [this.#start] : [];
    if (withRecent) rows.push(...this.#recentRows());
    this.#show(rows);
  }

  #recentRows(): Row[] {
    const connections = this.options.source.records();
    const recent = this.options.recent.flatMap((entry): Row[] => {
      const record = connections.find(({ id }) => id === entry.ref.connectionId);
      if (!record) return [];
      const asked: Asked = { connectionId: record.id, provider: record.provider, label: record.label };
      const match: Match = { as: 'participantId' in entry.ref ? 'participant' : 'session', ref: entry.ref };
      return [{ ...recentItem(entry, asked), act: () => this.#choose(match) }];
    });
    return recent.length > 0 ? [separator(vscode.l10n.t('recent')), ...recent] : [];
  }

  #show(rows: Row[]): void {
    this.#rows = rows;
    this.#pick.items = rows;
  }

  #startRow(text: string): Row {
    const { candidates, remark } = recognise(text);
    if (candidates.length === 0) return note('info', remark ?? vscode.l10n.t('There is no id in this text.'));
    const count = fitting(candidates, this.options.source.records()).length;
    const [first] = candidates;
    if (count === 0) return note('info', vscode.l10n.t('None of your connections can hold this id.'), first?.id);
    return {
      label: vscode.l10n.t('$(search) Look up "{0}"', labelText(first?.id ?? '', 80)),
      description:
        count === 1 ? vscode.l10n.t('asks 1 connection') : vscode.l10n.t('asks {0} connections at once', count),
      alwaysShow: true,
      act: () => void this.#ask(this.#pick.value, candidates),
    };
  }

  async #ask(text: string, candidates: readonly Candidate[], reach: Reach = 'auto'): Promise<void> {
    this.#running?.abort();
    const controller = new AbortController();
    this.#running = controller;
    this.#askedFor = text;
    this.#start = undefined;
    if (reach === 'auto') this.#found = [];
    this.#failed = new Map();
    this.#after = [];
    const { source } = this.options;
    const asked = fitting(candidates, source.records(), reach).length;
    const answers: LookUpEvent[] = [];
    const showProgress = () => {
      this.#pick.title =
        asked === 1
          ? vscode.l10n.t('Look Up a Call: {0} of 1 connection has answered', answers.length)
          : vscode.l10n.t('Look Up a Call: {0} of {1} connections have answered', answers.length, asked);
    };
    this.#busy(true);
    showProgress();
    this.#render();
    for await (const event of lookUp(source, candidates, controller.signal, reach)) {
      if (this.#running !== controller) return;
      if (event.kind === 'found') this.#add(event.match, event.connection);
      else if (event.kind === 'failed')
        this.#fail(event.connection, event.error, () => this.#ask(text, candidates, reach));
      else answers.push(event);
      showProgress();
      this.#render();
    }
    if (this.#running !== controller || this.#askedFor !== text) return;
    this.#finish(text, candidates, reach, answers, controller.signal.aborted);
  }

  #finish(
    text: string,
    candidates: readonly Candidate[],
    reach: Reach,
    answers: LookUpEvent[],
    stopped: boolean,
  ): void {
    this.#busy(false);
    const { takeSingle, source } = this.options;
    const own = takeSingle === undefined ? [] : this.#found.filter(({ match }) => names(match, takeSingle));
    const single = own.length === 1 ? own[0] : this.#found.length === 1 ? this.#found[0] : undefined;
    if (takeSingle !== undefined && !stopped && single) {
      this.#tellFailures();
      this.#choose(single.match);
      return;
    }
    if (stopped)
      this.#after = [
        note('circle-slash', vscode.l10n.t('Stopped.'), vscode.l10n.t('Press Enter to ask again.'), () =>
          this.#ask(text, candidates),
        ),
      ];
    else if (this.#found.length === 0) this.#after = [this.#nothing(answers)];
    else if (reach === 'auto' && fitting(candidates, source.records(), 'wider').length > 0) {
      const detail = vscode.l10n.t('The id was found as above. It can also be of a room, a participant or a person.');
      this.#after = [
        note('telescope', vscode.l10n.t('Search further'), detail, () => this.#ask(text, candidates, 'wider')),
      ];
    }
    this.#render();
  }

  /** What failed beside a match that is opened at once. */
  #tellFailures(): void {
    const count = this.#failed.size;
    if (count === 0) return;
    const text =
      count === 1
        ? vscode.l10n.t('1 connection could not be asked')
        : vscode.l10n.t('{0} connections could not be asked', count);
    vscode.window.setStatusBarMessage(`$(warning) ${text}`, 8000);
  }

  #nothing(answers: readonly LookUpEvent[]): Row {
    const where = answers.map((event) => {
      const days = event.kind === 'answered' && event.backHours ? Math.round(event.backHours / HOURS_A_DAY) : 0;
      const where = whereOf(event.connection);
      return days > 0 ? vscode.l10n.t('{0} (last {1} days)', where, days) : where;
    });
    if (where.length === 0) return note('info', vscode.l10n.t('None of your connections can hold this id.'));
    return note(
      'info',
      vscode.l10n.t('Nothing was found under this id.'),
      vscode.l10n.t('Asked: {0}. What has just happened can take minutes to show.', where.join(', ')),
    );
  }

  #add(match: Match, connection: Asked): void {
    const row: Row = { ...matchItem(match, connection, Date.now()), act: () => this.#choose(match) };
    const { takeSingle } = this.options;
    const first = takeSingle !== undefined && 'participantId' in match.ref && names(match, takeSingle);
    this.#found.splice(first ? 0 : this.#found.length, 0, { row, match });
  }

  #fail(connection: Asked, { text }: PlainError, again: () => unknown): void {
    this.#failed.set(
      connection.connectionId,
      note('error', vscode.l10n.t('{0} could not be asked', whereOf(connection)), text, again),
    );
  }

  #render(): void {
    const active = this.#pick.activeItems[0];
    const failed = [...this.#failed.values()];
    const rows = [...this.#found.map(({ row }) => row), ...this.#after, ...failed];
    this.#show(rows);
    // New rows must not move the choice away from the one that is about to be taken.
    if (active && rows.includes(active)) this.#pick.activeItems = [active];
  }

  #busy(busy: boolean): void {
    this.#pick.busy = busy;
    this.#pick.buttons = busy ? [STOP] : [];
    if (!busy) this.#pick.title = vscode.l10n.t('Look Up a Call');
  }

  #choose(match: Match): void {
    this.resolve(match);
    this.#pick.hide();
  }
}

/** Whether the id is the match's own. */
function names({ ref }: Match, id: string): boolean {
  const own = 'participantId' in ref ? ref.participantId : ref.sessionId;
  return own.toLowerCase() === id.toLowerCase();
}

function note(icon: string, label: string, detail?: string, act?: () => unknown): Row {
  return {
    label: `$(${icon}) ${labelText(label, 120)}`,
    detail: detail === undefined ? undefined : labelText(displayText(detail, 300)),
    alwaysShow: true,
    ...(act && { act: () => void act() }),
  };
}

function separator(label: string): Row {
  return { label, kind: vscode.QuickPickItemKind.Separator };
}
