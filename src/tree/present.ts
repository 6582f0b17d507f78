import * as l10n from '@vscode/l10n';
import type { ErrorKind, PlainError } from '../core/errors';
import type { Severity } from '../core/finding';
import { severityWord } from '../core/finding-words';
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

const OPEN_CAPTURE = { id: 'peerscope.openCapture', title: l10n.t('Open Report') };

/** The look of a row. Pure; called for every row that VS Code draws, so it is cheap. */
export function lookOf(node: CallNode, context: LookContext): RowLook {
  switch (node.kind) {
    case 'section':
      return node.section === 'favorites'
        ? { label: l10n.t('Favorites'), icon: 'star-full', open: true, ...branchRow('section') }
        : { label: l10n.t('Recently opened'), icon: 'history', ...branchRow('section') };
    case 'keptCall': {
      const label = displayText(node.label, 120) || l10n.t('Session {0}', node.ref.sessionId.slice(0, 8));
      const { where = '' } = context;
      return {
        label,
        description: where,
        icon: node.favorite ? 'star-full' : 'circle-outline',
        expandable: false,
        contextValue: `keptCall${node.favorite ? '+favorite' : ''}${node.parent.section === 'favorites' ? '' : '+recent'}`,
        command: { id: 'peerscope.openSession', title: l10n.t('Open Session') },
        spoken: node.favorite
          ? l10n.t('{0}, favorite call, {1}', label, where)
          : l10n.t('{0}, call, {1}', label, where),
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
          description: node.record.needsKey
            ? l10n.t('Key needed: click to enter it')
            : l10n.t('Key missing: enter it again'),
          icon: 'key',
          color: 'list.errorForeground',
          expandable: false,
          contextValue: `${flags}+keyMissing`,
          command: { id: 'peerscope.editConnection', title: l10n.t('Edit Connection') },
          hasTooltip: true,
        };
      }
      return { ...base, icon: node.record.sample ? 'beaker' : 'plug', ...branchRow(flags), hasTooltip: true };
    }
    case 'app':
      return {
        label: displayText(node.app.name, NAME_LENGTH) || node.app.id,
        description: l10n.t('app'),
        icon: 'package',
        ...branchRow('app'),
        hasTooltip: true,
      };
    case 'group':
      return lookOfGroup(node, context);
    case 'captures':
      return { label: l10n.t('Captures'), icon: 'archive', ...branchRow('captures') };
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
          node.room.createdAt && l10n.t('created {0}', dateTime(node.room.createdAt, context.now)),
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
        command: node.filtered ? { id: 'peerscope.filterSessions', title: l10n.t('Change Filter') } : undefined,
        hasTooltip: false,
      };
    case 'issues':
      return {
        label:
          node.issues.length === 1
            ? l10n.t('1 remark on this list')
            : l10n.t('{0} remarks on this list', node.issues.length),
        description: displayText(node.issues[0]?.message ?? '', 80),
        icon: 'warning',
        color: 'list.warningForeground',
        expandable: false,
        contextValue: 'issues',
        command: { id: 'peerscope.showLog', title: l10n.t('Show Log') },
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
  return count === 1 ? l10n.t('1 person') : l10n.t('{0} people', count);
}

function daysText(days: number): string {
  return days === 1 ? l10n.t('1 day') : l10n.t('{0} days', days);
}

function lookOfGroup(node: GroupNode, context: LookContext): RowLook {
  const { counts, filter } = context;
  const total = counts?.total ?? counts?.loaded;
  const count = total === undefined ? undefined : String(total);
  const narrowed = describeFilter(filter, context.local);
  const flags = narrowed ? '+filtered' : '';
  if (node.group === 'live') {
    return {
      label: l10n.t('Live now'),
      description: join(count, narrowed),
      icon: 'broadcast',
      ...branchRow(`group+live+sessions${flags}`),
    };
  }
  if (node.group === 'recent') {
    const days = context.period ?? daysText(context.sessionWindowDays);
    const window = count === undefined ? days : l10n.t('{0} in {1}', count, days);
    return {
      label: l10n.t('Recent sessions'),
      description: join(filter?.from === undefined ? window : count, narrowed),
      icon: 'history',
      ...branchRow(`group+recent+sessions${flags}`),
    };
  }
  const rooms = context.playback
    ? { label: l10n.t('Assets'), icon: 'library' }
    : { label: l10n.t('Rooms'), icon: 'home' };
  return { ...rooms, description: join(count, narrowed), ...branchRow(`group+rooms${flags}`) };
}

