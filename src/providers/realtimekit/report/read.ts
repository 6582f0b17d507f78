import * as l10n from '@vscode/l10n';
import { CallError } from '../../../core/errors';
import type { CallReport, ItemIssue } from '../../../core/model';
import { parseJson } from '../../http/body';
import { member, readRecord } from '../../records';
import { missingReport } from '../availability';
import { readData } from '../envelope';
import { mapParticipant } from '../map-participant';
import { participantSchema } from '../schema';
import { type Cumulative, mapAggregates, readCumulatives } from './aggregates';
import { readCounters } from './counters';
import { bufferDelay, type Reading, toStream } from './derive';
import type { RawStream } from './fields';
import { readSteps } from './intervals';
import { layerNames } from './layers';
import { readLimitations } from './limitations';
import { readLossUnit } from './loss-unit';
import { METADATA_PATH, mapClient, mapConnectivity } from './metadata';
import { metadataSchema } from './metadata-schema';
import { collectStreams } from './streams';
import { mapDeviceChanges, mapEvents } from './timeline';
import { mapTransports } from './transports';
import { averagesOf, gauge, readUnit } from './units';

/** More issues than this tell nobody more. */
const MAX_ISSUES = 500;

/** What is known beside the body. */
export interface ReportContext {
  /** Who answered, for sentences. */
  who: string;
  /** Whose report was asked for; stands in when the answer does not say. */
  participantId: string;
  /** Epoch ms, to tell a report that may still come from one that has expired. */
  now: number;
}

/**
 * Reads the body of a peer report. Throws only `CallError`: `BadResponse` when it is no report at all, `NotYetAvailable`
 * when RealtimeKit knows the participant and has no statistics. Everything else that is wrong is an issue of the report.
 */
export function readReport(body: Uint8Array, { who, participantId, now }: ReportContext): CallReport {
  const what = l10n.t('the report of this participant');
  const data = readData(parseJson(body, who), who, what);
  const raw = member(data, 'participant');
  const issues: ItemIssue[] = [];
  const path = 'data.participant';
  const owner = typeof raw === 'object' && raw !== null ? raw : undefined;
  if (!owner || Array.isArray(owner)) {
    throw new CallError(
      'BadResponse',
      l10n.t('{0} answered the request for {1} without a participant. Try again later.', who, what),
    );
  }
  const named = typeof member(owner, 'id') === 'string' ? owner : { ...owner, id: participantId };
  const record = readRecord(participantSchema, named, path, issues);
  if (!record) throw new CallError('BadResponse', l10n.t('{0} sent a report whose participant cannot be read.', who));

  const report = member(owner, 'peer_report');
  const metadata = member(report, 'metadata');
  const quality = member(report, 'quality');
  if (isEmpty(metadata) && isEmpty(quality)) throw missingReport(record, now);

  const participant = mapParticipant(record, path, issues);
  const facts = readRecord(metadataSchema, metadata ?? {}, METADATA_PATH, issues) ?? {};
  const transports = mapTransports(facts.candidate_pairs, issues);
  const raws = collectStreams(quality, issues);
  const cumulatives = readCumulatives(quality, issues);
  const { streams, aggregates, assumptions } = readQuality(raws, cumulatives, transports);
  const events = [...mapEvents(facts.events, issues), ...(participant.events ?? [])].sort((a, b) => a.at - b.at);
  return {
    provider: 'realtimekit',
    participant,
    startedAt: participant.joinedAt,
    endedAt: participant.leftAt,
    streams,
    transports,
    connectivity: mapConnectivity(facts.pc_metadata, issues),
    ...mapClient(facts),
    deviceChanges: mapDeviceChanges(facts, issues),
    events,
    aggregates,
    assumptions,
    issues: capped(issues),
  };
}

function readQuality(
  raws: readonly RawStream[],
  cumulatives: readonly Cumulative[],
  transports: CallReport['transports'],
): Pick<CallReport, 'streams' | 'aggregates' | 'assumptions'> {
  const counters = readCounters(raws, transports);
  const steps = raws.map((raw) => readSteps(raw, counters.running));
  const rtt = readUnit(
    'rtt',
    l10n.t('The round-trip time of the samples'),
    gauge(raws, 'rtt'),
    averagesOf(cumulatives, 'rtt'),
  );
  const jitter = readUnit('jitter', l10n.t('The jitter of the samples'), gauge(raws, 'jitter'), new Map());
  const delays = raws.flatMap((raw, index) => {
    const step = steps[index];
    const values = step && bufferDelay(raw, step, counters.running);
    return values ? [{ array: raw.array, values }] : [];
  });
  const averages = averagesOf(cumulatives, 'jitter_buffer_delay');
  const buffer = readUnit('jitterBufferDelay', l10n.t('The jitter buffer delay, as sum over count,'), delays, averages);
  const limitations = readLimitations(raws, steps);
  const reading: Reading = {
    running: counters.running,
    rtt: rtt.factor,
    jitter: jitter.factor,
    jitterBufferDelay: buffer.factor,
    limitations,
  };
  const layers = layerNames(raws);
  const streams = raws.flatMap((raw, index) => {
    const step = steps[index];
    return step ? [toStream(raw, step, reading, layers[index])] : [];
  });
  const loss = readLossUnit(cumulatives, streams);
  const units = [rtt.assumption, jitter.assumption, buffer.assumption].filter((one) => one !== undefined);
  const assumptions = [...units, ...counters.assumptions, ...limitations.assumptions, ...loss.assumptions];
  if (streams.length === 0)
    assumptions.push(l10n.t('The report holds no quality samples, so that there are no charts.'));
  return { streams, aggregates: cumulatives.flatMap((one) => mapAggregates(one, loss.factor)), assumptions };
}

/** Whether there is nothing in it: no value but null, empty text, and lists and objects of such. */
function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null || value === '') return true;
  if (typeof value !== 'object') return false;
  return Array.isArray(value) ? value.length === 0 : Object.values(value).every(isEmpty);
}

function capped(issues: ItemIssue[]): ItemIssue[] {
  if (issues.length <= MAX_ISSUES) return issues;
  const rest = issues.length - MAX_ISSUES;
  return [
    ...issues.slice(0, MAX_ISSUES),
    { path: 'data', message: l10n.t('{0} more of this report could not be read.', rest) },
  ];
}
