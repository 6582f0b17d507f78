import type { CallReport, Participant, Session } from '../../../src/core/model';
import { mapParticipant } from '../../../src/providers/realtimekit/map-participant';
import { readReport } from '../../../src/providers/realtimekit/report/read';
import { participantSchema } from '../../../src/providers/realtimekit/schema';
import { APPS } from '../../../src/sample/realtimekit/catalog';
import { participantRow } from '../../../src/sample/realtimekit/participants';
import { type Plan, planOf, type Stay } from '../../../src/sample/realtimekit/plan';
import { peerReport } from '../../../src/sample/realtimekit/report';
import { slotsBetween } from '../../../src/sample/realtimekit/schedule';
import type { Json } from '../json';

/** After this moment everything that is looked at has ended. */
export const NOW = Date.UTC(2025, 8, 10, 15, 20, 33, 512);
const DAY = 86_400_000;

/** A peer report as the service answers it; its shape is checked elsewhere. */
export type Raw = Json;

/** The newest ended sessions of a meeting of the first app, each from a seed of its own. */
export function plansOf(title: string, count: number): Plan[] {
  const meeting = APPS[0]?.meetings.findIndex((one) => one.title === title) ?? -1;
  if (meeting < 0) throw new Error(`No meeting ${title}`);
  const slots = slotsBetween(0, NOW - 100 * DAY, NOW - DAY, NOW).filter((slot) => slot.meeting === meeting);
  const plans = slots.slice(0, count).map((slot) => planOf(slot) as Plan);
  if (plans.length < count) throw new Error(`Only ${plans.length} sessions of ${title}`);
  return plans;
}

/** The peer report of a stay as the sample service answers it. */
export function rawOf(plan: Plan, stay: Stay): Raw {
  return peerReport(plan, stay, new URLSearchParams('include_peer_events=true'), NOW).body;
}

/** An answer through the real RealtimeKit mapping. */
export function readRaw(raw: Raw): CallReport {
  const body = new TextEncoder().encode(JSON.stringify(raw));
  return readReport(body, { who: 'sample', participantId: raw.data.participant.id, now: NOW });
}

/** A session as the list has it. */
export function sessionOf(plan: Plan): Session {
  return { id: 'session', status: 'ended', startedAt: plan.start, endedAt: plan.end };
}

/** The participants as the list has them. */
export function participantsOf(plan: Plan): Participant[] {
  return plan.stays.map((stay) =>
    mapParticipant(participantSchema.parse(JSON.parse(JSON.stringify(participantRow(plan, stay, NOW, true)))), 'p', []),
  );
}

/** The first guest, who has the fault of a scene. */
export function guestOf(plan: Plan): Stay {
  const stay = plan.stays.find(({ person }) => person === 1);
  if (!stay) throw new Error('No guest');
  return stay;
}
