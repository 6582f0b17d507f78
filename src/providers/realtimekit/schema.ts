import * as z from 'zod';

// Every field is optional but the ids without which a row cannot be opened; null counts as missing; unknown keys are
// ignored. Lists within a record stay unknown here: their records are read one by one, so that a bad one costs itself.

const text = z.string().nullish();
const number = z.number().nullish();
const flag = z.boolean().nullish();
const list = z.unknown().optional();

export const appSchema = z.object({ id: z.string().min(1), name: text, created_at: text });

/** `storage_config` and `live_streaming_config` are left out on purpose: they hold credentials and stream keys. */
const recordingConfigSchema = z.object({
  max_seconds: number,
  file_name_prefix: text,
  video_config: z.object({ codec: text, width: number, height: number }).nullish(),
  audio_config: z.object({ codec: text, channel: text }).nullish(),
});

export const meetingSchema = z.object({
  id: z.string().min(1),
  title: text,
  status: text,
  created_at: text,
  updated_at: text,
  record_on_start: flag,
  live_stream_on_start: flag,
  persist_chat: flag,
  summarize_on_end: flag,
  transcribe_on_end: flag,
  session_keep_alive_time_in_secs: number,
  recording_config: recordingConfigSchema.nullish(),
});

export const sessionSchema = z.object({
  id: z.string().min(1),
  associated_id: text,
  meeting_display_name: text,
  type: text,
  status: text,
  live_participants: number,
  max_concurrent_participants: number,
  minutes_consumed: number,
  organization_id: text,
  started_at: text,
  ended_at: text,
  created_at: text,
  updated_at: text,
  breakout_rooms: list,
});

export const peerEventSchema = z.object({
  id: text,
  event_name: text,
  created_at: text,
  updated_at: text,
  peer_id: text,
  participant_id: text,
  session_id: text,
  socket_session_id: text,
  minutes_consumed: number,
  preset_view_type: text,
});

/** Of the list, of the detail and of the peer report; the report says `role` for `preset_name`. */
export const participantSchema = z.object({
  id: z.string().min(1),
  user_id: text,
  custom_participant_id: text,
  display_name: text,
  preset_name: text,
  role: text,
  session_id: text,
  joined_at: text,
  left_at: text,
  duration: number,
  created_at: text,
  updated_at: text,
  peer_events: list,
});

/** The two links are strings, or for recordings of tracks a list of layers; they are secrets and read when opened. */
export const recordingSchema = z.object({
  id: z.string().min(1),
  session_id: text,
  status: text,
  invoked_time: text,
  started_time: text,
  stopped_time: text,
  output_file_name: text,
  file_size: number,
  recording_duration: number,
  download_url: z.unknown().optional(),
  audio_download_url: z.unknown().optional(),
});

/** A sentence of a transcript file. */
export const sentenceSchema = z.object({
  startTime: z.union([z.number(), z.string()]).nullish(),
  endTime: z.union([z.number(), z.string()]).nullish(),
  sentence: z.string(),
  peerData: z.object({ id: text, userId: text, displayName: text, cpi: text }).nullish(),
});

export const pagingSchema = z.object({ total_count: number, start_offset: number, end_offset: number });

export type AppRecord = z.infer<typeof appSchema>;
export type MeetingRecord = z.infer<typeof meetingSchema>;
export type SessionRecord = z.infer<typeof sessionSchema>;
export type PeerEventRecord = z.infer<typeof peerEventSchema>;
export type ParticipantRecord = z.infer<typeof participantSchema>;
export type RecordingRecord = z.infer<typeof recordingSchema>;
export type PagingRecord = z.infer<typeof pagingSchema>;
