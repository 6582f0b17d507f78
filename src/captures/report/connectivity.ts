import type { Connectivity } from '../../core/model';
import type { SessionDescription } from '../capture';
import { isRecord, type LogEntry, member } from '../log';
import { lastText, ofType, type StatObjects } from '../objects';
import { candidateDetails } from './candidate-line';
import { candidateIn } from './log-values';
import { stated } from './pairs';

/** More descriptions than this are left to the list of descriptions itself. */
const MAX_DESCRIPTIONS = 100;

/**
 * What could be reached when candidates were gathered, and the descriptions that were set. Whether STUN and TURN answered is
 * said only where such servers were configured; that they did not, only once gathering had ended.
 */
export function mapConnectivity(
  stats: StatObjects,
  log: readonly LogEntry[],
  configuration: unknown,
  descriptions: readonly SessionDescription[],
): Connectivity[] {
  const reached = reachability(stats, log, configuration);
  const set = descriptions.filter(({ method }) => method.startsWith('set')).slice(0, MAX_DESCRIPTIONS);
  const [first] = set;
  if (!first) return Object.keys(reached).length > 0 ? [reached] : [];
  return [
    {
      ...reached,
      ...(Number.isFinite(first.at) && { at: first.at }),
      sdp: set.map(({ sdp }) => sdp),
      sdpOf: set.map(({ at, end, type }) => ({ ...(Number.isFinite(at) && { at }), end, type })),
    },
  ];
}

function reachability(stats: StatObjects, log: readonly LogEntry[], configuration: unknown): Connectivity {
  const urls = serverUrls(configuration);
  const turn = urls.some((url) => /^turns?:/i.test(url));
  // A TURN server over UDP answers as a STUN server does (RFC 8656); one over TCP gives no reflexive candidate.
  const stun = urls.some((url) => /^stuns?:/i.test(url) || (/^turn:/i.test(url) && !/transport=tcp/i.test(url)));
  const types = new Set(gathered(stats, log));
  const done = log.some(({ method, value }) => /icegatheringstatechange$/i.test(method) && value === 'complete');
  const found = (type: string): boolean | undefined => (types.has(type) ? true : done ? false : undefined);
  const relayOnly = member(configuration, 'iceTransportPolicy') === 'relay';
  return stated({
    reflexive: stun && !relayOnly ? found('srflx') : undefined,
    relay: turn ? found('relay') : undefined,
    turn: turn ? found('relay') : undefined,
  });
}

function gathered(stats: StatObjects, log: readonly LogEntry[]): string[] {
  const own = ofType(stats, 'local-candidate').flatMap((object) => lastText(object, 'candidateType') ?? []);
  const told = log.flatMap(({ method, value }) => {
    const candidate = /^(?:on)?icecandidate$/i.test(method) ? candidateIn(value)?.candidate : undefined;
    return candidate ? String(candidateDetails(candidate).candidateType) : [];
  });
  return [...own, ...told];
}

/** Addresses of the ICE servers; `urls` is a text or a list, and was `url` once. */
export function serverUrls(configuration: unknown): string[] {
  const servers = member(configuration, 'iceServers');
  if (!Array.isArray(servers)) return [];
  return servers.flatMap((server: unknown) => {
    const urls = typeof server === 'string' ? server : isRecord(server) ? (server.urls ?? server.url) : undefined;
    return (Array.isArray(urls) ? urls : [urls]).filter((url): url is string => typeof url === 'string');
  });
}
