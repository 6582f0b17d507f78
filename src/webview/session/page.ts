import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { SessionViewSettings } from '../../protocol/session-state';
import type { CommonPage } from '../page';
import type { SessionLink } from './link';

/** What every part of the session page may need. */
export interface SessionPage extends CommonPage {
  link: SessionLink;
  view: SessionViewSettings;
  /** Changes some settings; they are kept over hide and reload. */
  setView: (change: Partial<SessionViewSettings>) => void;
  /** Says something to screen readers. */
  announce: (text: string) => void;
}

export const SessionContext = createContext<SessionPage | undefined>(undefined);

export function useSessionPage(): SessionPage {
  const page = useContext(SessionContext);
  if (!page) throw new Error('No session page around this component.');
  return page;
}
