import type { Candidate, CandidatePair } from '../../core/model';
import type { HmsEvent } from './event-pages';

const TYPES = ['host', 'srflx', 'prflx', 'relay'] as const;

/**
 * The candidate pair that a failure names in its description: `local candidate - candidate:… ; remote candidate -
 * candidate:…`, each as in RFC 8839, section 5.1. Undefined for every other text.
 */
export function readIceText(text: string): Pick<CandidatePair, 'local' | 'remote'> | undefined {
  const match = /local candidate - (candidate:.*?);\s*remote candidate - (candidate:.*)$/s.exec(text.slice(0, 4000));
  const [local, remote] = [candidate(match?.[1]), candidate(match?.[2])];
  return local && remote ? { local, remote } : undefined;
}

/** Pairs of the failures of a report, each pair once, at its last failure. */
export function failedPairs(events: readonly HmsEvent[]): CandidatePair[] {
  const pairs = new Map<string, CandidatePair>();
  for (const { data } of events) {
    const text = data.error_description;
    const pair = text ? readIceText(text) : undefined;
    if (!text || !pair) continue;
    const direction = data.action === 'PUBLISH' ? 'send' : data.action === 'SUBSCRIBE' ? 'receive' : undefined;
    pairs.set(`${direction ?? ''} ${text}`, { ...(direction && { direction }), ...pair });
  }
  return [...pairs.values()];
}

function candidate(text: string | undefined): Candidate | undefined {
  const [foundation, , protocol, , address, port, word, type, ...rest] = (text ?? '').trim().split(/\s+/);
  if (!foundation || !protocol || word !== 'typ') return undefined;
  const extra = (name: string): string | undefined => {
    const at = rest.indexOf(name);
    return at >= 0 ? rest[at + 1] : undefined;
  };
  return {
    id: foundation.replace(/^candidate:/, ''),
    type: TYPES.find((one) => one === type),
    address: isRedacted(address) ? undefined : address,
    port: portOf(port),
    protocol: protocol.toLowerCase(),
    relatedAddress: isRedacted(extra('raddr')) ? undefined : extra('raddr'),
    relatedPort: portOf(extra('rport')),
  };
}

/** 100ms hides the address of its own server behind a name in `.invalid`. */
function isRedacted(address: string | undefined): boolean {
  return address === undefined || address.endsWith('.invalid') || address === '0.0.0.0';
}

function portOf(text: string | undefined): number | undefined {
  const port = Number(text);
  return text !== undefined && Number.isInteger(port) && port > 0 && port < 65_536 ? port : undefined;
}
