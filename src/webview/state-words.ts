import * as l10n from '@vscode/l10n';
import { displayText } from '../core/text';
import { MISSING, words } from './format';

interface StateWords {
  label: string;
  values: Readonly<Record<string, string>>;
}

/** States of streams by the names that adapters give them. */
const STATES: Readonly<Record<string, StateWords>> = {
  // W3C webrtc-stats, RTCQualityLimitationReason.
  qualityLimitationReason: {
    label: l10n.t('Quality limitation reason'),
    values: { none: l10n.t('none'), cpu: 'cpu', bandwidth: l10n.t('bandwidth'), other: l10n.t('other') },
  },
  mute: {
    label: l10n.t('Mute'),
    values: { muted: l10n.t('muted'), unmuted: l10n.t('unmuted'), removed: l10n.t('removed') },
  },
  paused: {
    label: l10n.t('Paused'),
    values: { paused: l10n.t('paused'), none: l10n.t({ message: 'none', comment: ['not paused'] }) },
  },
};

function knownState(name: string): StateWords | undefined {
  return Object.hasOwn(STATES, name) ? STATES[name] : undefined;
}

/** What a state is called. */
export function stateLabel(name: string): string {
  return knownState(name)?.label ?? words(displayText(name, 60));
}

/** A state's value as it is shown; what no adapter of ours says stays as it came. */
export function stateValue(name: string, value: string): string {
  const values = knownState(name)?.values;
  if (values && Object.hasOwn(values, value)) return values[value] as string;
  return displayText(value, 60) || MISSING;
}
