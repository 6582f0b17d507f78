import { textMember } from '../log';

interface Description {
  type: string;
  sdp: string;
}

/**
 * Puts session descriptions together again: rtcstats writes `m=` (or `v=` for the first) for each section that stands as it
 * was in the description before of the same end and type.
 */
export class DescriptionReader {
  #local: Description | undefined;
  #remote: Description | undefined;
  /** By type; forgotten when one is set. */
  #created: Description | undefined;

  /** The value of a log entry, with its description whole. */
  read(method: string, value: unknown): unknown {
    const type = textMember(value, 'type');
    const sdp = textMember(value, 'sdp');
    if (type === undefined || sdp === undefined) return value;
    const one = { type, sdp };
    if (method.startsWith('setRemoteDescription')) {
      this.#remote = restore(this.#remote, one);
      return this.#remote;
    }
    if (method.startsWith('setLocalDescription')) {
      this.#local = restore(this.#local ?? this.#created, one);
      this.#created = undefined;
      return this.#local;
    }
    if (method === 'createOfferOnSuccess' || method === 'createAnswerOnSuccess') {
      this.#created = restore(this.#local, one);
      return this.#created;
    }
    return value;
  }
}

function restore(base: Description | undefined, one: Description): Description {
  if (base?.type !== one.type) return one;
  const former = sections(base.sdp);
  const restored = sections(one.sdp).map((section, index) =>
    section === (index === 0 ? 'v=' : 'm=') ? (former[index] ?? section) : section,
  );
  return { type: one.type, sdp: `${restored.join('\r\n')}\r\n` };
}

function sections(sdp: string): string[] {
  return sdp.split('\nm=').map((part, index) => (index === 0 ? part : `m=${part}`).trim());
}
