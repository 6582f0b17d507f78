import * as l10n from '@vscode/l10n';
import type { Severity } from '../../core/finding';
import { severityWord } from '../../core/finding-words';
import { displayText, shortId } from '../../core/text';
import { formatDuration } from '../../core/time';
import { dateTime, people } from '../../tree/call-facts';
import type { BadCallsState, CallProblem, JudgedCall } from './search';

/** A row of the list of bad calls. */
export type BadCallRow =
  /** Why the search ended early; goes on when chosen. */
  | { kind: 'stopped'; key: string; sentence: string }
  | { kind: 'call'; key: string; call: JudgedCall }
  | { kind: 'problem'; key: string; call: JudgedCall; problem: CallProblem }
  /** Calls without a problem, or without enough data: folded, since nobody came for them. */
  | { kind: 'rest'; key: string; state: 'fine' | 'unjudged'; calls: readonly JudgedCall[] };

/** What a row looks like, in plain data. */
export interface BadCallLook {
  label: string;
  description?: string;
  icon: string;
  color?: string;
  spoken?: string;
}

const NAME_LENGTH = 60;

const ICONS: Readonly<Record<Severity, readonly [icon: string, color?: string]>> = {
  critical: ['error', 'list.errorForeground'],
  high: ['error', 'list.errorForeground'],
  medium: ['warning', 'list.warningForeground'],
  low: ['info', undefined],
  info: ['info', undefined],
};

/** The rows below a row, the top ones without one. */
export function badCallRows({ calls, stopped }: BadCallsState, row?: BadCallRow): BadCallRow[] {
  if (row?.kind === 'call') {
    return row.call.problems.map((problem, index) => ({
      kind: 'problem',
      key: `${row.key}/${index}`,
      call: row.call,
      problem,
    }));
  }
  if (row?.kind === 'rest') return row.calls.map(callRow);
  if (row) return [];
  const rest = (['unjudged', 'fine'] as const).flatMap((state): BadCallRow[] => {
    const own = calls.filter((call) => call.state === state);
    return own.length === 0 ? [] : [{ kind: 'rest', key: `#${state}`, state, calls: own }];
  });
  return [
    ...(stopped === undefined ? [] : [{ kind: 'stopped', key: '#stopped', sentence: stopped } as const]),
    ...calls.filter(({ state }) => state === 'bad').map(callRow),
    ...rest,
  ];
}

function callRow(call: JudgedCall): BadCallRow {
  return { kind: 'call', key: call.ref.sessionId, call };
}

/** The look of a row. */
export function badCallLook(row: BadCallRow, now: number): BadCallLook {
  switch (row.kind) {
    case 'stopped':
      return {
        label: l10n.t('Go on'),
        description: displayText(row.sentence, 200),
        icon: 'debug-continue',
        spoken: l10n.t('Go on. {0}', row.sentence),
      };
    case 'call': {
      const { call } = row;
      const label = titleOf(call);
      const description = [when(call, now), displayText(call.sentence, 200), sizeOf(call)].filter(Boolean).join(' · ');
      const [icon, color] = call.severity ? ICONS[call.severity] : [call.state === 'fine' ? 'pass' : 'question'];
      const spoken = call.severity
        ? l10n.t('{name}, {severity} severity, {facts}', {
            name: label,
            severity: severityWord(call.severity),
            facts: description,
          })
        : `${label}, ${description}`;
      return { label, description, icon, color, spoken };
    }
    case 'problem': {
      const { title, severity, name } = row.problem;
      const [icon, color] = ICONS[severity];
      const label = displayText(title, 120);
      const who = name && displayText(name, NAME_LENGTH);
      return {
        label,
        description: who,
        icon,
        color,
        spoken: `${severityWord(severity)}: ${label}${who ? `, ${who}` : ''}`,
      };
    }
    case 'rest': {
      const count = String(row.calls.length);
      return row.state === 'fine'
        ? { label: l10n.t('No problem found'), description: count, icon: 'pass' }
        : { label: l10n.t('Could not be judged'), description: count, icon: 'question' };
    }
  }
}

/** Above the list: how far the search is, or what it came to. `where` names the place. */
export function badCallsMessage({ calls, total, running }: BadCallsState, where: string): string {
  if (running && total === undefined) return l10n.t('Reading the list of calls of {0}…', where);
  if (running)
    return l10n.t('{place}: {read} of {total} calls read…', { place: where, read: calls.length, total: total ?? 0 });
  if (total === 0) return l10n.t('{0}: there are no ended calls in this time.', where);
  const count = (state: JudgedCall['state']) => calls.filter((call) => call.state === state).length;
  const bad = count('bad');
  if (bad === 0) return l10n.t('{0}: no bad call among {1}.', where, calls.length);
  if (bad === 1) return l10n.t('{0}: 1 bad call among {1}.', where, calls.length);
  return l10n.t('{place}: {bad} bad calls among {all}.', { place: where, bad, all: calls.length });
}

/** What a call is called: by its room. */
export function titleOf({ title, ref }: JudgedCall): string {
  return displayText(title, NAME_LENGTH) || l10n.t('Session {0}', shortId(ref.sessionId));
}

function when({ startedAt }: JudgedCall, now: number): string {
  return startedAt === undefined ? '' : dateTime(startedAt, now);
}

function sizeOf({ startedAt, endedAt, people: stays }: JudgedCall): string {
  return [
    startedAt === undefined || endedAt === undefined ? '' : formatDuration(endedAt - startedAt),
    stays === undefined || stays === 0 ? '' : people(stays),
  ]
    .filter(Boolean)
    .join(' · ');
}
