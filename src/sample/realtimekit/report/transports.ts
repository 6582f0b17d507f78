import { hash, noise, Random } from '../../random';
import { iso } from '../apps';
import type { Client } from '../client';
import type { Fault } from '../faults';
import type { Media } from '../media/call';
import { cellAt } from '../media/grid';
import type { Sample, SampleArrays } from './samples';

/** Bytes of header that the transport counts for each packet beside the payload. */
export const HEADER_BYTES = 36;

/** How a participant reached the server, from one ICE negotiation to the next. */
export interface Route {
  /** Epoch ms. */
  from: number;
  to: number;
  /** `wifi`, `ethernet` or `cellular`. */
  network: string;
  relay: 'none' | 'turn-tcp' | 'udp-blocked';
}

/** The routes of a stay: one, or two where the network changed. */
export function routesOf({ stay, faults }: Media, client: Client, seed: number): Route[] {
  const relay = faults.find(
    (fault): fault is Fault & { kind: 'turn-tcp' | 'udp-blocked' } =>
      fault.kind === 'turn-tcp' || fault.kind === 'udp-blocked',
  );
  const switched = faults.find(({ kind }) => kind === 'switch');
  const home = switched || noise(seed, 901) < 0.7 ? 'wifi' : client.mobile ? 'cellular' : 'ethernet';
  const first: Route = {
    from: stay.join,
    to: switched?.from ?? stay.leave,
    network: home,
    relay: relay?.kind ?? 'none',
  };
  return switched ? [first, { ...first, from: switched.to, to: stay.leave, network: 'cellular' }] : [first];
}

/** ICE candidate pairs with running totals as they stood at the last reading: exactly the sums of the samples. */
export function candidatePairs(
  media: Media,
  arrays: SampleArrays,
  routes: readonly Route[],
  client: Client,
  seed: number,
) {
  const producing: object[] = [];
  const consuming: object[] = [];
  for (const [index, route] of routes.entries()) {
    // What was reported after a route came up was sent on it.
    const next = routes[index + 1];
    const from = iso(route.from);
    const to = next && iso(next.from);
    const within = ({ timestamp }: Sample) => timestamp > from && (to === undefined || timestamp <= to);
    const sent = totals(arrays, 'producer', 'sent', within);
    const received = totals(arrays, 'consumer', 'received', within);
    if (sent.last > 0) producing.push(pair(media, route, client, hash(seed, index, 1), sent, 'out'));
    if (received.last > 0) consuming.push(pair(media, route, client, hash(seed, index, 2), received, 'in'));
  }
  return { producing_transport: producing, consuming_transport: consuming };
}

interface Totals {
  packets: number;
  bytes: number;
  /** Last reading, epoch ms; 0 for none. */
  last: number;
}

function totals(
  arrays: SampleArrays,
  side: 'producer' | 'consumer',
  verb: 'sent' | 'received',
  within: (row: Sample) => boolean,
): Totals {
  const sum = { packets: 0, bytes: 0 };
  let last = '';
  for (const [name, rows] of Object.entries(arrays)) {
    if (!name.endsWith(side)) continue;
    for (const row of rows) {
      if (!within(row)) continue;
      const packets = Number(row[`packets_${verb}`]);
      sum.packets += packets;
      sum.bytes += Number(row[`bytes_${verb}`]) + HEADER_BYTES * packets;
      if (row.timestamp > last) last = row.timestamp;
    }
  }
  return { ...sum, last: last === '' ? 0 : Date.parse(last) };
}

function pair(media: Media, route: Route, client: Client, seed: number, media_: Totals, direction: 'in' | 'out') {
  const random = new Random(seed);
  const { link, grid } = media;
  const cell = cellAt(grid, media_.last - 1);
  // The other direction carries reports and connectivity checks only.
  const seconds = (media_.last - route.from) / 1000;
  const reports = { packets: Math.round(seconds * 2.1), bytes: Math.round(seconds * 2.1) * 64 };
  const [out, back] = direction === 'out' ? [media_, reports] : [reports, media_];
  return {
    nominated: true,
    ...candidates(route, client, random),
    current_round_trip_time: Math.round(link.rtt[cell] ?? 0) / 1000,
    // Connectivity is checked every 2.5 s.
    total_round_trip_time: Math.round(link.rttSum.between(route.from, media_.last) / 2.5) / 1000,
    available_outgoing_bitrate: Math.round(
      Math.min(link.capacityUp[cell] ?? 0, direction === 'out' ? 3_400_000 : 300_000),
    ),
    bytes_sent: out.bytes,
    packets_sent: out.packets,
    bytes_received: back.bytes,
    packets_received: back.packets,
    bytes_discarded_on_send: 0,
    packets_discarded_on_send: 0,
    last_packet_sent_timestamp: media_.last - random.int(1, 20),
    last_packet_received_timestamp: media_.last - random.int(1, 60),
  };
}

/** Both ends of a pair. A relayed one leaves from the relay; `protocol` is then that of the relay's far side, as W3C has it. */
function candidates(route: Route, client: Client, random: Random) {
  const id = () => `I${random.hex(8)}`;
  const port = random.int(49_152, 65_535);
  const mobile = route.network === 'cellular' && !client.mobile;
  const related = { address: mobile ? '192.0.2.251' : client.localAddress, port };
  const local =
    route.relay === 'none'
      ? {
          local_candidate_type: random.chance(0.5) ? 'srflx' : 'prflx',
          local_candidate_address: mobile ? '198.51.100.251' : client.address,
          local_candidate_port: port,
          local_candidate_protocol: 'udp',
          local_candidate_url: 'stun:stun.calls.example:3478',
        }
      : {
          local_candidate_type: 'relay',
          local_candidate_address: `203.0.113.${random.int(240, 249)}`,
          local_candidate_port: port,
          local_candidate_protocol: 'udp',
          local_candidate_url: `turns:turn.calls.example:${route.relay === 'udp-blocked' ? 443 : 5349}?transport=tcp`,
        };
  const { local_candidate_url: url, ...reflexive } = local;
  return {
    local_candidate_id: id(),
    // Chrome tells no server for a candidate that a peer discovered.
    ...(local.local_candidate_type === 'prflx' ? reflexive : { ...reflexive, local_candidate_url: url }),
    local_candidate_network_type: route.network,
    local_candidate_related_address: related.address,
    local_candidate_related_port: related.port,
    remote_candidate_id: id(),
    remote_candidate_type: 'host',
    remote_candidate_address: `198.51.100.${random.int(160, 170)}`,
    remote_candidate_port: random.int(40_000, 49_000),
    remote_candidate_protocol: 'udp',
  };
}
