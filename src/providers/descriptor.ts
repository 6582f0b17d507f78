import type { ParticipantRef, ProviderId, SessionRef } from '../core/ids';

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
  validate?(value: string): string | undefined;
  /** Finds the value in something pasted, such as a dashboard link; the text itself when there is nothing to find. */
  fromPaste?(text: string): string;
}

/**
 * What is known of a provider without loading it: names, fields, links. Light on purpose, it is part of the entry
 * bundle. The provider itself is loaded on first use.
 */
export interface ProviderDescriptor {
  id: ProviderId;
  /** `RealtimeKit`, as on the provider's own pages. */
  label: string;
  fields: readonly ConnectionField[];
  /** The provider's words for our levels, where they differ from ours. */
  words: { room: string; rooms: string };
  /** Page of the provider's dashboard that is nearest to the thing. */
  dashboardUrl?(settings: Readonly<Record<string, string>>, ref?: SessionRef | ParticipantRef): string | undefined;
  /** Levels and lists that the tree offers before the provider is loaded. */
  tree: { apps: boolean; live: boolean };
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
    return 'Base URL: not a URL. Enter one that starts with https://.';
  }
  if (url.username || url.password) return 'Base URL: must not hold a user name or password.';
  if (url.search || url.hash) return 'Base URL: must not hold a query or a fragment.';
  if (url.protocol === 'https:') return undefined;
  if (url.protocol === 'http:' && isLoopback(url.hostname)) return undefined;
  return 'Base URL: must start with https://; http:// is allowed for this machine (127.0.0.1, localhost, [::1]) only.';
}

/** Whether a URL's host name is this machine. */
export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
}

/** The optional field that every provider has. */
export function baseUrlField(standard: string): ConnectionField {
  return {
    name: 'baseUrl',
    label: 'Base URL',
    hint: `Replaces ${standard}. Leave empty for the provider's own service.`,
    secret: false,
    required: false,
    advanced: true,
    placeholder: standard,
    validate: (value) => (value === '' ? undefined : validateBaseUrl(value)),
  };
}
