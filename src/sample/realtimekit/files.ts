import { cell, noFile, refuseFile, signedLink, textFile } from '../files';
import type { SampleAnswer, SampleRequest } from '../provider';
import { hash, noise } from '../random';
import { opaqueId } from '../uuid';
import { iso } from './apps';
import { failure, success } from './envelope';
import { meetingId, readMeetingId, readRecordingId, readSessionId, recordingId, sessionId } from './ids';
import { hasChat, keepsChat, records, summarizes, transcribes } from './kept';
import { stayIdentity, stayTimes } from './participants';
import { type Plan, planOf } from './plan';
import { BadParameter, dateTime, page, word } from './query';
import { slotsBetween } from './schedule';
import { findPlan, keyOf } from './sessions';
import { chatOf, summaryOf, talkOf } from './talk';

const MINUTE = 60_000;
/** Files are kept this long after the session. */
const RETENTION = 7 * 24 * 60 * MINUTE;
/** Transcripts and summaries come this long after the end. */
const WRITING = MINUTE;
/** How often a summary that is being made is looked for in vain. */
const LOOKS_IN_VAIN = 2;

const MOUNT = '/client/v4';
const FORMATS = ['SRT', 'VTT', 'JSON', 'CSV'] as const;
type Format = (typeof FORMATS)[number];

/** Summaries that were asked for during this run: by key and session how often they are still not there. */
const asked = new Map<string, number>();

/** `GET …/sessions/{id}/chat`. */
export function chatLink(plan: Plan, request: SampleRequest, key: string): SampleAnswer {
  const kept = keepsChat(plan.slot.meeting) || plan.end + RETENTION > request.now;
  if (plan.end > request.now || !hasChat(plan.slot.meeting) || !kept)
    return failure(404, 'No chat found for this session');
  const { url, expires } = signedLink(request, MOUNT, key, ['chat', `${idOf(plan)}.csv`]);
  return success({ chat_download_url: url, chat_download_url_expiry: iso(expires) });
}

/** `GET …/sessions/{id}/transcript`. */
export function transcriptLink(plan: Plan, request: SampleRequest, key: string): SampleAnswer {
  const format = word(request.query, 'format', FORMATS) ?? 'CSV';
  if (!hasTranscript(plan, request.now)) return failure(404, 'No transcript found for this session');
  const { url, expires } = signedLink(request, MOUNT, key, ['transcript', `${idOf(plan)}.${format.toLowerCase()}`]);
  return success({
    sessionId: idOf(plan),
    transcript_download_url: url,
    transcript_download_url_expiry: iso(expires),
  });
}

/** `GET …/sessions/{id}/summary`. */
export function summaryLink(plan: Plan, request: SampleRequest, key: string): SampleAnswer {
  const id = idOf(plan);
  if (!hasSummary(plan, request.now, key)) return failure(404, 'No summary found for this session');
  const { url, expires } = signedLink(request, MOUNT, key, ['summary', `${id}.txt`]);
  return success({ sessionId: id, summaryDownloadUrl: url, summaryDownloadUrlExpiry: iso(expires) });
}

/** `POST …/sessions/{id}/summary`. */
export function makeSummary(plan: Plan, request: SampleRequest, key: string): SampleAnswer {
  if (!hasTranscript(plan, request.now)) return failure(404, 'No transcript found to summarize');
  const id = idOf(plan);
  asked.set(`${key} ${id}`, LOOKS_IN_VAIN);
  return success({ session_id: id, status: 'IN_PROGRESS' });
}

/** `GET …/recordings`, the newest first; files are kept as long as transcripts. */
export function listRecordings(app: number, request: SampleRequest, key: string): SampleAnswer {
  const { query, now } = request;
  const meeting = query.get('meeting_id');
  const only = meeting === null ? undefined : readMeetingId(meeting);
  const from = Math.max(dateTime(query, 'start_time') ?? 0, now - RETENTION);
  const to = dateTime(query, 'end_time') ?? now;
  const plans = slotsBetween(app, from, to, now)
    .filter((slot) => meeting === null || (only?.app === app && only.room === 0 && only.meeting === slot.meeting))
    .map((slot) => planOf(slot) as Plan)
    .filter((plan) => isRecorded(plan, now));
  const { rows, paging } = page(plans, query);
  return success(
    rows.map((plan) => recordingRow(plan, request, key)),
    paging,
  );
}

/** `GET …/recordings/{id}`. */
export function recordingDetail(id: string, request: SampleRequest, key: string): SampleAnswer {
  const session = readRecordingId(id);
  const plan = session && findPlan(session, request.now);
  if (!plan || !isRecorded(plan, request.now)) return failure(404, `No recording found with id ${id}`);
  return success(recordingRow(plan, request, key));
}

