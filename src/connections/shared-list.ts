import { LIST_FORMAT, LIST_VERSION, type SharedConnection } from '../core/connection-list';
import { describeWithForm } from '../providers/forms';
import type { ConnectionRecord } from './record';
import { isSameSettings } from './store';

/**
 * The records as a file for others: JSON without ids and secrets. Of the settings only those that the provider's form
 * knows as open ones are written. The samples, which everybody has, and providers that this version does not know are
 * left out.
 */
export function connectionListText(records: readonly ConnectionRecord[]): string {
  const connections = shareable(records).map(({ provider, label, settings }): SharedConnection => {
    const open = describeWithForm(provider)?.fields.filter(({ secret }) => !secret) ?? [];
    const named = open.map(({ name }): [string, string | undefined] => [name, settings[name]]);
    const set = named.filter((pair): pair is [string, string] => Boolean(pair[1]));
    return { provider, label: label.toWellFormed(), settings: Object.fromEntries(set) };
  });
  return `${JSON.stringify({ format: LIST_FORMAT, version: LIST_VERSION, connections }, undefined, 2)}\n`;
}

/** The records that can be passed around. */
export function shareable(records: readonly ConnectionRecord[]): ConnectionRecord[] {
  return records.filter(({ sample, provider }) => !sample && describeWithForm(provider) !== undefined);
}

/** What of a list is new here, and what of it is here already. */
export function sortOut(
  list: readonly SharedConnection[],
  records: readonly ConnectionRecord[],
): { added: SharedConnection[]; existing: SharedConnection[] } {
  const known: Comparable[] = records.filter(({ sample }) => !sample);
  const added: SharedConnection[] = [];
  const existing: SharedConnection[] = [];
  for (const one of list) {
    if ([...known, ...added].some((other) => isSameConnection(one, other))) existing.push(one);
    else added.push(one);
  }
  return { added, existing };
}

type Comparable = Pick<ConnectionRecord, 'provider' | 'label' | 'settings'>;

/**
 * Same provider and same settings. Where no setting names the account (100ms, Whereby: the key alone does), the label has
 * to be the same too: a second account of the provider is not the first one.
 */
function isSameConnection(a: Comparable, b: Comparable): boolean {
  if (a.provider !== b.provider || !isSameSettings(a.settings, b.settings)) return false;
  const namesAccount = describeWithForm(a.provider)?.fields.some(({ secret, required }) => required && !secret);
  return namesAccount === true || a.label === b.label;
}
