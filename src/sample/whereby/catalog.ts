import { opaqueId } from '../uuid';

/** What goes on in the calls of a room. */
export type Scenario =
  | 'ordinary'
  | 'healthy'
  | 'lossy-uplink'
  | 'lossy-downlink'
  | 'low-bitrate'
  | 'reconnects'
  | 'hidden-names'
  | 'recorded'
  | 'rated'
  | 'markup'
  | 'no-samples'
  | 'unused'
  | 'desk';

/** A room that is used again and again. */
export interface CatalogRoom {
  name: string;
  scenario: Scenario;
  /** Time from one call to the next, ms; each call begins within its slot of that length. */
  spacing: number;
  /** Longest call, minutes; always shorter than the spacing. */
  longest: number;
  /** How many people a call holds at most. */
  people: number;
  /** Epoch ms. */
  createdAt: number;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const BEGINNING = Date.UTC(2024, 1, 12, 8, 30, 11, 204);

/** The rooms with a name. The order is part of the ids: add at the end only. */
export const ROOMS: readonly CatalogRoom[] = [
  // Always somebody there: a call is live, as far as the lag shows, most of the time.
  room('front-desk', 'desk', 45 * MINUTE, 43, 5),
  room('healthy-call', 'healthy', 12 * HOUR, 45, 4),
  room('lossy-uplink', 'lossy-uplink', 12 * HOUR, 40, 4),
  room('lossy-downlink', 'lossy-downlink', 12 * HOUR, 40, 4),
  room('low-bitrate-uplink', 'low-bitrate', 12 * HOUR, 40, 3),
  room('reconnects', 'reconnects', 12 * HOUR, 35, 3),
  room('hidden-names', 'hidden-names', 12 * HOUR, 30, 4),
  room('recorded-webinar', 'recorded', 24 * HOUR, 62, 9),
  room('rated-calls', 'rated', 12 * HOUR, 30, 2),
  room('markup-in-names', 'markup', 24 * HOUR, 25, 3),
  room('no-samples', 'no-samples', 24 * HOUR, 20, 2),
  room('never-used', 'unused', 24 * HOUR, 20, 2),
  room('weekly-review', 'ordinary', 7 * 24 * HOUR, 62, 8),
  room('stand-up', 'ordinary', 24 * HOUR, 16, 9),
  room('triage-line', 'ordinary', 3 * HOUR, 35, 4),
  room('night-handover', 'ordinary', 24 * HOUR, 22, 5),
  room('interpreter-line', 'ordinary', 5 * HOUR, 30, 3),
  room('office-hours', 'ordinary', 8 * HOUR, 40, 6),
];

/** One-off rooms, one for each slot of this length, as an app makes one for each appointment, ms. */
export const APPOINTMENT_SPACING = 9 * HOUR;

/** An appointment's room, made a day before its call. Its name ends in an id, as Whereby does with a prefix. */
export function appointmentRoom(slot: number): CatalogRoom {
  return {
    name: `/appointment-${opaqueId(slot, 31, 7)}`,
    scenario: 'ordinary',
    spacing: APPOINTMENT_SPACING,
    longest: 35,
    people: 3,
    createdAt: (slot - 3) * APPOINTMENT_SPACING,
  };
}

function room(name: string, scenario: Scenario, spacing: number, longest: number, people: number): CatalogRoom {
  const age = Array.from(name).reduce((sum, letter) => sum * 31 + letter.charCodeAt(0), 7) % 90;
  return {
    name: `/${name}`,
    scenario,
    spacing,
    longest,
    people,
    createdAt: BEGINNING + age * 24 * HOUR + age * 61_007,
  };
}

/** A name that must never be taken for markup, an icon, a link or a change of writing direction. */
const HOSTILE_NAME = '<b onclick=alert(1)>Caller</b> $(flame) \u2066\u202eA\u202c\u2069 `code` [link](command:quit)';
const NAMES = ['Host', 'Caller A', 'Caller B', 'Interpreter', 'Observer', 'Front desk', 'Clinician 4', 'Guest 8'];

/** What a person of a room is called. */
export function personName({ scenario }: CatalogRoom, person: number): string {
  if (scenario === 'hidden-names') return '[[redacted]]';
  if (scenario === 'markup' && person === 1) return HOSTILE_NAME;
  return NAMES[person] ?? `Guest ${person + 1}`;
}
