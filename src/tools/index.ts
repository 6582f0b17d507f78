import * as vscode from 'vscode';
import { CallError, type ErrorKind, isCancelled, toPlainError } from '../core/errors';
import { Masker } from '../core/mask';
import { displayText, markdownText } from '../core/text';
import { readSettings } from '../ui/settings';
import { ToolInput } from './input';
import { compareParticipants, diagnoseParticipant } from './participant-tools';
import { connectionsFor, nameOf } from './places';
import type { ToolName } from './register';
import type { ToolServices } from './services';
import { findSession, MOST_REPORTS, summarizeSession } from './session-tools';
import { capped, MAX_ANSWER } from './words';

interface Tool {
  /** Said while it runs and asked before. */
  title: string;
  /** What is asked of the provider, in a sentence of Markdown. `connections` is Markdown too. */
  asks: (input: ToolInput, connections: string) => string;
  run(services: ToolServices, input: ToolInput, mask: boolean, signal: AbortSignal): Promise<string>;
}

const TOOLS: Readonly<Record<ToolName, Tool>> = {
  peerscope_find_session: {
    title: vscode.l10n.t('Find a call session'),
    asks: (input, connections) =>
      vscode.l10n.t(
        'Peerscope will ask these connections for where the session "{id}" was held, with the keys kept for them: {connections}.',
        { id: shown(input, 'id'), connections },
      ),
    run: findSession,
  },
  peerscope_get_session_summary: {
    title: vscode.l10n.t('Summarize a call session'),
    asks: (input, connections) =>
      vscode.l10n.t(
        'Peerscope will ask these connections for the session "{id}", its participants and the reports of at most {most} of them, with the keys kept for them: {connections}.',
        { id: shown(input, 'sessionId'), most: MOST_REPORTS, connections },
      ),
    run: summarizeSession,
  },
  peerscope_diagnose_participant: {
    title: vscode.l10n.t('Diagnose a call participant'),
    asks: (input, connections) =>
      vscode.l10n.t(
        'Peerscope will ask these connections for the report of the participant "{id}", with the keys kept for them: {connections}.',
        { id: shown(input, 'participantId'), connections },
      ),
    run: diagnoseParticipant,
  },
  peerscope_compare_participants: {
    title: vscode.l10n.t('Compare two call participants'),
    asks: (input, connections) =>
      vscode.l10n.t(
        'Peerscope will ask these connections for the reports of the participants "{first}" and "{second}", with the keys kept for them: {connections}.',
        { first: shown(input, 'participantId'), second: shown(input, 'otherParticipantId'), connections },
      ),
    run: compareParticipants,
  },
};

/** What the person is asked before a tool runs. Reads the list of connections, and nothing else. */
export function prepareTool(services: ToolServices, name: ToolName, given: object): vscode.PreparedToolInvocation {
  const { title, asks } = TOOLS[name];
  const input = new ToolInput(given);
  const found = readable(() => connectionsFor(services, input.optional('connectionId')).map(nameOf)) ?? [];
  const names = found.map((one) => markdownText(one, 120));
  const who = names.length === 0 ? vscode.l10n.t('No connection fits') : names.map((one) => `**${one}**`).join(', ');
  const question =
    readable(() => asks(input, who)) ??
    vscode.l10n.t('Peerscope will ask these connections for a call, with the keys kept for them: {0}.', who);
  const data = readSettings().maskPersonalData
    ? vscode.l10n.t('Names, IP addresses and device labels are masked in the answer. The keys are not part of it.')
    : vscode.l10n.t(
        'The answer **includes personal data** (names, IP addresses): the setting `peerscope.maskPersonalData` is off. The keys are not part of it.',
      );
  return {
    invocationMessage:
      names.length === 0
        ? vscode.l10n.t('{0}: asking no connection', title)
        : vscode.l10n.t('{0}: asking {1}', title, names.join(', ')),
    confirmationMessages: { title, message: new vscode.MarkdownString(`${question}\n\n${data}`) },
  };
}

/** Runs a tool. Rejects with an error whose text says how to go on, or with VS Code's own for a cancellation. */
export async function invokeTool(
  services: ToolServices,
  name: ToolName,
  { input, tokenizationOptions }: vscode.LanguageModelToolInvocationOptions<object>,
  token: vscode.CancellationToken,
): Promise<vscode.LanguageModelToolResult> {
  const controller = new AbortController();
  const subscription = token.onCancellationRequested(() => controller.abort());
  if (token.isCancellationRequested) controller.abort();
  const mask = readSettings().maskPersonalData;
  try {
    controller.signal.throwIfAborted();
    const answer = await TOOLS[name].run(services, new ToolInput(input), mask, controller.signal);
    // A token is at least a character long; about four is usual.
    const most = Math.min(MAX_ANSWER, (tokenizationOptions?.tokenBudget ?? MAX_ANSWER) * 3);
    return new vscode.LanguageModelToolResult([
      new vscode.LanguageModelTextPart(capped(services.redactor.mask(answer), most)),
    ]);
  } catch (error) {
    if (controller.signal.aborted || isCancelled(error)) throw new vscode.CancellationError();
    const { kind, text } = toPlainError(error);
    services.log('warn', `${name}: ${kind}: ${text}`);
    const said = displayText(services.redactor.mask(mask ? new Masker().text(text) : text), 600);
    throw new Error(`${kind}: ${said} ${adviceOn(kind)}`.trim());
  } finally {
    subscription.dispose();
  }
}

const ADVICE: Readonly<Record<ErrorKind, string>> = {
  Auth: 'Do not retry: the person has to enter the key again with the command "Peerscope: Edit Connection…".',
  Forbidden: 'Do not retry: the key may not read this. The person has to use another key or plan.',
  NotFound: 'Check the ids with peerscope_find_session, or ask the person for the id of the session.',
  NotYetAvailable:
    'Reports appear some time after a call and are kept for a limited time. Try another participant, or later.',
  RateLimited: 'Do not retry at once: the provider limits how often it can be asked.',
  Network: 'One retry is fine; after that tell the person that the provider cannot be reached.',
  TimedOut: 'One retry is fine; after that tell the person that the provider does not answer in time.',
  BadResponse: 'Do not retry: the provider sent an answer that cannot be used. Details are in the Peerscope log.',
  BadInput: 'Correct the parameter and call again.',
  Cancelled: '',
};

function adviceOn(kind: ErrorKind): string {
  return ADVICE[kind];
}

/** An id as Markdown. */
function shown(input: ToolInput, name: string): string {
  return markdownText(displayText(input.id(name), 120));
}

/** A bad parameter is told when the tool runs; before that it only leaves a gap in the question. */
function readable<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    if (toPlainError(error).kind === 'BadInput' || error instanceof CallError) return undefined;
    throw error;
  }
}
