import * as l10n from '@vscode/l10n';
import { parse } from 'csv-parse';
import type { ItemIssue } from '../core/model';

/** Bytes handed to the parser at a time: between two of them the extension host goes on with other work. */
const CHUNK_BYTES = 64 * 1024;
/** More of them say nothing new. */
const MAX_ISSUES = 20;

/**
 * Reads a CSV file (RFC 4180, UTF-8 with or without a byte order mark): quoted cells may hold commas, quotes and line
 * breaks; rows may differ in length. A row that cannot be read is an issue, and the rest of the file lives.
 */
export async function readCsv(
  bytes: Uint8Array,
  issues: ItemIssue[],
  row: (cells: readonly string[], index: number) => void,
  signal: AbortSignal,
): Promise<void> {
  const parser = parse({
    bom: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    on_skip: (error) => {
      if (issues.length < MAX_ISSUES)
        issues.push({
          path: l10n.t('line {0}', typeof error?.lines === 'number' ? String(error.lines) : '?'),
          message: problem(error?.code),
        });
      return undefined;
    },
  });
  let index = 0;
  parser.on('data', (cells: string[]) => row(cells, index++));
  const ended = new Promise<void>((resolve, reject) => {
    parser.on('end', resolve);
    parser.on('error', reject);
  });
  const written = (async () => {
    for (let at = 0; at < bytes.length; at += CHUNK_BYTES) {
      signal.throwIfAborted();
      if (!parser.write(bytes.subarray(at, at + CHUNK_BYTES))) {
        await new Promise((resolve) => parser.once('drain', resolve));
      }
      await new Promise((resolve) => setImmediate(resolve));
    }
    parser.end();
  })();
  try {
    await Promise.all([written, ended]);
  } finally {
    parser.destroy();
  }
}

/** Names of columns as they stand in a first row, in lower case; undefined when it is no such row. */
export function columnsOf(cells: readonly string[], wanted: readonly string[]): Map<string, number> | undefined {
  const names = new Map(cells.map((cell, index) => [cell.trim().toLowerCase(), index]));
  return wanted.every((name) => names.has(name.toLowerCase())) ? names : undefined;
}

function problem(code: string | undefined): string {
  if (code === 'CSV_QUOTE_NOT_CLOSED') return l10n.t('A quote is never closed; what follows it is left out.');
  return l10n.t('The row cannot be read and is left out.');
}
