import * as l10n from '@vscode/l10n';
import type { CallEvent } from '../../core/model';
import type { ReportView } from '../engine/view';
import { type Hit, type ReportRule, reportRule, skip } from '../rule';

/** What an event of a peer's life tells, whatever case the provider writes it in. */
function lifeOf({ name }: CallEvent): 'created' | 'joining' | 'leaving' | undefined {
  if (/^PEER_CREATED$/i.test(name)) return 'created';
  if (/^PEER_(JOINING|JOINED)$/i.test(name)) return 'joining';
  if (/^PEER_(LEAVING|LEFT)$/i.test(name)) return 'leaving';
  return undefined;
}

function life(view: ReportView): { at: number; what: 'created' | 'joining' | 'leaving' }[] {
  return view.events.flatMap((event) => {
    const what = lifeOf(event);
    return what ? [{ at: event.at, what }] : [];
  });
}

const NO_EVENTS = l10n.t('Not in the report: events of the peer’s connection.');

const slow = reportRule({
  id: 'rtk.join.slow',
  family: 'rtk',
  inputs: [l10n.t('events PEER_CREATED and PEER_JOINING')],
  thresholds: { seconds: 5 },
  severity: ['medium', 'medium'],
  title: l10n.t('Slow join'),
  explanation: l10n.t('From the creation of the peer to joining took long.'),
  suggestion: l10n.t('Look at permission questions, the network, and whether UDP is blocked.'),
  source: 'ObserveRTC client monitor',
  weight: 48,
  evaluate: (view, { seconds }) => {
    const events = life(view);
    const created = events.find(({ what }) => what === 'created');
    const joining = created && events.find(({ what, at }) => what === 'joining' && at >= created.at);
    if (!created || !joining) return skip(NO_EVENTS);
    const took = (joining.at - created.at) / 1000;
    if (!(took > seconds)) return { hits: [] };
    const evidence = [{ metric: l10n.t('time to join'), value: took, unit: 's', threshold: seconds, at: joining.at }];
    return {
      hits: [{ start: created.at, end: joining.at, severity: 'medium', evidence, side: 'unclear', confidence: 'high' }],
    };
  },
});

const never = reportRule({
  id: 'rtk.join.never',
  family: 'rtk',
  inputs: [l10n.t('events PEER_CREATED and PEER_JOINING')],
  /** Someone who is still trying is left alone for so long, s (own). */
  thresholds: { waitSeconds: 30 },
  severity: ['critical', 'critical'],
  title: l10n.t('Never got into the call'),
  explanation: l10n.t('The peer was created and never joined.'),
  suggestion: l10n.t('See what is told of STUN, TURN and candidate pairs.'),
  source: l10n.t('own'),
  weight: 100,
  evaluate: (view, { waitSeconds }) => {
    const events = life(view);
    const created = events.find(({ what }) => what === 'created');
    if (!created) return skip(NO_EVENTS);
    const joined = events.some(({ what }) => what === 'joining') || view.streams.length > 0;
    if (joined) return { hits: [] };
    const over = view.session?.endedAt ?? view.report.endedAt ?? events.find(({ what }) => what === 'leaving')?.at;
    if (over === undefined) return skip(l10n.t('Not known whether the attempt is over.'));
    if (over - created.at < waitSeconds * 1000 && view.session?.status === 'live') return { hits: [] };
    const hit: Hit = {
      start: created.at,
      end: Math.max(over, created.at),
      severity: 'critical',
      evidence: [
        { metric: l10n.t('event'), value: l10n.t('PEER_CREATED without PEER_JOINING'), unit: '', at: created.at },
      ],
      side: 'unclear',
      confidence: 'medium',
    };
    return { hits: [hit] };
  },
});

const abrupt = reportRule({
  id: 'rtk.left.abrupt',
  family: 'rtk',
  inputs: [l10n.t('event PEER_LEAVING'), l10n.t('left at'), l10n.t('status of the session')],
  thresholds: {},
  severity: ['low', 'low'],
  title: l10n.t('Left without saying so'),
  explanation: l10n.t(
    'The session is over, and this participant’s leave was never recorded: the tab was killed or the network was lost.',
  ),
  suggestion: l10n.t('See the last samples before the end.'),
  source: '100ms peer insights',
  weight: 30,
  evaluate: (view) => {
    const { session, report } = view;
    if (!session) return skip(l10n.t('Not known here whether the session is over.'));
    if (session.status !== 'ended') return skip(l10n.t('The session is still going on.'));
    const left = report.participant.leftAt ?? report.endedAt;
    if (left !== undefined || life(view).some(({ what }) => what === 'leaving')) return { hits: [] };
    const { end } = view;
    return {
      hits: [
        {
          ...(end !== undefined && { start: end, end }),
          severity: 'low',
          evidence: [{ metric: l10n.t('left at'), value: l10n.t('not recorded'), unit: '' }],
          side: 'local',
          confidence: 'low',
        },
      ],
    };
  },
});

export const JOINING_RULES: readonly ReportRule[] = [slow, never, abrupt];
