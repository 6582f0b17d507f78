import * as l10n from '@vscode/l10n';
import type { ChatMessage } from '../core/talk';
import { documentText, lineText } from '../core/text';
import { csvCell } from './csv';
import { type ChatDocument, type ChatFormat, type Part, remarks, type TalkClock } from './talk-document';

/** Names the format of an exported chat in its file. */
const FORMAT = 'peerscope.chat';
const VERSION = 1;

/** A chat in a format, part by part. Everything that the provider sent is made fit to show. */
export function chatParts(document: ChatDocument, format: ChatFormat, clock: TalkClock): Iterable<Part> {
  if (format === 'json') return json(document);
  return format === 'csv' ? csv(document) : text(document, clock);
}

/** A message begins with time and sender; its further lines are set in below. */
function* text({ subject, chat }: ChatDocument, clock: TalkClock): Generator<Part> {
  const { messages, assumptions, issues } = chat;
  const first = subject.startedAt ?? messages.find(({ at }) => at !== undefined)?.at;
  const count = messages.length === 1 ? l10n.t('1 message') : l10n.t('{0} messages', messages.length);
  yield { text: `${l10n.t('Chat: {0}', subject.title)}\n` };
  yield {
    text: `${[first !== undefined && clock.date(first), subject.provider, count].filter(Boolean).join(' · ')}\n`,
  };
  if (first !== undefined) yield { text: `${l10n.t('Clock time ({0}), sender.', clock.zone)}\n` };
  yield { text: remarks(assumptions, issues) };
  yield { text: '\n' };
  for (const [entry, message] of messages.entries()) {
    const time = message.at === undefined ? '' : `${clock.time(message.at)}  `;
    const lines = documentText(message.text).split('\n').map(lineText);
    const said = lines.join(`\n${' '.repeat(time.length)}  `).trimEnd();
    yield { text: `${time}${senderOf(message)}: ${marksOf(message)}${said}\n`, entry };
  }
}

/** One object a line, so that a line of the document is a message. */
function* json({ subject, chat: { messages, assumptions, issues } }: ChatDocument): Generator<Part> {
  const head = { format: FORMAT, version: VERSION, ...subject, assumptions, issues };
  yield { text: `${JSON.stringify(head, undefined, 2).slice(0, -2)},\n  "messages": [` };
  for (const [entry, { at, text: said, ...told }] of messages.entries()) {
    const clean = Object.entries(told).map(([key, value]) => [
      key,
      typeof value === 'string' ? lineText(value) : Array.isArray(value) ? value.map(lineText) : value,
    ]);
    const time = at === undefined ? undefined : new Date(at).toISOString();
    yield { text: entry === 0 ? '\n' : ',\n' };
    yield { text: `    ${JSON.stringify({ time, ...Object.fromEntries(clean), text: documentText(said) })}`, entry };
  }
  yield { text: messages.length > 0 ? '\n  ]\n}\n' : ']\n}\n' };
}

const COLUMNS = ['time', 'sender', 'participantId', 'userId', 'roles', 'kind', 'pinned', 'edited', 'text'] as const;

/** RFC 4180, with a first row of names; no cell can run as a formula. */
function* csv({ chat: { messages } }: ChatDocument): Generator<Part> {
  yield { text: `${COLUMNS.join(',')}\r\n` };
  for (const [entry, message] of messages.entries()) {
    const { at, sender = '', participantId = '', userId = '', roles = [], kind, pinned, edited } = message;
    const told = [sender, participantId, userId, roles.join(' ')].map((cell) => csvCell(lineText(cell)));
    const marks = [kind, pinned ? 'yes' : '', edited ? 'yes' : ''];
    const time = at === undefined ? '' : new Date(at).toISOString();
    const cells = [time, ...told, ...marks, csvCell(documentText(message.text))];
    yield { text: `${cells.join(',')}\r\n`, entry };
  }
}

const UNKNOWN_SENDER = l10n.t('Unknown sender');

function senderOf({ sender, participantId }: ChatMessage): string {
  return lineText(sender || participantId || '') || UNKNOWN_SENDER;
}

const KINDS: Readonly<Record<ChatMessage['kind'], string | undefined>> = {
  text: undefined,
  other: undefined,
  image: l10n.t('image'),
  file: l10n.t('file'),
};
const PINNED = l10n.t('pinned');
const EDITED = l10n.t('edited');

function marksOf({ kind, pinned, edited, roles }: ChatMessage): string {
  const marks = [
    KINDS[kind],
    pinned && PINNED,
    edited && EDITED,
    roles && roles.length > 0 && l10n.t('to {roles}', { roles: lineText(roles.join(', ')) }),
  ].filter(Boolean);
  return marks.length > 0 ? `[${marks.join(', ')}] ` : '';
}
