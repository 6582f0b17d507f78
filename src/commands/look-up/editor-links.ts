import * as vscode from 'vscode';
import type { ProviderId } from '../../core/ids';
import { markdownText } from '../../core/text';
import { RecentLookUps } from '../../lookup/recent';
import { scanLine, scanText } from '../../lookup/scan';
import { HOLDERS, idPattern, type Shape, shapeOf } from '../../lookup/shapes';
import { describeProvider } from '../../providers/catalog';
import { dateTime } from '../../tree/call-facts';
import type { LookUpServices } from './commands';

/** Documents in which ids become links. */
const DOCUMENTS: vscode.DocumentSelector = [{ language: 'log' }, { language: 'markdown' }, { language: 'plaintext' }];
/** Larger documents get no links: hover and Look Up Selection work there. Characters. */
const MAX_DOCUMENT = 5_000_000;
/** Links of one document; the editor draws each. */
const MAX_LINKS = 10_000;
/** Of a line this much is handed on, so that the session is known beside a participant. */
const MAX_LINE = 2000;
const COMMAND = 'peerscope.lookUpSelection';
const TOOLTIP = vscode.l10n.t('Look up in Peerscope');

/** A link that gets its target when it is clicked, from the line as it is then. */
class IdLink extends vscode.DocumentLink {
  constructor(
    range: vscode.Range,
    readonly document: vscode.TextDocument,
  ) {
    super(range);
    this.tooltip = TOOLTIP;
  }
}

interface TerminalIdLink extends vscode.TerminalLink {
  id: string;
  line: string;
}

/** Ids of calls as links in editors and terminals, and what is known of them on hover. None of it costs a request. */
export class EditorLinks
  implements
    vscode.DocumentLinkProvider<IdLink>,
    vscode.HoverProvider,
    vscode.TerminalLinkProvider<TerminalIdLink>,
    vscode.Disposable
{
  readonly #registered: vscode.Disposable;

  constructor(readonly services: LookUpServices) {
    this.#registered = vscode.Disposable.from(
      vscode.languages.registerDocumentLinkProvider(DOCUMENTS, this),
      vscode.languages.registerHoverProvider(DOCUMENTS, this),
      vscode.window.registerTerminalLinkProvider(this),
    );
  }

  async provideDocumentLinks(document: vscode.TextDocument, token: vscode.CancellationToken): Promise<IdLink[]> {
    const last = document.lineAt(document.lineCount - 1).range.end;
    if (document.offsetAt(last) > MAX_DOCUMENT) return [];
    const places = await scanText(document.getText(), {
      pause: () => new Promise((resolve) => setImmediate(resolve)),
      stopped: () => token.isCancellationRequested,
      most: MAX_LINKS,
      wanted: this.#wanted(),
    });
    return places.map(({ line, start, end }) => new IdLink(new vscode.Range(line, start, line, end), document));
  }

  resolveDocumentLink(link: IdLink): IdLink {
    const { document, range } = link;
    const id = document.getText(range);
    link.target = vscode.Uri.parse(commandLink(id, document.lineAt(range.start.line).text));
    return link;
  }

  provideHover(document: vscode.TextDocument, position: vscode.Position): vscode.Hover | undefined {
    const range = document.getWordRangeAtPosition(position, idPattern());
    if (!range) return undefined;
    const id = document.getText(range);
    const shape = shapeOf(id);
    if (!this.#wanted()(id)) return undefined;
    const text = new vscode.MarkdownString();
    text.isTrusted = { enabledCommands: [COMMAND] };
    for (const line of this.#known(id, shape)) text.appendMarkdown(`${line}  \n`);
    const target = commandLink(id, document.lineAt(range.start.line).text);
    text.appendMarkdown(`\n[${markdownText(vscode.l10n.t('Look Up in Peerscope'))}](${target})`);
    return new vscode.Hover(text, range);
  }

  provideTerminalLinks({ line }: vscode.TerminalLinkContext): TerminalIdLink[] {
    const ids = scanLine(line);
    if (ids.length === 0) return [];
    const wanted = this.#wanted();
    return ids
      .filter(({ id }) => wanted(id))
      .map(({ start, id }) => Object.assign(new vscode.TerminalLink(start, id.length, TOOLTIP), { id, line }));
  }

  async handleTerminalLink({ id, line }: TerminalIdLink): Promise<void> {
    await vscode.commands.executeCommand(COMMAND, { id, text: line.slice(0, MAX_LINE) });
  }

  dispose(): void {
    this.#registered.dispose();
  }

  /** Only ids that one of the connections can hold: a link that leads nowhere is a nuisance. */
  #wanted(): (id: string) => boolean {
    const providers = new Set<ProviderId>(this.services.store.list().map(({ provider }) => provider));
    const shapes = new Map<Shape, boolean>();
    return (id) => {
      const shape = shapeOf(id);
      const known = shapes.get(shape) ?? HOLDERS[shape].some((provider) => providers.has(provider));
      shapes.set(shape, known);
      return known;
    };
  }

  /** What the rows that are loaded and earlier look-ups tell of an id, as Markdown lines. */
  #known(id: string, shape: Shape): string[] {
    const { store, tree, state } = this.services;
    const records = store.list();
    const where = (connectionId: string) => markdownText(records.find((one) => one.id === connectionId)?.label ?? '');
    const now = Date.now();
    for (const node of tree.model.known()) {
      if (node.kind === 'session' && node.ref.sessionId === id) {
        const { roomName, startedAt, status } = node.session;
        const facts = [
          status === 'live' ? vscode.l10n.t('live session') : vscode.l10n.t('ended session'),
          ...(startedAt === undefined ? [] : [markdownText(dateTime(startedAt, now))]),
          where(node.ref.connectionId),
        ];
        return [`**${markdownText(roomName || vscode.l10n.t('Session'))}**`, facts.join(', ')];
      }
      if (node.kind === 'participant' && node.ref.participantId === id) {
        return [
          `**${markdownText(node.participant.name || vscode.l10n.t('Participant'))}**`,
          vscode.l10n.t('participant, {0}', where(node.ref.connectionId)),
        ];
      }
      if (node.kind === 'room' && node.room.id === id) {
        return [`**${markdownText(node.room.name)}**`, vscode.l10n.t('room, {0}', where(node.connectionId))];
      }
    }
    const recent = new RecentLookUps(state)
      .list((one) => records.some((record) => record.id === one))
      .find(({ ref }) => ref.sessionId === id || ('participantId' in ref && ref.participantId === id));
    if (recent)
      return [
        `**${markdownText(recent.label)}**`,
        vscode.l10n.t('looked up before, {0}', where(recent.ref.connectionId)),
      ];
    const providers = new Set(records.map(({ provider }) => provider));
    const names = HOLDERS[shape].filter((one) => providers.has(one)).map((one) => describeProvider(one)?.label ?? one);
    return [vscode.l10n.t('Can be an id of {0}', markdownText(names.join(', ')))];
  }
}

/** The address that runs the look-up. All of the line is encoded, so that nothing of it can be read as Markdown. */
function commandLink(id: string, line: string): string {
  const argument = encodeURIComponent(JSON.stringify([{ id, text: line.slice(0, MAX_LINE).toWellFormed() }]));
  const rest = /[!'()*~_-]/g;
  return `command:${COMMAND}?${argument.replace(rest, (mark) => `%${mark.charCodeAt(0).toString(16)}`)}`;
}
