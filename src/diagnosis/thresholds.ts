import * as l10n from '@vscode/l10n';
import { compareText } from '../core/order';
import type { IgnoredSetting } from './finding';
import type { Rule, RuleInfo, Thresholds } from './rule';

/** The thresholds in force, and the settings that were not taken over. */
export interface ResolvedThresholds {
  /** Undefined: the rule is turned off. */
  of(rule: RuleInfo): Thresholds | undefined;
  ignored: IgnoredSetting[];
}

/**
 * Lays the setting `peerscope.thresholds` over the defaults: an object by rule id of objects by threshold name, or `false`
 * to turn a rule off. Whatever is not a finite number of at least 0 under a known name is ignored with a reason.
 */
export function resolveThresholds(setting: unknown, rules: readonly Rule[]): ResolvedThresholds {
  const ignored: IgnoredSetting[] = [];
  const changed = new Map<string, Thresholds>();
  const off = new Set<string>();
  const ids = new Map(rules.map((rule) => [rule.id, rule]));
  if (setting !== undefined && setting !== null) {
    if (!isObject(setting)) ignored.push({ path: '', reason: l10n.t('Expected an object of rule ids.') });
    else {
      for (const [id, value] of Object.entries(setting).sort(([a], [b]) => compareText(a, b))) {
        const rule = ids.get(id);
        if (!rule) ignored.push({ path: id, reason: l10n.t('There is no such rule.') });
        else if (value === false) off.add(id);
        else if (!isObject(value))
          ignored.push({ path: id, reason: l10n.t('Expected an object of numbers, or false.') });
        else changed.set(id, overlay(rule, value, ignored));
      }
    }
  }
  return { of: (rule) => (off.has(rule.id) ? undefined : (changed.get(rule.id) ?? rule.thresholds)), ignored };
}

function overlay(rule: RuleInfo, value: object, ignored: IgnoredSetting[]): Thresholds {
  const own: Record<string, number> = { ...rule.thresholds };
  for (const [name, number] of Object.entries(value).sort(([a], [b]) => compareText(a, b))) {
    const path = `${rule.id}.${name}`;
    if (!Object.hasOwn(rule.thresholds, name)) {
      const known = Object.keys(rule.thresholds).join(', ');
      ignored.push({
        path,
        reason: known ? l10n.t('Known here: {0}.', known) : l10n.t('This rule has no thresholds.'),
      });
    } else if (typeof number !== 'number' || !Number.isFinite(number) || number < 0) {
      ignored.push({ path, reason: l10n.t('Expected a finite number of 0 or more.') });
    } else own[name] = number;
  }
  return own;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
