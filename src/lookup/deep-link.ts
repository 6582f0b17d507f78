import * as l10n from '@vscode/l10n';
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

/** A link in its parts, percent-decoded once: as VS Code hands them over. */
export interface LinkParts {
  authority: string;
  path: string;
  query: string;
  fragment: string;
}

/**
 * Reads `<scheme>://peerscope.peerscope/session?provider=…&id=…[&app=…][&participant=…]`. Each parameter may stand once,
 * no other may stand there, and each value must be an id as the provider makes them. Returns a sentence when something is
 * wrong; the sentence repeats nothing of the link but names of parameters that are plain words.
 */
export function readDeepLink(text: string): DeepLink | string {
  if (text.length > MAX_LINK_LENGTH) return TOO_LONG;
  if (!URL.canParse(text)) return l10n.t('The link cannot be read.');
  const url = new URL(text);
  if (url.username || url.password) return NOT_OURS;
  return readPlace(url.host, url.pathname, url.hash) ?? readParameters([...url.searchParams]);
}

/** {@link readDeepLink} for a link that was taken apart and decoded already. */
export function readLinkParts({ authority, path, query, fragment }: LinkParts): DeepLink | string {
  if (path.length + query.length + fragment.length > MAX_LINK_LENGTH) return TOO_LONG;
  const pairs = query.split('&').map((pair): [string, string] => {
    const at = pair.indexOf('=');
    return at < 0 ? [pair, ''] : [pair.slice(0, at), pair.slice(at + 1)];
  });
  return readPlace(authority, path, fragment) ?? readParameters(query === '' ? [] : pairs);
}

const TOO_LONG = l10n.t('The link is longer than {0} characters.', MAX_LINK_LENGTH);
const NOT_OURS = l10n.t('The link is not one of Peerscope.');

function readPlace(authority: string, path: string, fragment: string): string | undefined {
  if (authority !== AUTHORITY) return NOT_OURS;
  if (path !== '/session') return l10n.t('Peerscope knows links to sessions only: …/session?provider=…&id=….');
  return fragment === '' ? undefined : l10n.t('The link has a fragment, which Peerscope does not know.');
}

function readParameters(pairs: readonly (readonly [string, string])[]): DeepLink | string {
  const query = new Map(pairs);
  for (const [name] of pairs) {
    if (!PARAMETERS.includes(name)) {
      return /^[\w-]{1,30}$/.test(name)
        ? l10n.t('The link has a parameter "{0}" that Peerscope does not know.', name)
        : l10n.t('The link has a parameter that Peerscope does not know.');
    }
  }
  if (query.size < pairs.length) return l10n.t('The link has a parameter more than once.');
  const provider = query.get('provider');
  const id = query.get('id');
  const app = query.get('app');
  const participant = query.get('participant');
  if (provider === undefined || id === undefined) return l10n.t('The link lacks "provider" or "id".');
  if (!isProvider(provider)) return l10n.t('The link names a provider that this version of Peerscope does not know.');
  if (!SESSION_IDS[provider].test(id)) return l10n.t('The link\'s "id" is no session id of this provider.');
  if (app !== undefined && (provider !== 'realtimekit' || !APP_ID.test(app)))
    return l10n.t('The link\'s "app" is no app id.');
  if (participant !== undefined && !PARTICIPANT_ID.test(participant)) {
    return l10n.t('The link\'s "participant" is no participant id.');
  }
  return {
    provider,
    id,
    ...(app !== undefined && { appId: app }),
    ...(participant !== undefined && { participantId: participant }),
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
  const made = { link: `${uriScheme}://${AUTHORITY}/session?${query.toString()}` };
  const read = readDeepLink(made.link);
  return typeof read === 'string' ? l10n.t('No link can be made for this id. {0}', read) : made;
}

function isProvider(text: string): text is ProviderId {
  return Object.hasOwn(SESSION_IDS, text);
}
