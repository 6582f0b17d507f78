import type { CallEvent, CallReport, StateChange } from '../../core/model';
import { readRecord } from '../records';
import type { HmsEvent } from './event-pages';
import { type AgentRecord, agentSchema } from './schema';

/** Members of an event that are kept, and how deep. */
const MAX_DETAILS = 60;
const MAX_DEPTH = 4;

/**
 * Never shown: links that open without a key, the link to the meeting, which may hold a token, and what stands in the
 * report already. The agent is told once, as the device.
 */
const LEFT_OUT: ReadonlySet<string> = new Set([
  'recording_presigned_url',
  'meeting_url',
  'rtmp',
  'account_id',
  'room_id',
  'session_id',
  'peer_id',
  'template_id',
  'agent',
]);

/** An event for the timeline, with its data flattened to dotted names. */
export function mapEvent({ at, type, raw }: HmsEvent): CallEvent {
  const details: NonNullable<CallEvent['details']> = {};
  if (typeof raw === 'object' && raw !== null && !Array.isArray(raw)) {
    for (const [name, value] of Object.entries(raw)) {
      if (!LEFT_OUT.has(name) && !/url|token|secret|password/i.test(name)) flatten(value, name, details, 0);
    }
  }
  return { at, name: type, lane: laneOf(type), ...(Object.keys(details).length > 0 && { details }) };
}

function laneOf(type: string): CallEvent['lane'] {
  if (type.startsWith('track.')) return 'media';
  if (type.startsWith('client.')) return 'network';
  if (type.startsWith('peer.')) return 'presence';
  return 'other';
}

function flatten(value: unknown, name: string, details: NonNullable<CallEvent['details']>, depth: number): void {
  if (value === undefined || value === '' || Object.keys(details).length >= MAX_DETAILS) return;
  if (typeof value !== 'object' || value === null) {
    details[name] = value as string | number | boolean | null;
  } else if (depth < MAX_DEPTH) {
    for (const [key, inner] of Object.entries(value)) flatten(inner, `${name}.${key}`, details, depth + 1);
  }
}

/** Whether each track was muted, from the moment of each of its events. */
export function muteStates(events: readonly HmsEvent[]): Map<string, StateChange[]> {
  const tracks = new Map<string, StateChange[]>();
  for (const { at, type, data } of events) {
    if (!type.startsWith('track.') || !data.track_id) continue;
    const changes = tracks.get(data.track_id) ?? [];
    tracks.set(data.track_id, changes);
    const value = type === 'track.remove.success' ? 'removed' : data.mute === true ? 'muted' : 'unmuted';
    if (changes.at(-1)?.value !== value) changes.push({ at, value });
  }
  return tracks;
}

/** For how long a track was there unmuted, ms: from each event that says so to the next one of the track. */
export function unmutedMs(changes: readonly StateChange[], end: number | undefined): number {
  return changes.reduce((sum, { at, value }, index) => {
    const until = changes[index + 1]?.at ?? end ?? at;
    return value === 'unmuted' ? sum + Math.max(0, until - at) : sum;
  }, 0);
}

/** What the client was, by the last failure that names it: events of tracks do not. */
export function mapClient(events: readonly HmsEvent[]): Pick<CallReport, 'device' | 'browser' | 'sdk'> {
  const agent = events
    .map(({ data, path }) => (data.agent ? readRecord(agentSchema, data.agent, `${path}.data.agent`, []) : undefined))
    .findLast((one) => one !== undefined);
  return agent ? clientOf(agent) : {};
}

function clientOf(agent: AgentRecord): Pick<CallReport, 'device' | 'browser' | 'sdk'> {
  // The web SDK puts the browser where others have the device: Chrome_126.0.0.0.
  const browser = agent.sdk === 'web' ? /^(.+)_([\d.]+)$/.exec(agent.device_model ?? '') : undefined;
  const os = agent.os?.replace(/^web_/, '').replaceAll('_', ' ');
  const framework = [agent.framework, agent.framework_version].filter(Boolean).join(' ');
  const mobile = /android|ios|iphone|ipad/i.test(agent.os ?? '') ? true : undefined;
  return {
    ...(os && {
      device: { os, ...(agent.os_version && { osVersion: agent.os_version }), ...(mobile && { isMobile: mobile }) },
    }),
    ...(browser && { browser: { name: browser[1], version: browser[2] } }),
    ...(agent.sdk && {
      sdk: {
        name: agent.sdk,
        ...(agent.sdk_version && { version: agent.sdk_version }),
        ...(framework && { type: framework }),
      },
    }),
  };
}
