import type { SampleAnswer } from '../provider';
import { clientOf } from '../realtimekit/client';
import { type Stretch, sendingOf, type Track } from '../realtimekit/media/tracks';
import type { Plan, Stay } from '../realtimekit/plan';
import { ok, Refused } from './answers';
import { identity, presentStays } from './sessions';
import { nanoTime, peerId } from './workspace';

/** `GET /active-rooms/{id}/peers`: a map by peer id, empty when nobody fits. */
export function listActivePeers(plan: Plan, query: URLSearchParams, now: number): SampleAnswer {
  const [user, role] = [query.get('user_id'), query.get('role')];
  const rows = presentStays(plan, now)
    .map((stay) => peerRow(plan, stay))
    .filter((row) => (!user || row.user_id === user) && (!role || row.role === role));
  return ok({ peers: Object.fromEntries(rows.map((row) => [row.id, row])) });
}

/** `GET /active-rooms/{id}/peers/{peer}`: with the tracks that are sent now. */
export function activePeer(plan: Plan, id: string, now: number): SampleAnswer {
  const stay = presentStays(plan, now).find(({ index }) => peerId(plan, index) === id);
  if (!stay) throw new Refused(404, 'peer not found', [`no peer ${id}`]);
  const { tracks, muted } = sendingOf(plan, stay, clientOf(plan, stay.person).mobile);
  const sent = tracks.filter(({ from, to }) => from <= now && to > now);
  return ok({
    ...peerRow(plan, stay),
    tracks: Object.fromEntries(sent.map((track) => [track.id, trackRow(track, muted, now)])),
  });
}

function peerRow(plan: Plan, stay: Stay) {
  return {
    id: peerId(plan, stay.index),
    ...identity(plan, stay),
    metadata: '',
    joined_at: nanoTime(stay.join, plan.seed),
  };
}

function trackRow(track: Track, muted: readonly Stretch[], now: number) {
  return {
    id: track.id,
    stream_id: streamId(track),
    mute: track.kind === 'audio' && muted.some(({ from, to }) => from <= now && to > now),
    type: track.kind,
    source: track.source === 'screen' ? 'screen' : 'regular',
    started_at: nanoTime(track.from, track.seed),
    description: '',
  };
}

/** Tracks of one source share a stream. */
export function streamId(track: Track): string {
  const digits = track.source === 'screen' ? '5c' : 'c0';
  return `${digits}${track.id.slice(2, 24)}${String(track.stay).padStart(12, '0')}`;
}
