const MASK = '•••';

/** Text that is a key by its looks: JWTs, `Bearer …` and `Basic …` credentials, and signatures in query strings. */
const LOOKS_SECRET: readonly [RegExp, string][] = [
  [/\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*/g, MASK],
  [/\b(Bearer|Basic)\s+[\w\-.~+/]{6,}=*/gi, `$1 ${MASK}`],
  [/([?&](?:[\w-]*(?:signature|credential|token|secret|key|sig|policy)[\w-]*)=)[^&\s"'<>]+/gi, `$1${MASK}`],
];

/**
 * Masks secrets in any text that leaves for a log, an error or a screen: every secret that was registered, in plain,
 * percent-encoded and base64 form, and whatever looks like a key.
 */
export class Redactor {
  readonly #secrets = new Map<string, readonly string[]>();

  /**
   * From now on masks this secret. Registering twice is harmless; there is no way to unregister, because an old
   * error can still name a key that was since removed. Strings under 4 characters are left out: masking them would
   * make every text unreadable and protect nothing.
   */
  add(secret: string): void {
    if (secret.length < 4 || this.#secrets.has(secret)) return;
    const json = JSON.stringify(secret).slice(1, -1);
    const forms = [secret, json, encodeURIComponent(secret.toWellFormed()), toBase64(secret)];
    this.#secrets.set(
      secret,
      [...new Set(forms)].sort((a, b) => b.length - a.length),
    );
  }

  /** The text with every secret replaced. */
  mask(text: string): string {
    let masked = text;
    for (const forms of this.#secrets.values()) {
      for (const form of forms) masked = masked.replaceAll(form, MASK);
    }
    for (const [pattern, replacement] of LOOKS_SECRET) masked = masked.replace(pattern, replacement);
    return masked;
  }
}

function toBase64(text: string): string {
  let binary = '';
  for (const byte of new TextEncoder().encode(text)) binary += String.fromCharCode(byte);
  return btoa(binary);
}
