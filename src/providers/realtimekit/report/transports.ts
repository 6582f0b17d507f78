import * as l10n from '@vscode/l10n';
import type { Candidate, CandidatePair, ItemIssue } from '../../../core/model';
import { readRecords } from '../../records';
import { filled, METADATA_PATH } from './metadata';
import { type CandidatePairRecord, candidatePairSchema, type MetadataRecord } from './metadata-schema';

const TYPES: ReadonlySet<string> = new Set(['host', 'srflx', 'prflx', 'relay']);

/** Candidate pairs of both transports: the producing one sends, the consuming one receives. */
export function mapTransports(pairs: MetadataRecord['candidate_pairs'], issues: ItemIssue[]): CandidatePair[] {
  const path = `${METADATA_PATH}.candidate_pairs`;
  const read = (value: unknown, name: string, direction: 'send' | 'receive') =>
    readRecords(candidatePairSchema, value, `${path}.${name}`, issues).map((record) =>
      mapPair(record, direction, path, issues),
    );
  return [
    ...read(pairs?.producing_transport, 'producing_transport', 'send'),
    ...read(pairs?.consuming_transport, 'consuming_transport', 'receive'),
  ];
}

function mapPair(
  record: CandidatePairRecord,
  direction: 'send' | 'receive',
  path: string,
  issues: ItemIssue[],
): CandidatePair {
  const type = (value: string | null | undefined, end: string): Candidate['type'] => {
    if (!value) return undefined;
    if (TYPES.has(value)) return value as Candidate['type'];
    issues.push({ path: `${path}.${end}_candidate_type`, message: l10n.t('Not a candidate type of ICE; left out.') });
    return undefined;
  };
  return {
    direction,
    nominated: record.nominated ?? undefined,
    local:
      filled({
        id: record.local_candidate_id,
        type: type(record.local_candidate_type, 'local'),
        address: record.local_candidate_address,
        port: record.local_candidate_port,
        protocol: record.local_candidate_protocol,
        url: record.local_candidate_url,
        networkType: record.local_candidate_network_type,
        relatedAddress: record.local_candidate_related_address,
        relatedPort: record.local_candidate_related_port,
      }) ?? {},
    remote:
      filled({
        id: record.remote_candidate_id,
        type: type(record.remote_candidate_type, 'remote'),
        address: record.remote_candidate_address,
        port: record.remote_candidate_port,
        protocol: record.remote_candidate_protocol,
        url: record.remote_candidate_url,
      }) ?? {},
    rttMs: milliseconds(record.current_round_trip_time),
    totalRttMs: milliseconds(record.total_round_trip_time),
    bytesSent: record.bytes_sent ?? undefined,
    bytesReceived: record.bytes_received ?? undefined,
    packetsSent: record.packets_sent ?? undefined,
    packetsReceived: record.packets_received ?? undefined,
    bytesDiscardedOnSend: record.bytes_discarded_on_send ?? undefined,
    packetsDiscardedOnSend: record.packets_discarded_on_send ?? undefined,
    availableOutgoingBitrate: record.available_outgoing_bitrate ?? undefined,
    availableIncomingBitrate: record.available_incoming_bitrate ?? undefined,
    // 0 stands for "never" here: no packet was sent in 1970.
    lastPacketSentAt: record.last_packet_sent_timestamp || undefined,
    lastPacketReceivedAt: record.last_packet_received_timestamp || undefined,
  };
}

/** W3C webrtc-stats: the round-trip times of a candidate pair are in seconds. Rounded to the nanosecond. */
function milliseconds(seconds: number | null | undefined): number | undefined {
  return seconds === undefined || seconds === null ? undefined : Math.round(seconds * 1e9) / 1e6;
}
