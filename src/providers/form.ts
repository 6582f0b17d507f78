import * as l10n from '@vscode/l10n';

/** One thing the user enters for a connection. */
export interface ConnectionField {
  /** Name in `settings` or `secrets`. */
  name: string;
  label: string;
  /** One sentence below the input: what it is and where to find it. */
  hint: string;
  /** Shown masked and kept in SecretStorage only. */
  secret: boolean;
  required: boolean;
  /** Few need it: asked for when a connection is edited, not when it is added. */
  advanced?: boolean;
  placeholder?: string;
  /** A sentence that says what is wrong and what is expected, or undefined when the value is fine. */
  validate?: (value: string) => string | undefined;
  /** Finds the value in something pasted, such as a dashboard link; the text itself when there is nothing to find. */
  fromPaste?: (text: string) => string;
}

/** Fields that belong together, where a provider takes one group of several. */
export interface FieldGroup {
  label: string;
  /** One sentence that helps to choose. */
  detail: string;
  /** Names of fields. All of them are needed. */
  fields: readonly string[];
}

/** What a person enters for a connection of one provider. */
export interface ConnectionForm {
  fields: readonly ConnectionField[];
  /** Of these groups exactly one has to be given, whole; the one to recommend comes first. */
  alternatives?: readonly FieldGroup[];
}

/** Checks one entered value. Returns a sentence when it is not acceptable. */
export function validateField(field: ConnectionField, value: string): string | undefined {
  if (value === '') return field.required ? l10n.t('{0}: must not be empty.', field.label) : undefined;
  return field.validate?.(value);
}

/** What a pasted text means for this field, without white space around it. */
export function normalizeField(field: ConnectionField, text: string): string {
  return field.fromPaste?.(text) ?? text.trim();
}

/**
 * Checks the values of a connection, settings and secrets together, against the provider's alternatives. Returns a
 * sentence when none of them is given whole.
 */
export function checkAlternatives(
  { alternatives = [], fields }: ConnectionForm,
  values: Readonly<Record<string, string>>,
): { field: ConnectionField; problem: string } | undefined {
  if (alternatives.length === 0) return undefined;
  const missing = (group: FieldGroup) => group.fields.filter((name) => !values[name]);
  if (alternatives.some((group) => missing(group).length === 0)) return undefined;
  // What was begun tells which group was meant.
  const begun = alternatives.find((group) => missing(group).length < group.fields.length) ?? alternatives[0];
  const field = fields.find(({ name }) => name === (begun && missing(begun)[0]));
  if (!field) return undefined;
  const label = (name: string) => fields.find((one) => one.name === name)?.label ?? name;
  const ways = alternatives
    .map((group) => group.fields.map(label).reduce((first, next) => l10n.t('{0} and {1}', first, next)))
    .reduce((first, next) => l10n.t('{0}, or {1}', first, next));
  return { field, problem: l10n.t('{0}: must not be empty. Give {1}.', field.label, ways) };
}

/**
 * The values with one alternative left: when `given` holds one of them whole, the fields of the others are taken out of
 * `values`, so that an old key does not stay beside a new one.
 */
export function onlyAlternative(
  { alternatives = [] }: ConnectionForm,
  values: Readonly<Record<string, string>>,
  given: Readonly<Record<string, string>>,
): Record<string, string> {
  const chosen = alternatives.find((group) => group.fields.every((name) => given[name]));
  const others = chosen ? alternatives.filter((group) => group !== chosen).flatMap((group) => group.fields) : [];
  const kept = Object.entries(values).filter(([name]) => chosen?.fields.includes(name) || !others.includes(name));
  return Object.fromEntries(kept);
}

/**
 * Checks a base URL: https anywhere, http on loopback only, no credentials, query or fragment.
 * Returns a sentence when it is not acceptable.
 */
export function validateBaseUrl(value: string): string | undefined {
  let url: URL;
  try {
    url = new URL(value);
  } catch {
    return l10n.t('Base URL: not a URL. Enter one that starts with https://.');
  }
  if (url.username || url.password) return l10n.t('Base URL: must not hold a user name or password.');
  if (url.search || url.hash) return l10n.t('Base URL: must not hold a query or a fragment.');
  if (url.protocol === 'https:') return undefined;
  if (url.protocol === 'http:' && isLoopback(url.hostname)) return undefined;
  return l10n.t(
    'Base URL: must start with https://; http:// is allowed for this machine (127.0.0.1, localhost, [::1]) only.',
  );
}

/** Whether a URL's host name is this machine. */
export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
}

/** The optional field that every provider has. */
export function baseUrlField(standard: string): ConnectionField {
  return {
    name: 'baseUrl',
    label: l10n.t('Base URL'),
    hint: l10n.t("Replaces {0}. Leave empty for the provider's own service.", standard),
    secret: false,
    required: false,
    advanced: true,
    placeholder: standard,
    validate: (value) => (value === '' ? undefined : validateBaseUrl(value)),
  };
}
