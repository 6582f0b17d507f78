import { createHash, timingSafeEqual } from 'node:crypto';
import { SAMPLE_CONNECTIONS } from '../catalog';
import { FILES } from '../files';
import type { SampleAnswer, SampleProvider, SampleRequest } from '../provider';
import { type Match, Router } from '../router';
import { appRow, listApps, listEnrolled, listMeetings, meetingDetail } from './apps';
import { APPS, type CatalogMeeting } from './catalog';
import { failure, gatewayFailure, success } from './envelope';
import {
  answerFile,
  chatLink,
  listRecordings,
  makeSummary,
  recordingDetail,
  summaryLink,
  transcriptLink,
} from './files';
import { readAppId, readMeetingId, readPeerId, readSessionId, sessionId } from './ids';
import { listParticipants, participantRow } from './participants';
import type { Plan } from './plan';
import { BadParameter, flag } from './query';
import { peerReport } from './report';
import { activeSession, findPlan, listSessions, sessionDetail } from './sessions';

interface Context {
  request: SampleRequest;
  /** The random key of this start. */
  key: string;
  params: Readonly<Record<string, string>>;
}
type Handler = (context: Context) => SampleAnswer;

const ACCOUNT = SAMPLE_CONNECTIONS.find(({ provider }) => provider === 'realtimekit')?.settings.accountId;

const KIT = 'accounts/{account}/realtime/kit';
const APP = `${KIT}/{app}`;

const ROUTES = new Router<Handler>({
  'user/tokens/verify': verifyToken,
  [`${KIT}/apps`]: ({ request }) => listApps(request.query),
  [`${KIT}/apps/{app}`]: withApp((app) => success(appRow(app))),
  [`${APP}/meetings`]: withApp((app, { request }) => listMeetings(app, request.query)),
  [`${APP}/meetings/{meeting}`]: withMeeting((app, index, meeting) => meetingDetail(app, index, meeting)),
  [`${APP}/meetings/{meeting}/participants`]: withMeeting((app, index, meeting, { request }) =>
    listEnrolled(app, index, meeting, request.query),
  ),
  [`${APP}/meetings/{meeting}/active-session`]: withMeeting((app, index, _meeting, { request, params }) =>
    activeSession(app, index, params.meeting ?? '', request.now),
  ),
  [`${APP}/sessions`]: withApp((app, { request }) => listSessions(app, request.query, request.now)),
  [`${APP}/sessions/{session}`]: withSession((plan, { request }) => sessionDetail(plan, request.query, request.now)),
  [`${APP}/sessions/peer-report/{peer}`]: withApp(readReport),
  [`${APP}/sessions/{session}/chat`]: withSession((plan, { request, key }) => chatLink(plan, request, key)),
  [`${APP}/sessions/{session}/transcript`]: withSession((plan, { request, key }) => transcriptLink(plan, request, key)),
  [`${APP}/sessions/{session}/summary`]: withSession((plan, { request, key }) =>
    request.method === 'POST' ? makeSummary(plan, request, key) : summaryLink(plan, request, key),
  ),
  [`${APP}/recordings`]: withApp((app, { request, key }) => listRecordings(app, request, key)),
  [`${APP}/recordings/{recording}`]: withApp((_app, { request, params, key }) =>
    recordingDetail(params.recording ?? '', request, key),
  ),
  [`${APP}/sessions/{session}/participants`]: withSession((plan, { request }) =>
    listParticipants(plan, request.query, request.now),
  ),
  [`${APP}/sessions/{session}/participants/{participant}`]: withSession(readParticipant),
});

/** Cloudflare RealtimeKit as the sample service plays it: calls, their quality, and what was said and written in them. */
export const realtimekitSample: SampleProvider = {
  provider: 'realtimekit',
  mount: '/client/v4',
  secrets: (key) => ({ apiToken: key }),
  answer(request, key) {
    if (request.segments[0] === FILES) return answerFile(request, key);
    const refused = checkKey(request, key);
    if (refused) return refused;
    const match = ROUTES.match(request.segments);
    if (!match) return noRoute(request);
    const posts = request.method === 'POST' && request.segments.at(-1) === 'summary';
    if (request.method !== 'GET' && !posts)
      return gatewayFailure(405, 10_405, 'Method not allowed for this authentication scheme');
    return handle(match, request, key);
  },
};

