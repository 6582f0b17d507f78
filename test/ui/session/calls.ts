/** Sessions for the page's tests: the sample service's, asked by the real provider code, and made ones. */
import { join } from 'node:path';
import { CallError } from '../../../src/core/errors';
import type { ProviderId, SessionRef } from '../../../src/core/ids';
import type { CallReport, Participant, Session } from '../../../src/core/model';
import { Redactor } from '../../../src/core/redact';
import type { SessionProvider } from '../../../src/panel/session-services';
import type { CallProvider } from '../../../src/providers/contract';
import { createProvider, disposeReportReader } from '../../../src/providers/index';
import { startSampleService } from '../../../src/sample';
import { SAMPLE_CONNECTIONS } from '../../../src/sample/catalog';
import { DIST } from '../../paths';

/** The sample service with one connection's provider. */
export interface SampleCalls {
  provider: CallProvider;
  /** Paths of the requests so far. */
  requests: string[];
  /** The latest session of the meeting whose title holds `title`; RealtimeKit only. */
  find(title: string, live?: boolean): Promise<SessionRef>;
  /** The latest ended sessions of any other provider. */
  latest(count: number): Promise<SessionRef[]>;
  stop(): Promise<void>;
}

export async function startSampleCalls(providerId: ProviderId = 'realtimekit'): Promise<SampleCalls> {
  const requests: string[] = [];
  const service = await startSampleService({ onRequest: ({ path }) => requests.push(path) });
  const connection = SAMPLE_CONNECTIONS.find(({ provider }) => provider === providerId);
  if (!connection) throw new Error(`There is no sample connection of ${providerId}.`);
  const provider = createProvider(providerId, service.valuesFor(connection.id), {
    connectionId: connection.id,
    log: () => undefined,
    redactor: new Redactor(),
    timeoutMs: () => 10_000,
    reportWorkerPath: join(DIST, 'report-worker.js'),
  });
  const signal = new AbortController().signal;
  return {
    provider,
    requests,
    async find(title, live = false) {
      const apps = await provider.listApps?.({}, signal);
      for (const { id: appId } of apps?.items ?? []) {
        const page = await provider.listSessions({ appId, search: title, live, pageSize: 1 }, signal);
        const session = page.items[0];
        if (session) return { connectionId: connection.id, appId, roomId: session.roomId, sessionId: session.id };
      }
      throw new Error(`No sample session is called ${title}.`);
    },
    async latest(count) {
      const page = await provider.listSessions({ live: false, pageSize: count }, signal);
      return page.items
        .slice(0, count)
        .map(({ id, roomId }) => ({ connectionId: connection.id, roomId, sessionId: id }));
    },
    async stop() {
      await service.stop();
      await disposeReportReader();
    },
  };
}

export const REF: SessionRef = { connectionId: 'c1', appId: 'app', sessionId: 's1' };
/** 6 May 2024, 10:00 UTC: 12:00 in Berlin. */
export const START = Date.UTC(2024, 4, 6, 10, 0, 0);
const MINUTE = 60_000;

/** A stay from a minute of the call to another; without an end it goes on. */
export function stay(
  id: string,
  name: string,
  from: number,
  to?: number,
  more: Partial<Participant> = {},
): Participant {
  const leftAt = to === undefined ? undefined : START + to * MINUTE;
  return { id, name, userId: `user of ${name}`, joinedAt: START + from * MINUTE, leftAt, ...more };
}

/** A provider that answers from memory. Members may be replaced while it is in use. */
export class MadeProvider implements SessionProvider {
  /** What was asked, in order. */
  readonly asked: string[] = [];
  session: Session = {
    id: 's1',
    roomName: 'Patient call 4411',
    status: 'ended',
    startedAt: START,
    endedAt: START + 30 * MINUTE,
  };
  people: Participant[] = [];
  /** Errors by what is asked: `session`, `participants`, or a participant's id. */
  readonly errors = new Map<string, CallError>();
  /** Reports in flight now, and at most so far. */
  inFlight = 0;
  mostInFlight = 0;
  pageLimit = 100;

  async getSession(): Promise<Session> {
    this.asked.push('session');
    this.#fail('session');
    return this.session;
  }

  async listParticipants({ cursor = '0', pageSize = 25 }: { cursor?: string; pageSize?: number }) {
    this.asked.push(`participants ${cursor}`);
    this.#fail('participants');
    const from = Number(cursor);
    const to = from + Math.min(pageSize, this.pageLimit);
    return {
      items: this.people.slice(from, to),
      total: this.people.length,
      issues: [],
      ...(to < this.people.length && { next: String(to) }),
    };
  }

  async getReport({ participantId }: { participantId: string }, signal: AbortSignal) {
    this.asked.push(`report ${participantId}`);
    this.inFlight++;
    this.mostInFlight = Math.max(this.mostInFlight, this.inFlight);
    await new Promise((resolve) => setTimeout(resolve, 5));
    this.inFlight--;
    if (signal.aborted) throw new CallError('Cancelled', 'Cancelled.');
    this.#fail(participantId);
    return { report: madeReport(participantId), raw: new Uint8Array() };
  }

  #fail(what: string): void {
    const error = this.errors.get(what);
    if (error) throw error;
  }
}

/** A report with three samples: loss 0, 1 and 20 %, RTT 40, 50 and 60 ms. */
function madeReport(participantId: string): CallReport {
  return {
    provider: 'realtimekit',
    participant: { id: participantId },
    browser: { name: 'Chrome', version: '153.0.1' },
    device: { os: 'Windows', osVersion: '11' },
    streams: [
      {
        id: 'mic',
        direction: 'send',
        kind: 'audio',
        source: 'camera-mic',
        times: Float64Array.of(START, START + 1000, START + 2000),
        series: { packetLoss: Float64Array.of(0, 20, 1), rtt: Float64Array.of(40, 50, 60) },
      },
    ],
    transports: [],
    connectivity: [],
    deviceChanges: [],
    events: [],
    aggregates: [],
    assumptions: [],
    issues: [],
  };
}
