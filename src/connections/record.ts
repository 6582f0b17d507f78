import type { ProviderId } from '../core/ids';
import { SAMPLE_CONNECTIONS } from '../sample/catalog';

/** One account of a provider, without its secrets. This is what global state holds. */
export interface ConnectionRecord {
  id: string;
  provider: ProviderId;
  label: string;
  settings: Readonly<Record<string, string>>;
  /** It belongs to the embedded sample service, which is started on first use and makes its own key. */
  sample?: true;
  /** It came with a team's list, which holds no key, and none was entered since. */
  needsKey?: true;
}

/** The records of the sample connections. */
export const SAMPLE_RECORDS: readonly ConnectionRecord[] = SAMPLE_CONNECTIONS.map((connection) => ({
  ...connection,
  sample: true,
}));

/**
 * Reads the list that was kept in global state. What is no record (an older version, a hand-edited state) is left out;
 * the rest lives.
 */
export function readRecords(stored: unknown): ConnectionRecord[] {
  return Array.isArray(stored) ? stored.flatMap((entry) => readRecord(entry) ?? []) : [];
}

function readRecord(entry: unknown): ConnectionRecord | undefined {
  if (typeof entry !== 'object' || entry === null) return undefined;
  const { id, provider, label, settings, needsKey } = entry as Record<string, unknown>;
  if (typeof id !== 'string' || typeof provider !== 'string' || typeof label !== 'string') return undefined;
  const pairs = typeof settings === 'object' && settings !== null ? Object.entries(settings) : [];
  return {
    id,
    provider: provider as ProviderId,
    label,
    settings: Object.fromEntries(pairs.filter((pair): pair is [string, string] => typeof pair[1] === 'string')),
    ...(needsKey === true && { needsKey }),
  };
}
