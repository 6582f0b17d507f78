import * as vscode from 'vscode';
import { CallError } from '../../core/errors';
import type { SessionRef } from '../../core/ids';
import { localNumber } from '../../core/locale';
import type { Recording, RecordingFile } from '../../core/talk';
import { labelText } from '../../core/text';
import { formatDuration } from '../../core/time';
import { dateTime } from '../../tree/call-facts';
import { withProgress } from '../../ui/progress';
import { isScripted } from '../register';
import type { TalkServices } from './commands';
import { sessionOf } from './session-choice';
import { talkSource } from './source';
import { notKept } from './store';

/**
 * Lists the recordings of a session and opens the chosen one in the browser. A script gets the list, or with a `fileId`
 * of it has that file opened.
 */
export async function openRecordings(services: TalkServices, argument: unknown): Promise<Recording[] | undefined> {
  const ref = await sessionOf(services, argument, 'recordings');
  const provider = await talkSource(services, ref, new AbortController().signal);
  const { listRecordings } = provider;
  if (!listRecordings) throw notKept(provider, ref, 'recordings');
  const fileId = isScripted(argument) ? (argument as { fileId?: unknown }).fileId : undefined;
  if (typeof fileId === 'string') {
    await openFile(services, ref, fileId);
    return undefined;
  }
  const list = await withProgress(vscode.l10n.t('Peerscope: reading the recordings…'), (signal) =>
    listRecordings.call(provider, ref, signal),
  );
  if (isScripted(argument)) return list;
  if (list.length === 0) {
    await vscode.window.showInformationMessage(
      vscode.l10n.t('This session has no recordings, or they are kept no more.'),
    );
    return undefined;
  }
  const chosen = await vscode.window.showQuickPick(list.flatMap(itemsOf), {
    title: vscode.l10n.t('Recordings of this session'),
    placeHolder: vscode.l10n.t('Opens in the browser, with a link that works for a while'),
    matchOnDescription: true,
  });
  if (chosen?.file) await openFile(services, ref, chosen.file.id);
  return undefined;
}

function itemsOf(recording: Recording): (vscode.QuickPickItem & { file?: RecordingFile })[] {
  const { status, startedAt, durationMs, size, fileName, type, files } = recording;
  const description = [
    startedAt !== undefined && dateTime(startedAt, Date.now()),
    durationMs !== undefined && formatDuration(durationMs),
    size !== undefined && `${localNumber((size / 1_000_000).toFixed(1))} MB`,
    status && labelText(status, 40),
  ]
    .filter(Boolean)
    .join(' · ');
  const detail = labelText(fileName ?? type ?? '', 120) || undefined;
  if (files.length === 0) return [{ label: vscode.l10n.t('$(circle-slash) No file yet'), description, detail }];
  return files.map((file) => ({ label: `$(play-circle) ${labelText(file.label, 60)}`, description, detail, file }));
}

async function openFile(services: TalkServices, ref: SessionRef, fileId: string): Promise<void> {
  const provider = await services.provider(ref.connectionId);
  const linkTo = provider.recordingLink?.bind(provider);
  if (!linkTo) throw notKept(provider, ref, 'recordings');
  const link = await withProgress(vscode.l10n.t('Peerscope: asking for a link…'), (signal) =>
    linkTo(ref, fileId, signal),
  );
  // As text: a Uri would be written differently, and the signature of the link would be wrong then.
  const opened = await vscode.env.openExternal(link as unknown as vscode.Uri);
  if (!opened) throw new CallError('Cancelled', vscode.l10n.t('The link was not opened.'));
}
