import * as l10n from '@vscode/l10n';
import { LOCALE } from '../../core/locale';
import type { Summary } from '../../core/talk';
import { documentText } from '../../core/text';
import { chatParts } from '../../export/chat';
import {
  CHAT_FORMATS,
  type ChatDocument,
  type ChatFormat,
  type TalkClock,
  type TalkSubject,
  TRANSCRIPT_FORMATS,
  type TranscriptDocument,
  type TranscriptFormat,
  type WrittenTalk,
  writeTalk,
} from '../../export/talk-document';
import { transcriptParts } from '../../export/transcript';

/** A summary and of what it is. */
export interface SummaryDocument {
  kind: 'summary';
  subject: TalkSubject;
  summary: Summary;
}

/** What was read for a document, whatever its format. */
export type TalkContent = TranscriptDocument | ChatDocument | SummaryDocument;

/** Formats that a kind of document can be shown in, the first one as a rule. */
export function formatsOf(kind: TalkContent['kind']): readonly string[] {
  if (kind === 'summary') return ['markdown'];
  return kind === 'chat' ? CHAT_FORMATS : TRANSCRIPT_FORMATS;
}

/** The document's text. A format that the kind does not have is written as its first one. */
export async function writeContent(content: TalkContent, format: string): Promise<WrittenTalk> {
  const clock = makeClock();
  if (content.kind === 'summary') return summaryText(content, clock);
  const pause = () => new Promise<void>((resolve) => setImmediate(resolve));
  if (content.kind === 'chat') {
    const parts = chatParts(content, known(CHAT_FORMATS, format), clock);
    return writeTalk(parts, content.chat.messages.length, pause);
  }
  const parts = transcriptParts(content, known(TRANSCRIPT_FORMATS, format), clock);
  return writeTalk(parts, content.transcript.lines.length, pause);
}

function known<Format extends ChatFormat | TranscriptFormat>(formats: readonly Format[], format: string): Format {
  return formats.find((one) => one === format) ?? (formats[0] as Format);
}

/** The provider's Markdown below a line that says whose it is. */
function summaryText({ subject, summary }: SummaryDocument, clock: TalkClock): WrittenTalk {
  const facts = [
    l10n.t('Summary: {0}', subject.title),
    ...(subject.startedAt === undefined ? [] : [clock.date(subject.startedAt)]),
    l10n.t('made by {0}', subject.provider),
  ];
  const head = `<!-- ${facts.join(' · ').replaceAll('--', '- -')} -->\n\n`;
  const text = documentText(summary.markdown).trim() || l10n.t('*The summary is empty.*');
  return { text: `${head}${text}\n`, starts: new Uint32Array() };
}

/** Moments in the language of the window and this machine's time zone; one formatter for all of them. */
function makeClock(): TalkClock {
  const time = new Intl.DateTimeFormat(LOCALE, {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  });
  const date = new Intl.DateTimeFormat(LOCALE, { dateStyle: 'medium' });
  return {
    date: (at) => date.format(at),
    time: (at) => time.format(at),
    zone: time.resolvedOptions().timeZone,
  };
}
