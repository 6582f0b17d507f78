import * as l10n from '@vscode/l10n';
import { compareNumbers, compareText } from '../../core/order';
import { MERGE_MS, mergeIntervals } from '../engine/episodes';
import { type Evidence, type Finding, type Interval, isProblem, type Severity, severityRank } from '../finding';
import { type Hit, type SessionRule, sessionRule, skip } from '../rule';
import { coincide, intervalsOf } from '../session/intervals';
import { isReceived } from '../session/sides';

/** One end that is to blame, with what speaks for it. */
interface Culprit {
  title: string;
  explanation: string;
  suggestion: string;
  participantId?: string;
  side: Hit['side'];
  confidence: Hit['confidence'];
  findings: Finding[];
}

const MEDIA = l10n.t('Media of one participant was bad for others');

export const blame: SessionRule = sessionRule({
  id: 'x.blame',
  family: 'x',
  inputs: [l10n.t('findings about received media'), l10n.t('what their senders sent at the same time')],
  thresholds: {},
  severity: ['medium', 'high'],
  title: MEDIA,
  explanation: l10n.t('What a sender sent was compared with what each receiver got of it.'),
  suggestion: l10n.t('Begin with the end that is named.'),
  source: l10n.t('own; after Vonage’s degradation source'),
  weight: 68,
  phase: 1,
  evaluate: (view, _thresholds, found) => {
    if (view.reports.size < 2) return skip(l10n.t('Needs the reports of at least two participants.'));
    const received = found.filter(
      (one) => isProblem(one) && one.ruleId !== 'rtk.mos.low' && one.start !== undefined && isReceived(view, one),
    );
    const culprits = new Map<string, Culprit>();
    const add = (key: string, culprit: Omit<Culprit, 'findings'>, finding: Finding) => {
      const known = culprits.get(key) ?? { ...culprit, findings: [] };
      known.findings.push(finding);
      culprits.set(key, known);
    };
    for (const finding of received) {
      const owner = finding.subject.participantId as string;
      const related = finding.relatedParticipantIds ?? [];
      if (finding.side === 'remote' && finding.confidence === 'high') {
        for (const sender of related) add(`sender ${sender}`, SENDER(sender), finding);
      } else if (finding.side === 'local' && finding.confidence !== 'low' && !ownDevice(finding, found))
        add(`receiver ${owner}`, RECEIVER(owner, finding.confidence), finding);
      else if (finding.side === 'service' && finding.confidence === 'medium') add('service', SERVICE, finding);
      else if (finding.side === 'service') {
        const sender =
          finding.evidence.find(({ participantId }) => participantId !== undefined)?.participantId ?? related[0];
        if (sender !== undefined) add(`after ${sender}`, AFTER_SENDER(sender), finding);
      }
    }
    return {
      hits: [...culprits].sort(([a], [b]) => compareText(a, b)).flatMap(([, culprit]) => toHits(culprit, found)),
    };
  },
});

/** Few or dropped frames on a device that is short of processor time are its own, not those of a path. */
function ownDevice(finding: Finding, found: readonly Finding[]): boolean {
  if (!/\.video\.|\.fps$|\.freeze$/.test(finding.ruleId)) return false;
  return found.some(
    (one) =>
      /\.(limit\.cpu|video\.drop)$/.test(one.ruleId) &&
      one.subject.participantId === finding.subject.participantId &&
      coincide(one, finding, MERGE_MS),
  );
}

const SENDER = (participantId: string): Omit<Culprit, 'findings'> => ({
  title: l10n.t('The sender’s end: it was bad before it reached the service'),
  explanation: l10n.t(
    'What this participant sent had trouble where it left, and others received it badly at the same time.',
  ),
  suggestion: l10n.t('Look at this participant’s uplink, device and network, not at those who complain.'),
  participantId,
  side: 'local',
  confidence: 'high',
});

const RECEIVER = (participantId: string, confidence: Hit['confidence']): Omit<Culprit, 'findings'> => ({
  title: l10n.t('The receiver’s end: only this participant got it badly'),
  explanation: l10n.t(
    'The senders were fine and others received them well: the trouble is between the service and this participant.',
  ),
  suggestion: l10n.t('Look at this participant’s downlink (Wi-Fi, VPN) and device.'),
  participantId,
  side: 'local',
  confidence,
});

const SERVICE: Omit<Culprit, 'findings'> = {
  title: l10n.t('Most participants received badly at once'),
  explanation: l10n.t(
    'Several participants received badly from everyone at the same time: the service or its region, not one user.',
  ),
  suggestion: l10n.t('Look at the provider’s status page for that time.'),
  side: 'service',
  confidence: 'medium',
};

const AFTER_SENDER = (participantId: string): Omit<Culprit, 'findings'> => ({
  title: l10n.t('Several received this participant badly, who sent well'),
  explanation: l10n.t(
    'Nothing was wrong with what this participant sent, as far as measured, and several others received it badly: the service lost it, or an uplink that was not measured.',
  ),
  suggestion: l10n.t('Ask the provider about this stream; see also this participant’s uplink.'),
  participantId,
  side: 'service',
  confidence: 'low',
});

