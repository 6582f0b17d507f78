import * as l10n from '@vscode/l10n';
import type { TranscriptLine } from '../core/talk';
import { lineText } from '../core/text';
import { formatOffset } from '../core/time';
import { csvCell } from './csv';
import { cueEnds, srtTime, vttTime } from './cues';
import { type Part, remarks, type TalkClock, type TranscriptDocument, type TranscriptFormat } from './talk-document';

/** Names the format of an exported transcript in its file. */
const FORMAT = 'peerscope.transcript';
const VERSION = 1;
/** Texts stand below each other where names are not longer. */
const MOST_ALIGNED = 20;

/** A transcript in a format, part by part. Everything that the provider sent is made fit to show. */
export function transcriptParts(
  document: TranscriptDocument,
  format: TranscriptFormat,
  clock: TalkClock,
): Iterable<Part> {
  switch (format) {
    case 'srt':
      return srt(document);
    case 'vtt':
      return vtt(document);
    case 'json':
      return json(document);
    case 'csv':
      return csv(document);
    default:
      return text(document, clock);
  }
}

/** One line for each sentence: clock time, time into the session, who, what. */
function* text({ subject, transcript }: TranscriptDocument, clock: TalkClock): Generator<Part> {
  const { lines, origin, assumptions, issues } = transcript;
  const speakers = new Set(lines.map(({ speaker }) => speaker)).size;
  const when = subject.startedAt ?? origin;
  const counted = countWords(lines.length, speakers);
  yield { text: `${l10n.t('Transcript: {0}', subject.title)}\n` };
  yield {
    text: `${[when !== undefined && clock.date(when), subject.provider, counted].filter(Boolean).join(' · ')}\n`,
  };
  if (origin !== undefined && lines.some(({ from }) => from !== undefined)) {
    yield { text: `${l10n.t('Clock time ({0}), time into the session, speaker.', clock.zone)}\n` };
  }
  yield { text: remarks(assumptions, issues) };
  yield { text: '\n' };
  const zero = subject.startedAt ?? origin;
  const width = Math.min(MOST_ALIGNED, longest(lines)) + 1;
  for (const [entry, line] of lines.entries()) {
    const { from } = line;
    const at = from === undefined || origin === undefined ? undefined : origin + from;
    const offset = at === undefined || zero === undefined ? from : at - zero;
    const times = [at !== undefined && clock.time(at), offset !== undefined && formatOffset(offset).padStart(7)];
    const said = `${`${speakerOf(line)}:`.padEnd(width)} ${lineText(line.text)}`;
    yield { text: `${[...times, said].filter((part) => part !== false).join('  ')}\n`, entry };
  }
}

/** SubRip: number, times, text, empty line. It knows no escapes, so that an arrow in a text is written differently. */
function* srt({ transcript: { lines } }: TranscriptDocument): Generator<Part> {
  const ends = cueEnds(lines);
  for (const [entry, line] of lines.entries()) {
    const times = `${srtTime(line.from ?? 0)} --> ${srtTime(ends[entry] as number)}`;
    const said = withoutArrow(`${speakerOf(line)}: ${lineText(line.text)}`);
    yield { text: `${entry + 1}\n${times}\n${said}\n\n`, entry };
  }
}

/** WebVTT (W3C), the speaker in a voice span. */
function* vtt({ transcript: { lines, assumptions } }: TranscriptDocument): Generator<Part> {
  yield { text: 'WEBVTT\n\n' };
  for (const note of assumptions) yield { text: `NOTE ${withoutArrow(lineText(note))}\n\n` };
  const ends = cueEnds(lines);
  for (const [entry, line] of lines.entries()) {
    const times = `${vttTime(line.from ?? 0)} --> ${vttTime(ends[entry] as number)}`;
    // Hyphens at the end of a name and the end of the tag would make an arrow.
    const name = vttEscaped(speakerOf(line)).replace(/-{2,}$/, '-');
    const said = `<v ${name}>${vttEscaped(lineText(line.text))}`;
    yield { text: `${entry + 1}\n${times}\n${said}\n\n`, entry };
  }
}

/** `-->` stands between times only. */
function withoutArrow(text: string): string {
  return text.replace(/-{2,}>/g, '->');
}

function vttEscaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** One object a line, so that a line of the document is a sentence. */
function* json({ subject, transcript }: TranscriptDocument): Generator<Part> {
  const { lines, origin, assumptions, issues } = transcript;
  const head = { format: FORMAT, version: VERSION, ...subject, origin, assumptions, issues };
  yield { text: `${JSON.stringify(head, undefined, 2).slice(0, -2)},\n  "lines": [` };
  for (const [entry, line] of lines.entries()) {
    const at = line.from === undefined || origin === undefined ? undefined : new Date(origin + line.from).toISOString();
    const { from, to, ...told } = line;
    const clean = Object.fromEntries(
      Object.entries<string | undefined>(told).map(([key, value]) => [key, lineText(value ?? '')]),
    );
    // The line break before an object belongs to what stands above it.
    yield { text: entry === 0 ? '\n' : ',\n' };
    yield { text: `    ${JSON.stringify({ from, to, at, ...clean })}`, entry };
  }
  yield { text: lines.length > 0 ? '\n  ]\n}\n' : ']\n}\n' };
}

const COLUMNS = ['time', 'fromMs', 'toMs', 'speaker', 'participantId', 'userId', 'customId', 'text'] as const;

/** RFC 4180, with a first row of names; no cell can run as a formula. */
function* csv({ transcript: { lines, origin } }: TranscriptDocument): Generator<Part> {
  yield { text: `${COLUMNS.join(',')}\r\n` };
  for (const [entry, line] of lines.entries()) {
    const { from, to, speaker = '', participantId = '', userId = '', customId = '' } = line;
    const at = from === undefined || origin === undefined ? '' : new Date(origin + from).toISOString();
    const cells = [speaker, participantId, userId, customId, line.text].map((cell) => csvCell(lineText(cell)));
    yield { text: `${[at, from ?? '', to ?? '', ...cells].join(',')}\r\n`, entry };
  }
}

const UNKNOWN_SPEAKER = l10n.t('Unknown speaker');

function speakerOf({ speaker, customId, participantId }: TranscriptLine): string {
  return lineText(speaker || customId || participantId || '') || UNKNOWN_SPEAKER;
}

function countWords(sentences: number, speakers: number): string {
  if (sentences === 1) return l10n.t('1 sentence of 1 speaker');
  return speakers === 1
    ? l10n.t('{0} sentences of 1 speaker', sentences)
    : l10n.t('{sentences} sentences of {speakers} speakers', { sentences, speakers });
}

function longest(lines: readonly TranscriptLine[]): number {
  return lines.reduce((most, line) => Math.max(most, speakerOf(line).length), 0);
}
