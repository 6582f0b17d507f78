import type { ComponentChildren, JSX } from 'preact';
import { Icon } from '../icons';

interface HeaderActionsProps {
  /** What the page shows: the toolbar's name. */
  thing: 'Report' | 'Session';
  /** Missing where the page cannot be pinned. */
  pinned?: boolean;
  /** Being read right now. */
  busy: boolean;
  /** Nothing is known that could be read again. */
  fixed?: boolean;
  act(action: 'togglePin' | 'refresh'): void;
  /** Buttons that follow. */
  children: ComponentChildren;
}

/** What can be done with a page: pin, refresh, and what is its own. */
export function HeaderActions({ thing, pinned, busy, fixed = false, act, children }: HeaderActionsProps): JSX.Element {
  return (
    <div class="actions" role="toolbar" aria-label={thing}>
      {pinned !== undefined && (
        <button
          type="button"
          aria-pressed={pinned}
          title={pinned ? 'Unpin: reuse this panel' : 'Pin: keep this panel'}
          onClick={() => act('togglePin')}
        >
          <Icon name={pinned ? 'pinned' : 'pin'} />
          <span>{pinned ? 'Pinned' : 'Pin'}</span>
        </button>
      )}
      <button
        type="button"
        disabled={busy || fixed}
        title={`Read the ${thing.toLowerCase()} again`}
        onClick={() => act('refresh')}
      >
        <Icon name="refresh" />
        <span>{busy ? 'Reading…' : 'Refresh'}</span>
      </button>
      {children}
    </div>
  );
}
