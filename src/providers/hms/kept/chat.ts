import type { ItemIssue } from '../../../core/model';
import type { ChatMessage } from '../../../core/talk';
import { columnsOf, readCsv } from '../../csv';
import { time } from '../time';

/** The first row of a chat file, as documented. Without one, rows are taken in this order. */
const COLUMNS = ['SenderPeerID', 'SenderName', 'SenderUserID', 'Roles', 'SentAt', 'Type', 'Message'] as const;
type Column = (typeof COLUMNS)[number];

/** Reads the chat file of a recording. */
export async function readChat(bytes: Uint8Array, issues: ItemIssue[], signal: AbortSignal): Promise<ChatMessage[]> {
  const messages: ChatMessage[] = [];
  let columns = new Map<string, number>(COLUMNS.map((name, index) => [name.toLowerCase(), index]));
  await readCsv(
    bytes,
    issues,
    (cells, index) => {
      const named = index === 0 ? columnsOf(cells, ['SentAt', 'Message']) : undefined;
      if (named) columns = named;
      else messages.push(messageOf((name) => cells[columns.get(name.toLowerCase()) ?? -1]?.trim() || undefined));
    },
    signal,
  );
  return messages;
}

function messageOf(cell: (name: Column) => string | undefined): ChatMessage {
  const roles = rolesIn(cell('Roles'));
  return {
    at: time(cell('SentAt')),
    sender: cell('SenderName'),
    participantId: cell('SenderPeerID'),
    userId: cell('SenderUserID'),
    ...(roles.length > 0 && { roles }),
    kind: (cell('Type') ?? 'chat') === 'chat' ? 'text' : 'other',
    text: cell('Message') ?? '',
  };
}

/** `[]` for everybody, `[host guest]` or a JSON list for some. */
function rolesIn(text = ''): string[] {
  return text
    .replace(/^\[|\]$/g, '')
    .split(/[\s,]+/)
    .map((role) => role.replace(/^"|"$/g, ''))
    .filter(Boolean);
}
