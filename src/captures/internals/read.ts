import * as l10n from '@vscode/l10n';
import type { ItemIssue } from '../../core/model';
import { decode, type JsonHandler, JsonScanner, textOf } from '../json-scanner';
import { isRecord, type LogEntry, member, numberMember, parseNested, type RawConnection, textMember } from '../log';
import type { StatObject } from '../objects';
import type { RawCapture } from '../raw-capture';
import { ObjectDraft } from './columns';
import { readMediaRequest } from './media-requests';
import { Values } from './values';

/** Columns beyond this are left out, bytes: a dump holds a thousand readings of each member at most. */
const MAX_HELD_BYTES = 512_000_000;
/** More entries of a log are left out. */
const MAX_LOG = 200_000;

/** Statistics of Chrome's callback API, which went in 2023: `ssrc_1_send`, `Conn-audio-1-0`, `googTrack_1`. */
const LEGACY_ID = /^(?:ssrc_\d+_(?:send|recv)|Conn-|Channel-|googTrack_|googLibjingleSession_|bweforvideo)/;

interface Draft extends RawConnection {
  objects: Map<string, ObjectDraft>;
  /** Members in the legacy form. */
  legacy: number;
}

/** Reads a webrtc-internals dump as it comes in pieces. Nothing in it makes this throw. */
export class InternalsReader implements JsonHandler {
  readonly #scanner = new JsonScanner(this);
  readonly #issues: ItemIssue[] = [];
  readonly #connections = new Map<string, Draft>();
  readonly #top = Object.create(null) as Record<string, unknown>;
  readonly #requests: unknown[] = [];
  #held = 0;
  /** The statistics member under way. */
  #entry: Entry = none();

  write(chunk: Uint8Array): void {
    this.#scanner.write(chunk);
  }

  /** What was read; `size` is that of the file, for sentences. */
  end(): RawCapture {
    const { complete, brokenAt } = this.#scanner.end();
    if (brokenAt !== undefined) {
      this.#issue('', l10n.t('From byte {0} on the file is no JSON. What stands before it was read.', brokenAt));
    } else if (!complete) {
      this.#issue('', l10n.t('The file ends in the middle: it was cut off. What is complete was read.'));
    }
    if (this.#held > MAX_HELD_BYTES)
      this.#issue('', l10n.t('There is more in the file than fits; the rest was left out.'));
    const assumptions: string[] = [];
    let guessed = false;
    let legacy = 0;
    const connections: RawCapture['connections'] = [];
    for (const { objects, legacy: old, ...connection } of this.#connections.values()) {
      const stats = new Map<string, StatObject>();
      const issues: ItemIssue[] = [];
      legacy += old;
      for (const [id, draft] of objects) {
        const { object, guessedTimes } = draft.finish(id, `PeerConnections.${connection.id}.stats.${id}`, issues);
        stats.set(id, object);
        guessed ||= guessedTimes;
      }
      connections.push({ ...connection, stats, issues });
    }
    if (guessed) {
      assumptions.push(
        l10n.t(
          'Readings have no times of their own (Chrome before 117): they are taken as evenly spread from the first to the last.',
        ),
      );
    }
    const top = this.#top;
    return {
      format: 'webrtc-internals',
      createdAt: numberMember(top, 'timestamp'),
      userAgent: textMember(top, 'UserAgent'),
      client: { cpus: numberMember(top, 'hardwareConcurrency'), hints: member(top, 'UserAgentData') },
      connections,
      mediaRequests: this.#requests.flatMap((request, index) => readMediaRequest(request, index, this.#issues)),
      issues: this.#issues,
      assumptions,
      legacy: legacy > 0,
      foreign: this.#connections.size === 0 && !this.#isDump(),
    };
  }

  #isDump(): boolean {
    return ['PeerConnections', 'getUserMedia', 'UserAgent'].some((name) => Object.hasOwn(this.#top, name));
  }

  want(path: readonly string[]): 'enter' | 'take' | 'skip' {
    const [top, , part, key, name] = path;
    if (path.length === 0) return 'enter';
    if (top === 'getUserMedia') {
      this.#top.getUserMedia = true;
      return path.length === 1 ? 'enter' : 'take';
    }
    if (top !== 'PeerConnections') return path.length === 1 ? 'take' : 'skip';
    this.#top.PeerConnections = true;
    switch (path.length) {
      case 1:
      case 2:
        return 'enter';
      case 3:
        return part === 'stats' || part === 'updateLog' ? 'enter' : 'take';
      case 4:
        if (part === 'updateLog') return 'take';
        // What the page computed itself stands in brackets: `id-[bytesSent_in_bits/s]`.
        if (key?.includes('-[') || this.#held > MAX_HELD_BYTES) return 'skip';
        this.#entry = none();
        return 'enter';
      default:
        return name === 'values' || name === 'statsType' || name === 'startTime' || name === 'endTime'
          ? 'take'
          : 'skip';
    }
  }

  take(path: readonly string[], bytes: Uint8Array, start: number, end: number): void {
    const [top = '', id = '', part = '', key = '', name = ''] = path;
    if (path.length === 5 && part === 'stats') {
      this.#member(id, key, name, bytes, start, end);
      return;
    }
    const value = () => this.#parse(path, decode(bytes, start, end));
    if (top === 'getUserMedia') this.#requests.push(value());
    else if (top !== 'PeerConnections') {
      if (top !== '') this.#top[top] = value();
    } else if (path.length === 3) this.#fact(this.#connection(id), part, value());
    else if (path.length === 4 && part === 'updateLog') this.#log(path, this.#connection(id), value());
    else this.#issue(path.join('.'), l10n.t('Not what stands here in a dump; left out.'));
  }

  leave(path: readonly string[]): void {
    const [top, id = '', part, key = ''] = path;
    if (top !== 'PeerConnections') return;
    if (path.length === 2) this.#connection(id);
    const { values } = this.#entry;
    if (path.length === 4 && part === 'stats' && values && !this.#entry.done) {
      this.#values(id, key, values, 0, values.length);
    }
  }

  tooLarge(path: readonly string[]): void {
    this.#issue(path.join('.'), l10n.t('Too large; left out.'));
  }

  #connection(id: string): Draft {
    const known = this.#connections.get(id);
    if (known) return known;
    const fresh: Draft = { id, log: [], objects: new Map(), legacy: 0 };
    this.#connections.set(id, fresh);
    return fresh;
  }

  #fact(connection: Draft, name: string, value: unknown): void {
    if (name === 'url') connection.url = typeof value === 'string' ? value : undefined;
    if (name === 'rtcConfiguration') connection.configuration = parseNested(value);
    if (name === 'constraints') connection.constraints = parseNested(value);
  }

  #log(path: readonly string[], connection: Draft, entry: unknown): void {
    const method = textMember(entry, 'type');
    if (!isRecord(entry) || method === undefined) {
      this.#issue(path.join('.'), l10n.t('An entry of the log has no type; left out.'));
      return;
    }
    if (connection.log.length >= MAX_LOG) return;
    const log: LogEntry = { at: momentOf(entry), method, value: parseNested(entry.value) };
    connection.log.push(log);
  }

