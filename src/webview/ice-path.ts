import * as l10n from '@vscode/l10n';
import { endpoint, type RelayLeg, relayLeg } from '../core/connection-words';
import type { Candidate, CandidatePair, Connectivity } from '../core/model';
import { networkWord } from '../core/network-word';
import { displayText } from '../core/text';
import { formatBitrate, formatNumber } from './format';

/** One stop on the way of the media. */
export interface PathNode {
  title: string;
  /** Addresses and the like, at most three. */
  lines: string[];
}

/** What lies between two stops. */
export interface PathEdge {
  /** `UDP`, `TURN over TLS on TCP`; empty where nothing is known. */
  text: string;
  /** Over TCP, where every lost packet holds up those behind it. */
  slow: boolean;
}

/** The way of the media of one candidate pair, from this client to the far end. */
export interface IcePath {
  nodes: PathNode[];
  /** One fewer than there are nodes. */
  edges: PathEdge[];
  /** The server that told the address of a NAT, and at which node that stands. Media does not pass it. */
  stun?: { server: string; node: number };
}

/** What is written at the leg to a relay. */
const LEGS: Readonly<Record<RelayLeg, string>> = {
  dtls: l10n.t('TURN over DTLS'),
  tls: l10n.t('TURN over TLS on TCP'),
  tcp: l10n.t('TURN over TCP'),
  udp: l10n.t('TURN over UDP'),
};

/** Lays out the stops of a pair, as far as its candidates tell them. */
export function icePath({ local, remote }: CandidatePair): IcePath {
  const client: PathNode = { title: l10n.t('This client'), lines: facts([networkWord(local.networkType)]) };
  const nodes = [client];
  const edges: PathEdge[] = [];
  let stun: IcePath['stun'];
  if (local.type === 'relay') {
    client.lines.push(...facts([related(local)]));
    nodes.push({ title: l10n.t('TURN server'), lines: facts([serverOf(local.url), relayed(local)]) });
    const leg = relayLeg(local);
    edges.push({ text: leg ? LEGS[leg] : 'TURN', slow: leg === 'tls' || leg === 'tcp' });
  } else if (local.type === 'srflx' || local.type === 'prflx') {
    client.lines.push(...facts([related(local)]));
    nodes.push({ title: 'NAT', lines: facts([endpoint(local)]) });
    edges.push({ text: '', slow: false });
    const server = serverOf(local.url);
    if (server) stun = { server, node: 1 };
  } else client.lines.push(...facts([endpoint(local)]));
  edges.push(protocolOf(remote.type === 'relay' ? local : remote, local));
  if (remote.type === 'relay') {
    nodes.push({ title: l10n.t('Far end’s TURN server'), lines: facts([serverOf(remote.url), endpoint(remote)]) });
    edges.push({ text: '', slow: false });
    nodes.push({ title: l10n.t('Far end'), lines: facts([related(remote)]) });
  } else if (remote.type === 'srflx' || remote.type === 'prflx') {
    nodes.push({ title: l10n.t('Far end’s NAT'), lines: facts([endpoint(remote)]) });
    edges.push({ text: '', slow: false });
    nodes.push({ title: l10n.t('Far end'), lines: facts([related(remote)]) });
  } else nodes.push({ title: l10n.t('Far end'), lines: facts([endpoint(remote)]) });
  return { nodes, edges, stun };
}

/** Figures of a pair worth a look: round-trip time and available bitrate. */
export function pairFigures({ rttMs, availableOutgoingBitrate, availableIncomingBitrate }: CandidatePair): string[] {
  return [
    rttMs === undefined ? undefined : l10n.t('{0} ms round trip', formatNumber(rttMs, 1)),
    availableOutgoingBitrate === undefined
      ? undefined
      : l10n.t('{0} available to send', formatBitrate(availableOutgoingBitrate)),
    availableIncomingBitrate === undefined
      ? undefined
      : l10n.t('{0} available to receive', formatBitrate(availableIncomingBitrate)),
  ].filter((text) => text !== undefined);
}

/** What the pairs in use and the checks say of NAT, STUN and TURN, one sentence each. */
export function reachWords(pairs: readonly CandidatePair[], connectivity: readonly Connectivity[]): string[] {
  const used = pairs.filter(({ nominated }) => nominated);
  const sentences = [...used.flatMap(({ local }) => natWords(local) ?? [])];
  const relayed = used.some(({ local }) => local.type === 'relay');
  const last = connectivity.at(-1);
  if (last?.reflexive === false)
    sentences.push(l10n.t('STUN found no reflexive address: UDP to the STUN server may be blocked.'));
  if (last?.reflexive === true) sentences.push(l10n.t('STUN found a reflexive address: UDP gets out.'));
  if (last?.turn === false || last?.relay === false) {
    sentences.push(
      last.turn === false
        ? l10n.t('No TURN server answered: where the direct way is blocked there is no other.')
        : l10n.t(
            'The TURN server answered, but no relay candidate worked: where the direct way is blocked there is no other.',
          ),
    );
  } else if (last?.turn || last?.relay) {
    if (relayed) sentences.push(l10n.t('TURN was reached and is in use.'));
    else if (used.length > 0) sentences.push(l10n.t('TURN was reached and is not needed.'));
    else sentences.push(l10n.t('TURN was reached.'));
  } else if (relayed) sentences.push(l10n.t('TURN is in use.'));
  return [...new Set(sentences)];
}

function natWords(local: Candidate): string | undefined {
  const outside = endpoint(local);
  if (outside === undefined || (local.type !== 'srflx' && local.type !== 'prflx')) return undefined;
  const inside = related(local);
  const kept = local.port !== undefined && local.port === local.relatedPort;
  const shows = shownAs(inside, outside, kept);
  if (local.type === 'srflx') return shows;
  // RFC 8445, sections 7.2.5.3.1 and 5.1.1.1.
  return `${shows} ${l10n.t('A check found that before or instead of STUN, as where a NAT maps each destination anew.')}`;
}

function shownAs(inside: string | undefined, outside: string, kept: boolean): string {
  if (!inside) return l10n.t('A NAT shows this client as {0}.', outside);
  return kept
    ? l10n.t('A NAT shows {0} as {1}, keeping the port.', inside, outside)
    : l10n.t('A NAT shows {0} as {1}.', inside, outside);
}

/** `turn.example:443` of `turns:turn.example:443?transport=tcp` (RFC 7065, RFC 7064). */
function serverOf(url: string | undefined): string | undefined {
  return url?.replace(/^(?:stuns?|turns?):/i, '').replace(/\?.*$/, '') || undefined;
}

function related({ relatedAddress, relatedPort }: Candidate): string | undefined {
  // `0.0.0.0` and port 9 stand for an address that is kept back (RFC 8839, section 5.1).
  if (relatedAddress === '0.0.0.0' || relatedAddress === '::') return undefined;
  return endpoint({ address: relatedAddress, port: relatedPort });
}

function relayed(local: Candidate): string | undefined {
  const at = endpoint(local);
  return at && l10n.t('relays from {0}', at);
}

function protocolOf({ protocol }: Candidate, fallback: Candidate): PathEdge {
  const text = displayText(protocol ?? fallback.protocol ?? '', 12).toUpperCase();
  return { text, slow: text === 'TCP' };
}

function facts(list: readonly (string | undefined)[]): string[] {
  return list.flatMap((text) => (text ? displayText(text, 120) || [] : []));
}
