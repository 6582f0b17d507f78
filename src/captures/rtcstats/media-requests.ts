import type { MediaRequest } from '../capture';
import { isRecord, textMember } from '../log';

const METHOD = /^(?:navigator\.mediaDevices\.)?(getUserMedia|getDisplayMedia)(OnSuccess|OnFailure)?$/;

/** Whether a method asks for media, whatever came of it. */
export function isMediaRequest(method: string): boolean {
  return METHOD.test(method);
}

/** What a line tells of a request for media. */
export function readMediaRequest(name: string, value: unknown, at: number): MediaRequest | undefined {
  const [, method, outcome] = METHOD.exec(name) ?? [];
  if (method !== 'getUserMedia' && method !== 'getDisplayMedia') return undefined;
  if (outcome === 'OnFailure') return { at, method, kind: 'failure', error: errorText(value) };
  if (outcome === 'OnSuccess') return { at, method, kind: 'success', tracks: tracksOf(value) };
  const asked = isRecord(value) ? value : {};
  return { at, method, kind: 'request', audio: constraint(asked.audio), video: constraint(asked.video) };
}

function constraint(value: unknown): string | undefined {
  if (value === undefined || value === false || value === null) return undefined;
  return value === true ? '' : typeof value === 'string' ? value : JSON.stringify(value);
}

/** Lists of kind, id, label and stream; or a stream with its tracks. */
function tracksOf(value: unknown): MediaRequest['tracks'] {
  const list: unknown[] = Array.isArray(value)
    ? value
    : isRecord(value) && Array.isArray(value.tracks)
      ? value.tracks
      : [];
  return list.flatMap((track) => {
    const [kind, id, label] = Array.isArray(track)
      ? (track as unknown[])
      : [textMember(track, 'kind'), textMember(track, 'id'), textMember(track, 'label')];
    if ((kind !== 'audio' && kind !== 'video') || typeof id !== 'string') return [];
    return [{ kind, id, label: typeof label === 'string' ? label : '' }];
  });
}

function errorText(value: unknown): string {
  if (typeof value === 'string') return value;
  const parts = [textMember(value, 'name'), textMember(value, 'message')].filter(Boolean);
  return parts.length > 0 ? parts.join(': ') : JSON.stringify(value ?? null);
}
