import { FILES } from '../files';
import type { SampleAnswer, SampleProvider, SampleRequest } from '../provider';
import type { Plan } from '../realtimekit/plan';
import { Router } from '../router';
import { activePeer, listActivePeers } from './active-peers';
import { failure, Refused } from './answers';
import { checkToken, keyPair } from './auth';
import { listEvents } from './events';
import { answerFile, presignedUrl } from './files';
import { assetDetail, listAssets, listRecordings, recordingDetail } from './recordings';
import { listRooms, roomDetail } from './rooms';
import { activeRoom, listSessions, liveSession, sessionDetail } from './sessions';
import { peerStats } from './stats';
import { listDeliveries } from './webhooks';
import { findRoom, findSession, stayOf } from './workspace';

interface Context {
  request: SampleRequest;
  /** The random key of this start. */
  key: string;
  params: Readonly<Record<string, string>>;
}
type Handler = (context: Context) => SampleAnswer;

const ROUTES = new Router<Handler>({
  rooms: ({ request }) => listRooms(request.query),
  'rooms/{room}': ({ params }) => roomDetail(params.room ?? ''),
  sessions: ({ request }) => listSessions(request.query, request.now),
  'sessions/{session}': ({ request, params }) => sessionDetail(session(params.session, request.now), request.now),
  'active-rooms/{room}': ({ request, params }) => activeRoom(live(params.room, request.now), request.now),
  'active-rooms/{room}/peers': ({ request, params }) =>
    listActivePeers(live(params.room, request.now), request.query, request.now),
  'active-rooms/{room}/peers/{peer}': ({ request, params }) =>
    activePeer(live(params.room, request.now), params.peer ?? '', request.now),
  'analytics/events': ({ request }) => listEvents(request.query, request.now),
  'analytics/peer-stats': readStats,
  'analytics/webhooks': ({ request }) => listDeliveries(request.query, request.now),
  recordings: ({ request }) => listRecordings(request.query, request.now),
  'recordings/{recording}': ({ request, params }) => recordingDetail(params.recording ?? '', request.now),
  'recording-assets': ({ request }) => listAssets(request.query, request.now),
  'recording-assets/{asset}': ({ request, params }) => assetDetail(params.asset ?? '', request.now),
  'recording-assets/{asset}/presigned-url': ({ request, params, key }) =>
    presignedUrl(params.asset ?? '', request, key),
});

/** 100ms as the sample service plays it: the endpoints that read rooms, sessions, quality, events and recordings. */
export const hmsSample: SampleProvider = {
  provider: '100ms',
  mount: '/v2',
  secrets: (key) => ({ ...keyPair(key) }),
  answer(request, key) {
    if (request.segments[0] === FILES) return refusing(() => answerFile(request, key));
    const refused = checkToken(request.authorization, key);
    if (refused) return refused;
    const match = ROUTES.match(request.segments);
    if (!match) return failure(404, 'page not found');
    if (request.method !== 'GET') return failure(405, 'method not allowed');
    return refusing(() => match.handler({ request, params: match.params, key }));
  },
};

function refusing(answer: () => SampleAnswer): SampleAnswer {
  try {
    return answer();
  } catch (error) {
    if (error instanceof Refused) return failure(error.status, error.message, error.details);
    throw error;
  }
}

function session(id: string | null | undefined, now: number): Plan {
  const plan = findSession(id ?? '', now);
  if (!plan) throw new Refused(404, 'session not found', [`no session ${id ?? ''}`]);
  return plan;
}

function live(roomId: string | undefined, now: number): Plan {
  const room = findRoom(roomId ?? '');
  if (!room) throw new Refused(404, 'room not found', [`no room ${roomId ?? ''}`]);
  const plan = liveSession(room.index, now);
  if (!plan) throw new Refused(404, 'active session not found', [`room ${room.id} is not active`]);
  return plan;
}

function readStats({ request: { query, now } }: Context): SampleAnswer {
  const [peer, of] = [query.get('peer_id'), query.get('session_id')];
  if (!peer || !of) throw new Refused(400, `${peer ? 'session_id' : 'peer_id'} is required`);
  const plan = session(of, now);
  const stay = stayOf(plan, peer);
  if (!stay || stay.join > now) throw new Refused(404, 'stats not found', [`no peer ${peer}`]);
  return peerStats(plan, stay, now);
}
