import type { CallEvent } from '../../core/model';

/**
 * What an ICE candidate's line tells (RFC 8839, 5.1): foundation, component, transport, priority, address, port, `typ`, type,
 * then pairs of names and values.
 */
export function candidateDetails(line: string): NonNullable<CallEvent['details']> {
  const [, , protocol, , address, port, typ, type, ...rest] = line
    .slice(0, 2000)
    .replace(/^(?:a=)?candidate:/, '')
    .trim()
    .split(/\s+/);
  if (typ !== 'typ' || type === undefined) return { candidate: line.slice(0, 300) };
  const details: NonNullable<CallEvent['details']> = {
    candidateType: type,
    protocol: protocol?.toLowerCase() ?? null,
    address: address ?? null,
    port: Number(port),
  };
  for (let i = 0; i + 1 < rest.length; i += 2) {
    const value = rest[i + 1] as string;
    if (rest[i] === 'raddr') details.relatedAddress = value;
    if (rest[i] === 'rport') details.relatedPort = Number(value);
    if (rest[i] === 'tcptype') details.tcpType = value;
  }
  return details;
}
