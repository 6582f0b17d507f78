import * as l10n from '@vscode/l10n';
import type { Fact } from '../../core/model';

type Value = string | number | boolean | null | undefined;

/** Facts of what is there; yes and no for flags. */
export function facts(rows: readonly (readonly [label: string, value: Value, personal?: boolean])[]): Fact[] {
  return rows.flatMap(([label, value, personal]) => {
    if (value === undefined || value === null || value === '') return [];
    const shown = typeof value === 'boolean' ? (value ? l10n.t('yes') : l10n.t('no')) : String(value);
    return [{ label, value: shown, ...(personal && { personal }) }];
  });
}
