import type { ParticipantRef, ProviderId, SessionRef } from '../core/ids';

/** The authority of our links: the extension's id. */
const AUTHORITY = 'peerscope.peerscope';
const MAX_LINK_LENGTH = 1000;

/** What a deep link names. It holds no connection: whoever opens it asks their own. */
export interface DeepLink {
  provider: ProviderId;
  /** The session. */
  id: string;
  appId?: string;
  participantId?: string;
}

const PARAMETERS: readonly string[] = ['provider', 'id', 'app', 'participant'];

/** What the ids of each provider are made of. Anything else in a link is refused, so that nothing hostile gets further. */
const SESSION_IDS: Readonly<Record<ProviderId, RegExp>> = {
  realtimekit: /^[\w-]{1,100}$/,
  '100ms': /^[0-9a-f]{24}$/i,
  whereby: /^[\w-]{1,100}$/,
  mediamelon: /^(?!\.+$)[\w.:~@+=-]{1,200}$/,
};
/** A published example of Whereby's begins with a slash. */
const PARTICIPANT_ID = /^\/?(?!\.+$)[\w.:~@+=-]{1,200}$/;
const APP_ID = /^[\w-]{1,64}$/;

/**
 * Reads `<scheme>://peerscope.peerscope/session?provider=…&id=…[&app=…][&participant=…]`. Each parameter may stand once,
 * no other may stand there, and each value must be an id as the provider makes them. Returns a sentence when something is
 * wrong; the sentence repeats nothing of the link but names of parameters that are plain words.
 */
export function readDeepLink(text: string): DeepLink | string {
  if (text.length > MAX_LINK_LENGTH) return `The link is longer than ${MAX_LINK_LENGTH} characters.`;
  if (!URL.canParse(text)) return 'The link cannot be read.';
  const url = new URL(text);
  if (url.host !== AUTHORITY || url.username || url.password) return 'The link is not one of Peerscope.';
  if (url.pathname !== '/session') return 'Peerscope knows links to sessions only: …/session?provider=…&id=….';
  if (url.hash) return 'The link has a fragment, which Peerscope does not know.';
  return readParameters(url.searchParams);
}

function readParameters(query: URLSearchParams): DeepLink | string {
  for (const name of query.keys()) {
    if (!PARAMETERS.includes(name)) {
      const shown = /^[\w-]{1,30}$/.test(name) ? ` "${name}"` : '';
      return `The link has a parameter${shown} that Peerscope does not know.`;
    }
    if (query.getAll(name).length > 1) return `The link has the parameter "${name}" more than once.`;
  }
  const provider = query.get('provider');
  const id = query.get('id');
  const app = query.get('app');
  const participant = query.get('participant');
  if (provider === null || id === null) return 'The link lacks "provider" or "id".';
  if (!isProvider(provider)) return 'The link names a provider that this version of Peerscope does not know.';
  if (!SESSION_IDS[provider].test(id)) return 'The link\'s "id" is no session id of this provider.';
  if (app !== null && (provider !== 'realtimekit' || !APP_ID.test(app))) return 'The link\'s "app" is no app id.';
  if (participant !== null && !PARTICIPANT_ID.test(participant)) {
    return 'The link\'s "participant" is no participant id.';
  }
  return {
    provider,
    id,
    ...(app !== null && { appId: app }),
    ...(participant !== null && { participantId: participant }),
  };
}

/** The link to a session or a participant in it; a sentence when its ids cannot stand in one. */
export function makeDeepLink(
  uriScheme: string,
  provider: ProviderId,
  ref: SessionRef | ParticipantRef,
): { link: string } | string {
  const query = new URLSearchParams({ provider, id: ref.sessionId });
  if (ref.appId !== undefined && provider === 'realtimekit') query.set('app', ref.appId);
  // A playback is its own viewer: the id stands there once.
  if ('participantId' in ref && ref.participantId !== ref.sessionId) query.set('participant', ref.participantId);
  const link = `${uriScheme}://${AUTHORITY}/session?${query}`;
  const read = readDeepLink(link);
  return typeof read === 'string' ? `No link can be made for this id. ${read}` : { link };
}

function isProvider(text: string): text is ProviderId {
  return Object.hasOwn(SESSION_IDS, text);
}
