/** A value of a parsed payload. */
// biome-ignore lint/suspicious/noExplicitAny: payloads are data that schemas and assertions check; typing them again would repeat those.
export type Json = any; // eslint-disable-line @typescript-eslint/no-explicit-any -- the same
