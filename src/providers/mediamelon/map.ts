import * as l10n from '@vscode/l10n';
import type { Fact, Figure, ItemIssue, Participant, Room, Session } from '../../core/model';
import { numberOf, type Row, textOf } from './cells';
import { NAMES, nameInfo } from './names';

/** A view that goes on; every other status is an end. */
const LIVE: ReadonlySet<string> = new Set(['RUNNING', 'LOADED']);

/** Room of the sessions whose row names no asset. No asset can be asked for by it: brackets cannot stand in a filter. */
export const NO_ASSET = '[no asset name]';

/** Ids that stand in for a missing one begin so. */
const NO_ID = 'no-session-id:';

/** Whether an id stands in for one that the row did not have. */
export function isStandIn(sessionId: string): boolean {
  return sessionId.startsWith(NO_ID);
}

/** An id for a row that has none: its place in the period. It can be listed, not opened. */
export function standInId(start: number, place: number): string {
  return `${NO_ID}${start}:${place}`;
}

/** The room that a row belongs to. */
export function assetOf(row: Row): string {
  return textOf(row, 'assetname') ?? NO_ASSET;
}

/**
 * Whether the playback goes on, by its view status in any case of letters; without one, by the missing end, which tells
 * something only where running sessions were asked for.
 */
export function isLive(row: Row, runningAsked: boolean): boolean {
  const status = textOf(row, 'viewstatus');
  if (status !== undefined) return LIVE.has(status.toUpperCase());
  return runningAsked && numberOf(row, 'starttime') !== undefined && numberOf(row, 'endtime') === undefined;
}

/** A row as a session; `runningAsked` as in {@link isLive}. */
export function mapSession(row: Row, id: string, runningAsked: boolean, issues: ItemIssue[]): Session {
  const live = isLive(row, runningAsked);
  const startedAt = numberOf(row, 'starttime');
  const end = numberOf(row, 'endtime');
  if (startedAt !== undefined && end !== undefined && end < startedAt) {
    issues.push({ path: `${row.path}.endtime`, message: l10n.t('Lies before starttime; shown as it came.') });
  }
  const figures = figuresOf(row);
  const facts = [...figureFacts(figures), ...dimensionFacts(row)];
  // Of a running session it is when the player was last heard of.
  if (live && end !== undefined) facts.push({ label: l10n.t('Last seen'), value: new Date(end).toISOString() });
  if (isStandIn(id))
    facts.push({ label: l10n.t('Report'), value: l10n.t('none, because MediaMelon gave no session id') });
  return {
    id,
    roomId: assetOf(row),
    roomName: textOf(row, 'assetname'),
    status: live ? 'live' : 'ended',
    type: 'playback',
    startedAt,
    endedAt: live ? undefined : end,
    facts,
    figures,
  };
}

/** The one viewer of a playback session. */
export function mapViewer(row: Row, id: string, runningAsked: boolean): Participant {
  const watched = numberOf(row, 'watchtime');
  const subscriber = textOf(row, 'subscriberid');
  const asset = textOf(row, 'assetname');
  return {
    id,
    name: subscriber === undefined ? l10n.t('Viewer') : l10n.t('Viewer {0}', subscriber),
    customId: subscriber,
    joinedAt: numberOf(row, 'starttime'),
    leftAt: isLive(row, runningAsked) ? undefined : numberOf(row, 'endtime'),
    // Seconds. `playdur`, which is in minutes, counts advertisements too.
    durationMs: watched === undefined || watched < 0 ? undefined : watched * 1000,
    facts: [
      ...(asset === undefined ? [] : [{ name: 'assetname', label: l10n.t('Asset'), value: asset }]),
      ...dimensionFacts(row),
    ],
  };
}

/** An asset with its figures as a room. */
export function mapAsset(row: Row): Room {
  const id = assetOf(row);
  return { id, name: textOf(row, 'assetname') ?? l10n.t('No asset name'), facts: figureFacts(figuresOf(row)) };
}

/** The figures of a row, known ones in the order of the table and others behind them as they came. */
export function figuresOf({ cells }: Row): Figure[] {
  const known = Object.keys(NAMES).filter((name) => nameInfo(name)?.kind === 'figure' && cells.has(name));
  const others = [...cells.keys()].filter((name) => nameInfo(name) === undefined);
  return [...known, ...others].map((name) => {
    const value = cells.get(name) as number | string;
    const info = nameInfo(name);
    const flagged = typeof value === 'number' ? doubt(value, info?.max, info !== undefined) : undefined;
    return {
      name,
      label: info?.label ?? name,
      value,
      unit: info?.unit ?? '',
      ...(info && { decimals: info.decimals, meaning: info.meaning }),
      ...(info?.worse && { worse: info.worse }),
      ...(flagged && { flagged }),
    };
  });
}

function doubt(value: number, max: number | undefined, known: boolean): string | undefined {
  if (value === -1) return l10n.t('MediaMelon may write -1 for "no value"; shown as it came.');
  if (known && value < 0) return l10n.t('Below 0, which this figure cannot be; shown as it came.');
  return max !== undefined && value > max
    ? l10n.t('Above {0}, the most this figure can be; shown as it came.', max)
    : undefined;
}

/** Fields with places of their own in a session, a participant or a report. */
const PLACED: ReadonlySet<string> = new Set(['sessionid', 'assetname', 'starttime', 'endtime', 'timestamp']);

/** Dimensions and other texts of a row, ready to show. */
export function dimensionFacts({ cells }: Row): Fact[] {
  return [...cells].flatMap(([name, value]) => {
    const info = nameInfo(name);
    if (!info || info.kind === 'figure' || PLACED.has(name)) return [];
    return [{ name, label: info.label, value: String(value), ...(info.personal && { personal: true }) }];
  });
}

function figureFacts(figures: readonly Figure[]): Fact[] {
  return figures.map((figure) => ({ label: figure.label, value: figureText(figure) }));
}

/** A figure in words: `1.23 s`, `-1 s (doubtful)`. */
function figureText({ value, unit, decimals, flagged }: Figure): string {
  const number = typeof value === 'number' && decimals !== undefined ? String(Number(value.toFixed(decimals))) : value;
  const text = `${number}${unit && ` ${unit}`}`;
  return flagged ? l10n.t('{0} (doubtful)', text) : text;
}
