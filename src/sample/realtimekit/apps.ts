import type { SampleAnswer } from '../provider';
import { hash } from '../random';
import { APPS, type CatalogMeeting, meetingCreatedAt, personName } from './catalog';
import { success } from './envelope';
import { appId, meetingId, userId } from './ids';
import { keepsChat, records, summarizes, transcribes } from './kept';
import { dateTime, page, searchText, word } from './query';

const HOUR = 3_600_000;

/** The fields of an app. */
export function appRow(app: number): { id: string; name: string; created_at: string } {
  const { name = '', createdAt = 0 } = APPS[app] ?? {};
  return { id: appId(app), name, created_at: iso(createdAt) };
}

/** `GET …/apps`. Without `sort_order` in the order of the catalog, which is that of creation. */
export function listApps(query: URLSearchParams): SampleAnswer {
  const search = searchText(query);
  const rows = APPS.map((_, app) => appRow(app)).filter(({ name }) => !search || name.includes(search));
  if (word(query, 'sort_order', ['ASC', 'DESC']) === 'DESC') rows.reverse();
  const { rows: data, paging } = page(rows, query);
  return success(data, paging);
}

/** `GET …/meetings`, the newest first. */
export function listMeetings(app: number, query: URLSearchParams): SampleAnswer {
  const search = searchText(query);
  const status = word(query, 'status', ['ACTIVE', 'INACTIVE']);
  const from = dateTime(query, 'start_time') ?? Number.NEGATIVE_INFINITY;
  const to = dateTime(query, 'end_time') ?? Number.POSITIVE_INFINITY;
  const rows = (APPS[app]?.meetings ?? [])
    .map((meeting, index) => ({ meeting, index, created: meetingCreatedAt(app, index) }))
    .filter(({ meeting, created }) => (!status || meeting.status === status) && created >= from && created <= to)
    .sort((a, b) => b.created - a.created)
    .map(({ meeting, index }) => meetingRow(app, index, meeting))
    .filter(({ id, title }) => !search || id === search || title.toLowerCase().includes(search));
  const { rows: data, paging } = page(rows, query);
  return success(data, paging);
}

/** `GET …/meetings/{id}`: the row of the list and what only the detail has. */
export function meetingDetail(app: number, index: number, meeting: CatalogMeeting): SampleAnswer {
  return success({
    ...meetingRow(app, index, meeting),
    ai_config: { transcription: { language: 'en-US', profanity_filter: false } },
  });
}

/** `GET …/meetings/{id}/participants`: the people enrolled, whether they came or not. */
export function listEnrolled(
  app: number,
  index: number,
  meeting: CatalogMeeting,
  query: URLSearchParams,
): SampleAnswer {
  const created = meetingCreatedAt(app, index);
  const rows = Array.from({ length: meeting.people }, (_, person) => {
    const at = created + person * 1500 + (hash(app, index, person) % 1000);
    return {
      id: userId(app, index, person),
      name: personName(meeting, person),
      picture: null,
      custom_participant_id: customId(app, index, person),
      preset_name: presetName(person),
      created_at: iso(at),
      updated_at: iso(at),
    };
  });
  const { rows: data, paging } = page(rows, query);
  return success(data, paging);
}

/** The id under which the app's own users know a person. */
export function customId(app: number, meeting: number, person: number): string {
  const { name = '' } = APPS[app] ?? {};
  return `${name.split('-')[0] ?? ''}-${String((hash(app, meeting, person, 5) % 90_000) + 10_000)}`;
}

/** Name of the preset that a person joins with. */
export function presetName(person: number): string {
  return person === 0 ? 'group_call_host' : 'group_call_participant';
}

/** ISO 8601 in UTC with milliseconds. */
export function iso(time: number): string {
  return new Date(time).toISOString();
}

function meetingRow(app: number, index: number, meeting: CatalogMeeting) {
  const created = meetingCreatedAt(app, index);
  return {
    id: meetingId({ app, meeting: index, room: 0 }),
    title: meeting.title,
    status: meeting.status,
    record_on_start: records(index),
    live_stream_on_start: false,
    persist_chat: keepsChat(index),
    summarize_on_end: summarizes(index),
    transcribe_on_end: transcribes(index),
    session_keep_alive_time_in_secs: 60,
    created_at: iso(created),
    updated_at: iso(created + (hash(app, index, 8) % (20 * HOUR))),
  };
}
