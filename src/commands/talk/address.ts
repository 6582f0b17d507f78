import * as vscode from 'vscode';
import type { SessionRef } from '../../core/ids';
import { readSessionRef } from '../../core/ref-input';
import { displayText } from '../../core/text';

/** Scheme of the read-only documents. They are files of a file system of ours, so that a window opens them again. */
export const TALK_SCHEME = 'peerscope-session';

export type TalkKind = 'chat' | 'transcript' | 'summary';

/** Which document it is: ids only. What it takes to open it again stands in its address, and nothing else. */
export interface TalkAddress {
  ref: SessionRef;
  kind: TalkKind;
  format: string;
}

const EXTENSIONS: Readonly<Record<string, string>> = { text: 'txt', markdown: 'md' };
const KINDS: readonly string[] = ['chat', 'transcript', 'summary'] satisfies TalkKind[];
const TITLE_LENGTH = 50;

/** The address of a document; its tab is called by kind and title. */
export function talkUri({ ref, kind, format }: TalkAddress, title: string): vscode.Uri {
  const name = displayText(title.replace(/[\\/:*?"<>|#%]/g, ' '), TITLE_LENGTH) || vscode.l10n.t('Session');
  const { connectionId, appId, roomId, sessionId } = ref;
  const query = JSON.stringify({ kind, format, connectionId, appId, roomId, sessionId });
  return vscode.Uri.from({
    scheme: TALK_SCHEME,
    path: `/${nameOf(kind)} · ${name}.${EXTENSIONS[format] ?? format}`,
    query,
  });
}

function nameOf(kind: TalkKind): string {
  if (kind === 'chat') return vscode.l10n.t('Chat');
  return kind === 'transcript' ? vscode.l10n.t('Transcript') : vscode.l10n.t('Summary');
}

/** What an address names; undefined for every other one. */
export function readTalkUri(uri: vscode.Uri): TalkAddress | undefined {
  if (uri.scheme !== TALK_SCHEME) return undefined;
  try {
    const value = JSON.parse(uri.query) as Record<string, unknown>;
    const { kind, format } = value;
    if (typeof kind !== 'string' || !KINDS.includes(kind) || typeof format !== 'string') return undefined;
    return { ref: readSessionRef(value), kind: kind as TalkKind, format };
  } catch {
    return undefined;
  }
}
