import { hash, noise } from '../random';
import { clientOf } from '../realtimekit/client';
import { type Fault, faultsOf } from '../realtimekit/faults';
import { type Sending, sendingOf, type Track } from '../realtimekit/media/tracks';
import type { Plan, Stay } from '../realtimekit/plan';
import { opaqueId } from '../uuid';
import { streamId } from './active-peers';
import { recordingOf } from './recordings';
import { identity } from './sessions';
import { CUSTOMER_ID, NEVER_JOINED, nanoTime, peerId, roomOf, sessionId, templateId } from './workspace';

const SECOND = 1000;

/** One event of `GET /analytics/events`. */
export interface Happening {
  id: string;
  /** Epoch ms. */
  at: number;
  type: string;
  data: Record<string, unknown>;
}

/** Everything that happened in a session, whatever the time is now; or only what failed, which is quicker to tell. */
export function happeningsOf(plan: Plan, failuresOnly: boolean): Happening[] {
  const faults = faultsOf(plan);
  const list = plan.stays.flatMap((stay) => [
    ...(failuresOnly ? [] : trackEvents(plan, stay)),
    ...faults.filter((fault) => fault.stay === stay.index).flatMap((fault) => failures(plan, stay, fault)),
  ]);
  return [...list, ...neverJoined(plan, faults), ...(failuresOnly ? [] : recorded(plan))].map((event) => ({
    ...event,
    id: opaqueId(plan.seed, Math.floor(event.at / 1000), event.at % 1000, textHash(event)),
  }));
}

type Unnamed = Omit<Happening, 'id'>;

/** Tells events of one moment apart: by what happened, to whom and to which track. */
function textHash({ type, data }: Unnamed): number {
  const text = `${type} ${String(data.peer_id)} ${String(data.track_id)}`;
  return Array.from(text).reduce((sum, letter) => hash(sum, letter.charCodeAt(0)), 81);
}

function trackEvents(plan: Plan, stay: Stay): Unnamed[] {
  const sending = sendingOf(plan, stay, clientOf(plan, stay.person).mobile);
  return sending.tracks.flatMap((track) => eventsOfTrack(plan, stay, track, sending));
}

function eventsOfTrack(plan: Plan, stay: Stay, track: Track, { muted }: Sending): Unnamed[] {
  const stretches = track.kind === 'audio' && track.source === 'camera-mic' ? muted : [];
  const data = {
    room_id: roomOf(plan).id,
    session_id: sessionId(plan),
    room_name: plan.meeting.title,
    ...person(plan, stay),
    joined_at: nanoTime(stay.join, plan.seed),
    track_id: track.id,
    stream_id: streamId(track),
    type: track.kind,
    source: track.source === 'screen' ? 'screen' : 'regular',
    started_at: nanoTime(track.from, track.seed),
  };
  const mutedAt = (time: number) => stretches.some(({ from, to }) => from <= time && to > time);
  const changes = stretches
    .flatMap(({ from, to }) => [from, to])
    .filter((time) => time > track.from && time < track.to);
  return [
    { at: track.from + 2, type: 'track.add.success', data: { ...data, mute: mutedAt(track.from) } },
    ...changes.map((time) => ({ at: time + 60, type: 'track.update.success', data: { ...data, mute: mutedAt(time) } })),
    {
      at: track.to + 2,
      type: 'track.remove.success',
      data: { ...data, mute: mutedAt(track.to - 1), stopped_at: nanoTime(track.to, track.seed) },
    },
  ];
}

/** What a client reports of a fault: only those that break a connection. */
function failures(plan: Plan, stay: Stay, { kind, from, to }: Fault): Unnamed[] {
  if (kind === 'udp-blocked' || kind === 'turn-tcp') {
    const at = stay.join + 6 * SECOND;
    return kind === 'udp-blocked'
      ? [iceFailure(plan, stay, at, 'PUBLISH'), iceFailure(plan, stay, at + 340, 'SUBSCRIBE')]
      : [];
  }
  if (kind !== 'switch') return [];
  return [
    {
      at: from + 900,
      type: 'client.disconnected',
      // As published, a lost connection does not name its session.
      data: {
        ...failureData(plan, stay, 1003, 'WebSocketConnectionLost', 'websocket connection lost', 'RECONNECT_SIGNAL'),
        is_terminal: false,
        error_description: 'Connection closed unexpectedly',
      },
    },
    iceFailure(plan, stay, Math.min(from + 5 * SECOND, to), 'PUBLISH'),
  ];
}

function iceFailure(plan: Plan, stay: Stay, at: number, action: 'PUBLISH' | 'SUBSCRIBE'): Unnamed {
  const type = action === 'PUBLISH' ? 'client.publish.failed' : 'client.subscribe.failed';
  const message = `[${action}]: Ice connection state DISCONNECTED`;
  return {
    at,
    type,
    data: {
      ...failureData(plan, stay, 4006, 'ICEDisconnected', message, action),
      session_id: sessionId(plan),
      is_terminal: false,
      error_description: iceText(plan, stay),
    },
  };
}

