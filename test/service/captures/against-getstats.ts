import assert from 'node:assert/strict';
import type { CaptureConnection } from '../../../src/captures/index';
import type { Stream } from '../../../src/core/model';
import type { SeriesName } from '../../../src/core/series';

/** One object of a getStats report as the page recorded it. */
export interface Stat {
  id: string;
  type: string;
  timestamp: number;
  [member: string]: unknown;
}

/** What `getStats` gave over a call, one list a poll. */
export type Polls = readonly (readonly Stat[])[];

/** How far an opened figure may lie from the page's own, as a share. */
const TOLERANCE = 0.01;

/** Counters of a stream, and by how many units they may differ whatever the share: one packet or frame at either edge. */
const COUNTERS: Partial<Record<SeriesName, number>> = {
  packetsSent: 2,
  packetsReceived: 2,
  packetsLost: 2,
  bytesSent: 2000,
  bytesReceived: 2000,
  framesEncoded: 2,
  framesDecoded: 2,
  framesDropped: 1,
  nackCount: 2,
  pliCount: 1,
  freezeCount: 1,
  concealedSamples: 1000,
  jitterBufferEmittedCount: 1000,
};

/** Seconds over counts, whose mean of the call is compared. */
const MEANS: Partial<Record<SeriesName, readonly [sum: string, count: string, weight: SeriesName]>> = {
  jitterBufferDelay: ['jitterBufferDelay', 'jitterBufferEmittedCount', 'jitterBufferEmittedCount'],
  encodeTime: ['totalEncodeTime', 'framesEncoded', 'framesEncoded'],
  decodeTime: ['totalDecodeTime', 'framesDecoded', 'framesDecoded'],
};

/** From the least to the most that a figure may be. */
type Span = readonly [least: number, most: number];

/**
 * How a reading of Chromium's, which lies between two polls of the page, is held against them. `proportion`: it is what the
 * polls say in proportion, which holds in a calm call of some length. `between`: it lies between them, which holds whatever
 * the machine was busy with.
 */
export type Match = 'proportion' | 'between';

/** Compares an opened connection with what its page recorded; gives how many figures were compared. */
export function compare({ report }: CaptureConnection, polls: Polls, match: Match = 'proportion'): number {
  let compared = 0;
  const near = (found: number, [least, most]: Span, slack: number, what: string) => {
    compared += 1;
    const off = Math.max(least - found, found - most, 0);
    assert.ok(
      off <= Math.max(TOLERANCE * Math.abs(most), slack),
      `${what}: ${found}, getStats says ${least} to ${most}`,
    );
  };
  for (const stream of report.streams) {
    const readings = readingsOf(stream, polls);
    const { times } = stream;
    // From the first reading to the last that both have.
    const from = Math.max(times[0] as number, readings[0]?.timestamp ?? 0);
    const to = Math.min(times[times.length - 1] as number, readings.at(-1)?.timestamp ?? 0);
    const first = times.findIndex((time) => time >= from);
    const last = times.findLastIndex((time) => time <= to);
    assert.ok(readings.length > 20 && last - first > 5, `${stream.id}: ${readings.length} polls`);
    const grown = (member: string): Span => {
      const [start, end] = [first, last].map((index) => at(readings, member, times[index] as number, match));
      return [(end as Span)[0] - (start as Span)[1], (end as Span)[1] - (start as Span)[0]];
    };
    const what = `${report.participant.id} ${stream.label}`;
    for (const [name, slack] of Object.entries(COUNTERS) as [SeriesName, number][]) {
      const column = stream.series[name];
      // What was sent is reported lost by the far end, in an object of its own.
      if (!column || (name === 'packetsLost' && stream.direction === 'send')) continue;
      near(sum(column, first, last), grown(name), slack, `${what}: ${name}`);
    }
    const bits = mean(stream.series.bitrate as Float64Array, first, last);
    const bytes = stream.direction === 'send' ? 'bytesSent' : 'bytesReceived';
    const seconds = ((times[last] as number) - (times[first] as number)) / 1000;
    const [fewest, most] = grown(bytes);
    near(bits, [(8 * fewest) / seconds, (8 * most) / seconds], 400, `${what}: bitrate`);
    for (const [name, [total, count, weight]] of Object.entries(MEANS)) {
      const column = stream.series[name as SeriesName];
      const weights = stream.series[weight];
      if (!column || !weights) continue;
      const [sums, counts] = [grown(total), grown(count)];
      const expected: Span = [(1000 * sums[0]) / counts[1], (1000 * sums[1]) / counts[0]];
      near(weighted(column, weights, first, last), expected, 0.05, `${what}: ${name}`);
    }
    for (const name of ['frameWidth', 'frameHeight'] as const) {
      const column = stream.series[name];
      const end = times[last] as number;
      if (column) near(column[last] as number, ordered(at(readings, name, end, match)), 0, `${what}: ${name}`);
    }
    if (stream.direction === 'send')
      compared += compareRoundTrips(stream, polls, what, match === 'between' ? 0.5 : 0.9);
  }
  return compared;
}

