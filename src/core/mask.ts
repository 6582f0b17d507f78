import * as l10n from '@vscode/l10n';
import type { Participant } from './model';
import { readClient } from './user-agent';

/** Whom something is about, as far as it is known. */
export type Who = Pick<Participant, 'id' | 'name' | 'userId' | 'customId'>;

/** What stands for a personal value that nothing else in the file refers to. */
export const MASKED = '•••';

const OCTET = '(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)';
/** With dots, or with dashes as host names of providers have it. */
const IPV4 = new RegExp(
  `(?<![\\d.])${OCTET}(?:\\.${OCTET}){3}(?![\\d]|\\.\\d)|(?<!\\d)\\d{1,3}(?:-\\d{1,3}){3}(?![\\d-])`,
  'g',
);
/** Anything that may be an IPv6 or a hardware address; what it is tells {@link isColonAddress}. */
const COLONS =
  /(?<![\w:.])[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){2,7}(?:(?<=:)\d{1,3}(?:\.\d{1,3}){3})?(?:%[\w.-]{1,20})?(?![\w:])/gi;
/** Also without a top-level domain, and percent-encoded: what looks like an e-mail address is treated as one. */
const EMAIL = /[\p{L}\p{N}._+'-]{1,64}(?:@|%40)[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){0,8}/giu;
/** The multicast DNS names that browsers give out instead of addresses. */
const MDNS = /\b[\w-]{1,64}\.local\b/gi;
const USER_AGENT = /Mozilla\/\d\.\d[^"'\r\n]{0,600}/g;

const OPAQUE = /^(?:[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}|[0-9a-f]{16,64}|\d{1,20})$/i;

/** What is masked, and what stands in its place: with a number, so that the same value is seen to be the same. */
const PLACEHOLDERS = {
  person: (number: number) => l10n.t('Participant {0}', number),
  device: (number: number) => l10n.t('Device {0}', number),
  deviceId: (number: number) => l10n.t('device id {0}', number),
  room: (number: number) => l10n.t('Room {0}', number),
  email: (number: number) => l10n.t('e-mail {0}', number),
  mdns: (number: number) => l10n.t('mDNS host {0}', number),
  hardware: (number: number) => l10n.t('hardware address {0}', number),
  privateV4: (number: number) => l10n.t('private IPv4 {0}', number),
  publicV4: (number: number) => l10n.t('public IPv4 {0}', number),
  privateV6: (number: number) => l10n.t('private IPv6 {0}', number),
  publicV6: (number: number) => l10n.t('public IPv6 {0}', number),
  address: (number: number) => l10n.t('address {0}', number),
};

type Kind = keyof typeof PLACEHOLDERS;

/** Whether an id was made by a machine and says nothing about anybody: a UUID, a long hexadecimal or a decimal number. */
export function isOpaqueId(id: string): boolean {
  return OPAQUE.test(id);
}

/**
 * Stands for personal data in one file or answer: the same person, address or device gets the same placeholder each time.
 * What is known to be personal is told first ({@link person}, {@link know}); {@link text} then finds it in any text, and
 * addresses, e-mail addresses and user agents by their looks. Ids of sessions and stays are left alone.
 */
export class Masker {
  /** Placeholder by what it stands for, in lower case where {@link anyCase}. */
  readonly #known = new Map<string, string>();
  /** Placeholder by kind and value. */
  readonly #given = new Map<string, string>();
  readonly #counts = new Map<Kind, number>();
  #finders: readonly [anyCase: RegExp, asWritten: RegExp] | undefined;

  /**
   * `Participant 1`; stays of one person share it: those with the provider's or the customer's id for them in common, and
   * where a stay has neither, those of the name. Name and ids for the person are found in texts from then on.
   */
  person({ id, name, userId, customId }: Who): string {
    const own = [...(userId ? [`user ${userId}`] : []), ...(customId ? [`custom ${customId}`] : [])];
    const keys = [`stay ${id}`, ...(own.length === 0 && name ? [`name ${name}`] : own)];
    const given = keys.map((key) => this.#given.get(`person\n${key}`)).find((placeholder) => placeholder !== undefined);
    const placeholder = given ?? this.#numbered('person', `stay ${id}`);
    for (const key of name ? [...keys, `name ${name}`] : keys) {
      const whole = `person\n${key}`;
      if (!this.#given.has(whole)) this.#given.set(whole, placeholder);
    }
    if (name) this.know(name, placeholder);
    for (const one of [userId, customId]) if (one && !isOpaqueId(one)) this.know(one, placeholder);
    return placeholder;
  }

  /** `private IPv4 1`, `public IPv6 2`: which kind matters to whoever reads it. */
  address(address: string): string {
    const placeholder = this.#numbered(addressKind(address), address.toLowerCase());
    this.know(address, placeholder);
    return placeholder;
  }

  /** `Device 1` for what a device is called. */
  device(label: string): string {
    return this.#learn('device', label);
  }

  /** `device id 1`: it stays the same over calls. `default` and the like are the browser's words and stay. */
  deviceId(id: string): string {
    return /^(?:default|communications)?$/.test(id) ? id : this.#learn('deviceId', id);
  }

  /** `Room 1`: titles of rooms name people. */
  room(name: string): string {
    return this.#learn('room', name);
  }

  /** From now on {@link text} replaces this value. A single character and a small number are in every text and left out. */
  know(value: string, placeholder: string = MASKED): void {
    for (const form of formsOf(value)) {
      const tooShort = /^\d+$/.test(form) ? form.length < 4 : Array.from(form).length < 2;
      if (tooShort || this.#known.has(form)) continue;
      this.#known.set(form, placeholder);
      this.#finders = undefined;
    }
  }

  /** Any text without what is known to be personal and what looks like it. */
  text(text: string): string {
    return text
      .replace(USER_AGENT, (agent) => readClient(agent))
      .replace(this.#find()[0], (found) => this.#known.get(found.toLowerCase()) ?? MASKED)
      .replace(this.#find()[1], (found) => this.#known.get(found) as string)
      .replace(EMAIL, (found) => this.#numbered('email', found.toLowerCase()))
      .replace(MDNS, (found) => this.#numbered('mdns', found.toLowerCase()))
      .replace(COLONS, (found) => (isColonAddress(found) ? this.#addressOf(found) : found))
      .replace(IPV4, (found) => this.#addressOf(found));
  }

  /** An id: opaque ones stay, in others a name or an address may stand. */
  id(id: string): string {
    return isOpaqueId(id) ? id : this.text(id);
  }

  #learn(kind: Kind, value: string): string {
    const placeholder = this.#numbered(kind, value);
    this.know(value, placeholder);
    return placeholder;
  }

  #addressOf(found: string): string {
    return this.#numbered(addressKind(found), found.toLowerCase());
  }

  #numbered(kind: Kind, value: string): string {
    const key = `${kind}\n${value}`;
    const given = this.#given.get(key);
    if (given) return given;
    const number = (this.#counts.get(kind) ?? 0) + 1;
    this.#counts.set(kind, number);
    const placeholder = PLACEHOLDERS[kind](number);
    this.#given.set(key, placeholder);
    return placeholder;
  }

  /** Longest first, so that a name within a name does not cut it; those in any case of letters, and those as they are. */
  #find(): readonly [anyCase: RegExp, asWritten: RegExp] {
    const forms = () => [...this.#known.keys()].sort((a, b) => b.length - a.length);
    this.#finders ??= [
      finderOf(forms().filter(anyCase), 'giu'),
      finderOf(
        forms().filter((form) => !anyCase(form)),
        'gu',
      ),
    ];
    return this.#finders;
  }
}

const NOTHING = /(?!)/g;
const LETTER = '[\\p{L}\\p{N}]';

/** A short single word may be a common one too ("Will", "BE"): it is found as it is written only. */
function anyCase(form: string): boolean {
  return form.length >= 8 || !/^\p{L}+$/u.test(form);
}

/** A value in the forms in which texts have it. */
function formsOf(value: string): Set<string> {
  const plain = value.toWellFormed().trim();
  const spaced = [plain, plain.replace(/\s+/g, ' ')];
  const forms = spaced.flatMap((form) => [form, form.normalize('NFC'), form.normalize('NFD')]);
  const all = [...forms, ...forms.map((form) => encodeURIComponent(form))];
  // As it is written too: some capitals, such as "İ", have a small form that a search in any case does not take for them.
  return new Set(all.flatMap((form) => (anyCase(form) ? [form.toLowerCase(), form] : [form])));
}

/** Not within a longer word: a person called "Al" is not found in "signal". One pair of looks around serves all of them. */
function finderOf(forms: readonly string[], flags: string): RegExp {
  if (forms.length === 0) return NOTHING;
  const all = forms.map((form) => form.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')).join('|');
  return new RegExp(`(?<!${LETTER}(?=${LETTER}))(?:${all})(?!(?<=${LETTER})${LETTER})`, flags);
}

/** Eight groups or a `::` make an IPv6 address, six pairs a hardware address; `10:15:30` is a time. */
function isColonAddress(text: string): boolean {
  if (text.includes('::')) return /[0-9a-f]/i.test(text);
  const groups = text.split(':');
  if (groups.some((group) => group === '')) return false;
  return (
    groups.length === 8 || (groups.length === 6 && groups.every((group) => group.length === 2)) || text.includes('.')
  );
}

/** Private ranges: RFC 1918, 6598, 3927, 4193, 4291. */
function addressKind(address: string): Kind {
  if (/\.local$/i.test(address)) return 'mdns';
  if (address.includes(':')) {
    if (/^(?:[0-9a-f]{2}:){5}[0-9a-f]{2}$/i.test(address)) return 'hardware';
    return /^(?:f[cd]|fe[89ab]|::1$)/i.test(address) ? 'privateV6' : 'publicV6';
  }
  if (!/^\d+(?:[.-]\d+){3}$/.test(address)) return 'address';
  const [a = 0, b = 0] = address.split(/[.-]/).map(Number);
  const shared = a === 100 && b >= 64 && b < 128;
  const inside = a === 10 || a === 127 || (a === 172 && b >= 16 && b < 32) || (a === 192 && b === 168);
  return inside || shared || (a === 169 && b === 254) ? 'privateV4' : 'publicV4';
}
