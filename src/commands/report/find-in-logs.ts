import * as vscode from 'vscode';
import { CallError, isCancelled } from '../../core/errors';
import { NearestLine, type NearLine } from '../../core/log-search';
import { displayText, labelText } from '../../core/text';
import { formatDuration } from '../../core/time';
import { found } from '../../core/unknown';
import type { ReportPanels } from '../../panel/index';
import { withProgress } from '../../ui/progress';
import { clock } from './show-time';

/** What is taken for a log, and where none is looked for. */
const LOGS = '**/*.{log,log.[0-9]*,txt,out,err,trace,jsonl,ndjson}';
const NOT_IN = '**/{node_modules,.git,.hg,.svn,dist,out/test}/**';
const MOST_FILES = 500;
/** Larger files are named, not read: reading one takes as much memory as it has, bytes. */
const LARGEST_FILE = 64_000_000;
/** All files together, bytes. */
const MOST_BYTES = 1_000_000_000;
/** Lines farther off than this say nothing of the moment, ms. */
const REACH_MS = 5 * 60_000;
/** So many lines are read before others get their turn. */
const LINES_AT_ONCE = 4000;

/** A line in a file of the workspace. */
interface Hit extends NearLine {
  file: vscode.Uri;
}

/** What a search came to. */
interface Found {
  /** The nearest first. */
  hits: Hit[];
  files: number;
  /** Not read: too large, or there were too many. */
  left: number;
}

interface HitItem extends vscode.QuickPickItem {
  hit: Hit;
}

/**
 * Searches the workspace's logs for what was written at a moment: the argument's, that of the context menu, or where the cursor
 * of the report in front rests. Of each log the nearest line counts; a single one is opened at once.
 */
export async function findTimeInLogs(panels: ReportPanels, argument: unknown): Promise<Hit[] | undefined> {
  const { at = panels.cursor, scripted } = readTime(argument);
  if (at === undefined) {
    tell(
      vscode.l10n.t(
        'Put the cursor of an open report where you want to look: the arrow keys on its time axis move it.',
      ),
    );
    return undefined;
  }
  if (!vscode.workspace.workspaceFolders?.length) {
    tell(vscode.l10n.t('There is no folder to search. Open the one that holds the logs.'));
    return undefined;
  }
  if (scripted) return (await search(at, new AbortController().signal)).hits;
  const found = await searching(at);
  if (!found) return undefined;
  const [only, ...more] = found.hits;
  if (!only) tell(nothing(found, at));
  else if (more.length === 0) await open(only);
  else await choose(found, at);
  return found.hits;
}

/** Undefined when the person stopped it. */
async function searching(at: number): Promise<Found | undefined> {
  try {
    return await withProgress(vscode.l10n.t('Peerscope: searching the logs around {0}…', clock(at)), (signal) =>
      search(at, signal),
    );
  } catch (error) {
    if (isCancelled(error)) return undefined;
    throw error;
  }
}

async function search(at: number, signal: AbortSignal): Promise<Found> {
  const files = await vscode.workspace.findFiles(LOGS, NOT_IN, MOST_FILES + 1);
  signal.throwIfAborted();
  const read = files.slice(0, MOST_FILES);
  const found: Found = { hits: [], files: 0, left: files.length - read.length };
  let bytes = 0;
  for (const file of read) {
    const size = await sizeOf(file);
    bytes += size;
    if (size > LARGEST_FILE || bytes > MOST_BYTES) {
      found.left++;
      continue;
    }
    found.files++;
    const hit = await nearest(file, at, signal);
    if (hit) found.hits.push({ ...hit, file });
  }
  const distance = (hit: Hit) => Math.abs(hit.at - at);
  found.hits.sort((a, b) => distance(a) - distance(b));
  return found;
}

async function sizeOf(file: vscode.Uri): Promise<number> {
  try {
    return (await vscode.workspace.fs.stat(file)).size;
  } catch {
    // Gone, or not to be read: there is nothing in it for us.
    return 0;
  }
}

