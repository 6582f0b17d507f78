import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CallReport, Stream } from '../../../src/core/model';
import { readReport } from '../../../src/providers/realtimekit/report/read';
import { FIXTURES } from '../../paths';

/** 2024-05-06T10:00:00Z */
export const START = Date.UTC(2024, 4, 6, 10, 0, 0);

export function publishedReport(name = 'peer-report.json'): Record<string, unknown> {
  return JSON.parse(readFileSync(join(FIXTURES, 'realtimekit', name), 'utf8')) as Record<string, unknown>;
}

/** Reads any value as if it had come as a body; an hour after {@link START} unless said otherwise. */
export function read(body: unknown, now = START + 3_600_000): CallReport {
  const bytes = new TextEncoder().encode(typeof body === 'string' ? body : JSON.stringify(body));
  return readReport(bytes, { who: 'RealtimeKit at api.example.com', participantId: 'p1', now });
}

/** A report with these parts. */
export function report(
  quality: unknown,
  metadata: unknown = { sdk_name: 'web-core' },
  participant: object = {},
): unknown {
  return { success: true, data: { participant: { id: 'p1', ...participant, peer_report: { metadata, quality } } } };
}

/** Samples of one stream, `seconds` apart; each row gets the members of the columns at its place. */
export function samples(columns: Record<string, readonly unknown[]>, seconds = 5, ids: object = {}): object[] {
  const length = Math.max(...Object.values(columns).map((column) => column.length));
  return Array.from({ length }, (_, i) => ({
    timestamp: new Date(START + i * seconds * 1000).toISOString(),
    producer_id: 'producer',
    ssrc: 1,
    mid: '0',
    ...ids,
    ...Object.fromEntries(
      Object.entries(columns).flatMap(([name, column]) => (column[i] === undefined ? [] : [[name, column[i]]])),
    ),
  }));
}

/** The only stream of a report. */
export function only(found: CallReport): Stream {
  if (found.streams.length !== 1) throw new Error(`${found.streams.length} streams`);
  return found.streams[0] as Stream;
}

/** A column as a list, with "not measured" as null. */
export function column(stream: Stream, name: keyof Stream['series']): (number | null)[] | undefined {
  const values = stream.series[name];
  return values && [...values].map((value) => (Number.isNaN(value) ? null : Number(value.toFixed(6))));
}

/** The assumptions as one text. */
export function assumed(found: CallReport): string {
  return found.assumptions.join('\n');
}
