import * as l10n from '@vscode/l10n';
import type { CallReport } from '../../core/model';
import { compareNumbers, compareText } from '../../core/order';
import { type Finding, isProblem, type Severity, severityRank } from '../finding';
import { type Hit, type SessionRule, sessionRule, skip } from '../rule';
import { intervalsOf } from '../session/intervals';
import type { SessionView } from '../session/view';

/** How heavy a second with a finding is. */
const WEIGHTS: Record<Severity, number> = { critical: 8, high: 4, medium: 2, low: 1, info: 0 };
const MINUTE = 60_000;

export const worst: SessionRule = sessionRule({
  id: 'x.worst',
  family: 'x',
  inputs: [l10n.t('findings of everyone')],
  thresholds: {},
  severity: ['info', 'info'],
  title: l10n.t('Worst participant and worst minute'),
  explanation: l10n.t(
    'Whose stay was troubled most, for its length, and in which minute of the session most was wrong. Severe findings weigh more.',
  ),
  suggestion: l10n.t('Begin to look there.'),
  source: l10n.t('own'),
  weight: 6,
  phase: 3,
  evaluate: (view, _thresholds, found) => {
    if (view.reports.size === 0) return skip(l10n.t('No reports were read.'));
    const { start } = view;
    if (start === undefined) return skip(l10n.t('Not known when the session began.'));
    const own = found.filter(
      (one) =>
        isProblem(one) &&
        !one.ruleId.startsWith('x.') &&
        one.subject.participantId !== undefined &&
        one.start !== undefined,
    );
    const minutes = new Map<number, number>();
    const people = new Map<string, number>();
    for (const finding of own) {
      const id = finding.subject.participantId as string;
      const length = lengthOfStay(view, id);
      for (const { start: from, end } of intervalsOf(finding)) {
        const to = Math.max(end, from + 1000);
        if (length > 0) people.set(id, (people.get(id) ?? 0) + (WEIGHTS[finding.severity] * (to - from)) / length);
        for (
          let minute = Math.floor((from - start) / MINUTE);
          minute <= Math.floor((to - 1 - start) / MINUTE);
          minute++
        ) {
          const begin = start + minute * MINUTE;
          const covered = Math.min(to, begin + MINUTE) - Math.max(from, begin);
          minutes.set(minute, (minutes.get(minute) ?? 0) + WEIGHTS[finding.severity] * covered);
        }
      }
    }
    const [who] = [...people].sort(([a, x], [b, y]) => y - x || compareText(a, b));
    const [when] = [...minutes].sort(([a, x], [b, y]) => y - x || a - b);
    if (!who || !when) return { hits: [] };
    const begin = start + when[0] * MINUTE;
    const hit: Hit = {
      start: begin,
      end: begin + MINUTE,
      severity: 'info',
      title: worstTitle(when[0] + 1),
      evidence: [
        { metric: l10n.t('worst minute of the session'), value: when[0] + 1, unit: '', at: begin },
        {
          metric: l10n.t('participants with findings'),
          value: people.size,
          unit: l10n.t('of {0}', view.participants.length),
        },
      ],
      side: 'unclear',
      confidence: 'medium',
      subject: { type: 'participant', participantId: who[0], label: l10n.t('Participant') },
    };
    return { hits: [hit] };
  },
});

/** How long a participant was there, ms: by the report, else by the stay; 0 where neither tells. */
function lengthOfStay({ reports, stays, end }: SessionView, id: string): number {
  const report = reports.get(id);
  if (report) return report.length;
  const known = stays.filter(({ participantId, joinedAt }) => participantId === id && joinedAt !== undefined);
  return known.reduce((sum, { joinedAt, leftAt = end }) => sum + Math.max(0, compareNumbers(leftAt, joinedAt)), 0);
}

