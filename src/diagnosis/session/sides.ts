import { heard } from '../engine/attribute';
import { MERGE_MS } from '../engine/episodes';
import { column, firstAt, type ReportView, type StreamView } from '../engine/view';
import { type Finding, type Interval, isProblem } from '../finding';
import { coincide, intervalsOf } from './intervals';
import type { SessionView } from './view';

/** Rules about what a participant sends: when they hold, everybody who receives it is hit. */
const OUTBOUND =
  /\.(loss\.out|loss\.send|limit\.(cpu|bw)|audio\.nodata|video\.nodata|dev\.removed|ice\.(switch|idle|tcp|blocked)|rtt\.rise|discard|layer|err|video\.fps|fps|loss|jitter)$/;

/** Mean loss, %, of the sender's own stream from which on the loss was there already when it left. */
const LOSS_AT_SENDER = 2;

/** A finding with what the streams in its evidence are. */
interface Placed {
  finding: Finding;
  owner: string;
  received: boolean;
  senders: readonly string[];
}

/**
 * Says on whose side a finding about received media was, now that the reports of the others are known: a sender's stream is
 * paired with what each receiver got of it. Findings about a picture that its sender had turned off are dropped.
 */
export function refineSides(view: SessionView, findings: readonly Finding[]): Finding[] {
  const placed = findings.map((finding) => place(view, finding));
  return placed.flatMap((one) => {
    if (one.received) return judge(one, placed, view);
    return one.finding.ruleId.endsWith('.pli.storm') ? [asked(one, placed)] : [one.finding];
  });
}

/** Key frames are asked for by those who lose packets: by everybody when the sender’s uplink does. */
function asked({ finding, owner }: Placed, all: readonly Placed[]): Finding {
  const lossy = (other: Placed) =>
    /\.loss(\.\w+)?$/.test(other.finding.ruleId) &&
    other.finding.start !== undefined &&
    coincide(other.finding, finding, MERGE_MS);
  if (all.some((other) => other.owner === owner && !other.received && lossy(other)))
    return { ...finding, side: 'local', confidence: 'high' };
  const others = all
    .filter((other) => other.owner !== owner && other.received && lossy(other))
    .map((other) => other.owner);
  if (others.length === 0) return finding;
  return { ...finding, side: 'remote', confidence: 'medium', relatedParticipantIds: [...new Set(others)].sort() };
}

function place(view: SessionView, finding: Finding): Placed {
  const owner = finding.subject.participantId ?? '';
  const streams = streamsOf(view.reports.get(owner), finding);
  const received =
    streams.length > 0 && streams.every(({ stream }) => stream.direction === 'receive' && stream.kind !== 'all');
  const known = streams.flatMap(({ sender }) => sender ?? []);
  return {
    finding,
    owner,
    received,
    senders: [
      ...new Set([...known, ...(finding.side === 'remote' ? (finding.relatedParticipantIds ?? []) : [])]),
    ].sort(),
  };
}

function streamsOf(report: ReportView | undefined, { evidence }: Finding): StreamView[] {
  const ids = new Set(evidence.flatMap(({ streamId }) => streamId ?? []));
  return report ? report.streams.filter(({ stream }) => ids.has(stream.id)) : [];
}

/** Whether a finding is one about received media. */
export function isReceived(view: SessionView, finding: Finding): boolean {
  return place(view, finding).received;
}

