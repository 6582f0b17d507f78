import * as l10n from '@vscode/l10n';
import type { ItemIssue } from '../core/model';
import type { Chat, Transcript } from '../core/talk';
import { lineText } from '../core/text';

/** How a transcript can be shown and exported. */
export const TRANSCRIPT_FORMATS = ['text', 'srt', 'vtt', 'json', 'csv'] as const;
export type TranscriptFormat = (typeof TRANSCRIPT_FORMATS)[number];

/** How a chat can be shown and exported. */
export const CHAT_FORMATS = ['text', 'json', 'csv'] as const;
export type ChatFormat = (typeof CHAT_FORMATS)[number];

/** What a document of a session's talk says of the session. */
export interface TalkSubject {
  /** What the session is called, fit to show. */
  title: string;
  /** `RealtimeKit`. */
  provider: string;
  sessionId: string;
  /** When the session began, epoch ms. */
  startedAt?: number;
}

/** How moments are written for people. */
export interface TalkClock {
  /** `22 Nov 2026`. */
  date(at: number): string;
  /** `10:42:07`. */
  time(at: number): string;
  /** `Europe/Berlin`. */
  zone: string;
}

export interface TranscriptDocument {
  kind: 'transcript';
  subject: TalkSubject;
  transcript: Transcript;
}

export interface ChatDocument {
  kind: 'chat';
  subject: TalkSubject;
  chat: Chat;
}

/** A piece of a document. One with an `entry` is that line of the transcript or message of the chat, by its number. */
export interface Part {
  text: string;
  entry?: number;
}

/** A document as text, and where its entries are. */
export interface WrittenTalk {
  text: string;
  /** Line (from 0) at which each entry begins, rising. */
  starts: Uint32Array;
}

/** Work done in one go, ms: then others have their turn. */
const SLICE_MS = 12;

/** Puts parts together. `pause` lets other work go on: a transcript of a day has 100,000 lines. */
export async function writeTalk(
  parts: Iterable<Part>,
  entries: number,
  pause: () => Promise<void>,
): Promise<WrittenTalk> {
  const starts = new Uint32Array(entries);
  const texts: string[] = [];
  let line = 0;
  let began = performance.now();
  for (const { text, entry } of parts) {
    if (entry !== undefined) starts[entry] = line;
    texts.push(text);
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) line++;
    if (performance.now() - began < SLICE_MS) continue;
    await pause();
    began = performance.now();
  }
  return { text: texts.join(''), starts };
}

/** The entry that a line of the document belongs to; undefined above the first. */
export function entryAt(starts: Uint32Array, line: number): number | undefined {
  const after = firstBeyond(starts.length, (index) => (starts[index] as number) > line);
  return after === 0 ? undefined : after - 1;
}

/** The last entry that had begun at a moment, epoch ms; the first one before all. Undefined when none has a time. */
export function entryAtTime(times: readonly (number | undefined)[], at: number): number | undefined {
  let best: number | undefined;
  for (const [index, time] of times.entries()) {
    if (time === undefined) continue;
    if (time > at) return best ?? index;
    best = index;
  }
  return best;
}

/** When each entry was, epoch ms; undefined where that is not known. */
export function timesOf(document: TranscriptDocument | ChatDocument): (number | undefined)[] {
  if (document.kind === 'chat') return document.chat.messages.map(({ at }) => at);
  const { lines, origin } = document.transcript;
  return lines.map(({ from }) => (from === undefined || origin === undefined ? undefined : origin + from));
}

/** Index of the first of `count` for which the test holds, which then holds for all after it. */
function firstBeyond(count: number, test: (index: number) => boolean): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (test(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Longest line of a remark above the entries; longer ones go on below, set in. */
const REMARK_WIDTH = 96;

/** What was taken for granted and what could not be read, ready to stand above the entries. */
export function remarks(assumptions: readonly string[], issues: readonly ItemIssue[]): string {
  const all = [...assumptions, ...issues.map(({ path, message }) => `${path}: ${message}`)];
  const note = l10n.t('Note:');
  return all.map((remark) => wrapped(`${note} ${lineText(remark)}`, note.length)).join('');
}

/** Further lines are set in by so many blanks. */
function wrapped(text: string, indent: number): string {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > REMARK_WIDTH) {
      lines.push(line);
      line = ' '.repeat(indent);
    }
    line = line === '' ? word : `${line} ${word}`;
  }
  return `${[...lines, line].join('\n')}\n`;
}
