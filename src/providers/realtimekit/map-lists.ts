import * as l10n from '@vscode/l10n';
import type { App, Fact, ItemIssue, Room, Session } from '../../core/model';
import { parseTime } from '../../core/time';
import { readRecords } from '../records';
import { type AppRecord, type MeetingRecord, type SessionRecord, sessionSchema } from './schema';

/** An app; without a name it goes by its id. */
export function mapApp(record: AppRecord): App {
  return { id: record.id, name: record.name || record.id, createdAt: parseTime(record.created_at) };
}

/** A meeting as a room; its title is often missing. */
export function mapMeeting(record: MeetingRecord): Room {
  return {
    id: record.id,
    name: record.title || record.id,
    status: record.status ?? undefined,
    createdAt: parseTime(record.created_at),
    updatedAt: parseTime(record.updated_at),
    facts: meetingFacts(record),
  };
}

function meetingFacts(record: MeetingRecord): Fact[] {
  const recording = record.recording_config;
  const { video_config: video, audio_config: audio } = recording ?? {};
  const size = video?.width && video.height ? `${video.width} × ${video.height}` : undefined;
  return facts([
    [l10n.t('Records on start'), record.record_on_start],
    [l10n.t('Livestreams on start'), record.live_stream_on_start],
    [l10n.t('Keeps chat'), record.persist_chat],
    [l10n.t('Transcribes on end'), record.transcribe_on_end],
    [l10n.t('Summarizes on end'), record.summarize_on_end],
    [l10n.t('Session kept alive'), seconds(record.session_keep_alive_time_in_secs)],
    [l10n.t('Longest recording'), seconds(recording?.max_seconds)],
    [l10n.t('Recording file prefix'), recording?.file_name_prefix],
    [l10n.t('Recording video'), joined(video?.codec, size)],
    [l10n.t('Recording audio'), joined(audio?.codec, audio?.channel)],
  ]);
}

/** How deep breakout rooms nest at most; RealtimeKit has one level. */
const MAX_DEPTH = 4;

/**
 * A session with its breakout rooms, where they came along. It is live when RealtimeKit says so, or when it says nothing
 * and no end is known; `path` names the record for issues.
 */
export function mapSession(record: SessionRecord, path: string, issues: ItemIssue[], depth = 0): Session {
  const endedAt = parseTime(record.ended_at);
  const live = record.status ? record.status === 'LIVE' : endedAt === undefined;
  if (record.status && record.status !== 'LIVE' && record.status !== 'ENDED') {
    issues.push({ path: `${path}.status`, message: l10n.t('Neither LIVE nor ENDED; taken as ended.') });
  }
  const nested = `${path}.breakout_rooms`;
  const rooms = depth < MAX_DEPTH ? readRecords(sessionSchema, record.breakout_rooms, nested, issues) : [];
  return {
    id: record.id,
    roomId: record.associated_id ?? undefined,
    roomName: record.meeting_display_name ?? undefined,
    status: live ? 'live' : 'ended',
    type: record.type ?? undefined,
    startedAt: parseTime(record.started_at),
    endedAt,
    createdAt: parseTime(record.created_at),
    updatedAt: parseTime(record.updated_at),
    participantMinutes: record.minutes_consumed ?? undefined,
    liveParticipants: record.live_participants ?? undefined,
    maxConcurrentParticipants: record.max_concurrent_participants ?? undefined,
    breakoutRooms:
      rooms.length > 0
        ? rooms.map((room, index) => mapSession(room, `${nested}[${index}]`, issues, depth + 1))
        : undefined,
    facts: facts([[l10n.t('App ID'), record.organization_id]]),
  };
}

function facts(rows: readonly (readonly [label: string, value: string | boolean | null | undefined])[]): Fact[] {
  return rows.flatMap(([label, value]) => {
    if (value === undefined || value === null || value === '') return [];
    return [{ label, value: typeof value === 'boolean' ? (value ? l10n.t('yes') : l10n.t('no')) : value }];
  });
}

function seconds(value: number | null | undefined): string | undefined {
  return value === undefined || value === null ? undefined : `${value} s`;
}

function joined(...parts: (string | null | undefined)[]): string {
  return parts.filter((part) => part).join(', ');
}
