import { Masker } from '../core/mask';
import { learn, maskDiagnosis, maskParticipant, maskReport, maskSession } from '../core/mask-report';
import { type SavedSession, type SavedTalk, SESSION_FORMAT, SESSION_FORMAT_VERSION } from '../core/saved-session';
import { finite, reportParts, seriesTable } from './json';
import { maskChat, maskTranscript } from './mask-talk';

/** A session before it is known how it will be saved. */
export type SessionSource = Omit<SavedSession, 'savedAt' | 'masked'>;

/** The session with personal data masked, or as it is. The same person is the same placeholder throughout. */
export function makeSavedSession(source: SessionSource, mask: boolean, savedAt: number): SavedSession {
  if (!mask) return { ...source, savedAt, masked: false };
  const { session, participants, reports, unread, place, appName, talk } = source;
  const masker = new Masker();
  learn(masker, { session, people: participants });
  for (const report of reports) learn(masker, { report });
  // Everybody who wrote or spoke is known before any text is masked.
  const masked = talk && maskSavedTalk(talk, masker);
  const { roomId: _room, ...ids } = place;
  const told = maskDiagnosis({ findings: source.findings, notEvaluated: source.notEvaluated }, masker);
  return {
    ...source,
    ...told,
    savedAt,
    masked: true,
    place: { ...ids, sessionId: masker.id(place.sessionId) },
    ...(appName !== undefined && { appName: masker.text(appName) }),
    session: maskSession(session, masker),
    ...(masked && { talk: masked }),
    participants: participants.map((participant) => maskParticipant(participant, masker)),
    reports: reports.map((report) => maskReport(report, masker)),
    unread: unread.map(({ participantId, reason }) => ({
      ...(participantId !== undefined && { participantId: masker.id(participantId) }),
      reason: masker.text(reason),
    })),
  };
}

function maskSavedTalk({ chat, transcript, summary }: SavedTalk, masker: Masker): SavedTalk {
  return {
    ...(chat && { chat: maskChat(chat, masker) }),
    ...(transcript && { transcript: maskTranscript(transcript, masker) }),
    ...(summary && { summary: { ...summary, markdown: masker.text(summary.markdown) } }),
  };
}

/**
 * Writes a session as JSON, part by part: joined they are one object, in UTF-8. Its members:
 *
 * - `format`, `version`: {@link SESSION_FORMAT}, {@link SESSION_FORMAT_VERSION} · `savedAt`: ISO 8601
 * - `personalData`: `masked` or `included` · `provider`, `media`
 * - `ref`: app, room and session id, as far as there are any; never the connection · `appName`
 * - `cannotTell`: sentences on what the provider does not tell
 * - `session`, `participants`: as core/model has them · `findings`, `notEvaluated`: as core/finding has them
 * - `unread`: what is not in the file, and why · `talk`: chat, transcript and summary as core/talk has them
 * - `series`: unit, label, nature and meaning of every column used, by its name
 * - `reports`: each as `report` of a saved report
 *
 * A member that is missing is not known.
 */
export function* sessionParts(saved: SavedSession): Generator<string, void, void> {
  const { savedAt, masked, place, reports, provider, media, ...rest } = saved;
  const head = {
    format: SESSION_FORMAT,
    version: SESSION_FORMAT_VERSION,
    savedAt: new Date(savedAt).toISOString(),
    personalData: masked ? 'masked' : 'included',
    provider,
    media,
    ref: place,
    ...rest,
    series: seriesTable(reports),
  };
  yield `${JSON.stringify(head, finite, 1).slice(0, -2)},\n "reports": [`;
  for (const [index, report] of reports.entries()) {
    yield index > 0 ? ',\n' : '\n';
    yield* reportParts(report);
  }
  yield '\n ]\n}\n';
}
