import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { ViewSettings } from '../protocol/state';
import type { HostLink } from './host';

/** What every part of the page may need. */
export interface Page {
  host: HostLink;
  view: ViewSettings;
  /** Changes some settings; they are kept over hide and reload. */
  setView(change: Partial<ViewSettings>): void;
  /** Like `setView`, without rendering: for what is drawn elsewhere. */
  remember(change: Partial<ViewSettings>): void;
  /** Says something to screen readers. */
  announce(text: string): void;
}

export const PageContext = createContext<Page | undefined>(undefined);

export function usePage(): Page {
  const page = useContext(PageContext);
  if (!page) throw new Error('No page around this component.');
  return page;
}