/** A file behind a link, `files/{kind}/{session}.{ending}`. No key opens it, only its signature. */
export function answerFile(request: SampleRequest, key: string): SampleAnswer {
  const refused = refuseFile(request, key);
  if (refused) return refused;
  const [, kind, name = ''] = request.segments;
  const [id = '', ending = ''] = name.split('.');
  const session = readSessionId(id);
  const plan = session && findPlan(session, request.now);
  if (!plan) return noFile();
  switch (kind) {
    case 'chat':
      return textFile('text/csv', chatFile(plan));
    case 'transcript':
      return textFile('text/plain; charset=utf-8', transcriptFile(plan, ending.toUpperCase() as Format, request.now));
    case 'summary':
      return textFile('text/plain; charset=utf-8', summaryOf(plan));
    case 'recording':
      return textFile('text/plain; charset=utf-8', `Here would be the recording of ${plan.meeting.title}.\n`);
    default:
      return noFile();
  }
}

function hasTranscript({ slot, end }: Plan, now: number): boolean {
  return transcribes(slot.meeting) && end + WRITING < now && end + RETENTION > now;
}

/** Made by itself for some meetings; for others when it was asked for, after a few looks. */
function hasSummary(plan: Plan, now: number, key: string): boolean {
  if (!hasTranscript(plan, now)) return false;
  if (summarizes(plan.slot.meeting)) return true;
  const entry = `${key} ${idOf(plan)}`;
  const left = asked.get(entry);
  if (left === undefined) return false;
  if (left > 0) asked.set(entry, left - 1);
  return left <= 0;
}

function isRecorded(plan: Plan, now: number): boolean {
  return records(plan.slot.meeting) && plan.room === 0 && noise(plan.seed, 311) < 0.8 && plan.end < now;
}

function idOf(plan: Plan): string {
  return sessionId(keyOf(plan));
}

/** The columns that the guide to chat dumps names. */
function chatFile(plan: Plan): string {
  const { app } = plan.slot.key;
  const head = 'id,participantId,sessionId,meetingId,displayName,pinned,isEdited,payloadType,payload,createdAt\n';
  const rows = chatOf(plan).map(({ at, stay, name, text }, index) => {
    const meeting = meetingId({ app, meeting: plan.slot.meeting, room: plan.room });
    const told = [opaqueId(plan.seed, 304, index), stayIdentity(plan, stay).id, idOf(plan), meeting, name];
    const marks = [index === 1, noise(plan.seed, 305, index) < 0.1].map(String);
    return [...told, ...marks, 'TEXT_MESSAGE', text, iso(at)].map(cell).join(',');
  });
  return `${head}${rows.join('\n')}\n`;
}

function transcriptFile(plan: Plan, format: Format, now: number): string {
  const said = talkOf(plan).map((one) => ({ ...one, from: one.at - plan.start, to: one.until - plan.start }));
  switch (format) {
    case 'JSON':
      return JSON.stringify(
        said.map(({ from, to, text, stay }) => {
          const { id, user_id, custom_participant_id, display_name } = stayIdentity(plan, stay);
          const { joined_at, left_at = '' } = stayTimes(stay, now);
          const peerData = {
            id,
            userId: user_id,
            displayName: display_name,
            cpi: custom_participant_id,
            joinedAt: joined_at,
            leftAt: left_at,
          };
          return { startTime: from, endTime: to, sentence: text, peerData };
        }),
      );
    case 'CSV':
      return said
        .map(({ from, text, stay }) => {
          const { id, user_id, custom_participant_id, display_name } = stayIdentity(plan, stay);
          return `${[from, id, user_id, custom_participant_id, display_name, text].map(cell).join(',')}\n`;
        })
        .join('');
    case 'SRT':
      return said
        .map(
          ({ from, to, name, text }, index) =>
            `${index + 1}\n${cue(from, ',')} --> ${cue(to, ',')}\n${name}: ${text}\n`,
        )
        .join('\n');
    case 'VTT': {
      const cues = said.map(
        ({ from, to, name, text }) => `${cue(from, '.')} --> ${cue(to, '.')}\n<v ${name}>${text}\n`,
      );
      return `WEBVTT\n\n${cues.join('\n')}`;
    }
    default:
      throw new BadParameter('"format" is not known');
  }
}

function cue(ms: number, point: string): string {
  const text = new Date(ms).toISOString();
  return `${text.slice(11, 19)}${point}${text.slice(20, 23)}`;
}

function recordingRow(plan: Plan, request: SampleRequest, key: string) {
  const started = plan.start + 4000;
  const seconds = Math.round((plan.end - started) / 1000);
  const id = recordingId(keyOf(plan));
  const video = signedLink(request, MOUNT, key, ['recording', `${idOf(plan)}.mp4`]);
  const audio = signedLink(request, MOUNT, key, ['recording', `${idOf(plan)}.mp3`]);
  return {
    id,
    session_id: idOf(plan),
    status: 'UPLOADED',
    invoked_time: iso(plan.start + 1500),
    started_time: iso(started),
    stopped_time: iso(plan.end),
    output_file_name: `${meetingId({ app: plan.slot.key.app, meeting: plan.slot.meeting, room: 0 })}_${started}.mp4`,
    file_size: seconds * 52_000 + (hash(plan.seed, 312) % 70_000),
    recording_duration: seconds,
    download_url: video.url,
    download_url_expiry: iso(video.expires),
    audio_download_url: audio.url,
    storage_config: null,
  };
}
