import * as l10n from '@vscode/l10n';
import type { Finding, NotEvaluated } from '../core/finding';
import type { ParticipantRef } from '../core/ids';
import { Masker, type Who } from '../core/mask';
import { learn, maskDiagnosis, maskReport, maskSession } from '../core/mask-report';
import type { CallReport, Session, Stream } from '../core/model';
import { streamLabel } from '../core/stream-label';
import { displayText } from '../core/text';

/** A report with what is known around it, ready to be written to a file. */
export interface ReportDocument {
  ref: ParticipantRef;
  report: CallReport;
  session?: Session;
  /** Names of the session's people by the id of the stay; placeholders where personal data are masked. */
  names: ReadonlyMap<string, string>;
  findings: readonly Finding[];
  notEvaluated: readonly NotEvaluated[];
  /** Personal data are masked. */
  masked: boolean;
}

/** The people whose names a document needs: of the session as far as they are known. */
export interface DocumentSource extends Omit<ReportDocument, 'names' | 'masked'> {
  people: readonly Who[];
}

/** The document with personal data masked, or as it is. */
export function makeDocument({ people, ...source }: DocumentSource, mask: boolean): ReportDocument {
  const { report, session, findings, notEvaluated, ref } = source;
  const everyone: readonly Who[] = [report.participant, ...people];
  if (!mask) {
    const names = new Map(everyone.flatMap(({ id, name }) => (name ? [[id, name] as const] : [])));
    return { ...source, names, masked: false };
  }
  const masker = new Masker();
  learn(masker, { report, session, people });
  const ids = new Set([
    ...everyone.map(({ id }) => id),
    ...report.streams.flatMap(({ remoteParticipantId }) => remoteParticipantId ?? []),
    ...findings.flatMap(namedIn),
  ]);
  const names = new Map(
    [...ids].map((id) => [masker.id(id), masker.person(everyone.find((who) => who.id === id) ?? { id })]),
  );
  const told = maskDiagnosis({ findings: [...findings], notEvaluated: [...notEvaluated] }, masker);
  const { roomId, ...place } = ref;
  return {
    ref: { ...place, sessionId: masker.id(ref.sessionId), participantId: masker.id(ref.participantId) },
    report: maskReport(report, masker),
    ...(session && { session: maskSession(session, masker) }),
    names,
    findings: told.findings,
    notEvaluated: told.notEvaluated,
    masked: true,
  };
}

/** Everybody whom a finding names. */
function namedIn({ subject, relatedParticipantIds, evidence }: Finding): string[] {
  return [
    ...(subject.participantId === undefined ? [] : [subject.participantId]),
    ...(relatedParticipantIds ?? []),
    ...evidence.flatMap(({ participantId }) => participantId ?? []),
  ];
}

/** `Microphone sent`, `Camera received from Caller B (720p)`: provider text in it is still to be escaped. */
export function streamWords(stream: Stream, names: ReadonlyMap<string, string>): string {
  const { layer, remoteParticipantId, ...rest } = stream;
  const who =
    remoteParticipantId === undefined ? '' : displayText(names.get(remoteParticipantId) ?? remoteParticipantId, 80);
  const what = who ? l10n.t('{stream} from {sender}', { stream: streamLabel(rest), sender: who }) : streamLabel(rest);
  return `${what}${layer ? ` (${displayText(layer, 60)})` : ''}`;
}

/** When the call began for this document, epoch ms: what times into the call count from. */
export function originOf({ report: { startedAt, participant, streams } }: ReportDocument): number | undefined {
  const first = streams.reduce(
    (least, { times }) => Math.min(least, times[0] ?? Number.POSITIVE_INFINITY),
    Number.POSITIVE_INFINITY,
  );
  return startedAt ?? participant.joinedAt ?? (Number.isFinite(first) ? first : undefined);
}
