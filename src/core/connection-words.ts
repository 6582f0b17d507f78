import * as l10n from '@vscode/l10n';
import type { Candidate, CandidatePair } from './model';
import { networkWord } from './network-word';
import { displayText } from './text';

const TYPES: Readonly<Record<NonNullable<Candidate['type']>, string>> = {
  host: l10n.t('host: the interface’s own address'),
  srflx: l10n.t('srflx: behind a NAT, found by STUN'),
  prflx: l10n.t('prflx: behind a NAT, found by a check'),
  relay: l10n.t('relay: through a TURN server'),
};

/** A candidate's type with what it means. */
export function typeWords({ type }: Candidate): string | undefined {
  return type && TYPES[type];
}

/** What the leg between a client and its relay runs over. */
export type RelayLeg = 'dtls' | 'tls' | 'tcp' | 'udp';

/**
 * How the relay leg runs, by the ICE server's URL (RFC 7065): the candidate's own protocol is the one between the
 * relay and the far end, which says nothing about the leg that firewalls hinder.
 */
export function relayLeg({ type, url }: Candidate): RelayLeg | undefined {
  if (type !== 'relay' || !url) return undefined;
  if (/^turns:/i.test(url)) return /[?&]transport=udp\b/i.test(url) ? 'dtls' : 'tls';
  return /[?&]transport=tcp\b/i.test(url) ? 'tcp' : 'udp';
}

const RELAYED: Readonly<Record<RelayLeg, string>> = {
  dtls: l10n.t('relayed, TURN over DTLS'),
  tls: l10n.t('relayed, TURN over TLS on TCP'),
  tcp: l10n.t('relayed, TURN over TCP'),
  udp: l10n.t('relayed, TURN over UDP'),
};

/** {@link relayLeg} in words; undefined for what is not relayed. */
export function relayWords(candidate: Candidate): string | undefined {
  if (candidate.type !== 'relay') return undefined;
  const leg = relayLeg(candidate);
  return leg ? RELAYED[leg] : l10n.t('relayed; the leg to the TURN server is not stated');
}

/** `203.0.113.21:64799`, with brackets around IPv6. */
export function endpoint({ address, port }: Candidate): string | undefined {
  if (!address) return port === undefined ? undefined : l10n.t('port {0}', port);
  const host = displayText(address, 100);
  if (port === undefined) return host;
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}

/** The path of a pair in one sentence: where it starts, over what, where it ends. */
export function pathWords({ local, remote, direction }: CandidatePair): string {
  const network = networkWord(local.networkType);
  const near = [displayText(network ?? '', 30), local.type, protocolWord(local)].filter(Boolean).join(', ');
  const relay =
    relayWords(local) ??
    (local.protocol?.toLowerCase() === 'tcp' ? l10n.t('over TCP: slow to recover from loss') : l10n.t('direct'));
  const far = [remote.type, protocolWord(remote)].filter(Boolean).join(', ');
  const from = `${endpoint(local) ?? l10n.t('this client')}${near && ` (${near})`}`;
  const to = `${endpoint(remote) ?? l10n.t('the server')}${far && ` (${far})`}`;
  return direction === 'receive' ? `${from} ⟵ ${to}: ${relay}` : `${from} ⟶ ${to}: ${relay}`;
}

/** `UDP`; a provider that sends anything else is not taken at its word's length. */
function protocolWord({ protocol }: Candidate): string {
  return displayText(protocol ?? '', 12).toUpperCase();
}
