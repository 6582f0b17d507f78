import * as l10n from '@vscode/l10n';
import type { JSX } from 'preact';
import type { KeptThing } from '../../core/talk';
import type { SessionAction } from '../../protocol/session-messages';
import { Icon, type IconName } from '../icons';
import { useSessionPage } from './page';

interface Button {
  kept: KeptThing;
  action: SessionAction;
  icon: IconName;
  label: string;
  title: string;
}

const BUTTONS: readonly Button[] = [
  {
    kept: 'transcript',
    action: 'openTranscript',
    icon: 'transcript',
    label: l10n.t('Transcript'),
    title: l10n.t('What was said, with speakers and times'),
  },
  {
    kept: 'chat',
    action: 'openChat',
    icon: 'chat',
    label: l10n.t('Chat'),
    title: l10n.t('What was written in the session'),
  },
  {
    kept: 'summary',
    action: 'openSummary',
    icon: 'summary',
    label: l10n.t('Summary'),
    title: l10n.t('The summary that the provider made of the transcript'),
  },
  {
    kept: 'recordings',
    action: 'openRecordings',
    icon: 'recording',
    label: l10n.t('Recordings'),
    title: l10n.t('What was recorded; a recording opens in the browser'),
  },
];

/** What the provider keeps of the session beside its figures; nothing where it keeps nothing. */
export function Kept({ keeps = [] }: { keeps?: readonly KeptThing[] }): JSX.Element | null {
  const { link } = useSessionPage();
  const buttons = BUTTONS.filter(({ kept }) => keeps.includes(kept));
  if (buttons.length === 0) return null;
  return (
    <div class="kept" role="toolbar" aria-label={l10n.t('Said, written and recorded')}>
      {buttons.map(({ action, icon, label, title }) => (
        <button key={action} type="button" data-action={action} title={title} onClick={() => link.act(action)}>
          <Icon name={icon} />
          <span>{label}</span>
        </button>
      ))}
    </div>
  );
}
