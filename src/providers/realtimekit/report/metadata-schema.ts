import * as z from 'zod';

const text = z.string().nullish();
const number = z.number().nullish();
const flag = z.boolean().nullish();
const list = z.unknown().optional();

export const metadataSchema = z.object({
  browser_metadata: z
    .object({ browser: text, browser_version: text, engine: text, user_agent: text, webgl_support: flag })
    .nullish(),
  device_info: z.object({ cpus: number, is_mobile: flag, os: text, os_version: text }).nullish(),
  native_metadata: z.object({ audio_encoder: text, video_encoder: text }).nullish(),
  sdk_name: text,
  sdk_type: text,
  sdk_version: text,
  room_view_type: text,
  ip_information: z
    .object({
      ipv4: text,
      city: text,
      region: text,
      country: text,
      timezone: text,
      org: text,
      asn: z.object({ asn: text, name: text, domain: text, route: text, type: text }).nullish(),
    })
    .nullish(),
  candidate_pairs: z.object({ producing_transport: list, consuming_transport: list }).nullish(),
  pc_metadata: list,
  events: list,
  audio_devices_updates: list,
  video_devices_updates: list,
  speaker_devices_updates: list,
  selected_device_updates: list,
});

export const connectivitySchema = z.object({
  timestamp: text,
  effective_network_type: text,
  reflexive_connectivity: flag,
  relay_connectivity: flag,
  turn_connectivity: flag,
  sdp: z.array(z.string()).nullish(),
});

export const eventSchema = z.object({
  name: z.string().min(1),
  timestamp: text,
  metadata: z.record(z.string(), z.unknown()).nullish(),
});

export const deviceSchema = z.object({ device_id: text, kind: text, label: text });

export const deviceUpdateSchema = z.object({ timestamp: text, added: list, removed: list });

export const selectedDeviceSchema = z.object({ timestamp: text, device: deviceSchema.nullish() });

export const candidatePairSchema = z.object({
  nominated: flag,
  local_candidate_id: text,
  local_candidate_type: text,
  local_candidate_address: text,
  local_candidate_port: number,
  local_candidate_protocol: text,
  local_candidate_url: text,
  local_candidate_network_type: text,
  local_candidate_related_address: text,
  local_candidate_related_port: number,
  remote_candidate_id: text,
  remote_candidate_type: text,
  remote_candidate_address: text,
  remote_candidate_port: number,
  remote_candidate_protocol: text,
  remote_candidate_url: text,
  current_round_trip_time: number,
  total_round_trip_time: number,
  bytes_sent: number,
  bytes_received: number,
  packets_sent: number,
  packets_received: number,
  bytes_discarded_on_send: number,
  packets_discarded_on_send: number,
  available_outgoing_bitrate: number,
  available_incoming_bitrate: number,
  last_packet_sent_timestamp: number,
  last_packet_received_timestamp: number,
});

export type MetadataRecord = z.infer<typeof metadataSchema>;
export type CandidatePairRecord = z.infer<typeof candidatePairSchema>;
