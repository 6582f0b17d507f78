import * as l10n from '@vscode/l10n';

/** Levels of indentation that are shown; deeper ones stay at this. */
const MAX_DEPTH = 60;
/** Characters of one line that are shown: a data URL can be megabytes. */
const MAX_LINE = 2000;
/** Further matches are not counted. */
export const MAX_MATCHES = 20_000;

/**
 * JSON text laid out in lines without parsing it: numbers, order, doubled keys and mistakes stay as they came. Each line
 * is a piece of the text and a depth, so a large answer costs a few bytes a line more than its text.
 */
export interface RawLines {
  text: string;
  count: number;
  start: Uint32Array;
  end: Uint32Array;
  depth: Uint8Array;
}

/** Breaks after `{`, `[` and `,`, and before `}` and `]`; empty objects and arrays stay on one line. */
export function layOut(text: string): RawLines {
  const lines = new LineList();
  let level = 0;
  let from = -1;
  let to = 0;
  let depth = 0;
  const begin = (at: number) => {
    if (from >= 0) return;
    from = at;
    depth = level;
  };
  const finish = () => {
    if (from >= 0) lines.add(from, to, Math.min(MAX_DEPTH, Math.max(0, depth)));
    from = -1;
  };
  for (let i = 0; i < text.length; i++) {
    const char = text[i] as string;
    if (isSpace(char)) continue;
    if (char === '}' || char === ']') {
      finish();
      level--;
    }
    begin(i);
    if (char === '"') i = stringEnd(text, i);
    to = i + 1;
    if (char === ',') finish();
    else if (char === '{' || char === '[') {
      const next = skipSpace(text, i + 1);
      if (text[next] === (char === '{' ? '}' : ']')) {
        i = next;
        to = next + 1;
      } else {
        finish();
        level++;
      }
    }
  }
  finish();
  return { text, ...lines.done() };
}

/** A piece of a line with what it is, for colouring. */
export interface RawToken {
  kind: 'key' | 'string' | 'number' | 'word' | 'mark';
  text: string;
}

/** One line's pieces: one space after a colon, no others outside strings, invisible characters spelled out. */
export function lineTokens(lines: RawLines, index: number): RawToken[] {
  const start = lines.start[index] as number;
  const whole = lines.text.slice(start, lines.end[index]);
  const shown = whole.slice(0, MAX_LINE);
  const tokens: RawToken[] = [];
  for (const [text] of shown.matchAll(/"(?:[^"\\]|\\.)*"?|[{}[\],:]|[^\s"{}[\],:]+/g)) {
    if (text === ':') {
      const key = tokens.at(-1);
      if (key?.kind === 'string') key.kind = 'key';
      tokens.push({ kind: 'mark', text: ': ' });
    } else tokens.push({ kind: tokenKind(text), text: visible(text) });
  }
  if (whole.length > MAX_LINE) {
    tokens.push({ kind: 'mark', text: ` ${l10n.t('… {0} more characters', whole.length - MAX_LINE)}` });
  }
  return tokens;
}

/** Where a text occurs, regardless of case, as offsets into the answer. Stops at {@link MAX_MATCHES}. */
export function findMatches(lines: RawLines, query: string): Uint32Array {
  const found: number[] = [];
  const pattern = queryPattern(query);
  if (!pattern) return new Uint32Array(0);
  for (const match of lines.text.matchAll(pattern)) {
    found.push(match.index);
    if (found.length === MAX_MATCHES) break;
  }
  return Uint32Array.from(found);
}

/** The line that holds an offset. */
export function lineOf(lines: RawLines, offset: number): number {
  let low = 0;
  let high = lines.count - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((lines.start[middle] as number) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** What to look for: as typed, but a colon takes any spaces after it, as lines are laid out with one. */
export function queryPattern(query: string): RegExp | undefined {
  const escaped = query
    .trim()
    .replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')
    .replace(/\s*:\s+/g, '\\s*:\\s*');
  return escaped ? new RegExp(escaped, 'gi') : undefined;
}

function tokenKind(text: string): RawToken['kind'] {
  if (text.startsWith('"')) return 'string';
  if (/^[{}[\],]/.test(text)) return 'mark';
  return /^-?\d/.test(text) ? 'number' : 'word';
}

/** Control, bidi and other format characters as escapes: hidden text is what one looks for in raw data. */
function visible(text: string): string {
  return text.replace(
    /[\p{Cc}\p{Cf}\u2028\u2029]/gu,
    (char) => `\\u{${(char.codePointAt(0) as number).toString(16).padStart(4, '0')}}`,
  );
}

function isSpace(char: string): boolean {
  return char === ' ' || char === '\n' || char === '\r' || char === '\t' || char === '\uFEFF';
}

function skipSpace(text: string, from: number): number {
  let at = from;
  while (at < text.length && isSpace(text[at] as string)) at++;
  return at;
}

/** Index of the quote that ends a string; of the last character when none does. */
function stringEnd(text: string, from: number): number {
  let at = from;
  for (;;) {
    at = text.indexOf('"', at + 1);
    if (at < 0) return text.length - 1;
    let slashes = 0;
    while (text[at - 1 - slashes] === '\\') slashes++;
    if (slashes % 2 === 0) return at;
  }
}

class LineList {
  #start = new Uint32Array(1024);
  #end = new Uint32Array(1024);
  #depth = new Uint8Array(1024);
  #count = 0;

  add(start: number, end: number, depth: number): void {
    if (this.#count === this.#start.length) {
      this.#start = doubled(this.#start, Uint32Array);
      this.#end = doubled(this.#end, Uint32Array);
      this.#depth = doubled(this.#depth, Uint8Array);
    }
    this.#start[this.#count] = start;
    this.#end[this.#count] = end;
    this.#depth[this.#count++] = depth;
  }

  done(): Omit<RawLines, 'text'> {
    return { count: this.#count, start: this.#start, end: this.#end, depth: this.#depth };
  }
}

function doubled<T extends Uint32Array | Uint8Array>(old: T, Kind: new (length: number) => T): T {
  const bigger = new Kind(old.length * 2);
  bigger.set(old);
  return bigger;
}
