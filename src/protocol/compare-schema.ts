import * as z from 'zod';
import type { FromComparePage } from './compare-messages';
import type { ComparePanelState } from './compare-state';
import { abandonSchema, idSchema, participantRefSchema, readySchema, requestSchema, versionSchema } from './schema';

// Host side only: zod probes `new Function`, which the webview's content security policy forbids.

const fromComparePage: z.ZodType<FromComparePage> = z.discriminatedUnion('type', [
  readySchema,
  z.strictObject({
    v: versionSchema,
    type: z.literal('action'),
    action: z.enum(['cancel', 'refresh', 'showCalls', 'showLog', 'swap']),
  }),
  z.strictObject({
    v: versionSchema,
    type: z.literal('side'),
    side: z.union([z.literal(0), z.literal(1)]),
    action: z.enum(['editConnection', 'open', 'retry']),
  }),
  requestSchema,
  abandonSchema,
]);

const title = z.string().max(1000);

const panelState: z.ZodType<ComparePanelState> = z.strictObject({
  version: z.literal(1),
  refs: z.tuple([participantRefSchema, participantRefSchema]),
  titles: z.tuple([title, title]),
  stream: z
    .strictObject({
      senderId: idSchema,
      kind: z.enum(['audio', 'video', 'all']),
      source: z.enum(['camera-mic', 'screen', 'all']),
    })
    .optional(),
  view: z.strictObject({
    shown: z.array(z.string().max(1000)).max(1000).optional(),
    sections: z.record(z.string().max(100), z.boolean()),
    timeMode: z.enum(['clock', 'offset']).optional(),
    extraMetrics: z.array(z.string().max(200)).max(500),
    range: z.tuple([z.number(), z.number()]).optional(),
    cursor: z.number().optional(),
  }),
});

/** Reads a message of the comparison page. Undefined for what is not one. */
export function readFromComparePage(message: unknown): FromComparePage | undefined {
  return fromComparePage.safeParse(message).data;
}

/** Reads the state that a restored comparison brings. Undefined for what cannot be restored. */
export function readComparePanelState(state: unknown): ComparePanelState | undefined {
  return panelState.safeParse(state).data;
}
