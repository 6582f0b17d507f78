import * as l10n from '@vscode/l10n';
import type { ProviderId } from '../core/ids';
import { readDeepLink } from './deep-link';
import { idPattern } from './shapes';

/** What an id stands for, where its surroundings tell. */
export type Role = 'session' | 'participant' | 'room' | 'person';

/** An id in an address, with what the address says about it. */
export interface AddressedId {
  id: string;
  role?: Role;
  provider?: ProviderId;
  /** RealtimeKit: the account; MediaMelon: the customer. Only connections of it are asked. */
  account?: string;
  appId?: string;
}

/** What an address holds. */
export interface ReadAddress {
  ids: AddressedId[];
  /** One sentence for an address that is understood and of no use. */
  remark?: string;
}

/** Finds the ids in an address: of a provider's API or dashboard, a room's, our own deep link, or any other. */
export function readAddress(text: string): ReadAddress {
  if (!URL.canParse(text)) return { ids: [] };
  const url = new URL(text);
  return (
    readOwnLink(url, text) ??
    readRealtimeKit(url) ??
    readHms(url) ??
    readWhereby(url) ??
    readMediaMelon(url) ?? { ids: bareIds(`${decoded(url.pathname)} ${decoded(url.search)} ${decoded(url.hash)}`) }
  );
}

function readOwnLink(url: URL, text: string): ReadAddress | undefined {
  if (url.host !== 'peerscope.peerscope') return undefined;
  const link = readDeepLink(text);
  if (typeof link === 'string') return { ids: [], remark: link };
  const { provider, id, appId, participantId } = link;
  const session: AddressedId = { id, role: 'session', provider, appId };
  return { ids: participantId ? [session, { id: participantId, role: 'participant', provider, appId }] : [session] };
}

/** `…/accounts/{account}/realtime/kit/{app}/…` on any host, and the dashboard's pages, whose segments have no known names. */
function readRealtimeKit(url: URL): ReadAddress | undefined {
  const path = segments(url);
  const api = path.findIndex((one, index) => one === 'realtime' && path[index + 1] === 'kit');
  const dashboard = url.host === 'dash.cloudflare.com';
  if (api < 0 && !dashboard) return undefined;
  const account = path.find((one) => /^[0-9a-f]{32}$/i.test(one))?.toLowerCase();
  const about = { provider: 'realtimekit' as const, account };
  if (dashboard) return { ids: bareIds(path.join(' ')).map((found) => ({ ...found, ...about })) };
  const [appId, list, id, sub, subId] = path.slice(api + 2);
  if (appId === undefined || appId === 'apps' || id === undefined) return { ids: [], remark: NO_ID };
  const within = { ...about, appId };
  if (list === 'meetings') return { ids: [{ ...within, id, role: 'room' }] };
  if (list !== 'sessions')
    return { ids: bareIds(path.slice(api + 3).join(' ')).map((found) => ({ ...found, ...within })) };
  if (id === 'peer-report') {
    return sub === undefined ? { ids: [], remark: NO_ID } : { ids: [{ ...within, id: sub, role: 'participant' }] };
  }
  const session: AddressedId = { ...within, id, role: 'session' };
  if (sub !== 'participants' || subId === undefined) return { ids: [session] };
  return { ids: [session, { ...within, id: subId, role: 'participant' }] };
}

function readHms(url: URL): ReadAddress | undefined {
  if (url.host !== '100ms.live' && !url.host.endsWith('.100ms.live')) return undefined;
  const path = segments(url);
  const provider = '100ms' as const;
  if (url.host.endsWith('.app.100ms.live')) {
    const remark = l10n.t(
      'This is a link to join a call. 100ms does not tell which room a code belongs to: paste the room or session id instead.',
    );
    return { ids: [], remark };
  }
  const named = byName(url, { session_id: 'session', peer_id: 'participant', room_id: 'room' }).map((found) => ({
    ...found,
    provider,
  }));
  if (named.length > 0) return { ids: named };
  const roleOf = (index: number): Role | undefined => {
    const before = path[index - 1];
    if (before === 'rooms' || before === 'active-rooms') return 'room';
    return before === 'peers' ? 'participant' : undefined;
  };
  const ids = path.flatMap((one, index) =>
    bareIds(one).map(({ id }): AddressedId => ({ id, role: roleOf(index), provider })),
  );
  return ids.length > 0 ? { ids } : { ids, remark: NO_ID };
}

/** The Insights API on any host, and the address of a room, whose query may hold a key and is dropped. */
function readWhereby(url: URL): ReadAddress | undefined {
  const provider = 'whereby' as const;
  const path = segments(url);
  if (path.includes('insights')) {
    const names = { roomSessionId: 'session', participantId: 'participant', externalId: 'person' } as const;
    const ids = byName(url, names).map((found): AddressedId => ({ ...found, provider }));
    const room = url.searchParams.get('roomName') ?? url.searchParams.get('roomName[exact]');
    if (ids.length === 0 && room) ids.push({ id: room, role: 'room', provider });
    return ids.length > 0 ? { ids } : { ids, remark: NO_ID };
  }
  if (!url.host.endsWith('.whereby.com')) return undefined;
  const [room] = path;
  return room === undefined ? { ids: [], remark: NO_ID } : { ids: [{ id: `/${room}`, role: 'room', provider }] };
}

/** `…/mm-apis/listsessions/{customer}?filter=[sessionid=…]` on any host. */
function readMediaMelon(url: URL): ReadAddress | undefined {
  const path = segments(url);
  const at = path.indexOf('mm-apis');
  if (at < 0) return undefined;
  const account = path[at + 2];
  const filter = url.searchParams.get('filter') ?? '';
  const roles: Record<string, Role> = { sessionid: 'session', subscriberid: 'person', assetname: 'room' };
  const ids = [...filter.matchAll(/\[(\w{1,40})=([^[\]|]{1,200})\]/g)].flatMap(
    ([, name = '', id = '']): AddressedId[] => {
      const role = roles[name];
      return role ? [{ id, role, provider: 'mediamelon', account }] : [];
    },
  );
  return ids.length > 0 ? { ids } : { ids, remark: NO_ID };
}

const NO_ID = l10n.t('This address names no session, participant or room.');

function byName(url: URL, roles: Readonly<Record<string, Role>>): AddressedId[] {
  return Object.entries(roles).flatMap(([name, role]) => {
    const id = url.searchParams.get(name);
    return id ? [{ id, role }] : [];
  });
}

function bareIds(text: string): AddressedId[] {
  return (text.match(idPattern()) ?? []).map((id) => ({ id }));
}

function segments(url: URL): string[] {
  return url.pathname.split('/').filter(Boolean).map(decoded);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
