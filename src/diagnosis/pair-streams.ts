import type { CallReport, Stream } from '../core/model';
import { ownStreams } from '../core/own-streams';
import { summarize } from '../core/series';
import { streamLabel } from '../core/stream-label';

/** Streams of two reports that stand for the same thing. */
export interface StreamPair {
  /** Unique among the pairs of two reports. */
  key: string;
  /** In words, with the labels of the two. */
  what: string;
  /** One stream seen from both its ends: what one sent, and what the other got of it. */
  ends: boolean;
  first: readonly Stream[];
  second: readonly Stream[];
}

/** What the words may be worded with. */
export interface CompareOptions {
  /** What other participants are called, by id: for whom a stream was received from. */
  names?: ReadonlyMap<string, string>;
}

interface Labelled {
  label: string;
  report: CallReport;
}

/**
 * Pairs the streams of two reports: first both ends of what one sent and the other received, then streams of the same
 * direction, medium, source and layer, received ones by who sent them; what is left is paired as a whole. `unpaired`: one
 * sentence for each kind that only one of them has.
 */
export function pairStreams(
  first: Labelled,
  second: Labelled,
  { names }: CompareOptions = {},
): { pairs: StreamPair[]; unpaired: string[] } {
  const unpaired: string[] = [];
  const pairs = [...endsOf(first, second, false), ...endsOf(second, first, true)];
  pairs.push(...alikeOf(first, second, names, unpaired));
  return { pairs, unpaired };
}

function alikeOf(first: Labelled, second: Labelled, names: CompareOptions['names'], unpaired: string[]): StreamPair[] {
  const pairs: StreamPair[] = [];
  const all = { first: ownStreams(first.report), second: ownStreams(second.report) };
  const rest = { ...all };
  for (const stream of all.first) {
    const same = (other: Stream) => keyOf(other) === keyOf(stream);
    const alone = all.first.filter(same).length === 1;
    const twins = all.second.filter(same);
    const [twin] = twins;
    const { remoteParticipantId } = stream;
    if (!alone || twins.length !== 1 || !twin || (isReceived(stream) && !remoteParticipantId)) continue;
    const from = isReceived(stream) ? ` from ${names?.get(remoteParticipantId ?? '') ?? 'the same sender'}` : '';
    const what = streamLabel(stream) + from;
    pairs.push({ key: `alike ${keyOf(stream)}`, what, ends: false, first: [stream], second: [twin] });
    rest.first = rest.first.filter((one) => one !== stream);
    rest.second = rest.second.filter((one) => one !== twin);
  }
  const kinds = new Map([...rest.first, ...rest.second].map((stream) => [kindOf(stream), stream]));
  for (const [kind, sample] of kinds) {
    const own = rest.first.filter((stream) => kindOf(stream) === kind);
    const others = rest.second.filter((stream) => kindOf(stream) === kind);
    const what = streamLabel({ ...sample, layer: undefined });
    if (own.length > 0 && others.length > 0) {
      const single = own.length === 1 && others.length === 1;
      const apart = own[0]?.remoteParticipantId !== others[0]?.remoteParticipantId ? ' from different senders' : '';
      const words = single ? what + apart : `${what}, all ${own.length} and ${others.length} streams`;
      pairs.push({ key: `kind ${kind}`, what: words, ends: false, first: own, second: others });
    } else if (!pairs.some(({ first: [one] }) => one && kindOf(one) === kind)) {
      unpaired.push(`${what}: only in the report of ${own.length > 0 ? first.label : second.label}.`);
    }
  }
  return pairs;
}

/** What one sent and the other received of it. With simulcast the largest layer stands for what was sent. */
function endsOf(sender: Labelled, receiver: Labelled, swapped: boolean): StreamPair[] {
  if (sender.report.participant.id === receiver.report.participant.id) return [];
  return receiver.report.streams.flatMap((received): StreamPair[] => {
    if (received.remoteParticipantId !== sender.report.participant.id || !isReceived(received)) return [];
    const [sent] = sender.report.streams
      .filter(
        ({ direction, kind, source }) => direction === 'send' && kind === received.kind && source === received.source,
      )
      .sort((a, b) => size(b) - size(a));
    if (!sent) return [];
    const what = `${streamLabel({ ...sent, layer: undefined })} by ${sender.label}, against what ${receiver.label} received of it`;
    const both = {
      key: `ends ${JSON.stringify([sender.report.participant.id, sent.id, received.id])}`,
      what,
      ends: true,
    };
    return [swapped ? { ...both, first: [received], second: [sent] } : { ...both, first: [sent], second: [received] }];
  });
}

function isReceived({ direction }: Stream): boolean {
  return direction === 'receive';
}

function kindOf({ direction, kind, source }: Stream): string {
  return JSON.stringify([direction, kind, source]);
}

function keyOf(stream: Stream): string {
  return JSON.stringify([kindOf(stream), stream.layer, isReceived(stream) ? stream.remoteParticipantId : undefined]);
}

function size({ series }: Stream): number {
  const { frameHeight, bitrate } = series;
  return (frameHeight && summarize(frameHeight)?.median) ?? (bitrate && summarize(bitrate)?.median) ?? 0;
}
