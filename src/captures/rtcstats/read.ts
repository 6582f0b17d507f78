import * as l10n from '@vscode/l10n';
import type { ItemIssue } from '../../core/model';
import type { MediaRequest } from '../capture';
import { LineSplitter } from '../lines';
import { isRecord, member, numberMember, parseNested, type RawConnection, textMember } from '../log';
import type { RawCapture } from '../raw-capture';
import { DeltaReader } from './delta';
import { DescriptionReader } from './descriptions';
import { isMediaRequest, readMediaRequest } from './media-requests';
import { methodName } from './names';

/** Readings beyond this are left out, bytes. */
const MAX_HELD_BYTES = 512_000_000;
/** More entries of a log are left out. */
const MAX_LOG = 200_000;
/** So many lines that cannot be read are named; the rest is counted. */
const MAX_NAMED = 20;
/** How often the held bytes are counted, lines. */
const COUNT_EVERY = 1000;

/** Epoch ms are above this (1973); what is below is the time since the line before. */
const EPOCH_FROM = 1e11;

interface Draft {
  connection: RawConnection;
  stats: DeltaReader;
  descriptions: DescriptionReader;
}

/** Reads an rtcstats file, one JSON line after the other. Nothing in it makes this throw. */
export class RtcstatsReader {
  readonly #lines = new LineSplitter((line) => this.#line(line));
  readonly #issues: ItemIssue[] = [];
  readonly #connections = new Map<string, Draft>();
  readonly #requests: MediaRequest[] = [];
  #head: Record<string, unknown> = {};
  #client: unknown;
  #number = 0;
  #bad = 0;
  #rows = 0;
  #time = 0;
  #full = false;

  write(chunk: Uint8Array): void {
    this.#lines.write(chunk);
  }

  end(): RawCapture {
    const rest = this.#lines.end();
    if (rest && rest.length > 0) {
      this.#number += 1;
      const value = parse(rest);
      if (value === undefined) {
        const message = l10n.t(
          'The last line is cut off after {0} bytes; left out. All before it was read.',
          rest.length,
        );
        this.#issues.push({ path: l10n.t('line {0}', this.#number), message });
      } else {
        this.#unreadable(this.#take(value));
      }
    }
    if (this.#bad > MAX_NAMED) {
      const more = this.#bad - MAX_NAMED;
      const message =
        more === 1 ? l10n.t('1 more line could not be read.') : l10n.t('{0} more lines could not be read.', more);
      this.#issues.push({ path: 'file', message });
    }
    if (this.#full) {
      this.#issues.push({
        path: 'file',
        message: l10n.t('There are more readings in the file than fit; the rest was left out.'),
      });
    }
    const connections = [...this.#connections.values()].map(({ connection, stats }) => ({
      ...connection,
      url: connection.url ?? this.#url(),
      stats: stats.finish(),
      issues: [],
    }));
    return {
      format: 'rtcstats',
      createdAt: this.#time || undefined,
      userAgent: textMember(this.#head, 'userAgent') ?? textMember(this.#client, 'userAgent'),
      client: {
        cpus: numberMember(this.#client, 'hardwareConcurrency'),
        hints: member(this.#client, 'userAgentData'),
      },
      connections,
      mediaRequests: this.#requests,
      issues: this.#issues,
      assumptions: [],
      legacy: connections.some(({ stats }) => [...stats.values()].some(({ type }) => /^(?:ssrc$|goog)/.test(type))),
      foreign: this.#rows === 0,
    };
  }

  #url(): string | undefined {
    const url = textMember(this.#head, 'url');
    const origin = textMember(this.#head, 'origin');
    return url !== undefined && origin !== undefined && url.startsWith('/') ? `${origin}${url}` : (url ?? origin);
  }

  #line(line: Uint8Array | undefined): void {
    this.#number += 1;
    if (line === undefined) {
      this.#unreadable(l10n.t('The line is too long; left out.'));
      return;
    }
    if (line.length === 0 || (line.length === 1 && line[0] === 0x0d)) return;
    if (this.#number === 1 && /^RTCStatsDump\r?$/.test(Buffer.from(line).toString('latin1'))) return;
    const value = parse(line);
    this.#unreadable(value === undefined ? l10n.t('The line is no JSON; left out.') : this.#take(value));
  }

  #unreadable(why: string | undefined): void {
    if (why === undefined) return;
    this.#bad += 1;
    if (this.#bad > MAX_NAMED) return;
    this.#issues.push({ path: l10n.t('line {0}', this.#number), message: why });
  }

  /** Takes a line; gives back a sentence on why it cannot be read, if so. */
  #take(value: unknown): string | undefined {
    if (isRecord(value)) {
      // What stands in the head of the file; later objects are no events.
      if (this.#rows === 0) this.#head = { ...this.#head, ...value };
      return undefined;
    }
    if (!Array.isArray(value)) return l10n.t('The line holds no list; left out.');
    const [name, id, content, ...extra] = value as unknown[];
    if (typeof name !== 'string' && typeof name !== 'number')
      return l10n.t('The line does not begin with a method; left out.');
    const at = this.#timeOf(extra);
    if (at === undefined) return l10n.t('The line has no time; left out.');
    this.#rows += 1;
    return this.#row(methodName(name), typeof id === 'string' ? id : undefined, parseNested(content), extra, at);
  }

  /** The last number of a line is its time, or the time since the line before; Jitsi counts its lines behind that. */
  #timeOf(extra: readonly unknown[]): number | undefined {
    const numbers = extra.filter((value): value is number => typeof value === 'number' && Number.isFinite(value));
    const absolute = numbers.findLast((value) => value >= EPOCH_FROM);
    const since = numbers.at(-1);
    if (absolute !== undefined) this.#time = absolute;
    else if (since !== undefined && this.#time > 0) this.#time += since;
    else return undefined;
    return this.#time;
  }

  #row(
    method: string,
    id: string | undefined,
    value: unknown,
    extra: readonly unknown[],
    at: number,
  ): string | undefined {
    if (isMediaRequest(method)) {
      const request = readMediaRequest(method, value, at);
      if (request) this.#requests.push(request);
      return undefined;
    }
    if (id === undefined) {
      if (method === 'connectionInfo' && isRecord(value)) this.#head = { ...value, ...this.#head };
      if (method === 'create') this.#client = value;
      return undefined;
    }
    const draft = this.#draft(id);
    if (method === 'getStats') {
      if (!isRecord(value)) return l10n.t('The line has statistics that are no object; left out.');
      if (!this.#full) draft.stats.add(value, at);
      if (this.#number % COUNT_EVERY === 0) this.#count();
      return undefined;
    }
    const { connection, descriptions } = draft;
    if (method === 'create') {
      connection.configuration = value;
      const url = extra.find((one) => typeof one === 'string');
      if (typeof url === 'string') connection.url = url;
    }
    if (method === 'constraints') connection.constraints = value;
    if (connection.log.length < MAX_LOG) connection.log.push({ at, method, value: descriptions.read(method, value) });
    return undefined;
  }

  #draft(id: string): Draft {
    const known = this.#connections.get(id);
    if (known) return known;
    const fresh = { connection: { id, log: [] }, stats: new DeltaReader(), descriptions: new DescriptionReader() };
    this.#connections.set(id, fresh);
    return fresh;
  }

  #count(): void {
    let held = 0;
    for (const { stats } of this.#connections.values()) held += stats.held;
    this.#full = held > MAX_HELD_BYTES;
  }
}

function parse(line: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(line.buffer, line.byteOffset, line.byteLength).toString('utf8')) as unknown;
  } catch {
    return undefined;
  }
}
