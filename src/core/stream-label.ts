import * as l10n from '@vscode/l10n';
import type { Stream } from './model';

const LABELS = {
  all: { send: l10n.t('Everything sent'), receive: l10n.t('Everything received') },
  screenAudio: { send: l10n.t('Screen audio sent'), receive: l10n.t('Screen audio received') },
  screen: { send: l10n.t('Screen sent'), receive: l10n.t('Screen received') },
  microphone: { send: l10n.t('Microphone sent'), receive: l10n.t('Microphone received') },
  camera: { send: l10n.t('Camera sent'), receive: l10n.t('Camera received') },
};

/** A stream in words that hold no names: `Camera sent (h)`. */
export function streamLabel(stream: Pick<Stream, 'direction' | 'kind' | 'source' | 'layer'>): string {
  const { direction, layer } = stream;
  return `${LABELS[mediumOf(stream)][direction]}${layer && /^\d+p$|^[hml]$/.test(layer) ? ` (${layer})` : ''}`;
}

function mediumOf({ kind, source }: Pick<Stream, 'kind' | 'source'>): keyof typeof LABELS {
  if (kind === 'all') return 'all';
  if (source === 'screen') return kind === 'audio' ? 'screenAudio' : 'screen';
  return kind === 'audio' ? 'microphone' : 'camera';
}
