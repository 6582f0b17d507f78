import * as l10n from '@vscode/l10n';
import type { Evidence, Severity } from '../finding';
import { type Family, type Hit, type SessionRule, sessionRule, skip } from '../rule';
import { byPerson, type Span, spans } from '../session/spans';
import { massLeaves } from './mass-leave';

const SOURCE = l10n.t('100ms peer insights; numbers: own');
const NO_TIMES = l10n.t('Not known when people joined and left.');

/** Moments at which someone left and came back within `seconds`. Not those of a leave of most people at once. */
function rejoins(
  own: readonly Span[],
  seconds: number,
  together: readonly { start: number; end: number }[],
): { left: Span; back: Span }[] {
  const list: { left: Span; back: Span }[] = [];
  for (let i = 1; i < own.length; i++) {
    const left = own[i - 1] as Span;
    const back = own[i] as Span;
    if (left.leftAt === undefined || together.some(({ start, end }) => left.end >= start && left.end <= end)) continue;
    const pause = back.joinedAt - left.leftAt;
    if (pause >= 0 && pause <= seconds * 1000) list.push({ left, back });
  }
  return list;
}

function rejoinRule(id: string, family: Family, least: number, many: number, few: Severity): SessionRule {
  return sessionRule({
    id,
    family,
    inputs: [l10n.t('joins and leaves of one person')],
    /** Back within so many seconds; so often at least; so often is high. */
    thresholds: { seconds: 60, least, many },
    severity: [few, 'high'],
    title: least > 1 ? l10n.t('Left and came back again and again') : l10n.t('Left and came straight back'),
    explanation: l10n.t(
      'One person left and joined again within a minute: a page that was loaded again, a crash, or a lost network.',
    ),
    suggestion: l10n.t('Look at the last samples and events before each leave.'),
    source: SOURCE,
    weight: 85,
    evaluate: (view, { seconds, least: fewest, many: most }) => {
      const all = spans(view);
      if (all.length === 0 || !all.some(({ leftAt }) => leftAt !== undefined)) return skip(NO_TIMES);
      const together = massLeaves(view, all);
      const hits = [...byPerson(all).values()].flatMap((own): Hit[] => {
        const list = rejoins(own, seconds, together);
        const [first] = list;
        const last = list.at(-1);
        if (!first || !last || list.length < fewest) return [];
        const evidence: Evidence[] = [
          { metric: l10n.t('rejoins'), value: list.length, unit: '', threshold: fewest },
          ...list.slice(0, 5).map(({ left, back }) => ({
            metric: l10n.t('time away'),
            value: (back.joinedAt - left.end) / 1000,
            unit: 's',
            threshold: seconds,
            at: left.end,
            participantId: back.participantId,
          })),
        ];
        return [
          {
            start: first.left.end,
            end: last.back.joinedAt,
            severity: list.length >= most ? 'high' : few,
            evidence,
            side: 'local',
            confidence: own.every(({ sure }) => sure) ? 'medium' : 'low',
            subject: { type: 'participant', participantId: last.back.participantId, label: l10n.t('Participant') },
            related: own.map(({ participantId }) => participantId).filter((one) => one !== last.back.participantId),
          },
        ];
      });
      return { hits };
    },
  });
}

