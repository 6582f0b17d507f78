import type { SampleAnswer } from '../provider';
import { type Arrival, type Media, mediaOf } from '../realtimekit/media/call';
import type { Sent, SentTrack } from '../realtimekit/media/encode';
import { cellAt, type Running } from '../realtimekit/media/grid';
import type { Plan, Stay } from '../realtimekit/plan';
import { ok, Refused } from './answers';
import { isLive } from './sessions';
import { peerId, roomOf, sessionId } from './workspace';

/** Time between two samples, ms, as in the published example. */
const INTERVAL = 10_000;
const DAY = 86_400_000;
const RETENTION = 30 * DAY;
/** Samples that one concealment synthesizes: 20 ms at 48 kHz. */
const CONCEALED = 960;
/** A picture that shows less than this share of its frames was frozen for a moment. */
const FROZEN = 0.62;

/** `GET /analytics/peer-stats`: after the session has ended, for 30 days. */
export function peerStats(plan: Plan, stay: Stay, now: number): SampleAnswer {
  if (isLive(plan, now)) throw new Refused(404, 'stats not found', ['session is active']);
  if (plan.end < now - RETENTION) throw new Refused(404, 'stats not found');
  const empty = plan.meeting.scenario === 'no-report';
  return ok({
    peer_id: peerId(plan, stay.index),
    session_id: sessionId(plan),
    room_id: roomOf(plan).id,
    publisher: empty ? { video: [], audio: [] } : publisher(mediaOf(plan, stay)),
    subscriber: empty ? { video: [], audio: [] } : subscriber(mediaOf(plan, stay)),
  });
}

function publisher(media: Media) {
  return {
    video: media.sent.filter(({ track }) => track.kind === 'video').flatMap((sent) => videoLayers(media, sent)),
    audio: media.sent
      .filter(({ track }) => track.kind === 'audio')
      .flatMap((sent) =>
        sent.streams.map((stream) => ({ track_id: sent.track.id, time_series: audioSeries(media, sent, stream) })),
      ),
  };
}

/** The largest layer first, as published; a screen has but one, without a name. */
function videoLayers(media: Media, sent: SentTrack) {
  const names = sent.streams.length === 1 ? [null] : ['l', 'm', 'h'].slice(3 - sent.streams.length);
  return sent.streams
    .map((stream, index) => ({
      track_id: sent.track.id,
      type: sent.track.source === 'screen' ? 'screen' : 'regular',
      rid: names[index] ?? null,
      time_series: videoSeries(media, sent, stream),
    }))
    .reverse();
}

function videoSeries(media: Media, { track }: SentTrack, stream: Sent) {
  const spans = spansOf(media, track.from, track.to);
  return {
    timestamps: spans.map(({ to }) => to),
    bitrate: spans.map((span) => bitrate(stream.bytes, span)),
    fps: spans.map(({ to }) => stream.picture?.fps[cellAt(media.grid, to - 1)] ?? 0),
    packet_loss_percent: spans.map((span) => loss(stream.lost, stream.packets, span)),
    rtt_ms: spans.map(({ from, to }) => Math.round(media.link.rttSum.mean(from, to))),
  };
}

function audioSeries(media: Media, { track }: SentTrack, stream: Sent) {
  const spans = spansOf(media, track.from, track.to);
  return {
    timestamps: spans.map(({ to }) => to),
    bitrate: spans.map((span) => bitrate(stream.bytes, span)),
    packet_loss_percent: spans.map((span) => loss(stream.lost, stream.packets, span)),
    rtt_ms: spans.map(({ from, to }) => Math.round(media.link.rttSum.mean(from, to))),
    jitter_ms: spans.map(({ from, to }) => round(media.link.jitterUpSum.mean(from, to), 10)),
  };
}

function subscriber(media: Media) {
  const series = (arrival: Arrival) => ({
    track_id: arrival.sent.track.id,
    ...(arrival.sent.track.kind === 'video' && { type: arrival.sent.track.source === 'screen' ? 'screen' : 'regular' }),
    time_series: receivedSeries(media, arrival),
  });
  const of = (kind: 'audio' | 'video') => media.arrivals.filter(({ sent }) => sent.track.kind === kind).map(series);
  return { video: of('video'), audio: of('audio') };
}

function receivedSeries(media: Media, { received }: Arrival) {
  const spans = spansOf(media, received.from, received.to);
  const { picture } = received;
  const common = {
    timestamps: spans.map(({ to }) => to),
    // The first sample has no bitrate yet.
    bitrate: spans.map((span, index) => (index === 0 ? null : bitrate(received.bytes, span))),
  };
  if (picture) {
    return {
      ...common,
      fps: spans.map(({ to }) => picture.fps[cellAt(media.grid, to - 1)] ?? 0),
      freeze_count: spans.map(({ from, to }) => {
        const shown = picture.decoded.between(from, to);
        const dropped = picture.dropped.between(from, to);
        const lost = received.lost.between(from, to) / Math.max(1, received.expected.between(from, to));
        return shown > 0 && (shown / (shown + dropped) < FROZEN || 1 - 2.4 * lost < FROZEN) ? 1 : 0;
      }),
    };
  }
  return {
    ...common,
    concealed_samples: spans.map(({ from, to }) => CONCEALED * received.concealment.whole(from, to)),
    packet_loss_percent: spans.map((span) => loss(received.lost, received.expected, span)),
  };
}

interface Span {
  from: number;
  to: number;
}

/** The intervals of a track on a grid of 10 s; none while the client had no connection or its page slept. */
function spansOf({ grid, link }: Media, from: number, to: number): Span[] {
  const spans: Span[] = [];
  for (let end = Math.ceil((from + 1000) / INTERVAL) * INTERVAL; end <= to; end += INTERVAL) {
    const cell = cellAt(grid, end - 1);
    if (!link.offline[cell] && !link.backgrounded[cell]) spans.push({ from: Math.max(from, end - INTERVAL), to: end });
  }
  return spans;
}

function bitrate(bytes: Running, { from, to }: Span): number {
  return Math.round(8 * bytes.mean(from, to));
}

function loss(lost: Running, all: Running, { from, to }: Span): number {
  const sent = all.between(from, to);
  return sent > 0 ? round((100 * lost.between(from, to)) / sent, 100) : 0;
}

function round(value: number, steps: number): number {
  return Math.round(value * steps) / steps;
}
