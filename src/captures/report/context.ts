import type { MediaRequest, SessionDescription } from '../capture';
import { type LogEntry, member, textMember } from '../log';
import type { StatObjects } from '../objects';

/** What the mapping of one connection's streams needs beside the stream's own object. */
export interface StreamContext {
  stats: StatObjects;
  /** Tracks that hold a screen. */
  screens: ReadonlySet<string>;
  /** Who sent what is received, by SSRC and by track: the far end's CNAME, else its media stream. Empty for one sender alone. */
  senders: ReadonlyMap<string, string>;
}

/** Gathers what is known of the connection's tracks. */
export function streamContext(
  stats: StatObjects,
  log: readonly LogEntry[],
  descriptions: readonly SessionDescription[],
  requests: readonly MediaRequest[],
): StreamContext {
  const screens = new Set<string>();
  for (const { method, tracks = [] } of requests) {
    if (method === 'getDisplayMedia') for (const { id } of tracks) screens.add(id);
  }
  const named = sendersBySsrc(descriptions);
  const senders = new Map(named.length > 0 ? named : sendersByTrack(log));
  return { stats, screens, senders: new Set(senders.values()).size > 1 ? senders : new Map() };
}

/** RFC 5576: `a=ssrc:1 cname:x` names the endpoint that an SSRC belongs to, over all of its streams (RFC 3550, 6.5.1). */
function sendersBySsrc(descriptions: readonly SessionDescription[]): [string, string][] {
  return descriptions
    .filter(({ end, method }) => end === 'remote' && method.startsWith('set'))
    .flatMap(({ sdp }) =>
      [...sdp.matchAll(/^a=ssrc:(\d+) cname:(\S+)/gm)].map(([, ssrc = '', name = '']): [string, string] => [
        ssrc,
        name,
      ]),
    );
}

function sendersByTrack(log: readonly LogEntry[]): [string, string][] {
  return log.flatMap(({ method, value }): [string, string][] => {
    if (method !== 'ontrack') return [];
    const id = textMember(value, 'id');
    const streams = member(value, 'streams');
    const stream: unknown = Array.isArray(streams) ? streams[0] : undefined;
    return id !== undefined && typeof stream === 'string' ? [[id, stream]] : [];
  });
}
