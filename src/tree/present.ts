import type { ErrorKind, PlainError } from '../core/errors';
import type { Severity } from '../core/finding';
import type { Participant, Session } from '../core/model';
import type { KeptThing } from '../core/talk';
import { displayText, shortId } from '../core/text';
import { formatDuration } from '../core/time';
import { describeProvider } from '../providers/catalog';
import { describeFilter, type ListFilter, type LocalFilter } from './filters';
import type { CallNode, ErrorNode, GroupNode, LoadMoreNode, ParticipantNode, SessionNode } from './nodes';

/** What a row looks like, in plain data. Icons are codicon ids, colours theme colour ids. */
export interface RowLook {
  label: string;
  description?: string;
  icon?: string;
  color?: string;
  expandable: boolean;
  /** Facts for `when` clauses of menus: the kind, then `+flag`s. */
  contextValue: string;
  /** Run on click or Enter, with the row as argument. */
  command?: { id: string; title: string };
  /** What a screen reader says, where label and description are not enough. */
  spoken?: string;
  /** Whether there is more to say on hover. */
  hasTooltip: boolean;
  /** Open when it is first shown. */
  open?: boolean;
}

/** What a row's look depends on beside the row itself. */
export interface LookContext {
  now: number;
  sessionWindowDays: number;
  /** How far back lists reach, in words, where the connection has a period of its own: `24 hours`. */
  period?: string;
  /** The connection's sessions are playbacks by one viewer, not calls. */
  playback?: boolean;
  /** What the provider keeps of a session beside its figures. */
  keeps?: readonly KeptThing[];
  filter?: ListFilter;
  /** The part of the filter that only covers the rows that were loaded. */
  local?: LocalFilter;
  counts?: { loaded: number; total?: number };
  keyMissing?: boolean;
  /** What was found in the participant's report, when it was read. */
  mark?: ParticipantMark;
  loading?: boolean;
  /** The connection is the only one of its provider, so its row names both. */
  alone?: boolean;
  /** The session is among the favourites. */
  favorite?: boolean;
  /** Where a kept call is from: `RealtimeKit · Acme`. */
  where?: string;
}

/** Longer names are cut, so that the facts behind them stay in sight; the tooltip has them whole. */
const NAME_LENGTH = 60;

/** What was found in a participant's report. */
export interface ParticipantMark {
  severity: Severity;
  /** A few words. */
  text: string;
}

const MARK_COLORS: Partial<Record<Severity, string>> = {
  critical: 'list.errorForeground',
  high: 'list.errorForeground',
  medium: 'list.warningForeground',
};

const OPEN_CAPTURE = { id: 'peerscope.openCapture', title: 'Open Report' };

