import * as l10n from '@vscode/l10n';
import type { ComponentChildren, JSX } from 'preact';
import { Icon } from '../icons';

interface HeaderActionsProps {
  /** What the page shows. */
  thing: 'Report' | 'Session';
  /** Missing where the page cannot be pinned. */
  pinned?: boolean;
  /** Being read right now. */
  busy: boolean;
  /** Nothing is known that could be read again. */
  fixed?: boolean;
  act: (action: 'togglePin' | 'refresh') => void;
  /** Buttons that follow. */
  children: ComponentChildren;
}

const THINGS = {
  Report: { name: l10n.t('Report'), again: l10n.t('Read the report again') },
  Session: { name: l10n.t('Session'), again: l10n.t('Read the session again') },
};

/** What can be done with a page: pin, refresh, and what is its own. */
export function HeaderActions({ thing, pinned, busy, fixed = false, act, children }: HeaderActionsProps): JSX.Element {
  return (
    <div class="actions" role="toolbar" aria-label={THINGS[thing].name}>
      {pinned !== undefined && (
        <button
          type="button"
          aria-pressed={pinned}
          title={pinned ? l10n.t('Unpin: reuse this panel') : l10n.t('Pin: keep this panel')}
          onClick={() => act('togglePin')}
        >
          <Icon name={pinned ? 'pinned' : 'pin'} />
          <span>{pinned ? l10n.t('Pinned') : l10n.t('Pin')}</span>
        </button>
      )}
      <button type="button" disabled={busy || fixed} title={THINGS[thing].again} onClick={() => act('refresh')}>
        <Icon name="refresh" />
        <span>{busy ? l10n.t('Reading…') : l10n.t('Refresh')}</span>
      </button>
      {children}
    </div>
  );
}
