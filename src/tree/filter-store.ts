import type { StateStore } from '../connections/store';
import type { ListFilter } from './filters';

const KEY = 'peerscope.filters';
/** Lists of one connection whose filters are kept; beyond that the oldest go. */
const MOST_LISTS = 50;

type Kept = Record<string, Record<string, ListFilter>>;

/** The filters of lists, by connection and list, in global state. */
export class FilterStore {
  constructor(readonly state: StateStore) {}

  /** The filter of a list; undefined where there is none, or what is kept is none. */
  get(connectionId: string, list: string): ListFilter | undefined {
    const own = this.#read()[connectionId];
    const filter: unknown = own && Object.hasOwn(own, list) ? own[list] : undefined;
    return isFilter(filter) ? filter : undefined;
  }

  async set(connectionId: string, list: string, filter: ListFilter | undefined): Promise<void> {
    const kept = this.#read();
    const others = Object.entries(kept[connectionId] ?? {}).filter(([name]) => name !== list);
    const own = filter ? [...others, [list, filter] as const] : others;
    await this.state.update(KEY, { ...kept, [connectionId]: Object.fromEntries(own.slice(-MOST_LISTS)) });
  }

  /** The connection is gone. */
  async forget(connectionId: string): Promise<void> {
    const { [connectionId]: gone, ...others } = this.#read();
    if (gone) await this.state.update(KEY, others);
  }

  #read(): Kept {
    const kept = this.state.get(KEY);
    return isRecord(kept) ? (kept as Kept) : {};
  }
}

/** Conditions are the only members that are not plain values; their shapes are what a query relies on. */
function isFilter(value: unknown): value is ListFilter {
  if (!isRecord(value)) return false;
  const { dimensions, metrics, participants, ...plain } = value;
  return (
    Object.values(plain).every((one) => ['string', 'number', 'boolean', 'undefined'].includes(typeof one)) &&
    [dimensions, metrics].every((list) => list === undefined || (Array.isArray(list) && list.every(isRecord))) &&
    (dimensions === undefined || (dimensions as { values?: unknown }[]).every(({ values }) => Array.isArray(values))) &&
    (participants === undefined || isRecord(participants))
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
