import * as z from 'zod';
import type { SavedTalk } from '../core/saved-session';

const text = z.string();
const word = text.optional();
const number = z.number().optional();
const common = {
  assumptions: z.array(text),
  issues: z.array(z.object({ path: text, message: text })),
};

/** Chat, transcript and summary of a saved session, as core/talk has them. */
export const savedTalkSchema: z.ZodType<SavedTalk> = z.object({
  chat: z
    .object({
      messages: z.array(
        z.object({
          id: word,
          at: number,
          sender: word,
          participantId: word,
          userId: word,
          roles: z.array(text).optional(),
          kind: z.enum(['text', 'image', 'file', 'other']),
          text,
          pinned: z.boolean().optional(),
          edited: z.boolean().optional(),
        }),
      ),
      ...common,
    })
    .optional(),
  transcript: z
    .object({
      lines: z.array(
        z.object({
          from: number,
          to: number,
          speaker: word,
          participantId: word,
          userId: word,
          customId: word,
          text,
        }),
      ),
      origin: number,
      ...common,
    })
    .optional(),
  summary: z.object({ markdown: text, issues: common.issues }).optional(),
});
