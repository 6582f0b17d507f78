import * as z from 'zod';

// Every field is optional but the ids without which a row cannot be opened: the published schema is at odds with itself
// and does not say what is null. Unknown keys are ignored, as Whereby asks its clients to do.

const text = z.string().nullish();
const number = z.number().nullish();

export const roomSchema = z.object({
  roomName: z.string().min(1),
  createdAt: text,
  endAt: text,
  firstSessionStartedAt: text,
  lastSessionStartedAt: text,
  totalParticipantMinutes: number,
  totalRecorderMinutes: number,
  totalStreamerMinutes: number,
  totalUniqueParticipants: number,
  totalUniqueRecorders: number,
  totalUniqueStreamers: number,
  totalSessions: number,
  rating: number,
  totalRatings: number,
});

/** The published list of required fields names `createdAt` and `endAt` for what the properties call otherwise. */
export const roomSessionSchema = z.object({
  roomSessionId: z.string().min(1),
  roomName: text,
  startedAt: text,
  createdAt: text,
  endedAt: text,
  endAt: text,
  totalParticipantMinutes: number,
  totalRecorderMinutes: number,
  totalStreamerMinutes: number,
  totalUniqueParticipants: number,
  totalUniqueRecorders: number,
  totalUniqueStreamers: number,
  rating: number,
  totalRatings: number,
});

/** Some answers name the room in its address only. */
export const meetingSchema = z.object({ meetingId: text, roomName: text, roomUrl: text });

/** One connection of a participant: whoever reconnects has several rows. */
export const participantSchema = z.object({
  roomSessionId: text,
  participantId: text,
  deviceId: text,
  userId: text,
  roleName: text,
  displayName: text,
  joinedAt: text,
  leftAt: text,
  externalId: text,
  rating: number,
  tags: z.array(z.string()).nullish(),
  comment: text,
});

/** One connection's samples. Times, rate, samples and events come in more than one form and are read on their own. */
export const segmentSchema = z.object({
  displayName: text,
  userRole: text,
  userAgent: text,
  timeStamp: z.unknown().optional(),
  sampleRateMs: z.unknown().optional(),
  samples: z.unknown().optional(),
  events: z.unknown().optional(),
});

export type RoomRecord = z.infer<typeof roomSchema>;
export type RoomSessionRecord = z.infer<typeof roomSessionSchema>;
export type ParticipantRecord = z.infer<typeof participantSchema>;
export type SegmentRecord = z.infer<typeof segmentSchema>;
