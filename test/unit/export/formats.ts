import { findingsMarkdown } from '../../../src/diagnosis/index';
import { csvParts } from '../../../src/export/csv';
import { type DocumentSource, makeDocument, originOf } from '../../../src/export/document';
import { jsonParts } from '../../../src/export/json';
import { summaryMarkdown } from '../../../src/export/markdown';

export const SAVED_AT = Date.UTC(2025, 3, 2, 8, 0, 0);

/** The three files of a call as the command writes them. */
export function allFormats(source: DocumentSource, mask: boolean): { json: string; csv: string; markdown: string } {
  const document = makeDocument(source, mask);
  const { findings, notEvaluated, names } = document;
  const text = findingsMarkdown(
    { findings: [...findings], notEvaluated: [...notEvaluated], ignoredSettings: [] },
    { part: true, mask, names, placeholders: names, startedAt: originOf(document) },
  );
  return {
    json: [...jsonParts(document, SAVED_AT)].join(''),
    csv: [...csvParts(document)].join(''),
    markdown: summaryMarkdown(document, { providerName: 'RealtimeKit', findings: text }),
  };
}

/** RFC 4180, read strictly: rows of cells. Throws where a quote stands wrong. */
export function readCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let at = 0;
  while (at < text.length) {
    let cell = '';
    if (text[at] === '"') {
      for (at++; ; at++) {
        if (at >= text.length) throw new Error('A quoted cell does not end.');
        if (text[at] !== '"') cell += text.charAt(at);
        else if (text[at + 1] === '"') {
          cell += '"';
          at++;
        } else break;
      }
      at++;
    } else {
      while (at < text.length && !/[,\r\n]/.test(text[at] as string)) {
        if (text[at] === '"') throw new Error(`A quote within a bare cell: ${cell}`);
        cell += text.charAt(at++);
      }
    }
    row.push(cell);
    if (text[at] === ',') at++;
    else if (text.startsWith('\r\n', at)) {
      at += 2;
      rows.push(row);
      row = [];
    } else throw new Error(`Neither comma nor line end after: ${cell}`);
  }
  return rows;
}
