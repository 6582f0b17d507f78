import * as z from 'zod';

// Every field is optional but the ids without which a row cannot be opened; null counts as missing; unknown keys are
// ignored. Lists and maps within a record stay unknown here: their records are read one by one, so that a bad one costs
// itself. Ids are never checked for their form: it is not promised.

const text = z.string().nullish();
const number = z.number().nullish();
const flag = z.boolean().nullish();
const nested = z.unknown().optional();

/** `recording_info.upload_info.credentials` and `webhook.headers` are left out on purpose: they can hold secrets. */
const recordingInfoSchema = z.object({
  enabled: flag,
  upload_info: z.object({ type: text, location: text, prefix: text }).nullish(),
});

export const roomSchema = z.object({
  id: z.string().min(1),
  name: text,
  enabled: flag,
  description: text,
  customer_id: text,
  app_id: text,
  recording_source_template: flag,
  recording_info: recordingInfoSchema.nullish(),
  /** Of the list. */
  recording: recordingInfoSchema.nullish(),
  template_id: text,
  template: text,
  region: text,
  created_at: text,
  updated_at: text,
  key: text,
  large_room: flag,
  size: number,
  max_duration_seconds: number,
});

/** Its `peers` are a map by peer id; a page of the documentation says a list. */
export const sessionSchema = z.object({
  id: z.string().min(1),
  room_id: text,
  customer_id: text,
  app_id: text,
  user_id: text,
  active: flag,
  peers: nested,
  created_at: text,
  updated_at: text,
});

/** Of a session and of an active room, which adds `metadata` and `tracks`. Old payloads have neither id nor user id. */
export const peerSchema = z.object({
  id: z.string().min(1),
  session_id: text,
  name: text,
  role: text,
  user_id: text,
  /** Deprecated since 2023-01. */
  user: text,
  joined_at: text,
  left_at: text,
  metadata: nested,
  tracks: nested,
});

export const trackSchema = z.object({
  id: text,
  type: text,
  source: text,
  mute: flag,
  started_at: text,
  description: text,
});

export const recordingSchema = z.object({
  id: z.string().min(1),
  session_id: text,
  status: text,
  created_at: text,
  started_at: text,
  stopped_at: text,
  started_by: text,
  stopped_by: text,
  asset_types: nested,
});

/** `path` is where the file is kept, not a link; `thumbnails` are such places too. */
export const assetSchema = z.object({
  id: z.string().min(1),
  job_id: text,
  session_id: text,
  type: text,
  status: text,
  size: number,
  duration: number,
  path: text,
  metadata: nested,
  created_at: text,
});

/** A sentence of a transcript file. Times are ms, as text in the published example. */
export const sentenceSchema = z.object({
  sentence: z.string(),
  name: text,
  peer_id: text,
  start_time: z.union([z.number(), z.string()]).nullish(),
  end_time: z.union([z.number(), z.string()]).nullish(),
});

/** A section of a summary file: by its `format` bullets or a paragraph. */
export const sectionSchema = z.object({
  title: text,
  format: text,
  bullets: z.array(z.string()).nullish(),
  paragraph: text,
});

export const eventSchema = z.object({ id: text, timestamp: text, type: z.string().min(1), data: nested });

/** Members of an event's data that have a place of their own; the rest is shown as it came. */
export const eventDataSchema = z.object({
  session_id: text,
  peer_id: text,
  user_id: text,
  user_name: text,
  room_name: text,
  role: text,
  track_id: text,
  type: text,
  source: text,
  mute: flag,
  stopped_at: text,
  error_code: z.union([z.number(), z.string()]).nullish(),
  error_name: text,
  error_message: text,
  error_description: text,
  is_terminal: flag,
  action: text,
  agent: nested,
});

export const agentSchema = z.object({
  sdk: text,
  sdk_version: text,
  os: text,
  os_version: text,
  device_model: text,
  framework: text,
  framework_version: text,
  framework_sdk_version: text,
});

export const deliverySchema = z.object({
  event_name: text,
  event_timestamp: text,
  payload: z
    .object({
      event_data: z.object({ session_id: text }).nullish(),
      original_event_name: text,
      error_reason: text,
    })
    .nullish(),
});

export type RoomRecord = z.infer<typeof roomSchema>;
export type SessionRecord = z.infer<typeof sessionSchema>;
export type PeerRecord = z.infer<typeof peerSchema>;
export type RecordingRecord = z.infer<typeof recordingSchema>;
export type AssetRecord = z.infer<typeof assetSchema>;
export type EventData = z.infer<typeof eventDataSchema>;
export type AgentRecord = z.infer<typeof agentSchema>;