function shortRule(id: string, family: Family): SessionRule {
  return sessionRule({
    id,
    family,
    inputs: [l10n.t('joins and leaves')],
    thresholds: { seconds: 15 },
    severity: ['medium', 'medium'],
    title: l10n.t('Gone again within seconds'),
    explanation: l10n.t('Someone left within seconds of joining while others stayed: probably trouble with joining.'),
    suggestion: l10n.t('Look for errors at that time, and whether they came back.'),
    source: SOURCE,
    weight: 46,
    evaluate: (view, { seconds }) => {
      const all = spans(view).filter(({ leftAt }) => leftAt !== undefined);
      if (all.length === 0) return skip(NO_TIMES);
      const last = Math.max(...spans(view).map(({ end }) => end));
      const hits = all.flatMap((stay): Hit[] => {
        const length = (stay.end - stay.joinedAt) / 1000;
        if (!(length < seconds) || stay.end >= last) return [];
        return [
          {
            start: stay.joinedAt,
            end: stay.end,
            severity: 'medium',
            evidence: [
              { metric: l10n.t('length of the stay'), value: length, unit: 's', threshold: seconds, at: stay.joinedAt },
            ],
            side: 'unclear',
            confidence: 'medium',
            subject: { type: 'participant', participantId: stay.participantId, label: l10n.t('Participant') },
          },
        ];
      });
      return { hits };
    },
  });
}

function overlapRule(id: string, family: Family): SessionRule {
  return sessionRule({
    id,
    family,
    inputs: [l10n.t('stays of one person')],
    thresholds: { seconds: 5 },
    severity: ['low', 'low'],
    title: l10n.t('There twice at the same time'),
    explanation: l10n.t('Two stays of one person overlap: a second tab or device, which makes echo.'),
    suggestion: l10n.t('Ask whether a second tab or phone was in the call.'),
    source: SOURCE,
    weight: 24,
    evaluate: (view, { seconds }) => {
      const all = spans(view).filter(({ sure }) => sure);
      if (all.length === 0) return skip(l10n.t('Not known who is who: no user ids.'));
      const hits = [...byPerson(all).values()].flatMap((own) => {
        const list: Hit[] = [];
        for (const [index, first] of own.entries()) {
          for (const second of own.slice(index + 1)) {
            const start = Math.max(first.joinedAt, second.joinedAt);
            const end = Math.min(first.end, second.end);
            if (first.participantId === second.participantId || !(end - start > seconds * 1000)) continue;
            list.push({
              start,
              end,
              severity: 'low',
              evidence: [
                {
                  metric: l10n.t('time there twice'),
                  value: (end - start) / 1000,
                  unit: 's',
                  threshold: seconds,
                  at: start,
                },
              ],
              side: 'local',
              confidence: 'medium',
              subject: { type: 'participant', participantId: second.participantId, label: l10n.t('Participant') },
              related: [first.participantId],
            });
          }
        }
        return list;
      });
      return { hits };
    },
  });
}

function aloneRule(id: string, family: Family): SessionRule {
  return sessionRule({
    id,
    family,
    inputs: [l10n.t('joins and leaves')],
    thresholds: { seconds: 60 },
    severity: ['low', 'low'],
    title: l10n.t('Alone in the call'),
    explanation: l10n.t('One person was there and nobody else: the other side never came, or was in another room.'),
    suggestion: l10n.t('Check the link that the other side was given.'),
    source: SOURCE,
    weight: 22,
    evaluate: (view, { seconds }) => {
      const all = spans(view);
      if (all.length === 0) return skip(NO_TIMES);
      const marks = [...new Set(all.flatMap(({ joinedAt, end }) => [joinedAt, end]))].sort((a, b) => a - b);
      const hits: Hit[] = [];
      let open: { start: number; end: number; who: string } | undefined;
      const close = () => {
        if (open && open.end - open.start > seconds * 1000) {
          const { start, end, who } = open;
          hits.push({
            start,
            end,
            severity: 'low',
            evidence: [
              { metric: l10n.t('time alone'), value: (end - start) / 1000, unit: 's', threshold: seconds, at: start },
            ],
            side: 'unclear',
            confidence: 'high',
            subject: { type: 'participant', participantId: who, label: l10n.t('Participant') },
          });
        }
        open = undefined;
      };
      for (let i = 0; i + 1 < marks.length; i++) {
        const from = marks[i] as number;
        const to = marks[i + 1] as number;
        const there = all.filter(({ joinedAt, end }) => joinedAt <= from && end >= to);
        const who =
          new Set(there.map(({ person }) => person)).size === 1 ? (there[0] as Span).participantId : undefined;
        if (who === undefined) close();
        else if (open?.who === who) open.end = to;
        else {
          close();
          open = { start: from, end: to, who };
        }
      }
      close();
      return { hits };
    },
  });
}

