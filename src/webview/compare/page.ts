import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { CompareView } from '../../protocol/compare-state';
import type { TimeMode } from '../../protocol/state';
import type { ChartPage, CommonPage } from '../page';
import type { CompareLink } from './link';

/** What every part of the comparison may need. */
export interface ComparePage extends CommonPage, ChartPage {
  link: CompareLink;
  view: CompareView & { timeMode: TimeMode };
  /** Changes some settings; they are kept over hide and reload. */
  setView: (change: Partial<CompareView>) => void;
  /** Like `setView`, without rendering: for what is drawn elsewhere. */
  remember: (change: Partial<CompareView>) => void;
}

export const CompareContext = createContext<ComparePage | undefined>(undefined);

export function useComparePage(): ComparePage {
  const page = useContext(CompareContext);
  if (!page) throw new Error('No comparison around this component.');
  return page;
}
