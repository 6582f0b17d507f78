import type { CallReport, Participant, Session } from '../../core/model';
import { compareNumbers, compareText, largest, smallest } from '../../core/order';
import { connectionsOf, isMachine } from '../../core/presence';
import { familyOf } from '../engine/run';
import { type ReportView, viewReport } from '../engine/view';
import type { Family, SessionOptions } from '../rule';

/** One time that one person was there. */
export interface Stay {
  participantId: string;
  /** Same for all stays of a person. */
  person: string;
  /** Whether an id tells the person, or only name and role do. */
  sure: boolean;
  role?: string;
  joinedAt?: number;
  leftAt?: number;
  /** A recorder or another machine of the service. */
  machine: boolean;
}

/** A session made ready for the rules. */
export interface SessionView {
  session: Session;
  family: Family;
  /** By participant id, each once. */
  participants: readonly Participant[];
  /** By participant id. */
  reports: ReadonlyMap<string, ReportView>;
  /** In the order of joining; those without a known join come first. */
  stays: readonly Stay[];
  /** Epoch ms; undefined when nothing tells. */
  start?: number;
  end?: number;
  /** By the id of the sent stream's producer: who sent it. */
  producers: ReadonlyMap<string, string>;
}

/** Prepares a session and its reports. Participants and reports that came twice, as on two pages, count once. */
export function viewSession(
  session: Session,
  reports: readonly CallReport[],
  options: SessionOptions = {},
): SessionView {
  const byId = new Map<string, CallReport>();
  for (const report of [...reports].sort(byRichness))
    if (!byId.has(report.participant.id)) byId.set(report.participant.id, report);
  const participants = new Map<string, Participant>();
  for (const participant of [
    ...(options.participants ?? []),
    ...[...byId.values()].map((report) => report.participant),
  ]) {
    const known = participants.get(participant.id);
    participants.set(participant.id, known ? combine(known, participant) : participant);
  }
  const people = [...participants.values()].sort((a, b) => compareText(a.id, b.id));
  const kept = [...byId.values()].sort((a, b) => compareText(a.participant.id, b.participant.id));
  const views = new Map(
    kept.map((report) => [report.participant.id, viewReport(report, { session, participants: people, list: kept })]),
  );
  const stays = people
    .flatMap(staysOf)
    .sort((a, b) => compareNumbers(a.joinedAt, b.joinedAt) || compareText(a.participantId, b.participantId));
  const producers = new Map<string, string>();
  for (const [id, view] of views) {
    for (const { stream } of view.streams) {
      const producer =
        stream.direction === 'send' ? (stream.identifiers?.producerId ?? stream.identifiers?.trackId) : undefined;
      if (producer !== undefined) producers.set(producer, id);
    }
  }
  for (const view of views.values()) {
    for (const one of view.streams) {
      const { stream } = one;
      const producer = stream.identifiers?.producerId ?? stream.identifiers?.trackId;
      if (stream.direction === 'receive' && one.sender === undefined && producer !== undefined)
        one.sender = producers.get(producer);
    }
  }
  const ends = [...views.values()].map(({ end }) => end);
  const first = kept[0];
  return {
    session,
    family: first ? familyOf(first) : familyOfIds(options),
    participants: people,
    reports: views,
    stays,
    start: session.startedAt ?? smallest(stays.map(({ joinedAt }) => joinedAt)),
    end: session.endedAt ?? largest([...stays.flatMap(({ leftAt, joinedAt }) => [leftAt, joinedAt]), ...ends]),
    producers,
  };
}

function familyOfIds({ provider }: SessionOptions): Family {
  return provider ? familyOf({ provider }) : 'rtk';
}

/** Of two reports of one participant the one with more samples stands, whatever order they came in. */
function byRichness(a: CallReport, b: CallReport): number {
  const size = ({ streams }: CallReport) => streams.reduce((sum, { times }) => sum + times.length, 0);
  return size(b) - size(a) || compareNumbers(b.endedAt, a.endedAt);
}

/** What either row of one participant tells. */
function combine(a: Participant, b: Participant): Participant {
  const later = compareNumbers(a.updatedAt, b.updatedAt) >= 0 ? a : b;
  const other = later === a ? b : a;
  const known = Object.entries(later).filter(([, value]) => value !== undefined);
  const events = (later.events?.length ?? 0) >= (other.events?.length ?? 0) ? later.events : other.events;
  return { ...other, ...Object.fromEntries(known), ...(events && { events }) };
}

function staysOf(participant: Participant): Stay[] {
  const { id, userId, customId, name, role, joinedAt, leftAt } = participant;
  const known = userId ?? customId;
  const common = {
    participantId: id,
    person: known !== undefined ? `id ${known}` : `name ${JSON.stringify([name ?? id, role])}`,
    sure: known !== undefined,
    role,
    machine: isMachine(participant),
  };
  const left = participant.leftTimeUnknown ? undefined : leftAt;
  const segments = connectionsOf(participant);
  if (segments.length < 2) return [{ ...common, joinedAt, leftAt: left }];
  return segments.map(({ from, left: until }) => ({ ...common, joinedAt: from, leftAt: until }));
}

/** How many stays, machines left out, cover a moment. */
export function presentAt({ stays, end }: SessionView, moment: number): Stay[] {
  return stays.filter(
    (stay) =>
      !stay.machine &&
      stay.joinedAt !== undefined &&
      stay.joinedAt <= moment &&
      (stay.leftAt ?? end ?? Number.POSITIVE_INFINITY) > moment,
  );
}
