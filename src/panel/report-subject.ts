import * as l10n from '@vscode/l10n';
import type { ParticipantRef } from '../core/ids';
import { displayText } from '../core/text';
import { PROTOCOL_VERSION, type ReportSubject, type ToWebview } from '../protocol/messages';
import { packReport } from '../protocol/pack';
import type { KnownParticipant, LoadedReport } from './services';

/** What the page's head says before the report is there. `title` is what the caller knows. */
export function knownSubject(ref: ParticipantRef, known: KnownParticipant, title?: string): ReportSubject {
  return {
    ref,
    title: displayText(title ?? known.title ?? '') || l10n.t('Participant'),
    connectionLabel: known.connectionLabel,
    providerName: known.providerName,
    appName: known.appName,
    session: known.session,
    media: known.media,
  };
}

/** What the page's head says of a report that was read. `former` fills what it does not tell. */
export function subjectOf(loaded: LoadedReport, former: ReportSubject): ReportSubject {
  const { report, saved } = loaded.result;
  return {
    ...former,
    title: displayText(report.participant.name ?? '') || former.title,
    connectionLabel: loaded.connectionLabel,
    providerName: loaded.providerName ?? former.providerName,
    appName: loaded.appName ?? former.appName,
    session: loaded.session ?? former.session,
    media: report.media,
    cannotTell: loaded.cannotTell,
    peerConnections: loaded.peerConnections,
    saved: saved && { at: saved.savedAt, masked: saved.masked, findings: saved.diagnosis !== undefined },
    participantNames: loaded.participantNames,
    othersAway: loaded.othersAway,
  };
}

/** Leaves room in a tab for the word behind it. */
const NAME_LENGTH = 22;

/** What the tab is called: the name, and that the call goes on or that it is a saved file. */
export function tabTitle({ title, session, saved }: ReportSubject): string {
  const state = saved ? l10n.t('saved') : session?.status === 'live' ? l10n.t('live') : undefined;
  return state ? `${displayText(title, NAME_LENGTH)} · ${state}` : title;
}

/** The message that fills the page. `readAt`: epoch ms when the provider answered. */
export function reportMessage(
  { result, diagnosis }: LoadedReport,
  subject: ReportSubject,
  pinned: boolean,
  readAt: number,
): ToWebview {
  const { facts, columns } = packReport(result.report);
  const rawBytes = result.raw.byteLength;
  return { v: PROTOCOL_VERSION, type: 'report', subject, pinned, readAt, facts, columns, rawBytes, diagnosis };
}

/** Whether a reading brought nothing new. */
export function sameReport(former: LoadedReport, latter: LoadedReport): boolean {
  const around = ({ session, participantNames, othersAway }: LoadedReport): string =>
    JSON.stringify([
      session,
      participantNames,
      // Whoever is away in a live call is so until now, which is nothing new.
      Object.entries(othersAway ?? {}).map(([id, away]) => [id, away.map(({ start }) => start)]),
    ]);
  return Buffer.compare(former.result.raw, latter.result.raw) === 0 && around(former) === around(latter);
}
