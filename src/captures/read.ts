import * as l10n from '@vscode/l10n';
import { CallError } from '../core/errors';
import type { Capture, CaptureSource } from './capture';
import { InternalsReader } from './internals/read';
import { HEAD_BYTES, recogniseCapture } from './recognise';
import { toCapture } from './report/map';
import { RtcstatsReader } from './rtcstats/read';
import { openSource, type SourceOptions } from './source';

/**
 * Reads a capture from its first byte to its last. Rejects only with `CallError`: `NotFound`, `BadInput` that says what the
 * file looks like, or (field `size`) that it is too large.
 */
export async function readCapture(source: CaptureSource, options: SourceOptions): Promise<Capture> {
  const { name } = options;
  const { pieces, count, damage } = await openSource(source, options);
  let head: Uint8Array = new Uint8Array();
  let reader: InternalsReader | RtcstatsReader | undefined;
  for await (const piece of pieces) {
    if (reader) {
      reader.write(piece);
      continue;
    }
    head = Buffer.concat([head, piece]);
    // The first piece may be short; a format shows within its first line or two.
    if (head.length < HEAD_BYTES && recogniseCapture(head, name).kind !== 'capture') continue;
    reader = readerFor(head, name);
    reader.write(head);
  }
  const broken = damage();
  if (!reader) {
    if (broken !== undefined && head.length === 0) {
      throw new CallError('BadInput', l10n.t('{name} cannot be unpacked: {reason}.', { name, reason: broken }), {
        field: 'file',
      });
    }
    reader = readerFor(head, name);
    reader.write(head);
  }
  const raw = reader.end();
  if (broken !== undefined) {
    raw.issues.unshift({
      path: 'file',
      message: l10n.t('The file cannot be unpacked to its end: {0}. What came before was read.', broken),
    });
  }
  return toCapture(raw, name, count());
}

function readerFor(head: Uint8Array, name: string): InternalsReader | RtcstatsReader {
  const found = recogniseCapture(head, name);
  if (found.kind === 'capture') return found.format === 'rtcstats' ? new RtcstatsReader() : new InternalsReader();
  const looksLike = found.kind === 'packed' ? l10n.t('a packed file within a packed one') : found.looksLike;
  const text = l10n.t(
    '{name} is no call capture: it looks like {looksLike}. Expected a webrtc-internals dump or an rtcstats file.',
    { name, looksLike },
  );
  throw new CallError('BadInput', text, { field: 'file' });
}
