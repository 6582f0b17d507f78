import * as l10n from '@vscode/l10n';
import { displayText } from '../core/text';

/** One part of a session description: the session itself, or one medium. */
export interface SdpSection {
  /** `Session`, `audio`, `video`, `application`. */
  title: string;
  /** What matters of it: direction, codecs, mid, candidates. */
  facts: string[];
  /** Each fit to show. */
  lines: string[];
  /** Lines before it. */
  start: number;
}

/** A session description (RFC 8866) by its parts. */
export interface SdpOutline {
  /** `offer`, `answer`, by the role in setting up DTLS (RFC 8842, section 5.3: an offer says `actpass`). */
  role?: 'offer' | 'answer';
  sections: SdpSection[];
  lines: number;
}

const MAX_TEXT = 400_000;
const MAX_LINE = 2000;
const MAX_CODECS = 8;

/** Payload types that need no `rtpmap` (RFC 3551, table 4 and 5). */
const STATIC: Readonly<Record<string, string>> = { 0: 'PCMU', 3: 'GSM', 8: 'PCMA', 9: 'G722', 13: 'CN', 34: 'H263' };

/** Lays out a session description; one that is none is a single part. */
export function outlineSdp(text: string): SdpOutline {
  const raw = text.slice(0, MAX_TEXT).split(/\r\n|\r|\n/);
  if (raw.at(-1) === '') raw.pop();
  const parts: string[][] = [[]];
  for (const line of raw) {
    if (line.startsWith('m=')) parts.push([]);
    parts.at(-1)?.push(line);
  }
  const session = parts[0] ?? [];
  const setup = raw.find((line) => line.startsWith('a=setup:'))?.slice(8);
  let start = 0;
  const sections = parts.map((lines, index) => {
    const section = {
      ...(index === 0 ? sessionPart(lines, parts.length - 1) : mediaPart(lines, session)),
      lines: lines.map((line) => displayText(line, MAX_LINE)),
      start,
    };
    start += lines.length;
    return section;
  });
  return {
    role: setup === undefined ? undefined : setup.startsWith('actpass') ? 'offer' : 'answer',
    sections: sections.filter(({ lines }) => lines.length > 0),
    lines: raw.length,
  };
}

type Summary = Pick<SdpSection, 'title' | 'facts'>;

function sessionPart(lines: readonly string[], media: number): Summary {
  const bundle = values(lines, 'group:BUNDLE')[0];
  return {
    title: l10n.t('Session'),
    facts: facts([
      media === 1 ? l10n.t('1 medium') : l10n.t('{0} media', media),
      bundle !== undefined && `bundle ${bundle.trim()}`,
      lines.includes('a=ice-lite') && 'ICE lite',
    ]),
  };
}

function mediaPart(lines: readonly string[], session: readonly string[]): Summary {
  const [kind = '', port = '', protocol = '', ...formats] = (lines[0] ?? '').slice(2).split(' ');
  const candidates = values(lines, 'candidate:').length;
  const layers = values(lines, 'simulcast:')[0];
  return {
    title: displayText(kind, 40),
    facts: facts([
      // Port 0 refuses a medium, save where it goes with another one's (RFC 8866, section 5.14, and RFC 9143).
      port === '0' && !lines.includes('a=bundle-only')
        ? l10n.t('refused')
        : kind !== 'application' && way(lines, session),
      protocol.includes('RTP') ? codecs(lines, formats) : formats.join(' '),
      ...values(lines, 'mid:').map((mid) => `mid ${mid}`),
      layers !== undefined && 'simulcast',
      candidates > 0 && (candidates === 1 ? l10n.t('1 candidate') : l10n.t('{0} candidates', candidates)),
      protocol,
    ]),
  };
}

/** Sending and receiving is the default; the session may set another for all (RFC 8866, section 6.7). */
function way(...levels: readonly (readonly string[])[]): string {
  for (const lines of levels) {
    const found = lines.find((line) => /^a=(?:sendrecv|sendonly|recvonly|inactive)$/.test(line));
    if (found) return found.slice(2);
  }
  return 'sendrecv';
}

/** Names in the order of preference, each once. */
function codecs(lines: readonly string[], formats: readonly string[]): string {
  const named = new Map(
    values(lines, 'rtpmap:').map((value) => {
      const [type = '', name = ''] = value.split(' ');
      return [type, name.split('/')[0] ?? ''] as const;
    }),
  );
  const names = [...new Set(formats.map((format) => named.get(format) ?? STATIC[format] ?? format))];
  const rest = names.length - MAX_CODECS;
  const shown = names.slice(0, MAX_CODECS).join(', ');
  return rest > 0 ? l10n.t('{0} and {1} more', shown, rest) : shown;
}

function values(lines: readonly string[], attribute: string): string[] {
  const start = `a=${attribute}`;
  return lines.filter((line) => line.startsWith(start)).map((line) => line.slice(start.length));
}

function facts(list: readonly (string | false)[]): string[] {
  return list.flatMap((fact) => (fact ? displayText(fact, 160) || [] : []));
}