async function nearest(file: vscode.Uri, at: number, signal: AbortSignal): Promise<NearLine | undefined> {
  const search = new NearestLine(at, REACH_MS);
  const text = await textOf(file);
  let start = 0;
  for (let count = 1; start < text.length; count++) {
    const end = text.indexOf('\n', start);
    search.take(text.slice(start, end < 0 ? text.length : end));
    if (end < 0) break;
    start = end + 1;
    if (count % LINES_AT_ONCE === 0) {
      await new Promise((resolve) => setImmediate(resolve));
      signal.throwIfAborted();
    }
  }
  return search.found;
}

async function textOf(file: vscode.Uri): Promise<string> {
  try {
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
  } catch {
    return '';
  }
}

async function choose({ hits, left }: Found, at: number): Promise<void> {
  const items = hits.map(
    (hit): HitItem => ({
      hit,
      label: `$(file) ${labelText(vscode.workspace.asRelativePath(hit.file), 120)}:${hit.line + 1}`,
      description: hit.utc ? `${away(hit, at)} · ${vscode.l10n.t('read as UTC')}` : away(hit, at),
      detail: labelText(hit.text.trim(), 200),
    }),
  );
  const chosen = await vscode.window.showQuickPick(items, {
    title:
      left > 0
        ? vscode.l10n.t('Logs around {0} ({1} files left out)', clock(at), left)
        : vscode.l10n.t('Logs around {0}', clock(at)),
    placeHolder: vscode.l10n.t('Choose a line'),
    matchOnDescription: true,
    matchOnDetail: true,
    // The line is shown while one looks through the list.
    onDidSelectItem: (item: HitItem) => void open(item.hit, true),
  });
  if (chosen) await open(chosen.hit);
}

/** Beside the report, so that both are in sight. */
async function open({ file, line }: Hit, preview = false): Promise<void> {
  const at = new vscode.Range(line, 0, line, 0);
  const shown = vscode.window.visibleTextEditors.find(({ document }) => document.uri.toString() === file.toString());
  const editor = await vscode.window.showTextDocument(file, {
    selection: at,
    viewColumn: shown?.viewColumn ?? vscode.ViewColumn.Beside,
    preserveFocus: preview,
    preview: true,
  });
  editor.revealRange(at, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}

function away(hit: NearLine, at: number): string {
  const ms = hit.at - at;
  if (Math.abs(ms) < 1) return vscode.l10n.t('at that time');
  const size = Math.abs(ms) < 1000 ? `${Math.round(Math.abs(ms))} ms` : formatDuration(Math.abs(ms));
  return ms < 0 ? vscode.l10n.t('{0} before', size) : vscode.l10n.t('{0} after', size);
}

function nothing({ files, left }: Found, at: number): string {
  const none =
    files === 0
      ? vscode.l10n.t(
          'The workspace has no logs: files that end in .log, .txt, .out, .err, .trace, .jsonl or .ndjson are searched.',
        )
      : files === 1
        ? vscode.l10n.t(
            'No line within {0} of {1} in the one log of the workspace.',
            formatDuration(REACH_MS),
            clock(at),
          )
        : vscode.l10n.t('No line within {reach} of {time} in the {count} logs of the workspace.', {
            reach: formatDuration(REACH_MS),
            time: clock(at),
            count: files,
          });
  return left > 0 ? `${none} ${vscode.l10n.t('{0} more were left out: too large, or too many.', left)}` : none;
}

/** `{at}` of a script, which gets the lines and no dialog; `{peerscopeAt}` of the page's context menu or its key. */
function readTime(argument: unknown): { at?: number; scripted: boolean } {
  if (typeof argument !== 'object' || argument === null || argument instanceof vscode.Uri) return { scripted: false };
  const { at, peerscopeAt } = argument as Record<string, unknown>;
  const time = at ?? peerscopeAt;
  if (time === undefined) return { scripted: false };
  if (typeof time !== 'number' || Number.isNaN(new Date(time).getTime())) {
    const given = typeof time === 'string' || typeof time === 'number' ? displayText(String(time), 40) : found(time);
    throw new CallError('BadInput', vscode.l10n.t('at: expected a time in epoch milliseconds, found {0}.', given), {
      field: 'at',
    });
  }
  return { at: time, scripted: at !== undefined };
}

function tell(text: string): void {
  // Not waited for: it may stand there for long.
  void vscode.window.showInformationMessage(text);
}
