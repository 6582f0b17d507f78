import { readSession } from '../connections/read-session';
import { Masker } from '../core/mask';
import { learn, maskDiagnosis, maskParticipant, maskSession } from '../core/mask-report';
import type { CallReport, Participant, Session } from '../core/model';
import { displayText } from '../core/text';
import { formatDuration } from '../core/time';
import { readThresholds } from '../ui/settings';
import type { ToolInput } from './input';
import { connectionsFor, findPlaces, nameOf, type Place, placeOf } from './places';
import type { ToolServices } from './services';
import { findingLines, PREAMBLE, utc } from './words';

const MOST_PLACES = 10;
const MOST_PARTICIPANTS = 30;
/** Each report is a request, and a large one at that. */
export const MOST_REPORTS = 20;

/** `peerscope_find_session`: which connections know a session id, and when and where it was. */
export async function findSession(
  services: ToolServices,
  input: ToolInput,
  mask: boolean,
  signal: AbortSignal,
): Promise<string> {
  const id = input.id('id');
  const asked = connectionsFor(services, input.optional('connectionId'));
  const { places, failed } = await findPlaces(services, asked, id, signal);
  const shown = places.slice(0, MOST_PLACES);
  // One masker for all of them: rooms are told apart.
  const masker = new Masker();
  const lines = await Promise.all(shown.map((place) => placeLine(place, mask ? masker : undefined, signal)));
  signal.throwIfAborted();
  const failures = failed.map(
    ({ record, error }) => `- ${nameOf(record)} could not be asked: ${error.kind}: ${displayText(error.text, 200)}`,
  );
  if (places.length === 0) {
    return [
      `No session with the id "${displayText(id, 80)}" was found. Asked: ${asked.map(nameOf).join(', ')}.`,
      'Check that it is the id of a session (not of a room or a person) and that the connection belongs to its account.',
      ...failures,
    ].join('\n');
  }
  return [
    PREAMBLE,
    `${places.length === 1 ? 'One session' : `${places.length} sessions`} found. Pass these ids on to peerscope_get_session_summary.`,
    ...lines,
    ...(places.length > MOST_PLACES ? [`- … and ${places.length - MOST_PLACES} more.`] : []),
    ...failures,
  ].join('\n');
}

async function placeLine(
  { ref, record, provider }: Place,
  masker: Masker | undefined,
  signal: AbortSignal,
): Promise<string> {
  const ids = [
    `sessionId "${displayText(ref.sessionId, 200)}"`,
    `connectionId "${ref.connectionId}"`,
    ref.appId && `appId "${displayText(ref.appId, 100)}"`,
  ];
  const head = `- ${nameOf(record)}: ${ids.filter(Boolean).join(', ')}`;
  const session = await provider.getSession(ref, signal).catch(() => undefined);
  if (!session) return head;
  if (masker) learn(masker, { session });
  return `${head}; ${sessionWords(masker ? maskSession(session, masker) : session)}`;
}

function sessionWords({ status, startedAt, endedAt, roomName, type }: Session): string {
  const length = startedAt !== undefined && endedAt !== undefined ? ` (${formatDuration(endedAt - startedAt)})` : '';
  const room = roomName ? `; room ${displayText(roomName, 80)}` : '';
  return `${status}${type ? ` ${displayText(type, 40)}` : ''}, started ${utc(startedAt)}, ${endedAt === undefined ? 'end unknown' : `ended ${utc(endedAt)}`}${length}${room}`;
}

/** `peerscope_get_session_summary`: who was there, and what went wrong as far as the reports tell. */
export async function summarizeSession(
  services: ToolServices,
  input: ToolInput,
  mask: boolean,
  signal: AbortSignal,
): Promise<string> {
  const { ref, record, provider } = await placeOf(services, input, signal);
  const whole = await readSession(provider, ref, signal, MOST_REPORTS);
  signal.throwIfAborted();
  const { diagnoseSession, verdict } = await import('../diagnosis/index');
  const found = diagnoseSession(whole.session, whole.reports, {
    participants: whole.participants,
    provider: record.provider,
    thresholds: readThresholds(),
  });
  const masker = new Masker();
  learn(masker, { session: whole.session, people: whole.participants });
  for (const report of whole.reports) learn(masker, { report });
  const session = mask ? maskSession(whole.session, masker) : whole.session;
  const participants = mask ? whole.participants.map((one) => maskParticipant(one, masker)) : whole.participants;
  const diagnosis = mask ? maskDiagnosis(found, masker) : found;
  const names = namesOf(participants, whole.reports, mask ? masker : undefined);
  const worst = verdict(diagnosis.findings, { number: String });
  return [
    PREAMBLE,
    `Session "${displayText(ref.sessionId, 200)}" at ${nameOf(record)} (connectionId "${ref.connectionId}"${ref.appId ? `, appId "${ref.appId}"` : ''}): ${sessionWords(session)}.`,
    `${participants.length} stays are listed below as far as they fit; reports of ${whole.reports.length} were read${whole.unread > 0 ? `, ${whole.unread} were not available or not tried` : ''}.`,
    '',
    `Verdict: ${worst ? `${displayText(worst.sentence)} Confidence: ${worst.confidence}.` : whole.reports.length === 0 ? 'none, because no report could be read.' : 'no problem was found in what could be evaluated.'}`,
    ...findingLines(diagnosis, names, session.startedAt),
    '',
    'Participants (pass the id on to peerscope_diagnose_participant):',
    ...participants.slice(0, MOST_PARTICIPANTS).map(participantLine),
    ...(participants.length > MOST_PARTICIPANTS ? [`- … and ${participants.length - MOST_PARTICIPANTS} more.`] : []),
  ].join('\n');
}

function participantLine({ id, name, role, joinedAt, leftAt, durationMs }: Participant): string {
  const length = joinedAt !== undefined && leftAt !== undefined ? leftAt - joinedAt : durationMs;
  return `- ${displayText(name ?? 'Participant', 80)}, id "${displayText(id, 200)}"${role ? `, role ${displayText(role, 40)}` : ''}: joined ${utc(joinedAt)}, left ${utc(leftAt)} (${formatDuration(length)})`;
}

function namesOf(
  participants: readonly Participant[],
  reports: readonly CallReport[],
  masker: Masker | undefined,
): Map<string, string> {
  const names = new Map(participants.flatMap(({ id, name }) => (name ? [[id, name] as const] : [])));
  for (const { participant } of reports) {
    const name = masker ? masker.person(participant) : participant.name;
    const id = masker ? masker.id(participant.id) : participant.id;
    if (name && !names.has(id)) names.set(id, name);
  }
  return names;
}
