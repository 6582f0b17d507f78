import * as l10n from '@vscode/l10n';
import type { LossUnitSetting } from '../descriptor';

/** How the packet loss of one answer is read. */
export interface LossUnit {
  unit: 'percent' | 'fraction' | 'unknown';
  /** Makes it percent; 1 where the unit is unknown. */
  factor: 1 | 100;
  assumption: string;
}

/**
 * Whether packet loss is percent or a fraction, over all values of one answer. Whereby's documentation speaks of percent,
 * its open-source client uploads a fraction that is rounded to three decimals. So a value above 1 tells percent, and one
 * that is no multiple of 0.1 tells a fraction, because percent made from such uploads are multiples of 0.1.
 */
export function readLossUnit(columns: readonly (Float64Array | undefined)[], setting: LossUnitSetting): LossUnit {
  if (setting !== 'auto') {
    const assumption =
      setting === 'percent'
        ? l10n.t('Packet loss is read as percent: the connection\'s setting "Unit of packet loss" says so.')
        : l10n.t(
            'Packet loss is read as a fraction: the connection\'s setting "Unit of packet loss" says so. Values as they came are a hundredth of those shown.',
          );
    return { unit: setting, factor: setting === 'percent' ? 1 : 100, assumption };
  }
  let above = false;
  let fine = false;
  let any = false;
  let measured = false;
  for (const column of columns) {
    for (const value of column ?? []) {
      if (Number.isNaN(value)) continue;
      measured = true;
      if (value === 0) continue;
      any = true;
      above ||= value > 1;
      fine ||= !isTenths(value);
    }
  }
  if (!measured) return { unit: 'percent', factor: 1, assumption: l10n.t('The samples hold no packet loss.') };
  if (!any)
    return {
      unit: 'percent',
      factor: 1,
      assumption: l10n.t('Every packet loss is 0, so that its unit does not matter.'),
    };
  if (above) {
    return {
      unit: 'percent',
      factor: 1,
      assumption: l10n.t('Packet loss is read as percent: values above 1 can be nothing else.'),
    };
  }
  if (fine) {
    const assumption = l10n.t(
      'Packet loss is read as a fraction: no value is above 1, and some are finer than the steps of 0.1 that percent would come in. Values as they came are a hundredth of those shown.',
    );
    return { unit: 'fraction', factor: 100, assumption };
  }
  const assumption = l10n.t(
    'Whether packet loss is percent or a fraction cannot be told from these values, so that they are shown as they came. The connection\'s setting "Unit of packet loss" decides it.',
  );
  return { unit: 'unknown', factor: 1, assumption };
}

/** Whether a value is a multiple of 0.1 but for the error of its binary form. */
function isTenths(value: number): boolean {
  return Math.abs(value * 10 - Math.round(value * 10)) < 1e-9;
}