function handle({ handler, params }: Match<Handler>, request: SampleRequest, key: string): SampleAnswer {
  if (params.account !== undefined && params.account !== ACCOUNT) {
    return /^[0-9a-f]{32}$/.test(params.account)
      ? gatewayFailure(403, 10_000, 'Authentication error')
      : noRoute(request);
  }
  try {
    return handler({ request, params, key });
  } catch (error) {
    if (error instanceof BadParameter) return failure(400, error.message);
    throw error;
  }
}

function noRoute({ segments }: SampleRequest): SampleAnswer {
  const path = `/${segments.join('/')}`;
  return gatewayFailure(404, 7003, `Could not route to ${path}, perhaps your object identifier is invalid?`);
}

/** Undefined when the request carries this start's key as a bearer token. */
function checkKey({ authorization, segments }: SampleRequest, key: string): SampleAnswer | undefined {
  const token = /^Bearer (\S+)$/i.exec(authorization ?? '')?.[1];
  if (token !== undefined && sameText(token, key)) return undefined;
  if (token !== undefined && segments.join('/') === 'user/tokens/verify') {
    return gatewayFailure(401, 1000, 'Invalid API Token');
  }
  return gatewayFailure(401, 10_000, 'Authentication error');
}

function sameText(a: string, b: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}

function verifyToken(): SampleAnswer {
  const result = { id: 'f0e1d2c3b4a5968778695a4b3c2d1e0f', status: 'active' };
  return {
    status: 200,
    body: {
      success: true,
      errors: [],
      messages: [{ code: 10_000, message: 'This API Token is valid and active', type: null }],
      result,
    },
  };
}

function withApp(handler: (app: number, context: Context) => SampleAnswer): Handler {
  return (context) => {
    const app = readAppId(context.params.app ?? '');
    if (app === undefined || !APPS[app]) return failure(404, 'App not found');
    return handler(app, context);
  };
}

function withMeeting(
  handler: (app: number, index: number, meeting: CatalogMeeting, context: Context) => SampleAnswer,
): Handler {
  return withApp((app, context) => {
    const id = context.params.meeting ?? '';
    const key = readMeetingId(id);
    const meeting = key?.app === app && key.room === 0 ? APPS[app]?.meetings[key.meeting] : undefined;
    if (!key || !meeting) return failure(404, `No meeting found with id ${id}`);
    return handler(app, key.meeting, meeting, context);
  });
}

function withSession(handler: (plan: Plan, context: Context) => SampleAnswer): Handler {
  return withApp((app, context) => {
    const id = context.params.session ?? '';
    const key = readSessionId(id);
    const plan = key?.app === app ? findPlan(key, context.request.now) : undefined;
    if (!plan) return failure(404, `No session found with id ${id}`);
    return handler(plan, context);
  });
}

function readParticipant(plan: Plan, { request, params }: Context): SampleAnswer {
  const id = params.participant ?? '';
  const peer = readPeerId(id);
  const own = peer !== undefined && sessionId(peer.session) === params.session;
  const stay = own ? plan.stays[peer.index] : undefined;
  if (!stay || stay.join > request.now) return failure(404, `No participant found with id ${id}`);
  const withEvents = flag(request.query, 'include_peer_events');
  return success({ participant: participantRow(plan, stay, request.now, withEvents) });
}

function readReport(app: number, { request, params }: Context): SampleAnswer {
  const id = params.peer ?? '';
  const peer = readPeerId(id);
  const plan = peer?.session.app === app ? findPlan(peer.session, request.now) : undefined;
  const stay = plan && peer ? plan.stays[peer.index] : undefined;
  if (!plan || !stay || stay.join > request.now) return failure(404, `No participant found with peer id ${id}`);
  return peerReport(plan, stay, request.query, request.now);
}
