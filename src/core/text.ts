/**
 * Control and format characters: C0 and C1, bidi embeddings, overrides and isolates, invisible marks and tags, which can
 * reorder or hide text (Unicode TR #36, CVE-2021-42574). The two joiners stay: Persian, Indic scripts and emoji need them.
 */
const UNSAFE = /(?![\u200C\u200D])[\p{Cc}\p{Cf}]/gu;

/** The same in a document: line feed and tab have their place there. */
const UNSAFE_IN_DOCUMENT = /(?!\u200C|\u200D|\n|\t)[\p{Cc}\p{Cf}]/gu;

/**
 * Provider text made fit to show on one line: well-formed, without control and bidi characters, white space folded,
 * cut to `max` characters. It is still plain text: escape it where markup or `$(icon)` is read.
 */
export function displayText(text: string, max = 200): string {
  const clean = text
    .slice(0, max * 4)
    .toWellFormed()
    .replace(/\s+/g, ' ')
    .replace(UNSAFE, '')
    .trim();
  return clean.length > max
    ? `${Array.from(clean)
        .slice(0, max - 1)
        .join('')}…`
    : clean;
}

/** The beginning of an id, to tell one from another where there is no name. */
export function shortId(id: string): string {
  return displayText(id).slice(0, 8).toWellFormed();
}

/** {@link displayText} for places where VS Code turns `$(name)` into an icon: labels, quick picks, notifications. */
export function labelText(text: string, max = 200): string {
  return displayText(text, max).replace(/\$\(/g, '$\u2060(');
}

/** {@link displayText} escaped for Markdown: nothing in it is read as markup, link, HTML or icon. */
export function markdownText(text: string, max = 500): string {
  return displayText(text, max)
    .replace(/[\\`*_{}[\]()#+\-.!|<>~$@:&]/g, '\\$&')
    .replace(/^(\d+)([.)])/, '$1\\$2');
}

/** Line breaks of every kind that an editor knows. */
const BREAKS = /\r\n|[\r\n\v\f\u0085\u2028\u2029]/g;

/** {@link displayText} of any length: one line of a document. */
export function lineText(text: string): string {
  return displayText(text, Number.POSITIVE_INFINITY);
}

/** Text of many lines made fit for a document: well-formed, one kind of line break, without control and bidi characters. */
export function documentText(text: string): string {
  return text.toWellFormed().replace(BREAKS, '\n').replace(UNSAFE_IN_DOCUMENT, '');
}