function judge(one: Placed, all: readonly Placed[], view: SessionView): Finding[] {
  const { finding, owner, senders } = one;
  const times = intervalsOf(finding);
  if (
    finding.ruleId.endsWith('.video.nodata') &&
    senders.length > 0 &&
    senders.every((id) => turnedOff(view.reports.get(id), times))
  ) {
    return [];
  }
  const guilty = senders.filter((id) => badAtSender(id, one, all, view));
  if (senders.length > 0 && guilty.length === senders.length) {
    return [{ ...finding, side: 'remote', confidence: 'high', relatedParticipantIds: guilty }];
  }
  if (finding.side === 'local') {
    const others = othersHeard(owner, times, view);
    const alike = others.filter((id) => all.some((other) => other.owner === id && sameLocal(other, one)));
    if (alike.length >= 2 && alike.length * 2 >= others.length) {
      return [{ ...finding, side: 'service', confidence: 'medium', relatedParticipantIds: alike }];
    }
    return [{ ...finding, confidence: others.length > 0 ? 'high' : finding.confidence }];
  }
  const [sender] = senders;
  if (senders.length !== 1 || sender === undefined) return [finding];
  if (!measured(view.reports.get(sender), times)) return [finding];
  const alsoHit = all.filter(
    (other) =>
      other.received &&
      other.owner !== owner &&
      other.senders.length === 1 &&
      other.senders[0] === sender &&
      isProblem(other.finding) &&
      coincide(other.finding, finding, MERGE_MS),
  );
  const hit = [...new Set(alsoHit.map((other) => other.owner))].sort();
  if (hit.length > 0)
    return [{ ...finding, side: 'service', confidence: 'low', relatedParticipantIds: [sender, ...hit].sort() }];
  const only = finding.side === 'unclear';
  return [{ ...finding, side: only ? 'local' : 'unclear', confidence: only ? 'medium' : 'low' }];
}

function sameLocal({ finding, received }: Placed, one: Placed): boolean {
  return (
    received &&
    finding.side === 'local' &&
    finding.ruleId === one.finding.ruleId &&
    coincide(finding, one.finding, MERGE_MS)
  );
}

/** Others whose received media was measured in that time. */
function othersHeard(owner: string, times: readonly Interval[], view: SessionView): string[] {
  return [...view.reports]
    .filter(
      ([id, report]) =>
        id !== owner &&
        report.streams.some((one) => one.stream.direction === 'receive' && times.some((time) => heard(one, time))),
    )
    .map(([id]) => id);
}

function badAtSender(id: string, { finding }: Placed, all: readonly Placed[], view: SessionView): boolean {
  const own = all.some(
    (other) =>
      other.owner === id &&
      !other.received &&
      OUTBOUND.test(other.finding.ruleId) &&
      isProblem(other.finding) &&
      other.finding.start !== undefined &&
      coincide(other.finding, finding, MERGE_MS),
  );
  if (own) return true;
  if (!/\.loss|\.conceal|\.jb|\.mos/.test(finding.ruleId)) return false;
  const report = view.reports.get(id);
  return report !== undefined && intervalsOf(finding).some((time) => meanLossSent(report, time) > LOSS_AT_SENDER);
}

/** Mean loss, %, of what was sent in a time; NaN when nothing was measured. */
function meanLossSent(report: ReportView, { start, end }: Interval): number {
  let sum = 0;
  let count = 0;
  for (const one of report.streams) {
    const loss = one.stream.direction === 'send' ? column(one, 'packetLoss') : undefined;
    if (!loss) continue;
    for (let i = firstAt(one.times, start); i < loss.length && (one.times[i] as number) <= end; i++) {
      if (one.usable[i] === 0 || Number.isNaN(loss[i])) continue;
      sum += loss[i] as number;
      count++;
    }
  }
  return sum / count;
}

/** Whether anything that was sent was measured in that time. */
function measured(report: ReportView | undefined, times: readonly Interval[]): boolean {
  return (
    report?.streams.some((one) => one.stream.direction === 'send' && times.some((time) => heard(one, time))) ?? false
  );
}

/** Whether the camera was off for most of the times, by the sender's own events. */
function turnedOff(report: ReportView | undefined, times: readonly Interval[]): boolean {
  if (!report || report.muted.video.length === 0) return false;
  return times.every(({ start, end }) =>
    report.muted.video.some((off) => Math.min(off.end, end) - Math.max(off.start, start) >= (end - start) / 2),
  );
}