function lookOfSession(node: SessionNode, context: LookContext): RowLook {
  const { session } = node;
  const live = session.status === 'live';
  const inRoom = node.parent?.kind === 'room';
  const breakout = node.parent?.kind === 'session';
  const when = session.startedAt === undefined ? undefined : dateTime(session.startedAt, context.now);
  const name = displayText(session.roomName ?? '', NAME_LENGTH) || l10n.t('Session {0}', shortId(session.id));
  const count = live
    ? (session.liveParticipants ?? session.maxConcurrentParticipants)
    : (session.maxConcurrentParticipants ?? session.uniqueParticipants);
  const duration = sessionDuration(session, context.now);
  const label = inRoom && when ? when : name;
  const description = join(
    breakout && l10n.t('breakout room'),
    live ? l10n.t('live') : inRoom ? undefined : when,
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
    spoken: live
      ? l10n.t('{0}, live session, {1}', label, description)
      : l10n.t('{0}, session, {1}', label, description),
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
    l10n.t('Participant {0}', shortId(participant.id));
  const duration = stayDuration(participant, live, now);
  const label = stay > 1 ? `${name} (${stay})` : name;
  const description = join(
    here && (playback ? l10n.t('watching now') : l10n.t('here now')),
    participant.leftTimeUnknown && l10n.t('left, time unknown'),
    duration === undefined ? undefined : formatDuration(duration),
    stay > 1 && l10n.t('rejoined'),
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
    command: { id: 'peerscope.openParticipant', title: l10n.t('Open Participant Report') },
    spoken: mark
      ? l10n.t('{name}, participant, {severity} finding, {facts}', {
          name: label,
          severity: severityWord(mark.severity),
          facts: description,
        })
      : l10n.t('{0}, participant, {1}', label, description),
    hasTooltip: true,
  };
}

function lookOfLoadMore(node: LoadMoreNode, { loading }: LookContext): RowLook {
  const { shown, total, hidden = 0 } = node;
  const ofTotal = { shown, total: total ?? shown, hidden };
  const counts =
    total === undefined
      ? hidden > 0
        ? l10n.t('{0} read, {1} hidden by the filter', shown, hidden)
        : l10n.t('{0} shown', shown)
      : hidden > 0
        ? l10n.t('{shown} of {total}, {hidden} hidden by the filter', ofTotal)
        : l10n.t('{0} of {1}', shown, total);
  return {
    label: loading ? l10n.t('Loading…') : l10n.t('Load more'),
    description: counts,
    icon: loading ? 'loading~spin' : 'ellipsis',
    expandable: false,
    contextValue: 'loadMore',
    command: loading ? undefined : { id: 'peerscope.loadMore', title: l10n.t('Load More') },
    spoken: loading ? l10n.t('Loading more') : l10n.t('Load more, {0}', counts),
    hasTooltip: false,
  };
}

/** What failed in two or three words: the label of an error row. */
const ERROR_LABELS: Record<ErrorKind, string> = {
  Auth: l10n.t('Key not accepted'),
  Forbidden: l10n.t('No permission'),
  NotFound: l10n.t('Not found'),
  RateLimited: l10n.t('Too many requests'),
  Network: l10n.t('No connection'),
  TimedOut: l10n.t('No answer in time'),
  BadResponse: l10n.t('Unusable answer'),
  NotYetAvailable: l10n.t('Not available yet'),
  BadInput: l10n.t('Wrong input'),
  Cancelled: l10n.t('Stopped'),
};

function lookOfError({ error }: ErrorNode): RowLook {
  const editable =
    error.kind === 'Auth' || error.kind === 'Forbidden' || error.kind === 'NotFound' || error.kind === 'Network';
  return {
    label: ERROR_LABELS[error.kind],
    description: withWait(error, displayText(error.text, 160)),
    icon: error.kind === 'Cancelled' ? 'circle-slash' : 'error',
    color: error.kind === 'Cancelled' ? undefined : 'list.errorForeground',
    expandable: false,
    contextValue: editable ? 'error+edit' : 'error',
    command: { id: 'peerscope.refresh', title: l10n.t('Retry') },
    spoken: l10n.t('{0}. {1} Press Enter to try again.', ERROR_LABELS[error.kind], error.text),
    hasTooltip: true,
  };
}

function withWait({ kind, retryAfterMs }: PlainError, text: string): string {
  if (kind !== 'RateLimited' || retryAfterMs === undefined) return text;
  return l10n.t('Wait {0}. {1}', formatDuration(retryAfterMs), text);
}

function emptyText(parent: CallNode, filtered: boolean, context: LookContext): string {
  if (filtered) return l10n.t('Nothing matches the filter. Select to change it.');
  const { sessionWindowDays, playback, period } = context;
  if (playback) return emptyPlaybackText(parent, period ?? l10n.t('{0} days', sessionWindowDays));
  switch (parent.kind) {
    case 'connection':
      return l10n.t('This account has no apps yet.');
    case 'group':
      if (parent.group === 'live') return l10n.t('No call is going on right now.');
      if (parent.group === 'rooms') return l10n.t('There are no rooms here yet.');
      return l10n.t(
        'No sessions in the last {0} days. The setting "Session Window Days" widens this.',
        sessionWindowDays,
      );
    case 'room':
      return l10n.t('No session was held in this room yet.');
    default:
      return l10n.t('Nobody joined this session.');
  }
}

function emptyPlaybackText(parent: CallNode, period: string): string {
  if (parent.kind === 'session') return l10n.t('Nothing is known of the viewer.');
  if (parent.kind === 'group' && parent.group === 'live') return l10n.t('Nothing is being played right now.');
  return l10n.t('Nothing was played in the last {0}. The connection\'s field "Period in hours" widens this.', period);
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
