import * as l10n from '@vscode/l10n';
import { CallError } from '../../core/errors';
import type { CallReport, ItemIssue } from '../../core/model';
import { displayText } from '../../core/text';
import { formatDuration } from '../../core/time';
import type { Capture, CaptureConnection, MediaRequest } from '../capture';
import { lastText, ofType, type StatObjects } from '../objects';
import type { RawCapture, RawConnectionWithStats } from '../raw-capture';
import { mapConnectivity } from './connectivity';
import { streamContext } from './context';
import { mapEvents, requestEvents } from './events';
import { mapClient, mapDevices, mapFacts } from './facts';
import { descriptionsOf, withoutSecrets } from './log-values';
import { mapPairs, pairEvents } from './pairs';
import { mapStreams } from './streams';

/** More issues than this tell nobody more. */
const MAX_ISSUES = 500;
/** Said of statistics that no chart can be drawn from. */
const LEGACY = l10n.t(
  'The file holds statistics of Chrome’s legacy callback API (goog…), which Chrome gave up in version 117. Only the log of calls and events is shown. A newer Chrome records standard ones.',
);
/** So many readings of each member Chrome keeps in a dump. */
const CHROME_KEEPS = 1000;

/** Makes reports of what was read. `BadInput` when nothing in the file belongs to its format. */
export function toCapture(raw: RawCapture, name: string, bytes: number): Capture {
  if (raw.foreign) {
    const why = raw.issues[0]?.message ?? l10n.t('Nothing in it belongs to one.');
    const text =
      raw.format === 'rtcstats'
        ? l10n.t('{name} begins like an rtcstats file, but cannot be read as one. {why}', { name, why })
        : l10n.t('{name} begins like a webrtc-internals dump, but cannot be read as one. {why}', { name, why });
    throw new CallError('BadInput', text, { field: 'file' });
  }
  const { format, createdAt, userAgent, mediaRequests, issues } = raw;
  const assumptions = raw.legacy ? [...raw.assumptions, LEGACY] : raw.assumptions;
  return {
    format,
    name,
    ...(createdAt !== undefined && { createdAt }),
    ...(userAgent !== undefined && { userAgent }),
    connections: raw.connections.map((connection) => toConnection(connection, { ...raw, assumptions })),
    mediaRequests,
    issues: capped(issues),
    assumptions,
    bytes,
  };
}

function toConnection(connection: RawConnectionWithStats, capture: RawCapture): CaptureConnection {
  const { id, stats, log, configuration, url } = connection;
  const issues: ItemIssue[] = [...connection.issues];
  const requests = ownRequests(stats, capture.mediaRequests);
  const descriptions = descriptionsOf(log);
  const { streams, leftOut } = mapStreams(streamContext(stats, log, descriptions, capture.mediaRequests));
  const events = [...mapEvents(log, issues), ...pairEvents(stats), ...requestEvents(requests)].sort(
    (a, b) => a.at - b.at,
  );
  const { start, end } = spanOf(stats, events);
  const host = hostOf(url);
  const report: CallReport = {
    provider: capture.format,
    participant: {
      id,
      name: [host, id].filter(Boolean).join(' · '),
      ...(start !== undefined && { joinedAt: start }),
      ...(end !== undefined && { leftAt: end }),
      facts: mapFacts(stats, configuration, url),
    },
    ...(start !== undefined && { startedAt: start }),
    ...(end !== undefined && { endedAt: end }),
    streams,
    transports: mapPairs(stats),
    connectivity: mapConnectivity(stats, log, configuration, descriptions),
    ...mapClient(capture.userAgent, capture.client.cpus),
    deviceChanges: mapDevices(requests),
    events,
    aggregates: [],
    assumptions: [...assumptionsOf(stats, capture, streams.length, leftOut), ...capture.assumptions],
    issues: capped([...capture.issues, ...issues]),
  };
  const length = start !== undefined && end !== undefined ? formatDuration(end - start) : undefined;
  const label = [id, host, length, stateOf(log)].filter(Boolean).join(' · ');
  return {
    id,
    label,
    ...(url !== undefined && { url }),
    report,
    descriptions,
    events,
    raw: rawOf(connection, capture),
  };
}

