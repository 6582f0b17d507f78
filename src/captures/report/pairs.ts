import { bitsPerSecond, countsOf, elapsedOf, resetsOf } from '../../core/counters';
import type { CallEvent, Candidate, CandidatePair } from '../../core/model';
import { lastNumber, lastText, ofType, type StatObject, type StatObjects } from '../objects';

/** More pairs tell nobody more: those that carried the most stand. */
const MAX_PAIRS = 200;

const TYPES: ReadonlySet<string> = new Set(['host', 'srflx', 'prflx', 'relay']);

/** Candidate pairs: those that were selected at any time first, then by what they carried. */
export function mapPairs(stats: StatObjects): CandidatePair[] {
  const selected = selectedPairs(stats);
  return ofType(stats, 'candidate-pair')
    .map((object) => toPair(object, stats, selected))
    .sort(
      (a, b) =>
        Number(b.nominated ?? false) - Number(a.nominated ?? false) ||
        (b.bytesReceived ?? 0) + (b.bytesSent ?? 0) - (a.bytesReceived ?? 0) - (a.bytesSent ?? 0),
    )
    .slice(0, MAX_PAIRS);
}

/** Pairs that a transport ever used; undefined where no transport tells. */
function selectedPairs(stats: StatObjects): ReadonlySet<string> | undefined {
  const ids = ofType(stats, 'transport').flatMap(({ texts, last }) => [
    ...(texts.get('selectedCandidatePairId') ?? []).map(({ value }) => value),
    ...(typeof last.selectedCandidatePairId === 'string' ? [last.selectedCandidatePairId] : []),
  ]);
  return ids.length > 0 ? new Set(ids) : undefined;
}

function toPair(object: StatObject, stats: StatObjects, selected: ReadonlySet<string> | undefined): CandidatePair {
  const { id, last, times } = object;
  const nominated = selected
    ? selected.has(id)
    : last.selected === true || (last.nominated === true && last.state === 'succeeded');
  const series = seriesOf(object);
  const seconds = (name: string): number | undefined => {
    const value = lastNumber(object, name);
    return value === undefined ? undefined : value * 1000;
  };
  const facts = {
    rttMs: seconds('currentRoundTripTime'),
    totalRttMs: seconds('totalRoundTripTime'),
    bytesSent: lastNumber(object, 'bytesSent'),
    bytesReceived: lastNumber(object, 'bytesReceived'),
    packetsSent: lastNumber(object, 'packetsSent'),
    packetsReceived: lastNumber(object, 'packetsReceived'),
    bytesDiscardedOnSend: lastNumber(object, 'bytesDiscardedOnSend'),
    packetsDiscardedOnSend: lastNumber(object, 'packetsDiscardedOnSend'),
    availableOutgoingBitrate: lastNumber(object, 'availableOutgoingBitrate'),
    availableIncomingBitrate: lastNumber(object, 'availableIncomingBitrate'),
    lastPacketSentAt: lastNumber(object, 'lastPacketSentTimestamp') || undefined,
    lastPacketReceivedAt: lastNumber(object, 'lastPacketReceivedTimestamp') || undefined,
  };
  return {
    nominated,
    local: toCandidate(stats.get(lastText(object, 'localCandidateId') ?? '')),
    remote: toCandidate(stats.get(lastText(object, 'remoteCandidateId') ?? '')),
    ...stated(facts),
    // A pair that was only checked has nothing to draw.
    ...(nominated && Object.keys(series).length > 0 && { times, series }),
  };
}

function seriesOf({ times, numbers }: StatObject): Record<string, Float64Array> {
  const elapsed = elapsedOf(times);
  const sent = numbers.get('bytesSent');
  const received = numbers.get('bytesReceived');
  const resets = resetsOf([sent, received]);
  return stated({
    rtt: numbers.get('currentRoundTripTime')?.map((seconds) => seconds * 1000),
    availableOutgoingBitrate: numbers.get('availableOutgoingBitrate'),
    availableIncomingBitrate: numbers.get('availableIncomingBitrate'),
    bitrateSent: sent && bitsPerSecond(countsOf(sent, resets), elapsed),
    bitrateReceived: received && bitsPerSecond(countsOf(received, resets), elapsed),
  });
}

function toCandidate(object: StatObject | undefined): Candidate {
  if (!object) return {};
  const type = lastText(object, 'candidateType');
  const networkType = lastText(object, 'networkType');
  return {
    id: object.id,
    ...stated({
      type: type !== undefined && TYPES.has(type) ? (type as Candidate['type']) : undefined,
      address: lastText(object, 'address') ?? lastText(object, 'ip'),
      port: lastNumber(object, 'port'),
      protocol: lastText(object, 'protocol'),
      url: lastText(object, 'url'),
      networkType: networkType === 'unknown' ? undefined : networkType,
      relatedAddress: lastText(object, 'relatedAddress'),
      relatedPort: lastNumber(object, 'relatedPort'),
    }),
  };
}

/** When a transport began to use a pair, and which. */
export function pairEvents(stats: StatObjects): CallEvent[] {
  return ofType(stats, 'transport').flatMap(({ texts }) =>
    (texts.get('selectedCandidatePairId') ?? []).map(({ at, value }): CallEvent => {
      const pair = stats.get(value);
      const local = toCandidate(pair && stats.get(lastText(pair, 'localCandidateId') ?? ''));
      const remote = toCandidate(pair && stats.get(lastText(pair, 'remoteCandidateId') ?? ''));
      const details = stated({
        localType: local.type,
        remoteType: remote.type,
        protocol: local.protocol,
        networkType: local.networkType,
        relayUrl: local.type === 'relay' ? local.url : undefined,
        localAddress: local.address,
        remoteAddress: remote.address,
      });
      return { at, name: 'selectedCandidatePairChange', lane: 'network', details };
    }),
  );
}

/** Without what is undefined. */
export function stated<T extends object>(record: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}