/** Every round trip that is shown is one that the page saw, but for those that came and went between two polls. */
function compareRoundTrips(stream: Stream, polls: Polls, what: string, share: number): number {
  const ssrc = Number(stream.identifiers?.ssrc);
  const seen = polls.flatMap((poll) =>
    poll.flatMap((stat) =>
      stat.type === 'remote-inbound-rtp' && stat.ssrc === ssrc && typeof stat.roundTripTime === 'number'
        ? stat.roundTripTime * 1000
        : [],
    ),
  );
  const shown = [...new Set(stream.series.rtt)].filter((value) => !Number.isNaN(value));
  const known = shown.filter((value) => seen.some((other) => Math.abs(other - value) <= TOLERANCE * other));
  assert.ok(
    shown.length > 0 && known.length >= share * shown.length,
    `${what}: ${known.length} of ${shown.length} round trips`,
  );
  return 1;
}

function readingsOf(stream: Stream, polls: Polls): Stat[] {
  const type = stream.direction === 'send' ? 'outbound-rtp' : 'inbound-rtp';
  const ssrc = Number(stream.identifiers?.ssrc);
  return polls.flatMap((poll) => poll.filter((stat) => stat.type === type && stat.ssrc === ssrc));
}

/** A member at a moment: between two polls in proportion, or what both of them say. */
function at(readings: readonly Stat[], member: string, moment: number, match: Match): Span {
  const after = readings.findIndex(({ timestamp }) => timestamp >= moment);
  const next = readings[after < 0 ? readings.length - 1 : after] as Stat;
  const before = readings[Math.max(0, after - 1)] as Stat;
  const [from, to] = [Number(before[member] ?? 0), Number(next[member] ?? 0)];
  if (match === 'between') return [from, to];
  const span = next.timestamp - before.timestamp;
  const value = span > 0 ? from + ((to - from) * (moment - before.timestamp)) / span : to;
  return [value, value];
}

/** A picture may have become smaller from one poll to the next. */
function ordered([a, b]: Span): Span {
  return a <= b ? [a, b] : [b, a];
}

/** Counts of intervals: that of the first reading reaches back before it. */
function sum(column: Float64Array, first: number, last: number): number {
  return column.slice(first + 1, last + 1).reduce((all, value) => all + (Number.isNaN(value) ? 0 : value), 0);
}

function mean(column: Float64Array, first: number, last: number): number {
  return sum(column, first, last) / (last - first);
}

function weighted(column: Float64Array, weights: Float64Array, first: number, last: number): number {
  return (
    sum(
      column.map((value, i) => value * (weights[i] as number)),
      first,
      last,
    ) / sum(weights, first, last)
  );
}
