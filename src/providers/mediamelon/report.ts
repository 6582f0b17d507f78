import * as l10n from '@vscode/l10n';
import { CallError } from '../../core/errors';
import type { CallReport } from '../../core/model';
import { readAnswer } from './answer';
import { numberOf, type Row, textOf } from './cells';
import { figuresOf, isLive, mapViewer } from './map';
import { readTrend, type TrendJob } from './trend';

/** More issues than this tell nobody more. */
const MAX_ISSUES = 500;

/** What is known beside the body. */
export interface PlaybackContext {
  /** Who answered, for sentences. */
  who: string;
  /** Whose row is meant; the first row without it, for an answer that was saved to a file. */
  participantId?: string;
  /** The `metrics` that were asked for. */
  metrics: readonly string[];
  trend?: TrendJob;
  /** What the connection's settings make of the figures, in sentences. */
  notes?: readonly string[];
}

/**
 * Reads the row of one playback session as a report. Throws only `CallError`: `NotFound` when the answer has no such
 * row, `BadResponse` when it is no answer at all.
 */
export function readPlayback(body: Uint8Array, context: PlaybackContext): CallReport {
  const { who, participantId, metrics, trend } = context;
  const answer = readAnswer(body, { who, what: l10n.t('this session'), metrics });
  const row =
    participantId === undefined
      ? answer.rows[0]
      : answer.rows.find((candidate) => textOf(candidate, 'sessionid') === participantId);
  if (!row)
    throw new CallError('NotFound', l10n.t('{0} has no playback session with this id in the period asked for.', who));
  const id = textOf(row, 'sessionid') ?? participantId ?? row.path;
  const viewer = mapViewer(row, id, true);
  const { stream, assumptions, issues } = trend
    ? readTrend(trend, who)
    : { stream: undefined, assumptions: [], issues: [] };
  // Of all rows that came, only what was wrong with this one matters.
  const own = answer.issues.filter(({ path }) => path === row.path || path.startsWith(`${row.path}.`));
  const platform = textOf(row, 'platform');
  return {
    provider: 'mediamelon',
    media: 'playback',
    participant: viewer,
    startedAt: viewer.joinedAt,
    endedAt: viewer.leftAt,
    streams: stream ? [stream] : [],
    transports: [],
    connectivity: [],
    ...(platform !== undefined && { device: { os: platform } }),
    ...network(row),
    deviceChanges: [],
    events: [],
    aggregates: [],
    figures: figuresOf(row),
    assumptions: [...readings(row), ...(context.notes ?? []), ...assumptions],
    issues: [...own, ...issues].slice(0, MAX_ISSUES),
  };
}

function network(row: Row): Pick<CallReport, 'network'> {
  const [ip, country, organization] = ['ipaddress', 'country', 'isp'].map((name) => textOf(row, name));
  if (ip === undefined && country === undefined && organization === undefined) return {};
  return {
    network: {
      ...(ip !== undefined && { ip }),
      ...(country !== undefined && { country }),
      ...(organization !== undefined && { organization }),
    },
  };
}

/** What was taken for granted to read the row. */
function readings(row: Row): string[] {
  const read: string[] = [];
  if (['cirrbufferingratio', 'bufferingratio'].some((name) => row.cells.has(name))) {
    read.push(
      l10n.t(
        'Shares such as rebuffering are read as percent from 0 to 100: MediaMelon writes "%" behind them, and no example of one is published.',
      ),
    );
  }
  if (row.cells.has('watchtime') && row.cells.has('playdur')) {
    read.push(l10n.t('The watch time is in seconds and the play time in minutes, as MediaMelon’s documentation says.'));
  }
  if (!row.cells.has('viewstatus') && isLive(row, true)) {
    read.push(l10n.t('The row has no view status and no end, so that the playback is taken to be going on.'));
  }
  if (isLive(row, true) && numberOf(row, 'endtime') !== undefined) {
    read.push(
      l10n.t('The playback goes on: the end that came is taken as the time when the player was last heard of.'),
    );
  }
  return read;
}
