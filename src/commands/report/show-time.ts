import * as vscode from 'vscode';
import { CallError } from '../../core/errors';
import type { ParticipantRef } from '../../core/ids';
import { LOCALE } from '../../core/locale';
import {
  type AssumedZone,
  distance,
  likelyReading,
  type Span,
  type WrittenTime,
  writtenTimes,
} from '../../core/log-time';
import { reportSpan } from '../../core/report-span';
import { formatDuration } from '../../core/time';
import type { ReportPanels } from '../../panel/index';

/** How far up a time is looked for: lines of a stack trace have none of their own. */
const LINES_UP = 100;
/** Of a longer line the beginning is read. */
const LINE_LENGTH = 10_000;
/** How long the status bar says where the cursor went, ms. */
const SAID_MS = 8000;

/** What `showTimeInReport` did. */
export interface ShownTime {
  /** Epoch ms. */
  at: number;
  /** It lies outside the call, and the cursor was left alone. */
  outside: boolean;
}

/**
 * Moves the cursor of an open report to a time: the argument's (`{at}`, epoch ms), or the one that stands at the cursor of the
 * editor. Where several reports are open it is the one in front, unless the time lies in another's call only.
 */
export function showTimeInReport(panels: ReportPanels, argument: unknown): ShownTime | undefined {
  const scripted = readArgument(argument);
  const reports = panels.loaded.flatMap(({ ref, report }) => {
    const span = reportSpan(report);
    return span ? [{ ref, span }] : [];
  });
  const [front] = reports;
  if (!front) {
    const text = vscode.l10n.t(
      'No participant report is open. Open the one that the log belongs to, then show the time in it.',
    );
    if (scripted) throw new CallError('NotFound', text);
    say(text);
    return undefined;
  }
  const time = scripted ?? timeAtCursor();
  if (!time) {
    say(vscode.l10n.t('There is no time in this line, nor in the lines above it.'));
    return undefined;
  }
  const read = (span: Span) => likelyReading(time, span);
  const within = reports.find(({ span }) => distance(read(span)?.at ?? Number.NaN, span) === 0);
  const { ref, span } = within ?? front;
  const reading = read(span);
  if (!reading) return undefined;
  return show(panels, ref, span, reading, scripted !== undefined);
}

function show(
  panels: ReportPanels,
  ref: ParticipantRef,
  span: Span,
  { at, zone }: { at: number; zone: AssumedZone },
  scripted: boolean,
): ShownTime {
  const away = distance(at, span);
  if (away > 0) {
    const facts = { time: clock(at), away: formatDuration(away), from: clock(span[0]), to: clock(span[1]) };
    const text =
      at < span[0]
        ? vscode.l10n.t('{time} lies {away} before the beginning of the open report ({from} to {to}).', facts)
        : vscode.l10n.t('{time} lies {away} after the end of the open report ({from} to {to}).', facts);
    if (!scripted) say(text + zoneWords(zone));
    return { at, outside: true };
  }
  panels.showTime(ref, at);
  if (!scripted)
    vscode.window.setStatusBarMessage(
      vscode.l10n.t('$(graph-line) Report at {0}.', clock(at)) + zoneWords(zone),
      SAID_MS,
    );
  return { at, outside: false };
}

/** The time at the cursor or in the selection of the editor, else the nearest in its line, else in the lines above. */
function timeAtCursor(): WrittenTime | undefined {
  const editor = vscode.window.activeTextEditor;
  if (!editor) return undefined;
  const { document, selection } = editor;
  const { line, character } = selection.active;
  if (!selection.isEmpty) {
    const [selected] = writtenTimes(document.getText(selection).slice(0, LINE_LENGTH));
    if (selected) return selected;
  }
  const near = ({ start, end }: WrittenTime) => distance(character, [start, end]);
  for (let at = line; at >= Math.max(0, line - LINES_UP); at--) {
    const times = writtenTimes(document.lineAt(at).text.slice(0, LINE_LENGTH));
    const [nearest] = at === line ? times.sort((a, b) => near(a) - near(b)) : times;
    if (nearest) return nearest;
  }
  return undefined;
}

/** `{at}`; undefined for what VS Code passes by itself: the address of the document that the menu was opened in. */
function readArgument(argument: unknown): WrittenTime | undefined {
  if (argument === undefined || argument instanceof vscode.Uri) return undefined;
  const at: unknown = typeof argument === 'object' && argument !== null ? (argument as { at?: unknown }).at : undefined;
  if (typeof at !== 'number' || Number.isNaN(new Date(at).getTime())) {
    throw new CallError('BadInput', vscode.l10n.t('at: expected a time in epoch milliseconds.'), { field: 'at' });
  }
  return { start: 0, end: 0, at };
}

/** What was taken for granted to read a time: a sentence to put behind another, or nothing. */
export function zoneWords(zone: AssumedZone): string {
  if (zone === 'stated') return '';
  const text =
    zone === 'utc'
      ? vscode.l10n.t('It names no zone; read as UTC.')
      : vscode.l10n.t('It names no zone; read as local time ({0}).', localZone());
  return ` ${text}`;
}

/** `22 Nov 2026, 10:42:07.123` in the zone of this machine. */
export function clock(at: number): string {
  return new Intl.DateTimeFormat(LOCALE, {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    ...(at % 1000 !== 0 && { fractionalSecondDigits: 3 }),
  }).format(at);
}

function localZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

function say(text: string): void {
  // Not waited for: it may stand there for long.
  void vscode.window.showInformationMessage(text);
}
