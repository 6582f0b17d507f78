import type { StatObject } from '../objects';

/** A far end's figure stands for this long, ms: RTCP reports come every 5 s and a bit where little is sent (RFC 3550, 6.2). */
const HOLD_MS = 10_000;
/** Two reports farther apart than this say nothing of the time between, ms. */
const MAX_APART_MS = 30_000;

/** What the far end reports of a stream, at the times of the stream itself. */
export interface RemoteColumns {
  /** ms. */
  rtt?: Float64Array;
  /** ms. */
  jitter?: Float64Array;
  /** Packets that the far end missed since its report before, at the first reading that knows it. */
  packetsLost?: Float64Array;
  /** %, between two reports. */
  packetLoss?: Float64Array;
}

/**
 * Brings the far end's reports (`remote-inbound-rtp`) to the times of the stream that they are about. `sent` is the stream's
 * running total of packets.
 */
export function remoteColumns(
  times: Float64Array,
  remote: StatObject | undefined,
  sent: Float64Array | undefined,
): RemoteColumns {
  if (!remote || remote.times.length === 0) return {};
  const lost = remote.numbers.get('packetsLost');
  const fraction = remote.numbers.get('fractionLost');
  const loss = fraction
    ? lossReported(times, remote.times, fraction)
    : lost && sent && lossCounted(times, remote.times, lost, sent);
  return {
    ...held('rtt', times, remote, 'roundTripTime'),
    ...held('jitter', times, remote, 'jitter'),
    ...(lost && { packetsLost: lostSince(times, remote.times, lost) }),
    ...(loss && { packetLoss: loss }),
  };
}

/** Seconds of the far end's latest report, as milliseconds, as long as they stand. */
export function held<Name extends string>(
  name: Name,
  times: Float64Array,
  remote: StatObject,
  member: string,
): Partial<Record<Name, Float64Array>> {
  const column = remote.numbers.get(member);
  if (!column) return {};
  const out = new Float64Array(times.length).fill(Number.NaN);
  let report = -1;
  for (let i = 0; i < times.length; i++) {
    const time = times[i] as number;
    while (report + 1 < remote.times.length && (remote.times[report + 1] as number) <= time) report++;
    if (report >= 0 && time - (remote.times[report] as number) <= HOLD_MS) out[i] = (column[report] as number) * 1000;
  }
  return { [name]: out } as Partial<Record<Name, Float64Array>>;
}

function lostSince(times: Float64Array, reports: Float64Array, lost: Float64Array): Float64Array {
  const out = new Float64Array(times.length).fill(Number.NaN);
  let report = -1;
  for (let i = 0; i < times.length; i++) {
    const before = report;
    while (report + 1 < reports.length && (reports[report + 1] as number) <= (times[i] as number)) report++;
    // Late packets make the total fall (RFC 3550, 6.4.1).
    if (before >= 0 && report > before) out[i] = Math.max(0, (lost[report] as number) - (lost[before] as number));
  }
  return out;
}

/** Loss between two reports as the far end counted it (RFC 3550, 6.4.1: fraction lost), at every reading between them. */
function lossReported(times: Float64Array, reports: Float64Array, fraction: Float64Array): Float64Array {
  return between(times, reports, (report) => 100 * (fraction[report] as number));
}

/** Where the far end's own fraction is missing: what it missed between two reports, over what was sent meanwhile. */
function lossCounted(times: Float64Array, reports: Float64Array, lost: Float64Array, sent: Float64Array): Float64Array {
  return between(times, reports, (report) => {
    const packets = at(times, sent, reports[report] as number) - at(times, sent, reports[report - 1] as number);
    const missed = Math.max(0, (lost[report] as number) - (lost[report - 1] as number));
    return packets > 0 ? Math.min(100, (100 * missed) / packets) : Number.NaN;
  });
}

/** Gives each reading the value of the report that came next, if the one before it is not too long ago. */
function between(times: Float64Array, reports: Float64Array, value: (report: number) => number): Float64Array {
  const out = new Float64Array(times.length).fill(Number.NaN);
  let i = 0;
  for (let report = 1; report < reports.length; report++) {
    const from = reports[report - 1] as number;
    const to = reports[report] as number;
    while (i < times.length && (times[i] as number) <= from) i++;
    if (to - from > MAX_APART_MS) continue;
    const now = value(report);
    for (let j = i; j < times.length && (times[j] as number) <= to; j++) out[j] = now;
  }
  return out;
}

/** A running total at a moment, between its readings in proportion; NaN outside of them. */
function at(times: Float64Array, total: Float64Array, moment: number): number {
  let low = 0;
  let high = times.length - 1;
  if (high < 0 || moment < (times[0] as number) || moment > (times[high] as number)) return Number.NaN;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((times[middle] as number) <= moment) low = middle;
    else high = middle;
  }
  const from = times[low] as number;
  const to = times[high] as number;
  const share = to > from ? (moment - from) / (to - from) : 0;
  return (total[low] as number) + share * ((total[high] as number) - (total[low] as number));
}
