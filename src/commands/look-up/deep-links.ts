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
    void vscode.window.showErrorMessage(`Peerscope did not open the link. ${link}`);
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
    const text = `The link is to a call at ${name}, and you have no connection to ${name}. Add one, then open the link again.`;
    void vscode.window.showWarningMessage(text);
    return;
  }
  const where = connections.map(({ label, settings }) => `"${displayText(label, 60)}"${hostOf(settings.baseUrl)}`);
  const what = participantId ? `participant ${participantId} of session ${id}` : `session ${id}`;
  const detail = `A link asks Peerscope for ${what}. ${name} will be asked through ${where.join(', ')}. Nothing else is done.`;
  const yes = 'Look Up';
  const question = `Look up a call at ${name}?`;
  if ((await vscode.window.showInformationMessage(question, { modal: true, detail }, yes)) !== yes) return;
  try {
    const value = participantId ?? id;
    await pickAndOpen(services, { value, candidates, takeSingle: value });
  } catch (error) {
    await presentError(error, services.log.redactor, [{ label: 'Show Log', run: () => services.log.show() }]);
  }
}

/** Puts the link to a row's session or participant on the clipboard, and gives it. */
export async function copyLink({ store, tree }: LookUpServices, argument: unknown): Promise<string> {
  const ref = refOf(argument ?? tree.selection);
  const { provider } = store.get(ref.connectionId);
  const made = makeDeepLink(vscode.env.uriScheme, provider, ref);
  if (typeof made === 'string') throw new CallError('BadInput', made);
  await vscode.env.clipboard.writeText(made.link);
  vscode.window.setStatusBarMessage('$(check) Link copied', 3000);
  return made.link;
}

function refOf(argument: unknown): SessionRef | ParticipantRef {
  if (isNode(argument)) {
    if ('ref' in argument) return argument.ref;
  } else if (argument !== undefined) {
    const isParticipant = typeof argument === 'object' && argument !== null && 'participantId' in argument;
    return isParticipant ? readParticipantRef(argument) : readSessionRef(argument);
  }
  throw new CallError('BadInput', 'Select a session or a participant in the Calls view first.');
}

function hostOf(baseUrl: string | undefined): string {
  return baseUrl && URL.canParse(baseUrl) ? ` at ${labelText(new URL(baseUrl).host, 80)}` : '';
}
