import * as l10n from '@vscode/l10n';
import { CallError } from '../../core/errors';

/** Where what was found is kept. */
export const BAD_CALLS_KEY = 'peerscope.badCalls';
export const MOST_SESSIONS = 200;
export const STANDARD_COUNT = 20;

/** Where bad calls are looked for, and among how many. */
export interface BadCallsQuery {
  connectionId: string;
  /** RealtimeKit only. */
  appId?: string;
  roomId?: string;
  /** The newest so many ended sessions, at most {@link MOST_SESSIONS}. */
  sessions: number;
  /** Started from, epoch ms. */
  from?: number;
  /** Started until, epoch ms. */
  to?: number;
}

/** Reads the argument object. Throws `BadInput` that names the member. */
export function readBadCallsQuery(argument: Readonly<Record<string, unknown>>): BadCallsQuery {
  const { connectionId, appId, roomId, sessions = STANDARD_COUNT, from, to } = argument;
  if (typeof connectionId !== 'string') throw badInput('connectionId', l10n.t('expected the id of a connection.'));
  for (const [name, value] of Object.entries({ appId, roomId })) {
    if (value !== undefined && typeof value !== 'string') throw badInput(name, l10n.t('expected an id.'));
  }
  for (const [name, value] of Object.entries({ from, to })) {
    if (value !== undefined && !Number.isFinite(value)) throw badInput(name, l10n.t('expected epoch milliseconds.'));
  }
  if (!Number.isInteger(sessions) || (sessions as number) < 1 || (sessions as number) > MOST_SESSIONS) {
    throw badInput('sessions', l10n.t('expected a whole number from 1 to {0}.', MOST_SESSIONS));
  }
  return {
    connectionId,
    ...(appId !== undefined && { appId: appId as string }),
    ...(roomId !== undefined && { roomId: roomId as string }),
    sessions: sessions as number,
    ...(from !== undefined && { from: from as number }),
    ...(to !== undefined && { to: to as number }),
  };
}

function badInput(field: string, problem: string): CallError {
  return new CallError('BadInput', `${field}: ${problem}`, { field });
}