  #member(id: string, key: string, name: string, bytes: Uint8Array, start: number, end: number): void {
    switch (name) {
      case 'statsType':
        this.#entry.type = textOf(bytes, start, end);
        break;
      case 'startTime':
        this.#entry.start = toMoment(bytes, start, end);
        break;
      case 'endTime':
        this.#entry.end = toMoment(bytes, start, end);
        break;
      default:
        // The type comes first in what Chrome writes; where it does not, the values wait for it.
        if (this.#entry.type === undefined) this.#entry.values = Uint8Array.from(bytes.subarray(start, end));
        else this.#values(id, key, bytes, start, end);
    }
  }

  #values(connectionId: string, key: string, bytes: Uint8Array, from: number, to: number): void {
    const { type = '', start, end } = this.#entry;
    this.#entry.done = true;
    const dash = key.lastIndexOf('-');
    const id = key.slice(0, Math.max(dash, 0));
    const connection = this.#connection(connectionId);
    if (dash <= 0 || LEGACY_ID.test(id) || type === 'ssrc' || type.startsWith('goog')) {
      connection.legacy += 1;
      return;
    }
    const draft = connection.objects.get(id) ?? new ObjectDraft();
    connection.objects.set(id, draft);
    const before = draft.held;
    if (!draft.add(key.slice(dash + 1), type, { start, end }, new Values(bytes, from, to))) {
      this.#issue(`PeerConnections.${connectionId}.stats.${key}`, l10n.t('The values cannot be read; left out.'));
    }
    this.#held += draft.held - before;
  }

  #parse(path: readonly string[], json: string): unknown {
    try {
      return JSON.parse(json) as unknown;
    } catch {
      this.#issue(path.join('.'), l10n.t('This is no JSON; left out.'));
      return undefined;
    }
  }

  #issue(path: string, message: string): void {
    this.#issues.push({ path: path || 'file', message });
  }
}

/** One member's values, with when the first and the last of them were taken. */
interface Entry {
  type?: string;
  start: number;
  end: number;
  /** Waiting for the type. */
  values?: Uint8Array;
  done: boolean;
}

function none(): Entry {
  return { start: Number.NaN, end: Number.NaN, done: false };
}

/** ISO text or a number, as JSON. */
function toMoment(bytes: Uint8Array, start: number, end: number): number {
  return bytes[start] === 0x22 ? Date.parse(textOf(bytes, start, end)) : Number(decode(bytes, start, end));
}

/** Newer dumps have `timestamp`; older ones `time`, in the words of the page's language. */
function momentOf(entry: object): number {
  const timestamp = member(entry, 'timestamp');
  if (typeof timestamp === 'number') return timestamp;
  const time = member(entry, 'time');
  return typeof time === 'string' ? Date.parse(time) : Number.NaN;
}
