import type { CallReport } from '../../core/model';
import { type Finding, isProblem, type Severity, severityRank } from '../finding';
import { type Hit, type SessionRule, sessionRule, skip } from '../rule';
import { intervalsOf } from '../session/intervals';

/** How heavy a second with a finding is. */
const WEIGHTS: Record<Severity, number> = { critical: 8, high: 4, medium: 2, low: 1, info: 0 };
const MINUTE = 60_000;

export const worst: SessionRule = sessionRule({
  id: 'x.worst',
  family: 'x',
  inputs: ['findings of everyone'],
  thresholds: {},
  severity: ['info', 'info'],
  title: 'Worst participant and worst minute',
  explanation:
    'Whose stay was troubled most, for its length, and in which minute of the session most was wrong. Severe findings weigh more.',
  suggestion: 'Begin to look there.',
  source: 'own',
  weight: 6,
  phase: 3,
  evaluate: (view, _thresholds, found) => {
    if (view.reports.size === 0) return skip('No reports were read.');
    const { start } = view;
    if (start === undefined) return skip('Not known when the session began.');
    const own = found.filter(
      (one) =>
        isProblem(one) &&
        !one.ruleId.startsWith('x.') &&
        one.subject.participantId !== undefined &&
        one.start !== undefined,
    );
    if (own.length === 0) return { hits: [] };
    const minutes = new Map<number, number>();
    const people = new Map<string, number>();
    for (const finding of own) {
      const id = finding.subject.participantId as string;
      const length = view.reports.get(id)?.length || 1;
      for (const { start: from, end } of intervalsOf(finding)) {
        const to = Math.max(end, from + 1000);
        people.set(id, (people.get(id) ?? 0) + (WEIGHTS[finding.severity] * (to - from)) / length);
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
    const [who] = [...people].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
    const [when] = [...minutes].sort(([a, x], [b, y]) => y - x || a - b);
    if (!who || !when) return { hits: [] };
    const begin = start + when[0] * MINUTE;
    const hit: Hit = {
      start: begin,
      end: begin + MINUTE,
      severity: 'info',
      title: `Worst participant, and worst minute: the ${ordinal(when[0] + 1)} of the session`,
      evidence: [
        { metric: 'worst minute of the session', value: when[0] + 1, unit: '', at: begin },
        { metric: 'participants with findings', value: people.size, unit: `of ${view.reports.size}` },
      ],
      side: 'unclear',
      confidence: 'medium',
      subject: { type: 'participant', participantId: who[0], label: 'Participant' },
    };
    return { hits: [hit] };
  },
});

function ordinal(n: number): string {
  const tens = n % 100;
  const word = tens >= 11 && tens <= 13 ? 'th' : (['th', 'st', 'nd', 'rd'][n % 10] ?? 'th');
  return `${n}${word}`;
}

/** What participants can have in common. Places and networks are personal. */
const FACTORS: readonly { name: string; personal: boolean; of: (report: CallReport) => string | undefined }[] = [
  { name: 'network (ASN)', personal: true, of: ({ network }) => network?.asn },
  {
    name: 'city',
    personal: true,
    of: ({ network }) => (network?.city ? `${network.city}, ${network.country ?? ''}` : undefined),
  },
  { name: 'operating system', personal: false, of: ({ device }) => device?.os },
  { name: 'browser', personal: false, of: ({ browser }) => browser?.name },
  {
    name: 'SDK version',
    personal: false,
    of: ({ sdk }) => (sdk?.version ? `${sdk.name ?? ''} ${sdk.version}`.trim() : undefined),
  },
];

export const share: SessionRule = sessionRule({
  id: 'x.share',
  family: 'x',
  inputs: ['findings of everyone', 'network, device, browser and SDK'],
  /** At least so many affected participants. */
  thresholds: { affected: 3 },
  severity: ['low', 'low'],
  title: 'The affected have something in common',
  explanation: 'All affected participants share it, and none of the others does.',
  suggestion: 'Look there first: it may be the common cause.',
  source: 'own',
  weight: 66,
  phase: 2,
  evaluate: (view, { affected: least }, found) => {
    if (view.reports.size < least + 1) return skip('Not enough data: too few reports to compare.');
    const hit = affectedOf(found).filter((id) => view.reports.has(id));
    if (hit.length < least || hit.length === view.reports.size) return { hits: [] };
    const others = [...view.reports].filter(([id]) => !hit.includes(id)).map(([, one]) => one.report);
    const hits = FACTORS.flatMap(({ name, personal, of }): Hit[] => {
      const values = new Set(hit.map((id) => of(view.reports.get(id)?.report as CallReport)));
      const [value] = values;
      if (values.size !== 1 || value === undefined || others.some((report) => of(report) === value)) return [];
      return [
        {
          severity: 'low',
          title: `All affected participants share the ${name}`,
          evidence: [
            { metric: name, value, unit: '', ...(personal && { personal: true }) },
            { metric: 'affected participants', value: hit.length, unit: `of ${view.reports.size}`, threshold: least },
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
