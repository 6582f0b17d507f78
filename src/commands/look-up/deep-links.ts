import * as vscode from 'vscode';
import { CallError } from '../../core/errors';
import type { ParticipantRef, SessionRef } from '../../core/ids';
import { readParticipantRef, readSessionRef } from '../../core/ref-input';
import { displayText, labelText } from '../../core/text';
import { fitting } from '../../lookup/ask';
import { makeDeepLink, readLinkParts } from '../../lookup/deep-link';
import type { Candidate } from '../../lookup/recognise';
import { shapeOf } from '../../lookup/shapes';
import { describeProvider } from '../../providers/catalog';
import { isNode } from '../../tree/nodes';
import { presentError } from '../../ui/present-error';
import { pickAndOpen } from './actions';
import type { LookUpServices } from './commands';

/**
 * Follows a link to a session. Nothing is asked before the person has seen which provider and connections would be, and
 * has agreed. The link can do nothing but look up.
 */
export async function openDeepLink(services: LookUpServices, uri: vscode.Uri): Promise<void> {
  const link = readLinkParts(uri);
  if (typeof link === 'string') {
    services.log.write('warn', 'A link to a session was refused.');
    void vscode.window.showErrorMessage(vscode.l10n.t('Peerscope did not open the link. {0}', link));
    return;
  }
  const { provider, id, appId, participantId } = link;
  const session: Candidate = { id, role: 'session', provider, appId, shape: shapeOf(id) };
  const candidates: Candidate[] = [session];
  if (participantId) {
    candidates.push({ id: participantId, role: 'participant', provider, appId, shape: shapeOf(participantId) });
  }
  const name = describeProvider(provider)?.label ?? provider;
  const connections = fitting(candidates, services.store.list());
  if (connections.length === 0) {
    const text = vscode.l10n.t(
      'The link is to a call at {0}, and you have no connection to {0}. Add one, then open the link again.',
      name,
    );
    void vscode.window.showWarningMessage(text);
    return;
  }
  const where = connections.map(({ label, settings }) => connectionAt(displayText(label, 60), settings.baseUrl));
  const asked = { session: id, provider: name, connections: where.join(', ') };
  const detail = participantId
    ? vscode.l10n.t(
        'A link asks Peerscope for participant {participant} of session {session}. {provider} will be asked through {connections}. Nothing else is done.',
        { ...asked, participant: participantId },
      )
    : vscode.l10n.t(
        'A link asks Peerscope for session {session}. {provider} will be asked through {connections}. Nothing else is done.',
        asked,
      );
  const yes = vscode.l10n.t('Look Up');
  const question = vscode.l10n.t('Look up a call at {0}?', name);
  if ((await vscode.window.showInformationMessage(question, { modal: true, detail }, yes)) !== yes) return;
  try {
    const value = participantId ?? id;
    await pickAndOpen(services, { value, candidates, takeSingle: value });
  } catch (error) {
    await presentError(error, services.log.redactor, [
      { label: vscode.l10n.t('Show Log'), run: () => services.log.show() },
    ]);
  }
}

/** Puts the link to a row's session or participant on the clipboard, and gives it. */
export async function copyLink({ store, tree }: LookUpServices, argument: unknown): Promise<string> {
  const ref = refOf(argument ?? tree.selection);
  const { provider } = store.get(ref.connectionId);
  const made = makeDeepLink(vscode.env.uriScheme, provider, ref);
  if (typeof made === 'string') throw new CallError('BadInput', made);
  await vscode.env.clipboard.writeText(made.link);
  vscode.window.setStatusBarMessage(vscode.l10n.t('$(check) Link copied'), 3000);
  return made.link;
}

function refOf(argument: unknown): SessionRef | ParticipantRef {
  if (isNode(argument)) {
    if ('ref' in argument) return argument.ref;
  } else if (argument !== undefined) {
    const isParticipant = typeof argument === 'object' && argument !== null && 'participantId' in argument;
    return isParticipant ? readParticipantRef(argument) : readSessionRef(argument);
  }
  throw new CallError('BadInput', vscode.l10n.t('Select a session or a participant in the Calls view first.'));
}

function connectionAt(label: string, baseUrl: string | undefined): string {
  if (!baseUrl || !URL.canParse(baseUrl)) return vscode.l10n.t('"{0}"', label);
  return vscode.l10n.t('"{0}" at {1}', label, labelText(new URL(baseUrl).host, 80));
}
