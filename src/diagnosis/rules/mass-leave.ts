import * as l10n from '@vscode/l10n';
import { compareText } from '../../core/order';
import type { Interval } from '../finding';
import { type Family, type Hit, type SessionRule, sessionRule, skip } from '../rule';
import { type Span, spans } from '../session/spans';
import { presentAt, type SessionView } from '../session/view';

/** Most people gone at once, and some back soon. Numbers from the rule's defaults in one place, for rules that leave it out. */
export const MASS_LEAVE = { share: 0.5, least: 3, seconds: 10, backSeconds: 60 };

interface MassLeave extends Interval {
  left: string[];
  back: string[];
  present: number;
}

/** Times at which most people left within seconds while some of them came back within a minute. */
export function massLeaves(
  view: SessionView,
  all: readonly Span[],
  limits: typeof MASS_LEAVE = MASS_LEAVE,
): MassLeave[] {
  const leaves = all
    .filter(({ leftAt }) => leftAt !== undefined)
    .sort((a, b) => a.end - b.end || compareText(a.participantId, b.participantId));
  const list: MassLeave[] = [];
  let next = 0;
  while (next < leaves.length) {
    const first = leaves[next] as Span;
    const together = leaves.filter(({ end }, index) => index >= next && end - first.end <= limits.seconds * 1000);
    const present = presentAt(view, first.end - 1);
    const people = new Set(
      together
        .filter((one) => present.some(({ participantId }) => participantId === one.participantId))
        .map(({ person }) => person),
    );
    const there = new Set(present.map(({ person }) => person)).size;
    const last = together.at(-1) as Span;
    if (people.size >= limits.least && people.size >= limits.share * there) {
      const back = all.filter(
        ({ person, joinedAt }) =>
          people.has(person) &&
          together.some(
            (one) => one.person === person && joinedAt >= one.end && joinedAt - one.end <= limits.backSeconds * 1000,
          ),
      );
      if (back.length > 0) {
        const left = together.map(({ participantId }) => participantId);
        list.push({
          start: first.end,
          end: last.end,
          left,
          back: back.map(({ participantId }) => participantId),
          present: there,
        });
        next += together.length;
        continue;
      }
    }
    next++;
  }
  return list;
}

function massLeaveRule(id: string, family: Family): SessionRule {
  return sessionRule({
    id,
    family,
    inputs: [l10n.t('joins and leaves of everyone')],
    /** At least such a share (0..1) and so many people within so many seconds; someone back within so many. */
    thresholds: MASS_LEAVE,
    severity: ['high', 'high'],
    title: l10n.t('Most people were thrown out at once'),
    explanation: l10n.t(
      'Most people left within seconds and some came straight back: an event of the network or the service, not of one user.',
    ),
    suggestion: l10n.t('Look at the provider’s status page for that minute, and at a change of your own at that time.'),
    source: l10n.t('100ms peer insights; numbers: own'),
    weight: 98,
    evaluate: (view, limits) => {
      const all = spans(view);
      if (!all.some(({ leftAt }) => leftAt !== undefined)) return skip(l10n.t('Not known when people left.'));
      const hits = massLeaves(view, all, limits as typeof MASS_LEAVE).map(
        ({ start, end, left, back, present }): Hit => ({
          start,
          end,
          severity: 'high',
          evidence: [
            {
              metric: l10n.t('people who left'),
              value: left.length,
              unit: l10n.t('of {0}', present),
              threshold: Math.max(limits.least, Math.ceil(limits.share * present)),
              at: start,
            },
            { metric: l10n.t('back within a minute'), value: back.length, unit: '' },
          ],
          side: 'service',
          confidence: 'high',
          related: [...left, ...back],
        }),
      );
      return { hits };
    },
  });
}

export const MASS_LEAVE_RULES: readonly SessionRule[] = [
  massLeaveRule('rtk.mass.leave', 'rtk'),
  massLeaveRule('hms.mass.leave', 'hms'),
  massLeaveRule('wb.mass.leave', 'wb'),
];
