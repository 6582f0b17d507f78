import * as l10n from '@vscode/l10n';
import type { ItemIssue } from '../../../core/model';
import type { TranscriptLine } from '../../../core/talk';
import { tryParseJson } from '../../http/body';
import { member, readRecords } from '../../records';
import { sentenceSchema } from '../schema';

/** Reads a transcript file in the format that its record names; times are ms since the recording began. */
export function readTranscript(bytes: Uint8Array, format: string, issues: ItemIssue[]): TranscriptLine[] {
  if (format === 'json') return fromJson(bytes, issues);
  const text = new TextDecoder().decode(bytes);
  return format === 'srt' ? fromSrt(text, issues) : fromText(text);
}

function fromJson(bytes: Uint8Array, issues: ItemIssue[]): TranscriptLine[] {
  const body = tryParseJson(bytes);
  if (body === undefined) {
    issues.push({ path: 'file', message: l10n.t('The file is cut off or damaged: it is no JSON to its end.') });
    return [];
  }
  return readRecords(sentenceSchema, member(body, 'sentences'), 'sentences', issues).map(
    ({ sentence, name, peer_id, start_time, end_time }) => ({
      from: ms(start_time),
      to: ms(end_time),
      speaker: name || undefined,
      participantId: peer_id || undefined,
      text: sentence,
    }),
  );
}

const CUE_TIMES = /^(\d+):(\d\d):(\d\d)[,.](\d{3})\s+-->\s+(\d+):(\d\d):(\d\d)[,.](\d{3})/;

/** SubRip: number, times, text, and an empty line after each. The number is not needed. */
function fromSrt(text: string, issues: ItemIssue[]): TranscriptLine[] {
  const lines: TranscriptLine[] = [];
  text
    .replace(/^\uFEFF/, '')
    .split(/(?:\r\n?|\n){2,}/)
    .forEach((block, index) => {
      const rows = block.split(/\r\n?|\n/).filter((row) => row.trim() !== '');
      if (rows.length === 0) return;
      const at = rows.findIndex((row) => CUE_TIMES.test(row));
      const times = CUE_TIMES.exec(rows[at] ?? '');
      if (!times) {
        issues.push({ path: l10n.t('cue {0}', index + 1), message: l10n.t('The cue has no times and is left out.') });
        return;
      }
      const parts = times.slice(1).map(Number);
      const spoken = splitSpeaker(rows.slice(at + 1).join('\n'));
      lines.push({ from: clock(parts.slice(0, 4)), to: clock(parts.slice(4)), ...spoken });
    });
  return lines;
}

function clock([hours = 0, minutes = 0, seconds = 0, fraction = 0]: readonly number[]): number {
  return ((hours * 60 + minutes) * 60 + seconds) * 1000 + fraction;
}

/** `Name: what they said`, a paragraph each; without times. */
function fromText(text: string): TranscriptLine[] {
  return text
    .split(/(?:\r\n?|\n){2,}/)
    .filter((block) => block.trim() !== '')
    .map((block) => splitSpeaker(block.trim()));
}

function splitSpeaker(text: string): Pick<TranscriptLine, 'speaker' | 'text'> {
  const named = /^([^:\n]{1,100}): ([\s\S]*)$/.exec(text);
  return named ? { speaker: named[1], text: named[2] ?? '' } : { text };
}

function ms(value: number | string | null | undefined): number | undefined {
  if (value === undefined || value === null || value === '') return undefined;
  const number = Number(value);
  return Number.isFinite(number) && number >= 0 ? number : undefined;
}
