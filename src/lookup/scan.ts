import { idPattern } from './shapes';

/** An id in a text, by line and columns, in UTF-16 units from 0. */
export interface IdPlace {
  line: number;
  start: number;
  end: number;
}

export interface ScanOptions {
  /** Called between slices; the scan goes on when it resolves. */
  pause: () => Promise<void>;
  /** Ends the scan with what was found. */
  stopped: () => boolean;
  /** At most so many places. */
  most: number;
  /** Whether an id is worth a link. */
  wanted: (id: string) => boolean;
}

/** Characters a slice: one or two ms of work. */
const SLICE = 131_072;

/** The ids of known shape in a text, in slices so that nothing else has to wait for the whole. */
export async function scanText(text: string, { pause, stopped, most, wanted }: ScanOptions): Promise<IdPlace[]> {
  const places: IdPlace[] = [];
  let line = 0;
  let lineStart = 0;
  for (let from = 0; from < text.length && places.length < most; ) {
    const to = sliceEnd(text, from);
    for (const match of text.slice(from, to).matchAll(idPattern())) {
      const at = from + match.index;
      if (!wanted(match[0]) || isInAddress(text, at)) continue;
      for (let next = text.indexOf('\n', lineStart); next >= 0 && next < at; next = text.indexOf('\n', lineStart)) {
        line += 1;
        lineStart = next + 1;
      }
      const start = at - lineStart;
      places.push({ line, start, end: start + match[0].length });
      if (places.length >= most) break;
    }
    from = to;
    if (from < text.length) await pause();
    if (stopped()) break;
  }
  return places;
}

/** How far back from an id an address may begin, characters. */
const LONGEST_ADDRESS = 500;
/** Hosts whose addresses lead nowhere in a browser, for want of a key: there a link that looks up is of more use. */
const API_HOST = /^(?:api\.cloudflare\.com|api\.100ms\.live|api\.whereby\.dev|[\w-]+\.mediamelon\.com)(?=[:/])/i;

/** Whether an id is a part of an address, which editors make a link of themselves. */
function isInAddress(text: string, at: number): boolean {
  const before = text.slice(Math.max(0, at - LONGEST_ADDRESS), at);
  const scheme = before.lastIndexOf('://');
  if (scheme < 0) return false;
  const rest = before.slice(scheme + 3);
  return !/[\s"'<>)\]]/.test(rest) && !API_HOST.test(rest);
}

/** The ids of known shape in one line. */
export function scanLine(line: string): { start: number; id: string }[] {
  // The shortest id has 24 characters; most lines of a terminal are shorter or hold none.
  if (line.length < 24) return [];
  const ids = [...line.matchAll(idPattern())].map((match) => ({ start: match.index, id: match[0] }));
  return ids.filter(({ start }) => !isInAddress(line, start));
}

/** Slices end behind a line break, or behind any white space where a line is longer than a slice, so that no id is cut. */
function sliceEnd(text: string, from: number): number {
  const end = from + SLICE;
  if (end >= text.length) return text.length;
  const lineBreak = text.lastIndexOf('\n', end);
  if (lineBreak > from) return lineBreak + 1;
  for (let at = end; at > end - 1000; at--) {
    if (!/[0-9A-Za-z-]/.test(text.charAt(at))) return at + 1;
  }
  return end;
}
