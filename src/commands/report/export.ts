import * as vscode from 'vscode';
import { CallError } from '../../core/errors';
import type { ParticipantRef } from '../../core/ids';
import { readParticipantRef } from '../../core/ref-input';
import { labelText } from '../../core/text';
import { csvParts } from '../../export/csv';
import { makeDocument, originOf, type ReportDocument } from '../../export/document';
import { jsonParts } from '../../export/json';
import { summaryMarkdown } from '../../export/markdown';
import type { LoadedReport, ReportPanels } from '../../panel/index';
import { isNode } from '../../tree/nodes';
import { withProgress } from '../../ui/progress';
import { readSettings } from '../../ui/settings';
import { fileOf } from '../files/file-ref';
import { confirmUnmasked, writeParts } from '../files/write-file';
import { isFromPage } from '../register';
import { type ExportFormat, type ExportInput, readExportInput } from './export-input';

interface FormatItem extends vscode.QuickPickItem {
  format: ExportFormat;
}

const FORMATS: readonly (FormatItem & { extension: string })[] = [
  {
    format: 'json',
    extension: 'json',
    label: 'JSON',
    detail: vscode.l10n.t('The whole report with every column, for tools and for keeping'),
  },
  {
    format: 'csv',
    extension: 'csv',
    label: 'CSV',
    detail: vscode.l10n.t('Every measured value of every series, one a row'),
  },
  {
    format: 'markdown',
    extension: 'md',
    label: 'Markdown',
    detail: vscode.l10n.t('Summary for a ticket: findings, streams, connection'),
  },
];

const MASKING: vscode.QuickInputButton = {
  iconPath: new vscode.ThemeIcon('eye-closed'),
  tooltip: vscode.l10n.t('Personal data are masked. Include them…'),
};
const OPEN: vscode.QuickInputButton = {
  iconPath: new vscode.ThemeIcon('eye'),
  tooltip: vscode.l10n.t('Personal data are included. Mask them'),
};

/**
 * Exports a report: by argument object without a dialog, of a row or the report in front after asking for format and file.
 * A report that is open is not read again.
 */
export async function exportReport(panels: ReportPanels, argument: unknown): Promise<void> {
  if (isAnswers(argument)) {
    const input = readExportInput(argument);
    if (input.mask === false && input.confirm && !(await confirmUnmasked('export'))) throw cancelled();
    await write(panels, input);
    return;
  }
  const ref = refOf(panels, argument);
  const choice = await askFormat();
  if (!choice.mask && choice.changed && !(await confirmUnmasked('export'))) return;
  const target = await askTarget(ref, choice.format);
  if (!target) return;
  await withProgress(vscode.l10n.t('Peerscope: exporting the report…'), (signal) =>
    write(panels, { ref, format: choice.format, mask: choice.mask, target }, signal),
  );
  const open = vscode.l10n.t('Open');
  const name = labelText(target.path.split('/').at(-1) ?? '', 80);
  const chosen = await vscode.window.showInformationMessage(
    vscode.l10n.t('The report was exported to {0}.', name),
    open,
  );
  if (chosen === open) await vscode.commands.executeCommand('vscode.open', target);
}

/** The argument object, whole or in part, as opposed to a row, an editor's address or a participant. */
function isAnswers(argument: unknown): argument is object {
  return (
    typeof argument === 'object' &&
    argument !== null &&
    ('ref' in argument || 'format' in argument) &&
    !isNode(argument)
  );
}

function refOf(panels: ReportPanels, argument: unknown): ParticipantRef {
  if (isNode(argument) && argument.kind === 'participant') return argument.ref;
  const ref = argument === undefined || isFromPage(argument) ? panels.activeRef : readParticipantRef(argument);
  if (!ref) throw new CallError('BadInput', vscode.l10n.t('Open a participant report first.'));
  return ref;
}