function assumptionsOf(stats: StatObjects, { format }: RawCapture, streams: number, leftOut: number): string[] {
  const sentences: string[] = [];
  const full = [...stats.values()].some(({ times }) => times.length === CHROME_KEEPS);
  if (format === 'webrtc-internals' && full) {
    sentences.push(
      l10n.t('Chrome keeps the last {0} readings only: what came before them is not in the dump.', CHROME_KEEPS),
    );
  }
  if (leftOut > 0) {
    sentences.push(
      leftOut === 1
        ? l10n.t('1 received stream was left out: nothing ever came on them, as on those that a server keeps ready.')
        : l10n.t(
            '{0} received streams were left out: nothing ever came on them, as on those that a server keeps ready.',
            leftOut,
          ),
    );
  }
  if (streams === 0)
    sentences.push(l10n.t('No audio or video was recorded for this connection, so that there are no charts.'));
  return sentences;
}

/** Requests whose tracks the connection sent; all of them where that cannot be told. */
function ownRequests(stats: StatObjects, requests: readonly MediaRequest[]): MediaRequest[] {
  const sent = new Set(ofType(stats, 'media-source').flatMap((source) => lastText(source, 'trackIdentifier') ?? []));
  const known = requests.some(({ tracks }) => tracks?.some(({ id }) => sent.has(id)));
  return requests.filter(({ kind, tracks }) => kind !== 'success' || !known || tracks?.some(({ id }) => sent.has(id)));
}

function spanOf(stats: StatObjects, events: CallReport['events']): { start?: number; end?: number } {
  let start = Number.POSITIVE_INFINITY;
  let end = Number.NEGATIVE_INFINITY;
  const own = events.filter(({ name }) => !name.startsWith('get'));
  const moments = [own[0]?.at, own.at(-1)?.at];
  for (const { times } of stats.values()) moments.push(times[0], times[times.length - 1]);
  for (const moment of moments) {
    if (moment === undefined || !Number.isFinite(moment)) continue;
    start = Math.min(start, moment);
    end = Math.max(end, moment);
  }
  return Number.isFinite(start) ? { start, end } : {};
}

function hostOf(url: string | undefined): string | undefined {
  if (!url) return undefined;
  return displayText(URL.canParse(url) ? new URL(url).host || url : url, 80);
}

/** What the connection had come to at its end. */
function stateOf(log: RawConnectionWithStats['log']): string | undefined {
  const last = log.findLast(
    ({ method, value }) => /^(?:on)?connectionstatechange$/i.test(method) && typeof value === 'string',
  );
  if (log.at(-1)?.method === 'close') return 'closed';
  return last && displayText(String(last.value), 40);
}

function rawOf(
  { id, url, configuration, constraints, log, stats }: RawConnectionWithStats,
  capture: RawCapture,
): Uint8Array {
  const lastReadings = Object.fromEntries(
    [...stats].map(([key, { type, times, last }]) => [key, { ...last, type, readings: times.length }]),
  );
  const document = {
    format: capture.format,
    userAgent: capture.userAgent,
    client: capture.client,
    connection: { id, url, configuration, constraints },
    lastReadings,
    log,
  };
  return new TextEncoder().encode(JSON.stringify(withoutSecrets(document)));
}

function capped(issues: readonly ItemIssue[]): ItemIssue[] {
  if (issues.length <= MAX_ISSUES) return [...issues];
  const rest = issues.length - MAX_ISSUES;
  return [...issues.slice(0, MAX_ISSUES), { path: 'file', message: l10n.t('{0} more could not be read.', rest) }];
}
