import * as z from 'zod';
import type { ParticipantRef } from '../core/ids';
import { type FromWebview, PROTOCOL_VERSION } from './messages';
import { type PanelState, STREAM_COLUMNS } from './state';

// Host side only: zod probes `new Function`, which the webview's content security policy forbids.

export const idSchema = z.string().min(1).max(512);

/** A session's id, or the address of the file that holds it. */
export const sessionIdSchema = z.string().min(1).max(4096);

export const participantRefSchema: z.ZodType<ParticipantRef> = z.strictObject({
  connectionId: idSchema,
  appId: idSchema.optional(),
  roomId: idSchema.optional(),
  sessionId: sessionIdSchema,
  participantId: idSchema,
});

const request = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('raw') }),
  z.strictObject({ kind: z.literal('copyText'), text: z.string().max(64 * 1024 * 1024) }),
  z.strictObject({
    kind: z.literal('saveImage'),
    name: z.string().min(1).max(200),
    png: z.instanceof(ArrayBuffer).refine((png) => png.byteLength <= 32 * 1024 * 1024, 'image too large'),
  }),
]);

export const versionSchema = z.literal(PROTOCOL_VERSION);
/** Epoch ms, within what a `Date` can hold. */
const moment = z.number().min(-8.64e15).max(8.64e15);
const requestId = z.string().min(1).max(100);

/** Messages that every page with charts sends. */
export const readySchema = z.strictObject({
  v: z.number().int(),
  type: z.literal('ready'),
  client: z.string().min(1).max(64),
});
export const requestSchema = z.strictObject({ v: versionSchema, type: z.literal('request'), id: requestId, request });
export const abandonSchema = z.strictObject({ v: versionSchema, type: z.literal('abandon'), id: requestId });

const fromWebview: z.ZodType<FromWebview> = z.discriminatedUnion('type', [
  readySchema,
  z.strictObject({
    v: versionSchema,
    type: z.literal('action'),
    action: z.enum([
      'cancel',
      'compare',
      'copyId',
      'editConnection',
      'openRaw',
      'refresh',
      'showCalls',
      'showLog',
      'stopWaiting',
      'tellWhenReady',
      'togglePin',
    ]),
  }),
  z.strictObject({ v: versionSchema, type: z.literal('compareEnds'), streamId: z.string().min(1).max(1000) }),
  z.strictObject({ v: versionSchema, type: z.literal('cursor'), at: moment.nullable() }),
  z.strictObject({ v: versionSchema, type: z.literal('findInLogs'), at: moment }),
  z.strictObject({
    v: versionSchema,
    type: z.literal('compareDescriptions'),
    index: z.number().int().min(0).max(100_000),
  }),
  z.strictObject({ v: versionSchema, type: z.literal('choosePeerConnection'), id: idSchema }),
  z.strictObject({ v: versionSchema, type: z.literal('painted'), ms: z.number().min(0) }),
  requestSchema,
  abandonSchema,
]);

const panelState: z.ZodType<PanelState> = z.strictObject({
  version: z.literal(1),
  ref: participantRefSchema,
  title: z.string().max(1000),
  pinned: z.boolean(),
  view: z.strictObject({
    hidden: z.array(z.string().max(1000)).max(10_000).optional(),
    range: z.tuple([z.number(), z.number()]).optional(),
    cursor: z.number().optional(),
    lines: z
      .array(z.tuple([z.string().max(1000), z.number().int().min(0).max(10_000)]))
      .max(10_000)
      .optional(),
    sections: z.record(z.string().max(100), z.boolean()),
    timeMode: z.enum(['clock', 'offset']),
    extraMetrics: z.array(z.string().max(200)).max(500),
    limits: z.boolean().optional(),
    summary: z
      .strictObject({
        metric: z.string().max(200).optional(),
        sort: z.strictObject({ column: z.enum(STREAM_COLUMNS), descending: z.boolean() }).optional(),
      })
      .optional(),
  }),
});

/** Reads a message of the webview. Undefined for what is not one. */
export function readFromWebview(message: unknown): FromWebview | undefined {
  return fromWebview.safeParse(message).data;
}

/** Reads the state that a restored panel brings. Undefined for what cannot be restored. */
export function readPanelState(state: unknown): PanelState | undefined {
  return panelState.safeParse(state).data;
}