async function write(
  panels: ReportPanels,
  { ref, format, mask = readSettings().maskPersonalData, target }: Omit<ExportInput, 'confirm'>,
  signal: AbortSignal = new AbortController().signal,
): Promise<void> {
  const loaded = await panels.read(ref, signal);
  signal.throwIfAborted();
  await writeParts(target, await partsOf(documentOf(ref, loaded, mask), format, loaded), signal);
}

function documentOf(ref: ParticipantRef, loaded: LoadedReport, mask: boolean): ReportDocument {
  const { result, session, diagnosis, participantNames } = loaded;
  const { report, saved } = result;
  const source = {
    ref: fileOf(ref) ? placeInFile(loaded) : ref,
    report,
    session,
    people: Object.entries(participantNames ?? {}).map(([id, name]) => ({ id, name })),
    findings: diagnosis?.findings ?? [],
    notEvaluated: diagnosis?.notEvaluated ?? [],
  };
  // Placeholders are not masked again: "public IPv4 1" would become another one's.
  return saved?.masked ? { ...makeDocument(source, false), masked: true } : makeDocument(source, mask);
}

/** Whose report a file holds. Where the file lies is nobody's business. */
function placeInFile({ result: { report, saved }, session }: LoadedReport): ParticipantRef {
  const known = { sessionId: session?.id ?? '', participantId: report.participant.id };
  return { connectionId: '', ...known, ...saved?.place };
}

async function partsOf(
  document: ReportDocument,
  format: ExportFormat,
  loaded: LoadedReport,
): Promise<Iterable<string>> {
  if (format === 'json') return jsonParts(document, Date.now());
  if (format === 'csv') return csvParts(document);
  const { findingsMarkdown } = await import('../../diagnosis/index');
  const { findings, notEvaluated, masked, names } = document;
  const told = { findings: [...findings], notEvaluated: [...notEvaluated], ignoredSettings: [] };
  const startedAt = originOf(document);
  const text = findingsMarkdown(told, { part: true, mask: masked, names, placeholders: names, startedAt });
  return [summaryMarkdown(document, { providerName: loaded.providerName ?? document.report.provider, findings: text })];
}

interface Choice {
  format: ExportFormat;
  mask: boolean;
  /** The person changed masking here, away from the setting. */
  changed: boolean;
}

function askFormat(): Promise<Choice> {
  const standard = readSettings().maskPersonalData;
  let mask = standard;
  const pick = vscode.window.createQuickPick<FormatItem>();
  const show = () => {
    pick.title = mask
      ? vscode.l10n.t('Export Report: personal data masked')
      : vscode.l10n.t('Export Report: personal data included');
    pick.buttons = [mask ? MASKING : OPEN];
  };
  pick.items = FORMATS;
  pick.placeholder = vscode.l10n.t('Choose a format');
  show();
  return new Promise<Choice>((resolve, reject) => {
    pick.onDidTriggerButton(() => {
      mask = !mask;
      show();
    });
    pick.onDidAccept(() => {
      const [item] = pick.selectedItems;
      if (!item) return;
      resolve({ format: item.format, mask, changed: mask !== standard });
      pick.hide();
    });
    pick.onDidHide(() => {
      pick.dispose();
      reject(cancelled());
    });
    pick.show();
  });
}

/** The save dialog asks about a file that exists. */
async function askTarget(ref: ParticipantRef, format: ExportFormat): Promise<vscode.Uri | undefined> {
  const { label, extension } = FORMATS.find((one) => one.format === format) as (typeof FORMATS)[number];
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const id = ref.participantId.replace(/[^\w-]+/g, '_').slice(0, 60);
  return vscode.window.showSaveDialog({
    title: vscode.l10n.t('Export Report'),
    filters: { [label]: [extension] },
    ...(folder && { defaultUri: vscode.Uri.joinPath(folder, `report-${id}.${extension}`) }),
  });
}

function cancelled(): CallError {
  return new CallError('Cancelled', vscode.l10n.t('Cancelled.'));
}
