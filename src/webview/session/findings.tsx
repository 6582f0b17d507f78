import * as l10n from '@vscode/l10n';
import type { JSX } from 'preact';
import type { Finding } from '../../core/finding';
import type { ShownDiagnosis } from '../../protocol/messages';
import type { StayList } from '../../protocol/session-messages';
import { FindingList } from '../components/finding-list';
import { useSessionPage } from './page';

/** What all reports of a session tell together: a click opens the report of the participant that a finding is about. */
export function SessionFindings({ diagnosis, stays }: { diagnosis: ShownDiagnosis; stays: StayList }): JSX.Element {
  const { link } = useSessionPage();
  const aboutOf = ({ subject }: Finding): string => {
    const stay = stays.items.find(({ id }) => id === subject.participantId);
    const who = stay && (stay.name ?? stay.customId ?? stay.id);
    return who === undefined || subject.type === 'participant' ? (who ?? subject.label) : `${who}, ${subject.label}`;
  };
  return (
    <FindingList
      diagnosis={diagnosis}
      aboutOf={aboutOf}
      showHint={l10n.t('Open the participant’s report')}
      onShow={({ subject }) => {
        if (subject.participantId !== undefined) link.openParticipant(subject.participantId);
      }}
    />
  );
}
