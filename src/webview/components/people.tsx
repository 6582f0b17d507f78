import * as l10n from '@vscode/l10n';
import type { JSX } from 'preact';
import type { CallReport, Session } from '../../core/model';
import { formatDuration } from '../../core/time';
import { formatMoment } from '../format';
import type { ReportModel } from '../report-model';
import { Facts } from './facts';
import { Section } from './section';
import { factRows, sessionFactRows } from './session-facts';

/** Who this is and which session it was, with every fact that has no place elsewhere. */
export function People({ model: { report, subject, playback } }: { model: ReportModel }): JSX.Element {
  const { participant } = report;
  const { session } = subject;
  const word = playback
    ? {
        title: l10n.t('Viewer and playback session'),
        who: l10n.t('Viewer'),
        from: l10n.t('Started'),
        to: l10n.t('Ended'),
        length: l10n.t('Watched'),
      }
    : {
        title: l10n.t('Participant and session'),
        who: l10n.t('Participant'),
        from: l10n.t('Joined'),
        to: l10n.t({ message: 'Left', comment: ['a person went away'] }),
        length: l10n.t('Duration'),
      };
  return (
    <Section name="participant" title={word.title}>
      {() => (
        <div class="fact-columns">
          <Facts
            title={word.who}
            brief={playback}
            rows={[
              { label: l10n.t('Name'), field: 'participant.name', value: participant.name },
              { label: 'ID', field: 'participant.id', value: participant.id },
              { label: l10n.t('User ID'), field: 'participant.userId', value: participant.userId },
              { label: l10n.t('Custom ID'), field: 'participant.customId', value: participant.customId },
              { label: l10n.t('Role'), field: 'participant.role', value: participant.role },
              { label: word.from, field: 'participant.joinedAt', value: formatMoment(participant.joinedAt) },
              { label: word.to, field: 'participant.leftAt', value: formatMoment(participant.leftAt) },
              { label: word.length, field: 'participant.duration', value: formatDuration(participant.durationMs) },
              { label: l10n.t('Created'), field: 'participant.createdAt', value: formatMoment(participant.createdAt) },
              { label: l10n.t('Updated'), field: 'participant.updatedAt', value: formatMoment(participant.updatedAt) },
              ...factRows('participant', participant.facts),
            ]}
          />
          {session && (
            <Facts
              title={playback ? l10n.t('Playback session') : l10n.t('Session')}
              brief={playback}
              rows={sessionFactRows(playback ? withoutRepeats(session, report) : session)}
            />
          )}
        </div>
      )}
    </Section>
  );
}

/** A playback session has one viewer: its figures and most of its facts stand in their places already. */
function withoutRepeats(session: Session, { participant, figures = [] }: CallReport): Session {
  const told = new Set([...(participant.facts ?? []), ...figures].map(({ label }) => label));
  return { ...session, facts: session.facts?.filter(({ label }) => !told.has(label)) };
}