/** Candidates in the form of the published failures; addresses are from ranges kept for documentation (RFC 5737). */
function iceText(plan: Plan, stay: Stay): string {
  const { address, localAddress } = clientOf(plan, stay.person);
  const port = (salt: number) => 20_000 + (hash(plan.seed, stay.index, salt) % 40_000);
  const ufrag = (salt: number) => hash(plan.seed, stay.index, salt).toString(36).slice(0, 4);
  const local = `candidate:${hash(plan.seed, stay.index, 82)} 1 udp 41886207 198.51.100.32 ${port(83)} typ relay raddr ${address} rport ${port(84)} generation 0 ufrag ${ufrag(85)} network-id 1 network-cost 10`;
  const remote = `candidate:${hash(plan.seed, stay.index, 86)} 1 udp 2130706431 ${localAddress.includes(':') ? 'redacted-ip.invalid' : '198.51.100.107'} ${port(87)} typ prflx generation 0 ufrag ${ufrag(88)}`;
  return `local candidate - ${local}; remote candidate - ${remote}`;
}

function failureData(plan: Plan, stay: Stay, code: number, name: string, message: string, action: string) {
  return {
    ...person(plan, stay),
    account_id: CUSTOMER_ID,
    room_id: roomOf(plan).id,
    room_name: plan.meeting.title,
    template_id: templateId(roomOf(plan)),
    error_code: code,
    error_name: name,
    error_message: message,
    action,
    agent: agentOf(plan, stay),
  };
}

/** Where UDP is blocked, the guest's first try fails before there is a peer in the session. */
function neverJoined(plan: Plan, faults: readonly Fault[]): Unnamed[] {
  const fault = faults.find(({ kind }) => kind === 'udp-blocked');
  const stay = fault && plan.stays[fault.stay];
  if (!stay) return [];
  return [
    {
      at: stay.join - 11 * SECOND,
      type: 'client.connect.failed',
      data: {
        user_id: identity(plan, stay).user_id,
        user_name: identity(plan, stay).name,
        peer_id: peerId(plan, NEVER_JOINED),
        account_id: CUSTOMER_ID,
        room_id: roomOf(plan).id,
        error_code: 2003,
        error_name: 'EndpointUnreachable',
        error_message: 'Endpoint is not reachable',
        error_description: 'Failed to fetch',
        is_terminal: noise(plan.seed, 89) < 0.5,
        action: 'INIT',
        endpoint: 'https://init.calls.example/init',
        agent: agentOf(plan, stay),
      },
    },
  ];
}

/** The event of a finished recording. Its peer is the recorder. */
function recorded(plan: Plan): Unnamed[] {
  const recording = recordingOf(plan, Number.POSITIVE_INFINITY);
  if (!recording) return [];
  const at = recording.stopped + 5 * SECOND;
  return [
    {
      at,
      type: 'beam.recording.success',
      data: {
        beam_id: recording.id,
        room_id: roomOf(plan).id,
        session_id: sessionId(plan),
        peer_id: opaqueId(plan.seed, 90),
        template_id: templateId(roomOf(plan)),
        created_at: nanoTime(recording.created, plan.seed),
        duration: Math.round((recording.stopped - recording.started) / SECOND),
        started_at: nanoTime(recording.started, plan.seed),
        stopped_at: nanoTime(recording.stopped, plan.seed),
        max_width: 1280,
        max_height: 720,
        recording_path: `s3://example-recordings/calls/${recording.id}.mp4`,
        recording_presigned_url: `https://recordings.example/${recording.id}.mp4?signature=${hash(plan.seed, 91).toString(16)}`,
        meeting_url: `https://calls.example/preview/${roomOf(plan).id}?token=beam_recording`,
        session_started_at: nanoTime(plan.start, plan.seed),
        size: 48_000 * Math.round((recording.stopped - recording.started) / SECOND),
      },
    },
  ];
}

function person(plan: Plan, stay: Stay) {
  const { user_id, name, role } = identity(plan, stay);
  return { peer_id: peerId(plan, stay.index), user_id, user_name: name, role };
}

function agentOf(plan: Plan, stay: Stay) {
  const client = clientOf(plan, stay.person);
  const web = client.browser !== '';
  const agent = {
    os: web ? `web_${client.os.replaceAll(' ', '_')}` : client.os.toLowerCase(),
    os_version: client.osVersion,
    sdk: web ? 'web' : 'android',
    sdk_version: web ? '0.12.15' : '2.9.61',
    device_model: web ? `${client.browser}_${client.browserVersion}` : 'Phone',
    ...(web && {
      framework: 'react-web',
      framework_version: '18.2.0',
      framework_sdk_version: '0.10.15',
      is_prebuilt: false,
    }),
  };
  const string = Object.entries(agent)
    .map(([name, value]) => `${name}:${String(value)}`)
    .join(',');
  return { ...agent, string };
}