/** The look of a row. Pure; called for every row that VS Code draws, so it is cheap. */
export function lookOf(node: CallNode, context: LookContext): RowLook {
  switch (node.kind) {
    case 'section':
      return node.section === 'favorites'
        ? { label: 'Favorites', icon: 'star-full', open: true, ...branchRow('section') }
        : { label: 'Recently opened', icon: 'history', ...branchRow('section') };
    case 'keptCall': {
      const label = displayText(node.label, 120) || `Session ${node.ref.sessionId.slice(0, 8)}`;
      const { where = '' } = context;
      return {
        label,
        description: where,
        icon: node.favorite ? 'star-full' : 'circle-outline',
        expandable: false,
        contextValue: `keptCall${node.favorite ? '+favorite' : ''}${node.parent.section === 'favorites' ? '' : '+recent'}`,
        command: { id: 'peerscope.openSession', title: 'Open Session' },
        spoken: `${label}, ${node.favorite ? 'favorite ' : ''}call, ${where}`,
        hasTooltip: false,
      };
    }
    case 'provider':
      return { label: providerLabel(node.provider), icon: 'server-environment', ...branchRow('provider') };
    case 'connection': {
      const label = displayText(node.record.label);
      const provider = providerLabel(node.record.provider);
      const base = { label: context.alone && label !== provider ? `${provider} · ${label}` : label };
      const flags = node.record.sample ? 'connection+sample' : 'connection';
      if (context.keyMissing) {
        return {
          ...base,
          description: node.record.needsKey ? 'Key needed: click to enter it' : 'Key missing: enter it again',
          icon: 'key',
          color: 'list.errorForeground',
          expandable: false,
          contextValue: `${flags}+keyMissing`,
          command: { id: 'peerscope.editConnection', title: 'Edit Connection' },
          hasTooltip: true,
        };
      }
      return { ...base, icon: node.record.sample ? 'beaker' : 'plug', ...branchRow(flags), hasTooltip: true };
    }
    case 'app':
      return {
        label: displayText(node.app.name, NAME_LENGTH) || node.app.id,
        description: 'app',
        icon: 'package',
        ...branchRow('app'),
        hasTooltip: true,
      };
    case 'group':
      return lookOfGroup(node, context);
    case 'captures':
      return { label: 'Captures', icon: 'archive', ...branchRow('captures') };
    case 'capture':
      return {
        label: displayText(node.capture.name, NAME_LENGTH),
        description: node.capture.format,
        icon: 'file-code',
        ...branchRow('capture'),
        ...(node.capture.connections.length < 2 && { expandable: false, command: OPEN_CAPTURE }),
        hasTooltip: true,
      };
    case 'peerConnection':
      return {
        label: displayText(node.label, NAME_LENGTH) || node.id,
        icon: 'pulse',
        expandable: false,
        contextValue: 'peerConnection',
        command: OPEN_CAPTURE,
        hasTooltip: true,
      };
    case 'room':
      return {
        label: displayText(node.room.name, NAME_LENGTH) || node.room.id,
        description: join(
          node.room.createdAt && `created ${dateTime(node.room.createdAt, context.now)}`,
          describeFilter(context.filter, context.local),
        ),
        icon: context.playback ? 'play-circle' : 'device-camera-video',
        ...branchRow('room'),
        hasTooltip: true,
      };
    case 'session':
      return lookOfSession(node, context);
    case 'participant':
      return lookOfParticipant(node, context);
    case 'loadMore':
      return lookOfLoadMore(node, context);
    case 'error':
      return lookOfError(node);
    case 'empty':
      return {
        label: emptyText(node.parent, node.filtered, context),
        icon: 'info',
        expandable: false,
        contextValue: node.filtered ? 'empty+filtered' : 'empty',
        command: node.filtered ? { id: 'peerscope.filterSessions', title: 'Change Filter' } : undefined,
        hasTooltip: false,
      };
    case 'issues':
      return {
        label: node.issues.length === 1 ? '1 remark on this list' : `${node.issues.length} remarks on this list`,
        description: displayText(node.issues[0]?.message ?? '', 80),
        icon: 'warning',
        color: 'list.warningForeground',
        expandable: false,
        contextValue: 'issues',
        command: { id: 'peerscope.showLog', title: 'Show Log' },
        hasTooltip: true,
      };
  }
}

/** "10:42" for today, "20 Nov, 10:42" for other days; in the person's locale and time zone. */
export function dateTime(time: number, now: number): string {
  const sameDay = new Date(time).toDateString() === new Date(now).toDateString();
  const day = sameDay ? {} : ({ month: 'short', day: 'numeric' } as const);
  return new Date(time).toLocaleString(undefined, { ...day, hour: '2-digit', minute: '2-digit' });
}

/** How long a session has been going on, or went on, in ms. Undefined when it cannot be told. */
export function sessionDuration({ status, startedAt, endedAt }: Session, now: number): number | undefined {
  if (startedAt === undefined) return undefined;
  if (endedAt !== undefined) return Math.max(0, endedAt - startedAt);
  return status === 'live' ? Math.max(0, now - startedAt) : undefined;
}

/** How long a participant stayed, in ms: by their times, else as the provider states it. */
export function stayDuration(participant: Participant, live: boolean, now: number): number | undefined {
  const { joinedAt, leftAt, leftTimeUnknown, durationMs } = participant;
  if (joinedAt !== undefined && leftAt !== undefined) return Math.max(0, leftAt - joinedAt);
  if (joinedAt !== undefined && live && !leftTimeUnknown) return Math.max(0, now - joinedAt);
  return durationMs;
}

