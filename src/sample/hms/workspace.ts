import { hash } from '../random';
import { APPS, type CatalogMeeting, meetingCreatedAt } from '../realtimekit/catalog';
import type { Plan, Stay } from '../realtimekit/plan';
import { findPlan } from '../realtimekit/sessions';
import { decodeId, encodeId } from '../uuid';
import { decodeObjectId, encodeObjectId } from './object-id';

/** The calls of this app of the common catalog are those of the 100ms workspace. */
export const APP = 0;
const KIND = { room: 1, session: 2, template: 3, recording: 4, asset: 5, customer: 6, job: 7 } as const;
/** Kind of a peer's UUID; other providers have the ones below. */
const PEER = 9;
const CREATED = Date.UTC(2024, 0, 15, 9, 12, 41);

/** The workspace's id. */
export const CUSTOMER_ID = encodeObjectId(CREATED, { kind: KIND.customer, slot: 0, track: 0, part: 0 });

/** A room of the workspace: a meeting of the common catalog. */
export interface CatalogRoom {
  index: number;
  meeting: CatalogMeeting;
  createdAt: number;
  id: string;
}

/** All rooms, in the order of the catalog. */
export const ROOMS: readonly CatalogRoom[] = (APPS[APP]?.meetings ?? []).map((meeting, index) => {
  const createdAt = meetingCreatedAt(APP, index);
  return {
    index,
    meeting,
    createdAt,
    id: encodeObjectId(createdAt, { kind: KIND.room, slot: index, track: 0, part: 0 }),
  };
});

/** Two templates: one for scenes, one for the rest. */
export function templateId(room: CatalogRoom): string {
  const number = room.meeting.scenario === 'ordinary' ? 0 : 1;
  return encodeObjectId(CREATED + 60_000 * (number + 1), { kind: KIND.template, slot: number, track: 0, part: 0 });
}

export function findRoom(id: string): CatalogRoom | undefined {
  const parts = decodeObjectId(id);
  return parts?.kind === KIND.room ? ROOMS[parts.slot] : undefined;
}

export function roomOf(plan: Plan): CatalogRoom {
  return ROOMS[plan.slot.meeting] as CatalogRoom;
}

/** A slot begins with its session's first join. */
export function sessionId({ slot: { key, start } }: Pick<Plan, 'slot'>): string {
  return encodeObjectId(start, { kind: KIND.session, slot: key.slot, track: key.track, part: 0 });
}

/** The session of an id, if it has begun and is kept. */
export function findSession(id: string, now: number): Plan | undefined {
  const parts = decodeObjectId(id);
  if (parts?.kind !== KIND.session) return undefined;
  const plan = findPlan({ app: APP, track: parts.track, slot: parts.slot, room: 0 }, now);
  return plan && sessionId(plan) === id ? plan : undefined;
}

/** Number of the peer that failed to connect and never joined; joined peers count from 0. */
export const NEVER_JOINED = 1000;

export function peerId(plan: Plan, index: number): string {
  const { track, slot } = plan.slot.key;
  return encodeId({ kind: PEER, group: APP, slot, major: track, minor: index });
}

/** The session and number of a peer. */
export function readPeer(id: string): { track: number; slot: number; index: number } | undefined {
  const parts = decodeId(id);
  return parts?.kind === PEER ? { track: parts.major, slot: parts.slot, index: parts.minor } : undefined;
}

/** The stay of a peer in a session. */
export function stayOf(plan: Plan, id: string): Stay | undefined {
  const parts = readPeer(id);
  const { track, slot } = plan.slot.key;
  return parts?.track === track && parts.slot === slot ? plan.stays[parts.index] : undefined;
}

export function recordingId(plan: Plan, at: number): string {
  const { track, slot } = plan.slot.key;
  return encodeObjectId(at, { kind: KIND.recording, slot, track, part: 0 });
}

export function assetId(plan: Plan, at: number, part: number): string {
  const { track, slot } = plan.slot.key;
  return encodeObjectId(at, { kind: KIND.asset, slot, track, part });
}

export function jobId(plan: Plan, at: number): string {
  const { track, slot } = plan.slot.key;
  return encodeObjectId(at, { kind: KIND.job, slot, track, part: 0 });
}

/** The plan that a recording or asset belongs to. */
export function findRecorded(id: string, now: number): Plan | undefined {
  const parts = decodeObjectId(id);
  if (parts?.kind !== KIND.recording && parts?.kind !== KIND.asset) return undefined;
  return findPlan({ app: APP, track: parts.track, slot: parts.slot, room: 0 }, now);
}

/** RFC 3339 as Go writes it: trailing zeros of the fraction are left out, and with `nanos` there are up to nine digits. */
export function goTime(ms: number, nanos = 0): string {
  const fraction = `${String(Math.floor(ms) % 1000).padStart(3, '0')}${String(nanos).padStart(6, '0')}`.replace(
    /0+$/,
    '',
  );
  const whole = new Date(Math.floor(ms / 1000) * 1000).toISOString().slice(0, 19);
  return fraction === '' ? `${whole}Z` : `${whole}.${fraction}Z`;
}

/** A time with as many digits as 100ms' analytics have. */
export function nanoTime(ms: number, seed: number): string {
  return goTime(ms, hash(seed, Math.floor(ms), 3) % 1_000_000);
}
