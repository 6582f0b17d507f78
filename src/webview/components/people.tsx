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
    ? { title: 'Viewer and playback session', who: 'Viewer', from: 'Started', to: 'Ended', length: 'Watched' }
    : { title: 'Participant and session', who: 'Participant', from: 'Joined', to: 'Left', length: 'Duration' };
  return (
    <Section name="participant" title={word.title}>
      {() => (
        <div class="fact-columns">
          <Facts
            title={word.who}
            brief={playback}
            rows={[
              { label: 'Name', field: 'participant.name', value: participant.name },
              { label: 'ID', field: 'participant.id', value: participant.id },
              { label: 'User ID', field: 'participant.userId', value: participant.userId },
              { label: 'Custom ID', field: 'participant.customId', value: participant.customId },
              { label: 'Role', field: 'participant.role', value: participant.role },
              { label: word.from, field: 'participant.joinedAt', value: formatMoment(participant.joinedAt) },
              { label: word.to, field: 'participant.leftAt', value: formatMoment(participant.leftAt) },
              { label: word.length, field: 'participant.duration', value: formatDuration(participant.durationMs) },
              { label: 'Created', field: 'participant.createdAt', value: formatMoment(participant.createdAt) },
              { label: 'Updated', field: 'participant.updatedAt', value: formatMoment(participant.updatedAt) },
              ...factRows('participant', participant.facts),
            ]}
          />
          {session && (
            <Facts
              title={playback ? 'Playback session' : 'Session'}
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
