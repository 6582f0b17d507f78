import type { Capture } from '../../../src/captures/capture';
import { readCapture } from '../../../src/captures/read';
import type { CallReport, Stream } from '../../../src/core/model';

/** 2024-05-06T10:00:00Z */
export const START = Date.UTC(2024, 4, 6, 10);

/** Reads a text, or a value as JSON, as if it were a file. */
export function read(content: unknown, name = 'capture.json'): Promise<Capture> {
  const bytes =
    content instanceof Uint8Array
      ? content
      : new TextEncoder().encode(typeof content === 'string' ? content : JSON.stringify(content));
  return readCapture({ bytes }, { name });
}

/** Members of one statistics object over time; an array is one value a reading. */
export interface Member {
  values: readonly unknown[];
  /** Seconds after {@link START}; the first reading is at 0. */
  from?: number;
}

/** The `stats` of one connection in a webrtc-internals dump: by object id its type and members, one reading a second. */
export function internalsStats(
  objects: Record<string, { type: string; members: Record<string, readonly unknown[] | Member> }>,
): Record<string, unknown> {
  const stats: Record<string, unknown> = {};
  for (const [id, { type, members }] of Object.entries(objects)) {
    for (const [name, given] of Object.entries(members)) {
      const { values, from = 0 } = Array.isArray(given) ? { values: given as unknown[] } : (given as Member);
      stats[`${id}-${name}`] = {
        startTime: new Date(START + from * 1000).toISOString(),
        endTime: new Date(START + (from + values.length - 1) * 1000).toISOString(),
        statsType: type,
        values: JSON.stringify(values),
      };
    }
  }
  return stats;
}

/** The `stats` of one received audio stream over five readings; each member has five values. */
export function inboundAudio(members: Record<string, readonly unknown[]>): Record<string, unknown> {
  const base = { kind: Array(5).fill('audio'), ssrc: Array(5).fill(11), timestamp: seconds(5) };
  return internalsStats({ IT1: { type: 'inbound-rtp', members: { ...base, ...members } } });
}

/** A webrtc-internals dump of one connection. */
export function dump(stats: Record<string, unknown>, more: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    getUserMedia: [],
    PeerConnections: {
      '7-1': { pid: 7, rtcConfiguration: '{}', url: 'https://meet.example.com/room', updateLog: [], stats, ...more },
    },
    UserAgent: 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36',
  };
}

/** Times of readings, one a second. */
export function seconds(count: number, from = 0): number[] {
  return Array.from({ length: count }, (_, index) => START + (from + index) * 1000);
}

/** The only report of a capture. */
export function only({ connections }: Capture): CallReport {
  const [first, second] = connections;
  if (!first || second) throw new Error(`${connections.length} connections`);
  return first.report;
}

/** A column as a list, with "not measured" as null. */
export function column({ series }: Stream, name: keyof Stream['series']): (number | null)[] | undefined {
  const values = series[name];
  return values && [...values].map((value) => (Number.isNaN(value) ? null : Number(value.toFixed(6))));
}