function openRule(id: string, family: Family): SessionRule {
  return sessionRule({
    id,
    family,
    inputs: [l10n.t('status of the session'), l10n.t('leaves')],
    thresholds: {},
    severity: ['info', 'info'],
    title: l10n.t('No leave was recorded'),
    explanation: l10n.t(
      'The session is over and a leave is missing: the record is incomplete, and how long that stay was is not known.',
    ),
    suggestion: l10n.t('Do not trust durations of this stay.'),
    source: SOURCE,
    weight: 2,
    evaluate: ({ session, participants }) => {
      if (session.status !== 'ended') return skip(l10n.t('The session is still going on.'));
      if (participants.length === 0) return skip(l10n.t('No participants are known.'));
      return {
        hits: participants
          .filter((one) => one.joinedAt !== undefined && (one.leftAt === undefined || one.leftTimeUnknown === true))
          .map((one) => ({
            start: one.joinedAt as number,
            severity: 'info' as const,
            evidence: [{ metric: l10n.t('left at'), value: l10n.t('not recorded'), unit: '' }],
            side: 'unclear' as const,
            confidence: 'high' as const,
            subject: { type: 'participant' as const, participantId: one.id, label: l10n.t('Participant') },
          })),
      };
    },
  });
}

function hostGapRule(id: string, family: Family): SessionRule {
  return sessionRule({
    id,
    family,
    inputs: [l10n.t('role'), l10n.t('joins and leaves')],
    thresholds: { seconds: 60 },
    severity: ['medium', 'medium'],
    title: l10n.t('The host was away'),
    explanation: l10n.t('Nobody with the role of a host was there for a while in the middle of the session.'),
    suggestion: l10n.t('See whether the host lost the connection, and the findings of that time.'),
    source: l10n.t('own'),
    weight: 44,
    evaluate: (view, { seconds }) => {
      const all = spans(view);
      const hosts = all.filter(({ role }) => role !== undefined && /host|moderator|teacher/i.test(role));
      if (hosts.length === 0) return skip(l10n.t('Nobody has the role of a host.'));
      const others = all.filter((one) => !hosts.includes(one));
      const from = Math.min(...all.map(({ joinedAt }) => joinedAt));
      const to = Math.max(...all.map(({ end }) => end));
      const hits: Hit[] = [];
      let until = from;
      for (const { joinedAt, end } of [...hosts, { joinedAt: to, end: to }].sort((a, b) => a.joinedAt - b.joinedAt)) {
        const away = joinedAt - until;
        const waiting = others.some((one) => one.joinedAt < joinedAt && one.end > until);
        if (away > seconds * 1000 && waiting) {
          hits.push({
            start: until,
            end: joinedAt,
            severity: 'medium',
            evidence: [
              { metric: l10n.t('time without a host'), value: away / 1000, unit: 's', threshold: seconds, at: until },
            ],
            side: 'unclear',
            confidence: 'medium',
          });
        }
        until = Math.max(until, end);
      }
      return { hits };
    },
  });
}

export const PRESENCE_RULES: readonly SessionRule[] = [
  rejoinRule('rtk.churn', 'rtk', 2, 2, 'high'),
  rejoinRule('hms.rejoin', 'hms', 1, 3, 'medium'),
  rejoinRule('wb.rejoin', 'wb', 1, 3, 'medium'),
  shortRule('hms.short', 'hms'),
  shortRule('wb.short', 'wb'),
  overlapRule('hms.overlap', 'hms'),
  aloneRule('hms.alone', 'hms'),
  openRule('hms.open', 'hms'),
  hostGapRule('hms.host.gap', 'hms'),
];
