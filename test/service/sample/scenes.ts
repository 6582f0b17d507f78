import assert from 'node:assert/strict';
import type { Json } from '../json';
import { type Client, endedSessions, participantsOf, reportOf } from './client';

/** How many of the newest sessions of a scene are looked at: each has a fault of its own size and moment. */
const SESSIONS = 6;

/** A session of a scene with the reports of the first guest, who has the fault, and of the host. */
export interface SceneCall {
  session: Json;
  people: Json[];
  guest: Json;
  /** Report of the guest. */
  report: Json;
  /** Report of the host. */
  host: Json;
}

/** The newest sessions of a scene. */
export async function sceneCalls(client: Client, app: string, title: string): Promise<SceneCall[]> {
  const found: SceneCall[] = [];
  for (const session of await endedSessions(client, app, title, SESSIONS)) {
    const people = await participantsOf(client, app, session.id, '&include_peer_events=true');
    const guest = people.find(({ display_name }) => display_name === 'Caller A');
    const host = people.find(({ display_name }) => display_name === 'Host');
    assert.ok(guest && host);
    const report = await reportOf(client, app, guest.id);
    found.push({ session, people, guest, report, host: await reportOf(client, app, host.id) });
  }
  return found;
}

/** What the host received from the guest. */
export function fromGuest({ host, guest }: SceneCall, kind: string): Json[] {
  return host.quality[`${kind}_consumer`].filter((row: Json) => row.peer_id === guest.id);
}

/** Mean of numbers; NaN for none. */
export function average(values: number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** When a row was taken, epoch ms. */
export function time(row: Json): number {
  return Date.parse(row.timestamp);
}

/** Percent of the packets that a sender's row lost. */
export function lostUp(row: Json): number {
  return row.packets_sent > 0 ? (100 * row.packets_lost) / row.packets_sent : 0;
}

/** Percent of the packets that a receiver's row missed. */
export function lostDown(row: { packets_lost: number; packets_received: number }): number {
  const all = row.packets_lost + row.packets_received;
  return all > 0 ? (100 * row.packets_lost) / all : 0;
}
