import * as l10n from '@vscode/l10n';
import { CallError } from '../../../core/errors';
import type { CallReport, ItemIssue, Stream } from '../../../core/model';
import { largest, smallest } from '../../../core/order';
import { streamLabel } from '../../../core/stream-label';
import { parseJson } from '../../http/body';
import { found, member } from '../../records';
import { facts } from '../facts';
import { type Columns, readColumns, type TrackGroup } from './columns';
import { settleCounters } from './counters';

/** More issues than this tell nobody more. */
const MAX_ISSUES = 500;

const GROUPS: readonly TrackGroup[] = [
  { direction: 'send', kind: 'video', path: 'publisher.video' },
  { direction: 'send', kind: 'audio', path: 'publisher.audio' },
  { direction: 'receive', kind: 'video', path: 'subscriber.video' },
  { direction: 'receive', kind: 'audio', path: 'subscriber.audio' },
];

/** What is known beside the body. */
export interface ReportContext {
  /** Who answered, for sentences. */
  who: string;
  /** Whose report was asked for; empty for a file, which says it itself. */
  participantId: string;
}

/**
 * Reads the body of `GET /analytics/peer-stats`: one stream for each track and simulcast layer, in the units that 100ms
 * states. Statistics without a single sample give a report without streams. Throws `BadResponse` when it is none at all.
 */
export function readReport(body: Uint8Array, { who, participantId }: ReportContext): CallReport {
  const stats = parseJson(body, who);
  const known = ['publisher', 'subscriber', 'peer_id'].some((name) => member(stats, name) !== undefined);
  if (!known) {
    throw new CallError(
      'BadResponse',
      l10n.t('{0} answered without call statistics ({1} came). Try again later.', who, found(stats)),
    );
  }
  const issues: ItemIssue[] = [];
  const own = text(member(stats, 'peer_id'));
  if (own !== undefined && participantId !== '' && own !== participantId) {
    issues.push({ path: 'peer_id', message: l10n.t('The answer names another participant, {0}.', own) });
  }
  const tracks = GROUPS.flatMap((group) => readGroup(stats, group, issues));
  const assumptions = settleCounters(tracks.map(({ columns }) => columns));
  if (tracks.some(({ columns }) => columns.seconds)) {
    assumptions.push(
      l10n.t('Times are read as seconds where they are too small for the milliseconds that 100ms documents.'),
    );
  }
  const times = tracks.map(({ columns }) => columns.times);
  return {
    provider: '100ms',
    participant: {
      id: participantId || own || '',
      facts: facts([
        [l10n.t('Session ID'), text(member(stats, 'session_id'))],
        [l10n.t('Room ID'), text(member(stats, 'room_id'))],
      ]),
    },
    startedAt: smallest(times.map((column) => column[0])),
    endedAt: largest(times.map((column) => column.at(-1))),
    streams: toStreams(tracks),
    transports: [],
    connectivity: [],
    deviceChanges: [],
    events: [],
    aggregates: [],
    assumptions,
    issues: capped(issues),
  };
}

/** One entry of the answer: a track, or one layer of it. */
interface Track {
  group: TrackGroup;
  id: string;
  source: Stream['source'];
  /** Simulcast layer: `h`, `m` or `l`. */
  rid: string | undefined;
  columns: Columns;
}

function readGroup(stats: unknown, group: TrackGroup, issues: ItemIssue[]): Track[] {
  const [side, kind] = group.path.split('.') as [string, string];
  const list = member(member(stats, side), kind);
  if (list === undefined || list === null) return [];
  if (!Array.isArray(list)) {
    issues.push({ path: group.path, message: l10n.t('Expected a list, found {0}; left out.', found(list)) });
    return [];
  }
  return list.flatMap((entry: unknown, index): Track[] => {
    const path = `${group.path}[${index}]`;
    if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) {
      issues.push({ path, message: l10n.t('Expected an object, found {0}; left out.', found(entry)) });
      return [];
    }
    const id = text(member(entry, 'track_id'));
    if (id === undefined)
      issues.push({ path: `${path}.track_id`, message: l10n.t('The track has no id; it goes by its place.') });
    const columns = readColumns(member(entry, 'time_series'), `${path}.time_series`, issues);
    const source = member(entry, 'type') === 'screen' ? ('screen' as const) : ('camera-mic' as const);
    return columns ? [{ group, id: id ?? String(index), source, rid: text(member(entry, 'rid')), columns }] : [];
  });
}

function toStreams(tracks: readonly Track[]): Stream[] {
  const taken = new Map<string, number>();
  return tracks.map(({ group, id, source, rid, columns }) => {
    const { direction, kind } = group;
    const name = [direction, kind, id, rid].filter(Boolean).join('/');
    const times = (taken.get(name) ?? 0) + 1;
    taken.set(name, times);
    return {
      id: times > 1 ? `${name}/${times}` : name,
      direction,
      kind,
      source,
      label: streamLabel({ direction, kind, source }),
      ...(rid !== undefined && { layer: rid }),
      identifiers: { trackId: id, ...(rid !== undefined && { rid }) },
      times: columns.times,
      series: columns.series,
    };
  });
}

function capped(issues: ItemIssue[]): ItemIssue[] {
  if (issues.length <= MAX_ISSUES) return issues;
  const rest = issues.length - MAX_ISSUES;
  return [
    ...issues.slice(0, MAX_ISSUES),
    { path: 'stats', message: l10n.t('{0} more of this report could not be read.', rest) },
  ];
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