/** "3 people", "1 person". */
export function people(count: number): string {
  return count === 1 ? '1 person' : `${count} people`;
}

function lookOfGroup(node: GroupNode, context: LookContext): RowLook {
  const { counts, filter } = context;
  const total = counts?.total ?? counts?.loaded;
  const count = total === undefined ? undefined : String(total);
  const narrowed = describeFilter(filter, context.local);
  const flags = narrowed ? '+filtered' : '';
  if (node.group === 'live') {
    return {
      label: 'Live now',
      description: join(count, narrowed),
      icon: 'broadcast',
      ...branchRow(`group+live+sessions${flags}`),
    };
  }
  if (node.group === 'recent') {
    const days = context.period ?? (context.sessionWindowDays === 1 ? '1 day' : `${context.sessionWindowDays} days`);
    const window = count === undefined ? days : `${count} in ${days}`;
    return {
      label: 'Recent sessions',
      description: join(filter?.from === undefined ? window : count, narrowed),
      icon: 'history',
      ...branchRow(`group+recent+sessions${flags}`),
    };
  }
  const rooms = context.playback ? { label: 'Assets', icon: 'library' } : { label: 'Rooms', icon: 'home' };
  return { ...rooms, description: join(count, narrowed), ...branchRow(`group+rooms${flags}`) };
}

function lookOfSession(node: SessionNode, context: LookContext): RowLook {
  const { session } = node;
  const live = session.status === 'live';
  const inRoom = node.parent?.kind === 'room';
  const breakout = node.parent?.kind === 'session';
  const when = session.startedAt === undefined ? undefined : dateTime(session.startedAt, context.now);
  const name = displayText(session.roomName ?? '', NAME_LENGTH) || `Session ${shortId(session.id)}`;
  const count = live
    ? (session.liveParticipants ?? session.maxConcurrentParticipants)
    : (session.maxConcurrentParticipants ?? session.uniqueParticipants);
  const duration = sessionDuration(session, context.now);
  const label = inRoom && when ? when : name;
  const description = join(
    breakout && 'breakout room',
    live ? 'live' : inRoom ? undefined : when,
    duration === undefined ? undefined : formatDuration(duration),
    count === undefined ? undefined : people(count),
    describeFilter(context.filter, context.local),
  );
  return {
    label,
    description,
    icon: live ? 'circle-filled' : 'circle-outline',
    color: live ? 'charts.green' : undefined,
    ...branchRow(
      ['session', ...(live ? ['live'] : []), ...(context.favorite ? ['favorite'] : []), ...(context.keeps ?? [])].join(
        '+',
      ),
    ),
    spoken: `${label}, ${live ? 'live session' : 'session'}, ${description}`,
    hasTooltip: true,
  };
}

function lookOfParticipant(node: ParticipantNode, { now, playback, mark }: LookContext): RowLook {
  const { participant, stay } = node;
  const live = node.parent?.kind === 'session' && node.parent.session.status === 'live';
  const here = live && participant.leftAt === undefined && !participant.leftTimeUnknown;
  const name =
    displayText(participant.name ?? '', NAME_LENGTH) ||
    displayText(participant.customId ?? '', NAME_LENGTH) ||
    `Participant ${shortId(participant.id)}`;
  const duration = stayDuration(participant, live, now);
  const label = stay > 1 ? `${name} (${stay})` : name;
  const description = join(
    here && (playback ? 'watching now' : 'here now'),
    participant.leftTimeUnknown && 'left, time unknown',
    duration === undefined ? undefined : formatDuration(duration),
    stay > 1 && 'rejoined',
    mark && displayText(mark.text, 60),
    participant.role && displayText(participant.role, 40),
  );
  return {
    label,
    description,
    icon: mark ? 'warning' : 'person',
    color: mark ? MARK_COLORS[mark.severity] : here ? 'charts.green' : undefined,
    expandable: false,
    contextValue: 'participant',
    command: { id: 'peerscope.openParticipant', title: 'Open Participant Report' },
    spoken: `${label}, participant, ${mark ? `${mark.severity} finding, ` : ''}${description}`,
    hasTooltip: true,
  };
}

