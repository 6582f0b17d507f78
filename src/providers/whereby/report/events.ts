import * as l10n from '@vscode/l10n';
import type { CallEvent } from '../../../core/model';
import { member } from '../../records';
import { readMoment } from './moment';

/** Events of Whereby's open-source client that are about media and about the connection. */
const LANES: ReadonlyMap<string, CallEvent['lane']> = new Map([
  ['audioEnabled', 'media'],
  ['videoEnabled', 'media'],
  ['localStream', 'media'],
  ['localScreenshareStream', 'media'],
  ['recording', 'media'],
  ['transcribing', 'media'],
  ['signalConnectionStatus', 'network'],
  ['rtcConnectionStatus', 'network'],
]);

const NAMES = ['name', 'event', 'eventName', 'type'];
const TIMES = ['timestamp', 'timeStamp', 'time', 'at', 'ts'];
/** More events than this are no timeline. */
const MOST = 5000;

/**
 * Reads `events`, which has neither a published shape nor an example: a list of objects with a name and a time, or an
 * object of such lists by name. What does not look like that stays in the raw view, and an assumption says so.
 */
export function readEvents(value: unknown, path: string, assumptions: string[]): CallEvent[] {
  const entries = entriesOf(value);
  if (entries.length === 0) return [];
  const events = entries.slice(0, MOST).flatMap((entry) => readEvent(entry) ?? []);
  const unread = entries.length - events.length;
  if (unread > 0) {
    assumptions.push(
      l10n.t(
        '{path}: {unread} of {all} events have no name and time that can be read; see the raw view. Whereby documents no shape for them.',
        { path: path || 'events', unread, all: entries.length },
      ),
    );
  }
  return events;
}

function entriesOf(value: unknown): { name?: string; entry: unknown }[] {
  if (Array.isArray(value)) return value.map((entry: unknown) => ({ entry }));
  if (typeof value !== 'object' || value === null) return value ? [{ entry: value }] : [];
  return Object.entries<unknown>(value as Record<string, unknown>).flatMap(([name, list]) =>
    (Array.isArray(list) ? (list as unknown[]) : [list]).map((entry) => ({ name, entry })),
  );
}

function readEvent({ name: outer, entry }: { name?: string; entry: unknown }): CallEvent | undefined {
  const key = NAMES.find((candidate) => typeof member(entry, candidate) === 'string');
  const name = key === undefined ? outer : (member(entry, key) as string);
  const time = TIMES.find((candidate) => readMoment(member(entry, candidate)) !== undefined);
  const at = time === undefined ? undefined : readMoment(member(entry, time));
  if (!name || at === undefined) return undefined;
  const rest = Object.entries(entry as object).filter(([field]) => field !== key && field !== time);
  const details = Object.fromEntries(rest.map(([field, detail]) => [field, flat(detail)]));
  return {
    at,
    name,
    lane: LANES.get(name) ?? 'other',
    ...(rest.length > 0 && { details }),
  };
}

function flat(value: unknown): string | number | boolean | null {
  if (value === null || typeof value === 'number' || typeof value === 'boolean' || typeof value === 'string')
    return value;
  return JSON.stringify(value);
}
