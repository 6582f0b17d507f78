import * as vscode from 'vscode';
import { isCancelled, toPlainError } from '../../core/errors';
import { type ParticipantRef, plainParticipantRef, plainSessionRef, type SessionRef } from '../../core/ids';
import { RecentLookUps } from '../../lookup/recent';
import type { Match } from '../../lookup/steps';
import { findRow } from '../../tree/reveal';
import type { LookUpServices } from './commands';
import { recentLabel } from './words';

const CALLS_VIEW = 'peerscope.calls';

/** Opens what was found: a participant's report or a session's page. It is remembered, and shown in the tree when that is on screen. */
export async function openMatch(services: LookUpServices, match: Match): Promise<void> {
  const ref = plain(match.ref);
  await new RecentLookUps(services.state).add(ref, recentLabel(match, Date.now()), Date.now());
  if ('participantId' in ref) await vscode.commands.executeCommand('peerscope.openParticipant', ref);
  else await vscode.commands.executeCommand('peerscope.openSession', ref);
  // Not waited for: what was opened is there, and its row may be many pages down.
  if (services.tree.visible) void reveal(services, ref, match);
}

/** Selects the row, reading the lists above it as far as it takes. Never opens the view by itself. */
async function reveal(
  { tree, log }: LookUpServices,
  ref: SessionRef | ParticipantRef,
  { session }: Match,
): Promise<void> {
  const controller = new AbortController();
  try {
    const location = { viewId: CALLS_VIEW };
    const row = await vscode.window.withProgress({ location }, () =>
      findRow(tree.model, ref, { session, signal: controller.signal, onPage: () => stopWhenHidden(tree, controller) }),
    );
    if (row && tree.visible) await tree.show(row);
  } catch (error) {
    if (!isCancelled(error)) log.write('warn', `Row of session ${ref.sessionId}: ${toPlainError(error).text}`);
  }
}

function stopWhenHidden(tree: LookUpServices['tree'], controller: AbortController): void {
  if (!tree.visible) controller.abort();
}

/** Only what a ref has, so that commands get plain arguments. */
function plain(ref: SessionRef | ParticipantRef): SessionRef | ParticipantRef {
  return 'participantId' in ref ? plainParticipantRef(ref) : plainSessionRef(ref);
}
