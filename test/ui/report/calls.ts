/** Reports for the page's tests, read by the real provider code. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Finding } from '../../../src/core/finding';
import type { CallReport, Session, Stream } from '../../../src/core/model';
import { diagnoseReport, seriesLimits, sideText, verdict } from '../../../src/diagnosis';
import type { LoadedReport } from '../../../src/panel/services';
import type { ShownDiagnosis } from '../../../src/protocol/messages';
import { readReport } from '../../../src/providers/realtimekit/report/read';
import { startSampleService } from '../../../src/sample';
import { SAMPLE_CONNECTIONS } from '../../../src/sample/catalog';
import { FIXTURES } from '../../paths';

const CONTEXT = { who: 'RealtimeKit', participantId: 'p1', now: Date.now() };

/** The report that Cloudflare published. */
export async function publishedReport(): Promise<LoadedReport> {
  const raw = new Uint8Array(await readFile(join(FIXTURES, 'realtimekit', 'peer-report.json')));
  return {
    result: { report: readReport(raw, CONTEXT), raw },
    connectionLabel: 'Acme',
    providerName: 'RealtimeKit',
    appName: 'telehealth-prod',
  };
}

interface Row {
  id: string;
  display_name?: string;
}

/** The longest report of the sample call in the first session of the meeting whose title holds `title`. */
export async function sampleReport(title: string): Promise<LoadedReport> {
  const service = await startSampleService();
  try {
    const connection = SAMPLE_CONNECTIONS.find(({ provider }) => provider === 'realtimekit');
    if (!connection) throw new Error('There is no RealtimeKit sample connection.');
    const { settings, secrets } = service.valuesFor(connection.id);
    const base = `${settings.baseUrl}/accounts/${settings.accountId}/realtime/kit`;
    const get = async (path: string) => {
      const response = await fetch(`${base}${path}`, { headers: { authorization: `Bearer ${secrets.apiToken}` } });
      if (!response.ok) throw new Error(`${response.status} for ${path}`);
      return new Uint8Array(await response.arrayBuffer());
    };
    const json = async (path: string) => JSON.parse(new TextDecoder().decode(await get(path))) as { data: never };
    const apps: Row[] = (await json('/apps')).data;
    for (const app of apps) {
      const search = `search=${encodeURIComponent(title)}&status=ENDED&per_page=1`;
      const {
        sessions,
      }: { sessions: { id: string; meeting_display_name: string; started_at: string; ended_at: string }[] } = (
        await json(`/${app.id}/sessions?${search}`)
      ).data;
      const session = sessions[0];
      if (!session) continue;
      const { participants }: { participants: (Row & { duration: number })[] } = (
        await json(`/${app.id}/sessions/${session.id}/participants?per_page=50`)
      ).data;
      const longest = [...participants].sort((a, b) => b.duration - a.duration)[0];
      if (!longest) throw new Error(`Nobody was in ${title}.`);
      const raw = await get(`/${app.id}/sessions/peer-report/${longest.id}?include_peer_events=true`);
      const shown: Session = {
        id: session.id,
        roomName: session.meeting_display_name,
        status: 'ended',
        startedAt: Date.parse(session.started_at),
        endedAt: Date.parse(session.ended_at),
      };
      return {
        result: { report: readReport(raw, CONTEXT), raw },
        connectionLabel: connection.label,
        providerName: 'RealtimeKit',
        session: shown,
        participantNames: Object.fromEntries(participants.map(({ id, display_name }) => [id, display_name ?? id])),
      };
    }
    throw new Error(`No sample session is called ${title}.`);
  } finally {
    await service.stop();
  }
}

/** The report with what the rules say of it. */
export function judged(loaded: LoadedReport): LoadedReport {
  const { report } = loaded.result;
  const { findings, notEvaluated } = diagnoseReport(report, { session: loaded.session });
  const diagnosis = {
    verdict: shownVerdict(findings),
    findings,
    notEvaluated,
    thin: false,
    limits: seriesLimits(report),
  };
  return { ...loaded, diagnosis };
}

/** The verdict on findings as the pages get it. */
export function shownVerdict(findings: readonly Finding[]): ShownDiagnosis['verdict'] {
  const worst = verdict(findings);
  return worst && { ...worst, sideText: sideText(worst.side) };
}

const START = Date.UTC(2024, 4, 6, 10, 0, 0);

/** A made report of `streams` streams with a sample each `stepMs` over `minutes`, half of them sent. */
export function madeReport(streams: number, stepMs: number, minutes: number): LoadedReport {
  const length = Math.floor((minutes * 60_000) / stepMs);
  const end = START + minutes * 60_000;
  const report: CallReport = {
    provider: 'realtimekit',
    participant: { id: 'p1', name: 'Caller A', joinedAt: START, leftAt: end },
    startedAt: START,
    endedAt: end,
    streams: Array.from({ length: streams }, (_, index) => madeStream(index, index * 2 < streams, length, stepMs)),
    transports: [],
    connectivity: [],
    deviceChanges: [],
    events: [],
    aggregates: [],
    assumptions: [],
    issues: [],
  };
  return { result: { report, raw: new TextEncoder().encode('{}') }, connectionLabel: 'Acme' };
}

function madeStream(index: number, sent: boolean, length: number, stepMs: number): Stream {
  const column = (low: number, high: number) =>
    Float64Array.from({ length }, (_, at) => low + (high - low) * (0.5 + 0.5 * Math.sin(at * 0.7 + index)));
  return {
    id: `stream ${index}`,
    direction: sent ? 'send' : 'receive',
    kind: 'video',
    source: 'camera-mic',
    ...(!sent && { remoteParticipantId: `peer-${index}` }),
    // Streams start at different moments, as they do in calls.
    times: Float64Array.from({ length }, (_, at) => START + at * stepMs + index * 137),
    series: {
      packetLoss: column(0, 4),
      rtt: column(20, 90),
      jitter: column(1, 30),
      jitterBufferDelay: column(20, 120),
      bitrate: column(4e5, 2e6),
      fps: column(12, 30),
      frameHeight: column(180, 720),
      mos: column(2, 4.4),
    },
  };
}
