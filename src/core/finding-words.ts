import * as l10n from '@vscode/l10n';
import type { Confidence, Severity, Side } from './finding';

const LEVELS: Readonly<Record<Severity | Confidence, string>> = {
  critical: l10n.t('critical'),
  high: l10n.t('high'),
  medium: l10n.t('medium'),
  low: l10n.t('low'),
  info: l10n.t('info'),
};

/** A severity in a word, for people. */
export function severityWord(severity: Severity): string {
  return LEVELS[severity];
}

/** A confidence in a word, for people. */
export function confidenceWord(confidence: Confidence): string {
  return LEVELS[confidence];
}

const SIDES: Readonly<Record<Side, string>> = {
  local: l10n.t('local'),
  remote: l10n.t('remote'),
  network: l10n.t('network'),
  service: l10n.t('service'),
  unclear: l10n.t('unclear'),
};

/** A side in a word, for people. */
export function sideWord(side: Side): string {
  return SIDES[side];
}