function toHits({ findings, participantId, ...rest }: Culprit, found: readonly Finding[]): Hit[] {
  const own =
    participantId === undefined
      ? []
      : found.filter(
          (one) =>
            one.subject.participantId === participantId &&
            !findings.includes(one) &&
            isProblem(one) &&
            one.side === 'local',
        );
  return mergeIntervals(findings.flatMap(intervalsOf), MERGE_MS).map((interval): Hit => {
    const parts = findings.filter((one) =>
      intervalsOf(one).some((each) => each.start <= interval.end && each.end >= interval.start),
    );
    const beside = own.filter((one) => parts.some((part) => coincide(one, part, MERGE_MS)));
    const related = parts.flatMap((one) => one.subject.participantId ?? []).filter((id) => id !== participantId);
    return {
      ...rest,
      ...interval,
      severity: worst(parts),
      evidence: [...beside.slice(0, 3).flatMap(leading), ...parts.slice().sort(byRank).slice(0, 5).flatMap(leading)],
      related,
      subject:
        participantId === undefined
          ? { type: 'session', label: l10n.t('Session') }
          : { type: 'participant', participantId, label: l10n.t('Participant') },
    };
  });
}

/** The first proof of a finding, with whose report it stands in. */
function leading({ evidence, subject }: Finding): Evidence[] {
  const { participantId } = subject;
  return evidence.slice(0, 1).map((first) => ({ ...first, ...(participantId !== undefined && { participantId }) }));
}

function worst(findings: readonly Finding[]): Severity {
  return findings
    .map(({ severity }) => severity)
    .reduce((one, other) => (severityRank(other) < severityRank(one) ? other : one));
}

function byRank(a: Finding, b: Finding): number {
  return (
    severityRank(a.severity) - severityRank(b.severity) ||
    compareNumbers(a.start, b.start) ||
    compareText(a.ruleId, b.ruleId) ||
    compareText(a.subject.participantId, b.subject.participantId)
  );
}

/** How far two losses may lie apart to be one, ms. */
const BOTH_MS = 5000;

/** Whereby tells no senders: losses of several participants at once speak for the service, of one alone for that end. */
export function refineWhereby(findings: readonly Finding[], participants: readonly string[]): Finding[] {
  return findings.map((finding) => {
    if (!finding.ruleId.startsWith('wb.loss.')) return finding;
    const owner = finding.subject.participantId as string;
    const others = participants.filter((id) => id !== owner);
    const alike = others.filter((id) =>
      findings.some(
        (one) =>
          one.subject.participantId === id && one.ruleId.startsWith('wb.loss.') && coincide(one, finding, BOTH_MS),
      ),
    );
    if (alike.length === 0 && others.length > 0) return { ...finding, side: 'local' };
    if (others.length >= 2 && alike.length * 2 >= others.length)
      return { ...finding, side: 'service', relatedParticipantIds: alike };
    // Of two people the loss of one is the loss of the other.
    return others.length >= 2 ? { ...finding, side: 'local' } : finding;
  });
}

export const both: SessionRule = sessionRule({
  id: 'wb.both',
  family: 'wb',
  inputs: [l10n.t('wb.loss.send and wb.loss.recv of everyone')],
  /** Seconds between them. */
  thresholds: { seconds: 5 },
  severity: ['medium', 'high'],
  title: l10n.t('Several participants lost packets at once'),
  explanation: l10n.t(
    'At least half of the others lost packets within seconds of each other: the service or a network that they share, not one user.',
  ),
  suggestion: l10n.t('Look at the provider’s status page for that time, and whether they sit on one network.'),
  source: l10n.t('own'),
  weight: 90,
  phase: 1,
  evaluate: (view, { seconds }, found) => {
    const measured = [...view.reports].filter(([, report]) =>
      report.streams.some((one) => one.stream.series.packetLoss !== undefined),
    );
    if (measured.length < 3) return skip(l10n.t('Needs the loss of at least three participants.'));
    const losses = found.filter((one) => one.ruleId.startsWith('wb.loss.') && one.start !== undefined);
    const intervals: Interval[] = mergeIntervals(losses.flatMap(intervalsOf), seconds * 1000);
    const hits = intervals.flatMap((interval): Hit[] => {
      const parts = losses.filter((one) =>
        intervalsOf(one).some((each) => each.start <= interval.end && each.end >= interval.start),
      );
      const people = [...new Set(parts.map(({ subject }) => subject.participantId as string))].sort();
      if (people.length < 2 || (people.length - 1) * 2 < measured.length - 1) return [];
      return [
        {
          ...interval,
          severity: worst(parts),
          evidence: parts.slice().sort(byRank).slice(0, 5).flatMap(leading),
          side: 'service',
          confidence: 'medium',
          related: people,
        },
      ];
    });
    return { hits };
  },
});
