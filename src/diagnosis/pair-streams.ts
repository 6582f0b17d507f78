import * as l10n from '@vscode/l10n';
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
  /** Writes a number; without it as people of the window's language read it. */
  number?: (value: number) => string;
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
    const [twin, ...more] = twins;
    const sender = isReceived(stream) ? stream.remoteParticipantId : undefined;
    if (!alone || !twin || more.length > 0 || (isReceived(stream) && !sender)) continue;
    const what = sender ? fromSender(streamLabel(stream), names?.get(sender)) : streamLabel(stream);
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
      const apart = own[0]?.remoteParticipantId !== others[0]?.remoteParticipantId;
      const lone = apart ? l10n.t('{0} from different senders', what) : what;
      const words = single
        ? lone
        : l10n.t('{what}, all {own} and {others} streams', { what, own: own.length, others: others.length });
      pairs.push({ key: `kind ${kind}`, what: words, ends: false, first: own, second: others });
    } else if (!pairs.some(({ first: [one] }) => one && kindOf(one) === kind)) {
      unpaired.push(l10n.t('{0}: only in the report of {1}.', what, own.length > 0 ? first.label : second.label));
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
    const what = l10n.t('{what} by {sender}, against what {receiver} received of it', {
      what: streamLabel({ ...sent, layer: undefined }),
      sender: sender.label,
      receiver: receiver.label,
    });
    const both = {
      key: `ends ${JSON.stringify([sender.report.participant.id, sent.id, received.id])}`,
      what,
      ends: true,
    };
    return [swapped ? { ...both, first: [received], second: [sent] } : { ...both, first: [sent], second: [received] }];
  });
}

function fromSender(label: string, name: string | undefined): string {
  return name === undefined
    ? l10n.t('{0} from the same sender', label)
    : l10n.t('{stream} from {sender}', { stream: label, sender: name });
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

function median(column: Float64Array | undefined): number | undefined {
  return column && summarize(column)?.median;
}

function size({ series }: Stream): number {
  const { frameHeight, bitrate } = series;
  return median(frameHeight) ?? median(bitrate) ?? 0;
}
