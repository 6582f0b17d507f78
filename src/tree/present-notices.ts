import * as l10n from '@vscode/l10n';
import type { ErrorKind, PlainError } from '../core/errors';
import { displayText } from '../core/text';
import { formatDuration } from '../core/time';
import type { CallNode, EmptyNode, ErrorNode, IssuesNode, LoadMoreNode } from './nodes';
import type { LookContext, RowLook } from './row-look';

/** The look of the row that reads the next page. */
export function lookOfLoadMore(node: LoadMoreNode, { loading }: LookContext): RowLook {
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

/** The look of what failed, in the place of the rows that it kept away. */
export function lookOfError({ error }: ErrorNode): RowLook {
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

/** The look of the row that says what an empty list means. */
export function lookOfEmpty(node: EmptyNode, context: LookContext): RowLook {
  return {
    label: emptyText(node.parent, node.filtered, context),
    icon: 'info',
    expandable: false,
    contextValue: node.filtered ? 'empty+filtered' : 'empty',
    command: node.filtered ? { id: 'peerscope.filterSessions', title: l10n.t('Change Filter') } : undefined,
    hasTooltip: false,
  };
}

/** The look of the row that tells of records which could not be read. */
export function lookOfIssues({ issues }: IssuesNode): RowLook {
  return {
    label: issues.length === 1 ? l10n.t('1 remark on this list') : l10n.t('{0} remarks on this list', issues.length),
    description: displayText(issues[0]?.message ?? '', 80),
    icon: 'warning',
    color: 'list.warningForeground',
    expandable: false,
    contextValue: 'issues',
    command: { id: 'peerscope.showLog', title: l10n.t('Show Log') },
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
