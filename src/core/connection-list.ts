import type { ProviderId } from './ids';

/** What a file of connections says that it is. */
export const LIST_FORMAT = 'peerscope.connections';
/** Version of the format that is written, and the newest that is read. */
export const LIST_VERSION = 1;

/** One connection of a list that a team passes around: all but its secrets. */
export interface SharedConnection {
  provider: ProviderId;
  label: string;
  /** Checked, by field name. */
  settings: Record<string, string>;
}

/** An entry of a list that cannot be used. */
export interface BadEntry {
  /** Where: `connections[2].settings.accountId`. */
  path: string;
  /** What the entry calls itself, as far as that can be read. */
  label: string;
  /** One sentence. It never repeats a value. */
  problem: string;
}

/** What a file of connections holds. */
export interface ConnectionList {
  connections: SharedConnection[];
  bad: BadEntry[];
}
