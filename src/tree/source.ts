import type { ConnectionRecord } from '../connections/record';
import type { CallProvider } from '../providers/contract';
import type { FilterStore } from './filter-store';
import type { KeptSource } from './kept';

/** What the tree needs of its surroundings. */
export interface TreeSource {
  records(): ConnectionRecord[];
  provider(connectionId: string): Promise<CallProvider>;
  settings(): { pageSize: number; sessionWindowDays: number };
  log(level: 'info' | 'warn', line: string): void;
  /** Favourite and recent calls; missing: none are shown. */
  kept?: KeptSource;
  /** Where filters are kept over a reload; missing: they are not. */
  filters?: Pick<FilterStore, 'get' | 'set'>;
}
