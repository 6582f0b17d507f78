import * as l10n from '@vscode/l10n';

const KNOWN: ReadonlyMap<string, string> = new Map([
  ['wifi', l10n.t('Wi-Fi')],
  ['ethernet', 'Ethernet'],
  ['cellular', l10n.t('Cellular')],
  ['vpn', 'VPN'],
  ['bluetooth', 'Bluetooth'],
  ['wimax', 'WiMAX'],
]);

/** Network types of W3C webrtc-stats as people write them. `unknown` says nothing and is left out. */
export function networkWord(type: string | undefined): string | undefined {
  if (type === undefined || type === 'unknown') return undefined;
  return KNOWN.get(type.toLowerCase()) ?? type;
}
