import * as vscode from 'vscode';
import type { ConnectionRecord } from '../../connections/record';
import type { ParticipantRef, SessionRef } from '../../core/ids';
import type { Session } from '../../core/model';
import type { CallProvider } from '../../providers/contract';
import type { SessionFiles } from '../files/saved-sessions';
import type { CommandRegistry } from '../register';
import { TALK_SCHEME } from './address';
import type { Talk } from './index';

/** What reading and showing the talk of sessions needs of the extension. */
export interface TalkServices {
  provider(connectionId: string): Promise<CallProvider>;
  /** Sessions that were saved to files; loaded on first use. */
  sessionFiles(): Promise<SessionFiles>;
  records(): readonly ConnectionRecord[];
  /** A session that the tree has loaded. */
  knownSession(ref: SessionRef): Session | undefined;
  knownSessions(): Iterable<{ ref: SessionRef; session: Session }>;
  /** The session of the page in front, of a session or of a participant. */
  activeSession(): Promise<SessionRef | undefined>;
  /** Participants whose reports are read and shown, the one in front first. */
  reports(): Promise<readonly ParticipantRef[]>;
  /** Where the cursor of the report in front rests, epoch ms. */
  reportCursor(): Promise<number | undefined>;
  /** Moves the cursor of a participant's report, now or once it is read, epoch ms. */
  showTime(ref: ParticipantRef, at: number): Promise<void>;
  /** Text without secrets. */
  masked(text: string): string;
}

/** Registers the commands for chat, transcript, summary and recordings, and the documents that show them. */
export function registerTalkCommands(commands: CommandRegistry, services: TalkServices): vscode.Disposable {
  const changes = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  let loading: Promise<Talk> | undefined;
  let loaded: Talk | undefined;
  const talk = (): Promise<Talk> => {
    loading ??= import('../actions').then(({ Talk }) => {
      const changed = (uris: readonly vscode.Uri[]) =>
        changes.fire(uris.map((uri) => ({ uri, type: vscode.FileChangeType.Changed })));
      loaded = new Talk(services, changed);
      return loaded;
    });
    return loading;
  };

  commands.add('peerscope.openChat', async (argument) => (await talk()).open('chat', argument));
  commands.add('peerscope.openTranscript', async (argument) => (await talk()).open('transcript', argument));
  commands.add('peerscope.openSummary', async (argument) => (await talk()).open('summary', argument));
  commands.add('peerscope.generateSummary', async (argument) => (await talk()).generateSummary(argument));
  commands.add('peerscope.openRecordings', async (argument) => (await talk()).openRecordings(argument));
  commands.add('peerscope.showTalkAs', async (argument) => (await talk()).showAs(argument));
  commands.add('peerscope.exportTalk', async (argument) => (await talk()).export(argument));
  commands.add('peerscope.showLineInReport', async (argument) => (await talk()).showLineInReport(argument));
  commands.add('peerscope.showTimeInTranscript', async (argument) => (await talk()).showTimeInTranscript(argument));

  const links: vscode.DocumentLinkProvider = {
    provideDocumentLinks: async (document) => (await talk()).links.provideDocumentLinks(document),
  };
  return vscode.Disposable.from(
    vscode.workspace.registerFileSystemProvider(TALK_SCHEME, fileSystem(talk, changes.event), { isReadonly: true }),
    vscode.languages.registerDocumentLinkProvider({ scheme: TALK_SCHEME }, links),
    changes,
    { dispose: () => loaded?.dispose() },
  );
}

/** Files that are read anew where they are not kept: a window that comes back shows its documents again. */
function fileSystem(
  talk: () => Promise<Talk>,
  onDidChangeFile: vscode.Event<vscode.FileChangeEvent[]>,
): vscode.FileSystemProvider {
  const never = (): never => {
    throw vscode.FileSystemError.NoPermissions(vscode.l10n.t('These documents can be read only.'));
  };
  return {
    onDidChangeFile,
    watch: () => new vscode.Disposable(() => undefined),
    async stat(uri) {
      const { bytes, readAt } = await (await talk()).file(uri);
      return { type: vscode.FileType.File, ctime: readAt, mtime: readAt, size: bytes.byteLength };
    },
    readFile: async (uri) => (await (await talk()).file(uri)).bytes,
    readDirectory: () => [],
    createDirectory: never,
    writeFile: never,
    delete: never,
    rename: never,
  };
}
