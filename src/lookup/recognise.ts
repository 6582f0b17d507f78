import * as l10n from '@vscode/l10n';
import { idPattern, MAX_ID_LENGTH, type Shape, shapeOf } from './shapes';
import { type AddressedId, type Role, readAddress } from './urls';

/** Something in a text that can be looked up. */
export interface Candidate extends AddressedId {
  shape: Shape;
}

/** What a text holds to look up. */
export interface Recognised {
  /** The most promising first; empty when there is nothing. */
  candidates: Candidate[];
  /** One sentence why there is nothing, where that is known. */
  remark?: string;
}

/** Of a longer text only the beginning is read. */
const MAX_TEXT = 20_000;
const MAX_CANDIDATES = 8;

/** An address; brackets, quotes and commas around it are not part of it. */
const ADDRESS = /\b[a-z][a-z0-9+.-]{1,30}:\/\/[^\s"'`<>\\]+/gi;

/**
 * A labelled value in a log line, JSON or a header: `session_id=…`, `"roomSessionId": "…"`, `peer: …`. The value is an id of
 * any form, so that opaque ones are found too.
 */
const LABELLED = /([a-z][\w.-]{0,40})["']?\s{0,3}[:=]\s{0,3}["']?([\w.:~@+-]{4,200})/gi;

/** What a label says of its value; the first that fits counts. */
const LABELS: readonly (readonly [RegExp, Role])[] = [
  [/session_?-?id$|^session$|^sid$|call_?-?id$/i, 'session'],
  [/(external|custom|subscriber|custom_?-?participant|user)_?-?id$/i, 'person'],
  [/(peer|participant)(_?-?id)?$/i, 'participant'],
  [/(room|meeting|associated)(_?-?(id|name))?$|asset_?-?name$/i, 'room'],
];

/** Reads an id, an address, a log line or any text with ids in it. Pure; never throws. */
export function recognise(text: string): Recognised {
  const whole = text.slice(0, MAX_TEXT).toWellFormed();
  const found = new Found();
  let rest = '';
  let from = 0;
  let remark: string | undefined;
  for (const match of whole.matchAll(ADDRESS)) {
    const address = readAddress(match[0].replace(/[)\]}.,;:!?]+$/, ''));
    remark ??= address.remark;
    for (const one of address.ids) found.add(one);
    rest += `${whole.slice(from, match.index)} `;
    from = match.index + match[0].length;
  }
  const hasAddress = from > 0;
  rest += whole.slice(from);
  for (const one of labelled(rest)) found.add(one);
  for (const [id] of rest.matchAll(idPattern())) found.add({ id });
  const candidates = found.ordered();
  if (candidates.length > 0) return { candidates };
  if (hasAddress) return { candidates, remark: remark ?? l10n.t('This address holds no id that Peerscope knows.') };
  return single(whole);
}

/** Whether the text holds an id of known shape or an address of a provider: enough to be offered unasked. */
export function holdsId(text: string): string | undefined {
  if (text.length > MAX_TEXT) return undefined;
  const [first] = recognise(text).candidates;
  const known = first && (first.shape === 'uuid' || first.shape === 'objectId' || first.provider !== undefined);
  return known ? first.id : undefined;
}

function* labelled(text: string): Iterable<AddressedId> {
  for (const [, label = '', value = ''] of text.matchAll(LABELLED)) {
    const role = LABELS.find(([pattern]) => pattern.test(label))?.[1];
    const id = value.replace(/[.:]+$/, '');
    if (!role || !isPlausible(id)) continue;
    yield { id, role };
  }
}

/** A word of prose, a date or a time after a label is no id: an opaque id is longer and holds a digit. */
function isPlausible(id: string): boolean {
  return id.length >= 6 && /\d/.test(id) && !/^\d{4}-\d\d-\d\d|^\d{1,2}:\d\d/.test(id);
}

/** The text as one id or name, without quotes and what a sentence leaves around it. */
function single(text: string): Recognised {
  const bare = text
    .trim()
    .replace(/^[\s"'`([{<]+|[\s"'`)\]}>,;]+$/g, '')
    .trim();
  if (bare === '') return { candidates: [], remark: l10n.t('There is nothing to look up.') };
  if (bare.length > MAX_ID_LENGTH || /\p{Cc}/u.test(bare)) {
    return { candidates: [], remark: l10n.t('This text holds no id that Peerscope knows.') };
  }
  return { candidates: [{ id: bare, shape: shapeOf(bare) }] };
}

/** Candidates by id: what is said about an id later adds to what was said before. */
class Found {
  readonly #byId = new Map<string, Candidate>();

  add(one: AddressedId): void {
    const id = one.id.trim();
    if (id === '' || id.length > MAX_ID_LENGTH || /\p{Cc}/u.test(id)) return;
    const key = id.toLowerCase();
    const known = this.#byId.get(key);
    const { role, provider, account, appId } = one;
    this.#byId.set(key, {
      id: known?.id ?? id,
      shape: known?.shape ?? shapeOf(id),
      role: known?.role ?? role,
      provider: known?.provider ?? provider,
      account: known?.account ?? account,
      appId: known?.appId ?? appId,
    });
  }

  /** Sessions first, then what is not labelled, then the others; otherwise as they stood. */
  ordered(): Candidate[] {
    const rank = ({ role }: Candidate) => (role === undefined ? 1 : ROLE_RANK[role]);
    return [...this.#byId.values()].sort((a, b) => rank(a) - rank(b)).slice(0, MAX_CANDIDATES);
  }
}

const ROLE_RANK: Readonly<Record<Role, number>> = { session: 0, participant: 2, room: 3, person: 4 };
