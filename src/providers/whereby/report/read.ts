import * as l10n from '@vscode/l10n';
import { CallError } from '../../../core/errors';
import type { CallEvent, CallReport, ItemIssue, Participant } from '../../../core/model';
import { parseJson } from '../../http/body';
import { readRecord } from '../../records';
import type { LossUnitSetting } from '../descriptor';
import { noSamples } from '../find-session';
import { shownName } from '../map-participant';
import { segmentSchema } from '../schema';
import { readClient } from './client';
import { readEvents } from './events';
import { readLossUnit } from './loss-unit';
import { elementsOf, isElement } from './recognize';
import { readSegment, type Segment } from './segments';
import { joinSegments } from './streams';

/** More issues than this tell nobody more. */
const MAX_ISSUES = 500;

/** What is known beside the body. */
export interface ReportContext {
  /** Who answered, for sentences. */
  who: string;
  participantId: string;
  /** Epoch ms. */
  now: number;
  /** How packet loss is to be read; missing: decided by the figures. */
  lossUnit?: LossUnitSetting;
  /** What a list told of the participant: the answer itself says neither when they left nor who they are. */
  participant?: Participant;
}

/**
 * Reads the body of a participant's samples: a list with one element for each connection, or one such element. Throws only
 * `CallError`: `NotYetAvailable` when the list is empty, `BadResponse` when it is no such answer. Everything else that is
 * wrong is an issue of the report.
 */
export function readReport(body: Uint8Array, context: ReportContext): CallReport {
  const { who, now, participant: known } = context;
  const value = parseJson(body, who);
  const { elements, path } = elementsOf(value);
  if (elements?.length === 0) throw noSamples(known?.leftAt, now);
  if (!elements?.some(isElement)) {
    throw new CallError('BadResponse', l10n.t('{0} answered without samples of a participant. Try again later.', who));
  }
  const issues: ItemIssue[] = [];
  const segments: Segment[] = [];
  const events: CallEvent[] = [];
  const assumptions: string[] = [];
  elements.forEach((element, index) => {
    const place = `${path}[${index}]`;
    const record = readRecord(segmentSchema, element, place, issues);
    if (!record) return;
    segments.push(readSegment(record, place, elements.length === 1 ? known?.joinedAt : undefined, issues));
    events.push(...readEvents(record.events, `${place}.events`, assumptions));
  });
  // Those whose start is not known come last; of two with one start the longer one holds.
  const order = (segment: Segment) => (Number.isNaN(segment.start) ? Number.MAX_VALUE : segment.start);
  const ordered = segments.toSorted((a, b) => order(a) - order(b) || a.length - b.length);
  const unit = readLossUnit(
    ordered.flatMap(({ columns }) => [columns.packetLossSend, columns.packetLossRecv]),
    context.lossUnit ?? 'auto',
  );
  const { streams, connections } = joinSegments(ordered, unit, issues);
  const client = readClient(ordered.map(({ record }) => record.userAgent));
  const participant = participantOf(context, ordered, connections[0]?.start);
  const end = endOf(participant, connections.at(-1)?.end, now);
  return {
    provider: 'whereby',
    participant,
    startedAt: participant.joinedAt,
    endedAt: end.at,
    streams,
    transports: [],
    connectivity: [],
    ...client.info,
    deviceChanges: [],
    events: [...events, ...(participant.events ?? []), ...connectionEvents(connections, participant)].sort(
      (a, b) => a.at - b.at,
    ),
    aggregates: [],
    assumptions: [
      ...(streams.length === 0
        ? [
            l10n.t(
              'The answer holds no samples, so that there are no charts. Whereby’s insights come 10 to 15 minutes late.',
            ),
          ]
        : [unit.assumption, ...summing(connections.length)]),
      ...ordered.flatMap(({ assumptions: own }) => own),
      ...assumptions,
      ...client.assumptions,
      ...end.assumptions,
    ].filter((text, index, all) => all.indexOf(text) === index),
    issues: capped(issues),
  };
}

function participantOf(
  { participantId, participant: known }: ReportContext,
  segments: readonly Segment[],
  start?: number,
): Participant {
  const last = <K extends 'displayName' | 'userRole'>(field: K) =>
    segments.findLast(({ record }) => record[field])?.record[field] ?? undefined;
  return {
    ...known,
    id: participantId,
    name: shownName(last('displayName')) ?? known?.name,
    role: last('userRole') ?? known?.role,
    joinedAt: known?.joinedAt ?? start,
  };
}

/** The answer does not say when the participant left: what an hour after its last sample has no more is over. */
function endOf(
  { leftAt }: Participant,
  lastSample: number | undefined,
  now: number,
): { at?: number; assumptions: string[] } {
  if (leftAt !== undefined) return { at: leftAt, assumptions: [] };
  if (lastSample === undefined || now - lastSample < 3_600_000) return { assumptions: [] };
  return {
    at: lastSample,
    assumptions: [l10n.t('When the participant left is not told; the last sample is taken for the end.')],
  };
}

/** Connections beside the first, which begins with joining; those that the list of participants told of are there already. */
function connectionEvents(
  connections: readonly { start: number; samples: number }[],
  { events = [] }: Participant,
): CallEvent[] {
  return connections
    .filter(({ start }, index) => index > 0 && !events.some(({ at }) => Math.abs(at - start) < 5000))
    .map(({ start, samples }) => ({ at: start, name: 'reconnected', lane: 'presence', details: { samples } }));
}

function summing(connections: number): string[] {
  const joined = l10n.t('The samples of {0} connections are joined; nothing was measured between them.', connections);
  return [
    l10n.t(
      'Bitrates are sums over all streams of the participant, and the loss is that of the worst stream at each moment, as Whereby’s documentation and its open-source client say.',
    ),
    l10n.t('The first sample of a connection is often zero throughout: Whereby’s client sends it before it measures.'),
    ...(connections > 1 ? [joined] : []),
  ];
}

function capped(issues: ItemIssue[]): ItemIssue[] {
  if (issues.length <= MAX_ISSUES) return issues;
  const rest = issues.length - MAX_ISSUES;
  return [
    ...issues.slice(0, MAX_ISSUES),
    { path: '', message: l10n.t('{0} more of this answer could not be read.', rest) },
  ];
}