function lookOfLoadMore(node: LoadMoreNode, { loading }: LookContext): RowLook {
  const { shown, total, hidden = 0 } = node;
  const read = total === undefined ? `${shown} ${hidden > 0 ? 'read' : 'shown'}` : `${shown} of ${total}`;
  const counts = hidden > 0 ? `${read}, ${hidden} hidden by the filter` : read;
  return {
    label: loading ? 'Loading…' : 'Load more',
    description: counts,
    icon: loading ? 'loading~spin' : 'ellipsis',
    expandable: false,
    contextValue: 'loadMore',
    command: loading ? undefined : { id: 'peerscope.loadMore', title: 'Load More' },
    spoken: loading ? 'Loading more' : `Load more, ${counts}`,
    hasTooltip: false,
  };
}

/** What failed in two or three words: the label of an error row. */
const ERROR_LABELS: Record<ErrorKind, string> = {
  Auth: 'Key not accepted',
  Forbidden: 'No permission',
  NotFound: 'Not found',
  RateLimited: 'Too many requests',
  Network: 'No connection',
  TimedOut: 'No answer in time',
  BadResponse: 'Unusable answer',
  NotYetAvailable: 'Not available yet',
  BadInput: 'Wrong input',
  Cancelled: 'Stopped',
};

function lookOfError({ error }: ErrorNode): RowLook {
  const editable =
    error.kind === 'Auth' || error.kind === 'Forbidden' || error.kind === 'NotFound' || error.kind === 'Network';
  return {
    label: ERROR_LABELS[error.kind],
    description: `${waitHint(error)}${displayText(error.text, 160)}`,
    icon: error.kind === 'Cancelled' ? 'circle-slash' : 'error',
    color: error.kind === 'Cancelled' ? undefined : 'list.errorForeground',
    expandable: false,
    contextValue: editable ? 'error+edit' : 'error',
    command: { id: 'peerscope.refresh', title: 'Retry' },
    spoken: `${ERROR_LABELS[error.kind]}. ${error.text} Press Enter to try again.`,
    hasTooltip: true,
  };
}

function waitHint({ kind, retryAfterMs }: PlainError): string {
  return kind === 'RateLimited' && retryAfterMs !== undefined ? `Wait ${formatDuration(retryAfterMs)}. ` : '';
}

function emptyText(parent: CallNode, filtered: boolean, context: LookContext): string {
  if (filtered) return 'Nothing matches the filter. Select to change it.';
  const { sessionWindowDays, playback, period } = context;
  if (playback) return emptyPlaybackText(parent, period ?? `${sessionWindowDays} days`);
  switch (parent.kind) {
    case 'connection':
      return 'This account has no apps yet.';
    case 'group':
      if (parent.group === 'live') return 'No call is going on right now.';
      if (parent.group === 'rooms') return 'There are no rooms here yet.';
      return `No sessions in the last ${sessionWindowDays} days. The setting "Session Window Days" widens this.`;
    case 'room':
      return 'No session was held in this room yet.';
    default:
      return 'Nobody joined this session.';
  }
}

function emptyPlaybackText(parent: CallNode, period: string): string {
  if (parent.kind === 'session') return 'Nothing is known of the viewer.';
  if (parent.kind === 'group' && parent.group === 'live') return 'Nothing is being played right now.';
  return `Nothing was played in the last ${period}. The connection's field "Period in hours" widens this.`;
}

function branchRow(contextValue: string): Pick<RowLook, 'expandable' | 'contextValue' | 'hasTooltip'> {
  return { expandable: true, contextValue, hasTooltip: false };
}

function providerLabel(id: string): string {
  return describeProvider(id)?.label ?? id;
}

function join(...parts: (string | number | false | undefined)[]): string {
  return parts.filter((part) => part !== undefined && part !== false && part !== '' && part !== 0).join(' · ');
}
