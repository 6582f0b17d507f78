import * as l10n from '@vscode/l10n';
import type { ItemIssue } from '../../../core/model';
import type { Chat, ChatMessage } from '../../../core/talk';
import { parseTime } from '../../../core/time';
import { columnsOf, readCsv } from '../../csv';

/**
 * Columns of the file, as the guide "Export Chat Messages" names them. Files are found by the names in their first row;
 * without one they are taken in this order.
 */
const COLUMNS = [
  'id',
  'participantId',
  'sessionId',
  'meetingId',
  'displayName',
  'pinned',
  'isEdited',
  'payloadType',
  'payload',
  'createdAt',
] as const;
type Column = (typeof COLUMNS)[number];

const KINDS: ReadonlyMap<string, ChatMessage['kind']> = new Map([
  ['TEXT_MESSAGE', 'text'],
  ['IMAGE_MESSAGE', 'image'],
  ['FILE_MESSAGE', 'file'],
]);

/** Reads the chat file of a session. */
export async function readChat(bytes: Uint8Array, signal: AbortSignal): Promise<Chat> {
  const issues: ItemIssue[] = [];
  const messages: ChatMessage[] = [];
  const documented = new Map<string, number>(COLUMNS.map((name, index) => [name.toLowerCase(), index]));
  const order = { columns: documented };
  await readCsv(
    bytes,
    issues,
    (cells, index) => {
      const found = index === 0 ? columnsOf(cells, ['payload', 'createdAt']) : undefined;
      if (found) {
        order.columns = found;
        return;
      }
      messages.push(messageOf((name) => cells[order.columns.get(name.toLowerCase()) ?? -1]?.trim() || undefined));
    },
    signal,
  );
  const assumptions =
    order.columns !== documented || messages.length === 0
      ? []
      : [l10n.t('The chat file names no columns; they were taken in the order that RealtimeKit documents.')];
  return { messages: inOrder(messages), assumptions, issues };
}

function messageOf(cell: (name: Column) => string | undefined): ChatMessage {
  const kind = KINDS.get(cell('payloadType') ?? 'TEXT_MESSAGE') ?? 'other';
  return {
    id: cell('id'),
    at: parseTime(cell('createdAt')) ?? epoch(cell('createdAt')),
    sender: cell('displayName'),
    participantId: cell('participantId'),
    kind,
    text: textOf(cell('payload') ?? '', kind),
    ...(isTrue(cell('pinned')) && { pinned: true }),
    ...(isTrue(cell('isEdited')) && { edited: true }),
  };
}

/**
 * What a message says. A payload may be the text itself or JSON with it; of a file or an image only the name is told: a
 * link may open it for everybody.
 */
function textOf(payload: string, kind: ChatMessage['kind']): string {
  const value = payload.startsWith('{') ? tryJson(payload) : undefined;
  const member = (name: string): string | undefined => {
    const found = value?.[name];
    return typeof found === 'string' && found !== '' ? found : undefined;
  };
  if (kind === 'text' || kind === 'other') return member('message') ?? member('text') ?? payload;
  const given = member('name') ?? member('fileName') ?? member('link') ?? member('url') ?? payload;
  return nameOfLink(given);
}

/** The last part of a link's path; anything else as it is. */
function nameOfLink(text: string): string {
  if (!URL.canParse(text)) return text;
  const last = new URL(text).pathname.split('/').at(-1) ?? '';
  try {
    return decodeURIComponent(last);
  } catch {
    return last;
  }
}

function tryJson(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

function epoch(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{13}$/.test(text) ? Number(text) : undefined;
}

function isTrue(text: string | undefined): boolean {
  return text?.toLowerCase() === 'true' || text === '1';
}

/** By time; messages without one stay behind the one before them. */
function inOrder(messages: ChatMessage[]): ChatMessage[] {
  let last = Number.NEGATIVE_INFINITY;
  return messages
    .map((message) => {
      last = message.at ?? last;
      return { message, at: last };
    })
    .sort((a, b) => (a.at === b.at ? 0 : a.at - b.at))
    .map(({ message }) => message);
}
