import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { RequestClient } from '../protocol/bridge';
import type { TimeMode, ViewSettings } from '../protocol/state';
import type { HostLink } from './host';

/** What a button does that stands on every kind of page. */
export type CommonAction = 'cancel' | 'editConnection' | 'refresh' | 'showCalls' | 'showLog';

/** What parts need that stand on every kind of page. */
export interface CommonPage {
  view: { sections: Record<string, boolean>; timeMode: TimeMode };
  setView: (change: Partial<CommonPage['view']>) => void;
  act: (action: CommonAction) => void;
}

export const CommonContext = createContext<CommonPage | undefined>(undefined);

export function useCommonPage(): CommonPage {
  const page = useContext(CommonContext);
  if (!page) throw new Error('No page around this component.');
  return page;
}

/** What charts need on every kind of page that has some. */
export interface ChartPage {
  requests: RequestClient;
  view: { timeMode: TimeMode; extraMetrics: string[]; limits?: boolean };
  setView: (change: Partial<ChartPage['view']>) => void;
  /** Says something to screen readers. */
  announce: (text: string) => void;
}

export const ChartContext = createContext<ChartPage | undefined>(undefined);

export function useChartPage(): ChartPage {
  const page = useContext(ChartContext);
  if (!page) throw new Error('No page around this chart.');
  return page;
}

/** What every part of the report's page may need. */
export interface Page extends CommonPage, ChartPage {
  host: HostLink;
  view: ViewSettings;
  /** Changes some settings; they are kept over hide and reload. */
  setView: (change: Partial<ViewSettings>) => void;
  /** Like `setView`, without rendering: for what is drawn elsewhere. */
  remember: (change: Partial<ViewSettings>) => void;
}

export const PageContext = createContext<Page | undefined>(undefined);

export function usePage(): Page {
  const page = useContext(PageContext);
  if (!page) throw new Error('No page around this component.');
  return page;
}
