import { compareText } from '../../core/order';
import type { Confidence, Interval, Side } from '../finding';
import { type Episode, MERGE_MS, mergeIntervals, touches } from './episodes';
import { firstAt, type StreamView } from './view';

/** The episodes of one stream. */
export interface StreamEpisodes {
  view: StreamView;
  episodes: Episode[];
  measured: boolean;
}

/** Episodes of several streams that belong together, with the side they speak for. */
export interface Group {
  /** Joined over the streams. */
  intervals: Interval[];
  streams: StreamEpisodes[];
  side: Side;
  confidence: Confidence;
  /** Receive: the one whose media it is. */
  sender?: string;
}

/** What is sent is judged at one end: all streams together, local. */
export function groupSent(streams: readonly StreamEpisodes[], side: Side, confidence: Confidence): Group[] {
  const affected = streams.filter(({ episodes }) => episodes.length > 0);
  if (affected.length === 0) return [];
  const intervals = mergeIntervals(affected.flatMap(({ episodes }) => episodes));
  return [{ intervals, streams: affected, side, confidence }];
}

/**
 * What is received is judged by whose media it is: bad from at least two senders, and from at least half of those who were
 * heard meanwhile, speaks for the receiver's own end; bad from one while others are fine speaks for the sender's. With one
 * sender only, the report does not tell.
 */
export function groupReceived(streams: readonly StreamEpisodes[]): Group[] {
  const senders = new Map<string, StreamEpisodes[]>();
  for (const one of streams) {
    const key = one.view.sender ?? '';
    const list = senders.get(key);
    if (list) list.push(one);
    else senders.set(key, [one]);
  }
  const bySender = new Map<string, Interval[]>();
  for (const [sender, list] of senders) {
    const intervals = mergeIntervals(list.flatMap(({ episodes }) => episodes));
    if (intervals.length > 0) bySender.set(sender, intervals);
  }
  const common: Interval[] = [];
  const alone = new Map<string, { interval: Interval; others: boolean }[]>();
  for (const [sender, intervals] of bySender) {
    for (const interval of intervals) {
      const { affected, present } = around(interval, senders, bySender);
      if (affected >= 2 && affected * 2 >= present) common.push(interval);
      else alone.set(sender, [...(alone.get(sender) ?? []), { interval, others: present >= 2 }]);
    }
  }
  const groups: Group[] = [];
  if (common.length > 0) {
    const intervals = mergeIntervals(common);
    groups.push({ intervals, streams: within(streams, intervals), side: 'local', confidence: 'medium' });
  }
  for (const [sender, list] of [...alone].sort(([a], [b]) => compareText(a, b))) {
    for (const others of [true, false]) {
      const intervals = list.filter((one) => one.others === others).map(({ interval }) => interval);
      if (intervals.length === 0) continue;
      groups.push({
        intervals,
        streams: within(senders.get(sender) ?? [], intervals),
        side: others ? 'remote' : 'unclear',
        confidence: others ? 'medium' : 'low',
        ...(sender && { sender }),
      });
    }
  }
  return groups;
}

/** How many senders were bad at that time, and how many were heard at all. */
function around(
  interval: Interval,
  senders: ReadonlyMap<string, StreamEpisodes[]>,
  bad: ReadonlyMap<string, Interval[]>,
): { affected: number; present: number } {
  let affected = 0;
  let present = 0;
  for (const [sender, list] of senders) {
    const hit = bad.get(sender)?.some((other) => touches(other, interval)) ?? false;
    if (hit) affected++;
    if (hit || list.some(({ view, measured }) => measured && heard(view, interval))) present++;
  }
  return { affected, present };
}

/** Whether at least one sample that counts lies in the interval. */
export function heard({ times, usable }: StreamView, { start, end }: Interval): boolean {
  for (let i = firstAt(times, start); i < times.length && (times[i] as number) <= end; i++) if (usable[i]) return true;
  return false;
}

function within(streams: readonly StreamEpisodes[], intervals: readonly Interval[]): StreamEpisodes[] {
  return streams.flatMap((one) => {
    const episodes = one.episodes.filter((episode) =>
      intervals.some((interval) => touches(interval, episode, MERGE_MS - 1)),
    );
    return episodes.length > 0 ? [{ ...one, episodes }] : [];
  });
}
