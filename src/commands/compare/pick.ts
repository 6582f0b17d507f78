import * as vscode from 'vscode';
import { CallError, isCancelled, toPlainError } from '../../core/errors';
import { FILE_CONNECTION, type ParticipantRef, participantKey, sessionKey } from '../../core/ids';
import type { Participant, Session } from '../../core/model';
import { displayText, labelText } from '../../core/text';
import { formatDuration } from '../../core/time';
import type { ReportPanels } from '../../panel/index';
import { dateTime, stayDuration } from '../../tree/call-facts';
import { findSession } from '../../tree/find';
import { fileName, fileOf } from '../files/file-ref';
import type { LookUpServices } from '../look-up/commands';

/** A session's further participants are not offered: reading them all could take long. */
const MOST_PARTICIPANTS = 100;

/** A row of the box; rows without a participant only head others. */
interface Row extends vscode.QuickPickItem {
  ref?: ParticipantRef;
}

/** Where participants to choose from are known. */
export interface PickSources extends Pick<LookUpServices, 'pool' | 'tree' | 'log'> {
  panels: ReportPanels;
}

/** Asks for as many participants as are missing. Rejects with `Cancelled` on Escape, with `BadInput` if none is known. */
export async function pickPair(
  sources: PickSources,
  known?: ParticipantRef,
): Promise<readonly [ParticipantRef, ParticipantRef]> {
  const first =
    known ??
    (await pickOne(sources, vscode.l10n.t('Compare Participants (1 of 2)'), vscode.l10n.t('The first participant')));
  const name = nameOf(sources, first);
  const second = await pickOne(
    sources,
    vscode.l10n.t('Compare {0} With…', name),
    vscode.l10n.t('The participant to compare with'),
    first,
  );
  return [first, second];
}

function pickOne(
  sources: PickSources,
  title: string,
  placeholder: string,
  beside?: ParticipantRef,
): Promise<ParticipantRef> {
  const opened = openedRows(sources, beside);
  const loaded = loadedRows(sources, beside);
  const askable = beside !== undefined && beside.connectionId !== FILE_CONNECTION;
  if (opened.length + loaded.length === 0 && !askable) {
    const text = vscode.l10n.t('There is nobody to compare yet. Open a report, or a session in the Calls view.');
    return Promise.reject(new CallError('BadInput', text));
  }
  return new Promise((resolve, reject) => {
    const pick = vscode.window.createQuickPick<Row>();
    const load = new AbortController();
    const show = (others: readonly Row[]) => {
      pick.items = withHeads([
        [vscode.l10n.t('Same session'), others],
        [vscode.l10n.t('Open reports'), opened],
        [vscode.l10n.t('In the Calls view'), loaded],
      ]);
    };
    pick.title = title;
    pick.placeholder = placeholder;
    pick.matchOnDescription = true;
    pick.onDidAccept(() => {
      const ref = pick.selectedItems[0]?.ref;
      if (!ref) return;
      resolve(ref);
      pick.hide();
    });
    pick.onDidHide(() => {
      load.abort();
      // After an answer this does nothing: the promise is settled.
      reject(new CallError('Cancelled', vscode.l10n.t('Cancelled.')));
      pick.dispose();
    });
    show([]);
    pick.show();
    if (!askable) return;
    pick.busy = true;
    sessionRows(sources, beside, load.signal)
      .then(show, (error: unknown) => {
        if (load.signal.aborted || isCancelled(error)) return;
        sources.log.write('warn', `Participants of ${beside.sessionId}: ${toPlainError(error).text}`);
        show([
          {
            label: vscode.l10n.t('$(warning) The session’s participants could not be read'),
            detail: toPlainError(error).text,
          },
        ]);
      })
      .finally(() => {
        pick.busy = false;
      });
  });
}

/** Each participant once, under the first head that has them. */
function withHeads(groups: readonly (readonly [head: string, rows: readonly Row[]])[]): Row[] {
  const seen = new Set<string>();
  return groups.flatMap(([label, rows]) => {
    const fresh = rows.filter(({ ref }) => !ref || !seen.has(participantKey(ref)));
    for (const { ref } of fresh) if (ref) seen.add(participantKey(ref));
    return fresh.length === 0 ? [] : [{ label, kind: vscode.QuickPickItemKind.Separator }, ...fresh];
  });
}

function openedRows({ panels }: PickSources, beside?: ParticipantRef): Row[] {
  const { activeRef } = panels;
  const isActive = (ref: ParticipantRef) =>
    activeRef !== undefined && participantKey(ref) === participantKey(activeRef);
  return panels.opened
    .filter(({ ref }) => !isSame(ref, beside))
    .sort((a, b) => Number(isActive(b.ref)) - Number(isActive(a.ref)))
    .map(({ ref, title }) => {
      const file = fileOf(ref);
      const icon = file ? 'file' : 'graph-line';
      return { label: `$(${icon}) ${labelText(title, 80)}`, description: file && labelText(fileName(file), 80), ref };
    });
}

function loadedRows({ tree }: PickSources, beside?: ParticipantRef): Row[] {
  const rows: Row[] = [];
  for (const node of tree.model.known()) {
    if (node.kind !== 'participant' || isSame(node.ref, beside)) continue;
    const session = findSession(tree.model, node.ref)?.session;
    rows.push(rowOf(node.ref, node.participant, session));
  }
  return rows;
}

async function sessionRows({ pool, tree }: PickSources, beside: ParticipantRef, signal: AbortSignal): Promise<Row[]> {
  const { participantId, ...session } = beside;
  const provider = await pool.provider(beside.connectionId);
  const { items } = await provider.listParticipants({ ...session, pageSize: MOST_PARTICIPANTS }, signal);
  const known = findSession(tree.model, session)?.session;
  return items
    .filter(({ id }) => id !== participantId)
    .map((participant) => rowOf({ ...session, participantId: participant.id }, participant, known));
}

function rowOf(ref: ParticipantRef, participant: Participant, session: Session | undefined): Row {
  const now = Date.now();
  const stayed = stayDuration(participant, session?.status === 'live', now);
  const facts = [
    participant.role,
    stayed !== undefined && formatDuration(stayed),
    participant.joinedAt !== undefined && vscode.l10n.t('joined {0}', dateTime(participant.joinedAt, now)),
    session?.roomName,
  ].filter((fact): fact is string => Boolean(fact));
  return {
    label: `$(person) ${labelText(participant.name || participant.customId || vscode.l10n.t('Participant {0}', ref.participantId.slice(0, 8)), 80)}`,
    description: labelText(facts.join(' · '), 160),
    ref,
  };
}

function nameOf({ panels, tree }: PickSources, ref: ParticipantRef): string {
  const shown = panels.opened.find((each) => isSame(each.ref, ref))?.title;
  if (shown) return displayText(shown, 40);
  for (const node of tree.model.known()) {
    if (node.kind === 'participant' && isSame(node.ref, ref)) return displayText(node.participant.name ?? '', 40);
  }
  return vscode.l10n.t('Participant');
}

function isSame(ref: ParticipantRef, other: ParticipantRef | undefined): boolean {
  return other !== undefined && sessionKey(ref) === sessionKey(other) && ref.participantId === other.participantId;
}
