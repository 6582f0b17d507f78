import * as z from 'zod';
import type { SessionRef } from '../core/ids';
import { type FromSessionPage, SESSION_PROTOCOL_VERSION } from './session-messages';
import { PEOPLE_ORDERS, type SessionPanelState, STAY_COLUMNS } from './session-state';

// Host side only: zod probes `new Function`, which the webview's content security policy forbids.

const id = z.string().min(1).max(512);
/** A session's id, or the address of the file that holds it. */
const sessionId = z.string().min(1).max(4096);

const sessionRef: z.ZodType<SessionRef> = z.strictObject({
  connectionId: id,
  appId: id.optional(),
  roomId: id.optional(),
  sessionId,
});

const v = z.literal(SESSION_PROTOCOL_VERSION);

const fromSessionPage: z.ZodType<FromSessionPage> = z.discriminatedUnion('type', [
  z.strictObject({ v: z.number().int(), type: z.literal('ready') }),
  z.strictObject({
    v,
    type: z.literal('action'),
    action: z.enum([
      'cancel',
      'copyId',
      'copyLink',
      'editConnection',
      'loadMore',
      'openChat',
      'openInDashboard',
      'openRecordings',
      'openSummary',
      'openTranscript',
      'readReports',
      'refresh',
      'saveSession',
      'showCalls',
      'showLog',
      'stopReports',
      'toggleFavorite',
      'togglePin',
    ]),
  }),
  z.strictObject({ v, type: z.literal('openParticipant'), participantId: id }),
  z.strictObject({ v, type: z.literal('compare'), participantIds: z.tuple([id, id]) }),
  z.strictObject({ v, type: z.literal('openSession'), sessionId: id }),
]);

const panelState: z.ZodType<SessionPanelState> = z.strictObject({
  version: z.literal(1),
  ref: sessionRef,
  title: z.string().max(1000),
  pinned: z.boolean(),
  view: z.strictObject({
    sections: z.record(z.string().max(100), z.boolean()),
    timeMode: z.enum(['clock', 'offset']),
    people: z.enum(PEOPLE_ORDERS),
    sort: z.strictObject({ column: z.enum(STAY_COLUMNS), descending: z.boolean() }),
  }),
});

/** Reads a message of the session page. Undefined for what is not one. */
export function readFromSessionPage(message: unknown): FromSessionPage | undefined {
  return fromSessionPage.safeParse(message).data;
}

/** Reads the state that a restored session panel brings. Undefined for what cannot be restored. */
export function readSessionPanelState(state: unknown): SessionPanelState | undefined {
  return panelState.safeParse(state).data;
}
