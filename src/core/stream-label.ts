import type { Stream } from './model';

/** A stream in words that hold no names: `Camera sent (h)`. */
export function streamLabel({
  direction,
  kind,
  source,
  layer,
}: Pick<Stream, 'direction' | 'kind' | 'source' | 'layer'>): string {
  const what =
    kind === 'all'
      ? 'Everything'
      : source === 'screen'
        ? kind === 'audio'
          ? 'Screen audio'
          : 'Screen'
        : kind === 'audio'
          ? 'Microphone'
          : 'Camera';
  return `${what} ${direction === 'send' ? 'sent' : 'received'}${layer && /^\d+p$|^[hml]$/.test(layer) ? ` (${layer})` : ''}`;
}
