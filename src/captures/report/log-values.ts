import type { CallEvent } from '../../core/model';
import type { SessionDescription } from '../capture';
import { isRecord, type LogEntry, textMember } from '../log';

type Details = NonNullable<CallEvent['details']>;

/** Members of an entry that are kept, and how deep. */
const MAX_DETAILS = 40;
const MAX_DEPTH = 3;
const MAX_TEXT = 300;

/** Members that hold a key, wherever they stand. */
const SECRET = /^(?:credential|password|accessToken|macKey)$/i;

/** A session description in a log entry; older Chromes wrote `type: offer, sdp: v=0…`. */
export function descriptionIn(value: unknown): { type: string; sdp: string } | undefined {
  const type = textMember(value, 'type');
  const sdp = textMember(value, 'sdp');
  if (type !== undefined && sdp !== undefined && sdp !== '') return { type, sdp };
  const old = typeof value === 'string' ? /^type: (\w+), sdp: ([\s\S]+)$/.exec(value) : null;
  return old ? { type: old[1] as string, sdp: old[2] as string } : undefined;
}

/** A candidate in a log entry; older Chromes wrote `sdpMid: 0, sdpMLineIndex: 0, candidate: …`. */
export function candidateIn(value: unknown): { candidate: string; url?: string } | undefined {
  const candidate = textMember(value, 'candidate');
  if (candidate !== undefined) return { candidate, url: textMember(value, 'url') };
  if (typeof value !== 'string') return undefined;
  const old = /\bcandidate: ?(candidate:[^,]*)/.exec(value);
  const url = /\burl: ([^,\s]+)/.exec(value)?.[1];
  return old ? { candidate: old[1] as string, url } : undefined;
}

/** Descriptions of a log, in its order. */
export function descriptionsOf(log: readonly LogEntry[]): SessionDescription[] {
  return log.flatMap(({ at, method, value }) => {
    const name = /^(setLocalDescription|setRemoteDescription|createOffer|createAnswer)(?:OnSuccess)?$/.exec(
      method,
    )?.[1];
    const found = name === undefined ? undefined : descriptionIn(value);
    if (!found || name === undefined) return [];
    return [{ at, method: name, end: name === 'setRemoteDescription' ? 'remote' : 'local', ...found }];
  });
}

/** A value flattened to dotted names, without keys and without long texts. */
export function flatDetails(value: unknown): Details {
  const details: Details = {};
  flatten(value, '', details, 0);
  return details;
}

function flatten(value: unknown, name: string, details: Details, depth: number): void {
  if (value === undefined || value === '' || Object.keys(details).length >= MAX_DETAILS) return;
  if (typeof value !== 'object' || value === null) {
    const flat = typeof value === 'string' ? value.slice(0, MAX_TEXT) : (value as number | boolean | null);
    details[name || 'value'] = flat;
    return;
  }
  if (depth >= MAX_DEPTH) return;
  for (const [key, inner] of Object.entries(value)) {
    if (!SECRET.test(key)) flatten(inner, name ? `${name}.${key}` : key, details, depth + 1);
  }
}

/** A value without keys, as deep as it is. Recorders leave them out; not all did. */
export function withoutSecrets(value: unknown, depth = 0): unknown {
  if (depth > 50) return null;
  if (Array.isArray(value)) return value.map((one) => withoutSecrets(one, depth + 1));
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]) =>
      SECRET.test(key) ? [] : [[key, withoutSecrets(inner, depth + 1)] as const],
    ),
  );
}
