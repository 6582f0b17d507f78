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
  /** Said while it runs and asked before, after "Look for …". */
  title: string;
  /** What is asked of the provider. */
  asks(input: ToolInput): string;
  run(services: ToolServices, input: ToolInput, mask: boolean, signal: AbortSignal): Promise<string>;
}

const TOOLS: Readonly<Record<ToolName, Tool>> = {
  peerscope_find_session: {
    title: 'Find a call session',
    asks: (input) => `where the session ${quoted(input, 'id')} was held`,
    run: findSession,
  },
  peerscope_get_session_summary: {
    title: 'Summarize a call session',
    asks: (input) =>
      `the session ${quoted(input, 'sessionId')}, its participants and the reports of at most ${MOST_REPORTS} of them`,
    run: summarizeSession,
  },
  peerscope_diagnose_participant: {
    title: 'Diagnose a call participant',
    asks: (input) => `the report of the participant ${quoted(input, 'participantId')}`,
    run: diagnoseParticipant,
  },
  peerscope_compare_participants: {
    title: 'Compare two call participants',
    asks: (input) =>
      `the reports of the participants ${quoted(input, 'participantId')} and ${quoted(input, 'otherParticipantId')}`,
    run: compareParticipants,
  },
};

/** What the person is asked before a tool runs. Reads the list of connections, and nothing else. */
export function prepareTool(services: ToolServices, name: ToolName, given: object): vscode.PreparedToolInvocation {
  const { title, asks } = TOOLS[name];
  const input = new ToolInput(given);
  const what = readable(() => asks(input)) ?? 'a call';
  const names = readable(() => connectionsFor(services, input.optional('connectionId')).map(nameOf)) ?? [];
  const who =
    names.length === 0 ? 'No connection fits' : names.map((one) => `**${markdownText(one, 120)}**`).join(', ');
  const data = readSettings().maskPersonalData
    ? 'Names, IP addresses and device labels are masked in the answer.'
    : 'The answer **includes personal data** (names, IP addresses): the setting `peerscope.maskPersonalData` is off.';
  return {
    invocationMessage: `${title}: asking ${names.length === 0 ? 'no connection' : names.map((one) => markdownText(one, 120)).join(', ')}`,
    confirmationMessages: {
      title,
      message: new vscode.MarkdownString(
        `Peerscope will ask these connections for ${markdownText(what, 600)}, with the keys kept for them: ${who}.\n\n${data} The keys are not part of it.`,
      ),
    },
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

function quoted(input: ToolInput, name: string): string {
  return `"${displayText(input.id(name), 120)}"`;
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
