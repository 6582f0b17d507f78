import * as l10n from '@vscode/l10n';
import type { CaptureFormat } from '../core/ids';
import { JsonScanner } from './json-scanner';

/** So many bytes of a file are enough for {@link recogniseCapture}. */
export const HEAD_BYTES = 65_536;

/** What a file looks like from its beginning. */
export type Recognised =
  | { kind: 'capture'; format: CaptureFormat }
  /** Packed with gzip: what is in it shows when it is unpacked. */
  | { kind: 'packed' }
  /** A sentence's end: "It looks like …". */
  | { kind: 'other'; looksLike: string };

/** Methods that rtcstats files of any age begin with, and their numbers in newer ones (`create`, `getUserMedia`). */
const FIRST_METHODS =
  /^\s*\[\s*(?:"(?:connectionInfo|create|constraints|identity|getStats|getstats|publicIP|location|close|(?:navigator\.mediaDevices\.)?(?:getUserMedia|getDisplayMedia|enumerateDevices|ondevicechange)\w*|on\w+|(?:set|create|add)[A-Z]\w+|[\w.]{3,60})"|\d{1,3})\s*,\s*(?:"[^"]{0,100}"|null)\s*,/;

/** Members of the top level of a webrtc-internals dump; each is enough. */
const INTERNALS: ReadonlySet<string> = new Set(['getUserMedia', 'PeerConnections']);
const DUMP_NAME = /^webrtc[_-]internals[_-]dump/i;

/**
 * Tells what a file holds from its first bytes ({@link HEAD_BYTES} do); the name helps where they leave it open. Never throws.
 */
export function recogniseCapture(head: Uint8Array, name = ''): Recognised {
  if (head[0] === 0x1f && head[1] === 0x8b) return { kind: 'packed' };
  const text = new TextDecoder().decode(head.subarray(0, HEAD_BYTES));
  if (/^RTCStatsDump\r?\n/.test(text)) return { kind: 'capture', format: 'rtcstats' };
  if (head.length === 0) return other(l10n.t('an empty file'));
  if (head.subarray(0, 4096).includes(0)) return other(l10n.t('a binary file'));
  const start = text.trimStart();
  if (start === '') return other(l10n.t('a file of blanks'));
  if (start.startsWith('{') && (DUMP_NAME.test(name) || topLevelKeys(head).some((key) => INTERNALS.has(key)))) {
    return { kind: 'capture', format: 'webrtc-internals' };
  }
  if (FIRST_METHODS.test(start)) return { kind: 'capture', format: 'rtcstats' };
  if (/^\{\s*"statsSessionId"\s*:/.test(start)) {
    return other(l10n.t('statistics of a Jitsi server (JVB, Jicofo or Jigasi), which hold no peer connection'));
  }
  if (start.startsWith('<')) return other(l10n.t('a web page or XML'));
  if (start.startsWith('{') || start.startsWith('[')) return other(l10n.t('JSON of another kind'));
  return other(l10n.t('text of another kind'));
}

/** Keys of an object, as far as its beginning shows them. */
function topLevelKeys(head: Uint8Array): string[] {
  const keys: string[] = [];
  const scanner = new JsonScanner({
    want: (path) => {
      if (path.length === 0) return 'enter';
      keys.push(path[0] as string);
      return 'skip';
    },
    take: () => {},
  });
  scanner.write(head.subarray(0, HEAD_BYTES));
  return keys;
}

function other(looksLike: string): Recognised {
  return { kind: 'other', looksLike };
}
