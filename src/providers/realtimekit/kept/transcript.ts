import * as l10n from '@vscode/l10n';
import type { ItemIssue } from '../../../core/model';
import { compareNumbers } from '../../../core/order';
import type { Transcript, TranscriptLine } from '../../../core/talk';
import { readCsv } from '../../csv';
import { tryParseJson } from '../../http/body';
import { readRecords } from '../../records';
import { sentenceSchema } from '../schema';

/** Ms: no call lasts for 3 years, so what is larger is a time of day. */
const EPOCH_FROM = 1e11;
/** More of them say nothing new. */
const MAX_ISSUES = 20;

/**
 * Reads a transcript file: JSON, `[{startTime, endTime, sentence, peerData}]`, or CSV without a first row of names: start
 * time in ms, peer id, user id, custom id, name, text. From where the times count is not documented: small ones are taken
 * to count from the start of the session (`startedAt`, epoch ms), large ones for epoch ms.
 */
export async function readTranscript(
  bytes: Uint8Array,
  startedAt: number | undefined,
  signal: AbortSignal,
): Promise<Transcript> {
  const issues: ItemIssue[] = [];
  const lines = isJson(bytes) ? fromJson(bytes, issues) : await fromCsv(bytes, issues, signal);
  issues.splice(MAX_ISSUES);
  return placed(lines, startedAt, issues);
}

function isJson(bytes: Uint8Array): boolean {
  return /^\uFEFF?\s*[[{]/.test(new TextDecoder().decode(bytes.subarray(0, 200)));
}

function fromJson(bytes: Uint8Array, issues: ItemIssue[]): TranscriptLine[] {
  const body = tryParseJson(bytes);
  if (body === undefined) {
    issues.push({ path: 'file', message: l10n.t('The file is cut off or damaged: it is no JSON to its end.') });
    return [];
  }
  return readRecords(sentenceSchema, body, '', issues).map(({ startTime, endTime, sentence, peerData }) => ({
    from: ms(startTime),
    to: ms(endTime),
    speaker: peerData?.displayName || undefined,
    participantId: peerData?.id || undefined,
    userId: peerData?.userId || undefined,
    customId: peerData?.cpi || undefined,
    text: sentence,
  }));
}

async function fromCsv(bytes: Uint8Array, issues: ItemIssue[], signal: AbortSignal): Promise<TranscriptLine[]> {
  const lines: TranscriptLine[] = [];
  await readCsv(
    bytes,
    issues,
    ([start, participantId, userId, customId, speaker, ...text], index) => {
      // A comma in a text that was not quoted makes cells of its own.
      const line = { from: ms(start), speaker, participantId, userId, customId, text: text.join(',') };
      if (text.length === 0) {
        issues.push({
          path: l10n.t('row {0}', index + 1),
          message: l10n.t('The row has fewer than six cells and is left out.'),
        });
        return;
      }
      lines.push(withoutEmpty(line));
    },
    signal,
  );
  return lines;
}

function withoutEmpty({ text, from, ...line }: TranscriptLine): TranscriptLine {
  const told = Object.fromEntries(
    Object.entries<string | number | undefined>(line).filter(([, value]) => value !== undefined && value !== ''),
  );
  return { ...told, ...(from !== undefined && { from }), text };
}

function ms(value: number | string | null | undefined): number | undefined {
  if (value === undefined || value === null || value === '') return undefined;
  const number = Number(value);
  return Number.isFinite(number) && number >= 0 ? number : undefined;
}

function placed(lines: TranscriptLine[], startedAt: number | undefined, issues: ItemIssue[]): Transcript {
  const assumptions: string[] = [];
  const first = lines.find(({ from }) => from !== undefined)?.from;
  let origin = startedAt;
  if (first !== undefined && first >= EPOCH_FROM) {
    origin = startedAt ?? first;
    for (const line of lines) {
      if (line.from !== undefined) line.from = Math.max(0, line.from - origin);
      if (line.to !== undefined) line.to = Math.max(0, line.to - origin);
    }
    assumptions.push(l10n.t('The times of the file were taken for times of day (epoch milliseconds).'));
  } else if (first !== undefined) {
    assumptions.push(
      l10n.t(
        'Times were taken to count from the start of the session: RealtimeKit does not say from where they count.',
      ),
    );
  }
  // JavaScript sorts without changing the order of equals, so lines without a time stay where they are.
  if (lines.every(({ from }) => from !== undefined)) lines.sort((a, b) => compareNumbers(a.from, b.from));
  return { lines, ...(origin !== undefined && { origin }), assumptions, issues };
}
