import * as vscode from 'vscode';
import { CallError } from '../../core/errors';
import type { ParticipantRef } from '../../core/ids';
import { readParticipantRef } from '../../core/ref-input';

/** What a report can be written as. */
export type ExportFormat = 'json' | 'csv' | 'markdown';

/** The answers of `exportReport` as one argument object. */
export interface ExportInput {
  ref: ParticipantRef;
  format: ExportFormat;
  /** Missing: as the setting says. */
  mask?: boolean;
  target: vscode.Uri;
  /** false: masking is left out without a question. */
  confirm: boolean;
}

const FORMATS: readonly unknown[] = ['json', 'csv', 'markdown'] satisfies ExportFormat[];

/** Reads the argument object. Throws `BadInput` that names the field. */
export function readExportInput(argument: object): ExportInput {
  const { ref, format, mask, target, confirm } = argument as Record<string, unknown>;
  if (!FORMATS.includes(format)) throw badInput('format', vscode.l10n.t('expected "json", "csv" or "markdown".'));
  if (mask !== undefined && typeof mask !== 'boolean') throw badInput('mask', vscode.l10n.t('expected true or false.'));
  return {
    ref: readParticipantRef(ref),
    format: format as ExportFormat,
    mask,
    target: readTarget(target),
    confirm: confirm !== false,
  };
}

/** A Uri, or one as text: a key binding cannot hold an object of that class. */
export function readTarget(target: unknown): vscode.Uri {
  if (target instanceof vscode.Uri) return target;
  if (typeof target === 'string') {
    try {
      return vscode.Uri.parse(target, true);
    } catch {
      // Told below: a path without a scheme would land wherever the window happens to run.
    }
  }
  throw badInput('target', vscode.l10n.t('expected a Uri, for example file:///home/me/report.json.'));
}

function badInput(field: string, problem: string): CallError {
  return new CallError('BadInput', `${field}: ${problem}`, { field });
}
