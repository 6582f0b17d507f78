/** Texts that no reader's language applies to. The key is a file or folder of `src`. */
export const EXEMPT_FILES: Readonly<Record<string, string>> = {
  'src/sample/': 'calls that are made up: what a provider would answer',
};

/** Single texts, as `sources.ts` reads them, by file. Each is said the same in every language, or is no text for a reader. */
export const EXEMPT_TEXTS: Readonly<Record<string, readonly string[]>> = {};
