import * as z from 'zod';
import { type SavedSession, SESSION_FORMAT, SESSION_FORMAT_VERSION } from '../core/saved-session';
import { member } from '../core/unknown';
import { check, checkUnits, checkVersion, dateTime, list, readReport } from './read-json';
import { findingSchema, notEvaluatedSchema, participantSchema, sessionSchema } from './report-schema';
import { savedTalkSchema } from './talk-schema';

/** Everything but the reports, whose columns are read apart. */
const headSchema = z.object({
  savedAt: dateTime,
  personalData: z.enum(['masked', 'included']),
  provider: z.enum(['realtimekit', '100ms', 'whereby', 'mediamelon']),
  media: z.enum(['call', 'playback']).optional(),
  ref: z.object({ appId: z.string().optional(), roomId: z.string().optional(), sessionId: z.string() }),
  appName: z.string().optional(),
  cannotTell: z.record(z.string(), z.string()).optional(),
  session: sessionSchema,
  participants: z.array(participantSchema),
  unread: z.array(z.object({ participantId: z.string().optional(), reason: z.string() })),
  talk: savedTalkSchema.optional(),
  findings: z.array(findingSchema),
  notEvaluated: z.array(notEvaluatedSchema),
  series: z.record(z.string(), z.object({ unit: z.string() })).optional(),
});

/** Whether a file's content says of itself that it is a saved session. */
export function isSavedSession(value: unknown): boolean {
  return member(value, 'format') === SESSION_FORMAT;
}

/**
 * Reads a saved session (see {@link sessionParts} for its members) from its parsed JSON. `name` is the file's, for
 * sentences. What is not as the format has it is `BadInput` that names the field, and so is a newer version.
 */
export function readSavedSession(value: unknown, name: string): SavedSession {
  checkVersion(member(value, 'version'), SESSION_FORMAT_VERSION, name);
  const { savedAt, personalData, ref, series = {}, ...head } = check(headSchema, value, '');
  checkUnits(series);
  const reports = list(member(value, 'reports'), 'reports').map((one, index) => readReport(one, `reports[${index}]`));
  return { ...head, place: ref, savedAt: Date.parse(savedAt), masked: personalData === 'masked', reports };
}
