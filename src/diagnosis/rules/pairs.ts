import type { CandidatePair } from '../../core/model';
import { compareText } from '../../core/order';
import type { ReportView } from '../engine/view';

/**
 * The candidate pairs that carried media in a direction, the earliest first: those that are nominated, or a single one of
 * which nothing is said. Their order is that of their last packets, which is all that a report tells of when each was used.
 */
export function nominatedPairs({ report }: ReportView, direction: 'send' | 'receive'): CandidatePair[] {
  const own = report.transports.filter((pair) => (pair.direction ?? direction) === direction);
  const nominated = own.filter((pair) => pair.nominated === true);
  const used = nominated.length > 0 ? nominated : own.length === 1 && own[0]?.nominated === undefined ? own : [];
  return [...used].sort(
    (a, b) => lastPacket(a) - lastPacket(b) || compareText(JSON.stringify(a.local), JSON.stringify(b.local)),
  );
}

/** When a pair last carried anything, epoch ms; 0 when that is not known. */
export function lastPacket({ lastPacketSentAt = 0, lastPacketReceivedAt = 0 }: CandidatePair): number {
  return Math.max(lastPacketSentAt, lastPacketReceivedAt);
}

/** Both directions, each pair once. */
export function allNominated(view: ReportView): CandidatePair[] {
  return [...new Set([...nominatedPairs(view, 'send'), ...nominatedPairs(view, 'receive')])];
}

/**
 * Whether media goes over TCP: to a relay by its URL (for a relay, `protocol` is not that of the leg to it), else by the
 * candidate's protocol. `turns:` without a transport is TLS over TCP (RFC 7065).
 */
export function overTcp({ local }: CandidatePair): boolean | undefined {
  const { url, protocol } = local;
  if (local.type === 'relay') {
    if (url === undefined) return protocol === 'tcp' ? true : undefined;
    if (/[?&]transport=udp\b/i.test(url)) return false;
    return /[?&]transport=tcp\b/i.test(url) || /^turns:/i.test(url);
  }
  return protocol === undefined ? undefined : /^(tcp|tls|ssltcp)$/i.test(protocol);
}

/** What tells one local route from another, without looking at the port. */
export function routeOf({ local }: CandidatePair): string {
  return JSON.stringify([local.networkType, local.type, local.address, local.relatedAddress]);
}