/** `n` counts from 1. */
function worstTitle(n: number): string {
  const tens = n % 100;
  const last = tens >= 11 && tens <= 13 ? 0 : n % 10;
  switch (last) {
    case 1:
      return l10n.t('Worst participant, and worst minute: the {0}st of the session', n);
    case 2:
      return l10n.t('Worst participant, and worst minute: the {0}nd of the session', n);
    case 3:
      return l10n.t('Worst participant, and worst minute: the {0}rd of the session', n);
    default:
      return l10n.t('Worst participant, and worst minute: the {0}th of the session', n);
  }
}

/** What participants can have in common. Places and networks are personal. */
const FACTORS: readonly {
  name: string;
  title: string;
  personal: boolean;
  of: (report: CallReport) => string | undefined;
}[] = [
  {
    name: l10n.t('network (ASN)'),
    title: l10n.t('All affected participants share the network (ASN)'),
    personal: true,
    of: ({ network }) => network?.asn,
  },
  {
    name: l10n.t('city'),
    title: l10n.t('All affected participants share the city'),
    personal: true,
    of: ({ network }) => (network?.city ? [network.city, network.country].filter(Boolean).join(', ') : undefined),
  },
  {
    name: l10n.t('operating system'),
    title: l10n.t('All affected participants share the operating system'),
    personal: false,
    of: ({ device }) => device?.os,
  },
  {
    name: l10n.t('browser'),
    title: l10n.t('All affected participants share the browser'),
    personal: false,
    of: ({ browser }) => browser?.name,
  },
  {
    name: l10n.t('SDK version'),
    title: l10n.t('All affected participants share the SDK version'),
    personal: false,
    of: ({ sdk }) => (sdk?.version ? [sdk.name, sdk.version].filter(Boolean).join(' ') : undefined),
  },
];

export const share: SessionRule = sessionRule({
  id: 'x.share',
  family: 'x',
  inputs: [l10n.t('findings of everyone'), l10n.t('network, device, browser and SDK')],
  /** At least so many affected participants. */
  thresholds: { affected: 3 },
  severity: ['low', 'low'],
  title: l10n.t('The affected have something in common'),
  explanation: l10n.t('All affected participants share it, and none of the others does.'),
  suggestion: l10n.t('Look there first: it may be the common cause.'),
  source: l10n.t('own'),
  weight: 66,
  phase: 2,
  evaluate: (view, { affected: least }, found) => {
    if (view.reports.size < least + 1) return skip(l10n.t('Not enough data: too few reports to compare.'));
    const hit = affectedOf(found).filter((id) => view.reports.has(id));
    if (hit.length < least || hit.length === view.reports.size) return { hits: [] };
    const others = [...view.reports].filter(([id]) => !hit.includes(id)).map(([, one]) => one.report);
    const hits = FACTORS.flatMap(({ name, title, personal, of }): Hit[] => {
      const values = new Set(hit.map((id) => of(view.reports.get(id)?.report as CallReport)));
      const [value] = values;
      if (values.size !== 1 || value === undefined || others.some((report) => of(report) === value)) return [];
      return [
        {
          severity: 'low',
          title,
          evidence: [
            { metric: name, value, unit: '', ...(personal && { personal: true }) },
            {
              metric: l10n.t('affected participants'),
              value: hit.length,
              unit: l10n.t('of {0}', view.reports.size),
              threshold: least,
            },
          ],
          side: personal ? 'network' : 'unclear',
          confidence: others.every((report) => of(report) !== undefined) ? 'medium' : 'low',
          related: hit,
        },
      ];
    });
    return { hits };
  },
});

/** Participants with trouble of their own, not of those they listened to. */
function affectedOf(found: readonly Finding[]): string[] {
  const ids = found
    .filter(
      (one) =>
        severityRank(one.severity) <= severityRank('medium') && one.side !== 'remote' && !one.ruleId.startsWith('x.'),
    )
    .flatMap(({ subject }) => subject.participantId ?? []);
  return [...new Set(ids)].sort();
}
