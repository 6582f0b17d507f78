import type { JSX } from 'preact';
import type { Fact } from '../../core/model';
import { formatDuration } from '../../core/time';
import { formatMoment, formatNumber } from '../format';
import type { ReportModel } from '../report-model';
import { type FactRow, Facts } from './facts';
import { Section } from './section';

/** Who this is and which session it was, with every fact that has no place elsewhere. */
export function People({ model: { report, subject } }: { model: ReportModel }): JSX.Element {
  const { participant } = report;
  const { session } = subject;
  return (
    <Section name="participant" title="Participant and session">
      {() => (
        <div class="fact-columns">
          <Facts
            title="Participant"
            rows={[
              { label: 'Name', field: 'participant.name', value: participant.name },
              { label: 'ID', field: 'participant.id', value: participant.id },
              { label: 'User ID', field: 'participant.userId', value: participant.userId },
              { label: 'Custom ID', field: 'participant.customId', value: participant.customId },
              { label: 'Role', field: 'participant.role', value: participant.role },
              { label: 'Joined', field: 'participant.joinedAt', value: formatMoment(participant.joinedAt) },
              { label: 'Left', field: 'participant.leftAt', value: formatMoment(participant.leftAt) },
              { label: 'Duration', field: 'participant.duration', value: formatDuration(participant.durationMs) },
              { label: 'Created', field: 'participant.createdAt', value: formatMoment(participant.createdAt) },
              { label: 'Updated', field: 'participant.updatedAt', value: formatMoment(participant.updatedAt) },
              ...factRows('participant', participant.facts),
            ]}
          />
          {session && (
            <Facts
              title="Session"
              rows={[
                { label: 'ID', field: 'session.id', value: session.id },
                { label: 'Room', field: 'session.roomName', value: session.roomName },
                { label: 'Room ID', field: 'session.roomId', value: session.roomId },
                { label: 'Status', field: 'session.status', value: session.status },
                { label: 'Type', field: 'session.type', value: session.type },
                { label: 'Started', field: 'session.startedAt', value: formatMoment(session.startedAt) },
                { label: 'Ended', field: 'session.endedAt', value: formatMoment(session.endedAt) },
                {
                  label: 'Participant-minutes',
                  field: 'session.minutes',
                  value: formatNumber(session.participantMinutes, 1),
                },
                {
                  label: 'Most at once',
                  field: 'session.maxConcurrent',
                  value: formatNumber(session.maxConcurrentParticipants),
                },
                ...factRows('session', session.facts),
              ]}
            />
          )}
        </div>
      )}
    </Section>
  );
}

function factRows(prefix: string, facts: readonly Fact[] = []): FactRow[] {
  return facts.map(({ label, value }, index) => ({ label, field: `${prefix}.fact.${index}`, value }));
}
