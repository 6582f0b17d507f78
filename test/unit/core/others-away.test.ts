import assert from 'node:assert/strict';
import { gapCauses, gapsOf } from '../../../src/core/gaps';
import type { CallReport, Participant, Stream } from '../../../src/core/model';
import { othersAway } from '../../../src/core/others-away';

const MINUTE = 60_000;
const ENDED = { status: 'ended', endedAt: 30 * MINUTE } as const;

/** A microphone that was received from somebody, a sample a second but for the minutes in the hole. */
function received(from: string, last: number, hole?: readonly [number, number]): Stream {
  const seconds = Array.from({ length: last * 60 + 1 }, (_, second) => second * 1000);
  const times = Float64Array.from(seconds.filter((at) => !hole || at <= hole[0] * MINUTE || at >= hole[1] * MINUTE));
  const series = { rtt: times.map(() => 40) };
  const kind = { direction: 'receive', kind: 'audio', source: 'camera-mic' } as const;
  return { id: `of-${from}`, ...kind, remoteParticipantId: from, times, series };
}

function report(...streams: Stream[]): CallReport {
  const none = { transports: [], connectivity: [], deviceChanges: [], events: [], aggregates: [] };
  return { provider: 'whereby', participant: { id: 'me' }, streams, ...none, assumptions: [], issues: [] };
}

const stay = (id: string, joined: number, left?: number, more: Partial<Participant> = {}): Participant => ({
  id,
  joinedAt: joined * MINUTE,
  leftAt: left === undefined ? undefined : left * MINUTE,
  ...more,
});

describe('when others were out of the call', () => {
  it('is from leaving on to the end, of those whose media was received', () => {
    const streams = [received('a', 10), received('b', 30)];
    const people = [stay('a', 0, 10), stay('b', 0, 30), stay('c', 0, 5)];
    // b left when the session ended, and nothing of c was received.
    assert.deepEqual(othersAway({ streams }, people, ENDED, 99 * MINUTE), {
      a: [{ start: 10 * MINUTE, end: 30 * MINUTE }],
    });
  });

  it('is between the connections of one stay', () => {
    const events = [
      { at: 0, name: 'joined' },
      { at: 5 * MINUTE, name: 'left' },
      { at: 8 * MINUTE, name: 'rejoined' },
      { at: 30 * MINUTE, name: 'left' },
    ].map((event) => ({ ...event, lane: 'presence' as const }));
    const people = [stay('a', 0, 30, { events })];
    assert.deepEqual(othersAway({ streams: [received('a', 30)] }, people, ENDED, 99 * MINUTE), {
      a: [{ start: 5 * MINUTE, end: 8 * MINUTE }],
    });
  });

  it('is until now while the call goes on, and nothing where it is not known', () => {
    const streams = [received('a', 10), received('b', 10), received('c', 10)];
    const people = [stay('a', 0, 10), stay('b', 0), stay('c', 0, 10, { leftTimeUnknown: true })];
    assert.deepEqual(othersAway({ streams }, people, { status: 'live' }, 12 * MINUTE), {
      a: [{ start: 10 * MINUTE, end: 12 * MINUTE }],
    });
    assert.deepEqual(othersAway({ streams }, people.slice(1), undefined, 12 * MINUTE), {});
  });

  it('is the reason of gaps in what came from them', () => {
    const streams = [received('a', 12, [5, 8]), received('b', 12, [5, 8])];
    const call = report(...streams);
    const events = [
      { at: 0, name: 'joined', lane: 'presence' as const },
      { at: 5 * MINUTE, name: 'left', lane: 'presence' as const },
      { at: 8 * MINUTE, name: 'rejoined', lane: 'presence' as const },
      { at: 12 * MINUTE, name: 'left', lane: 'presence' as const },
    ];
    const away = othersAway(call, [stay('a', 0, 12, { events }), stay('b', 0, 30)], ENDED, 99 * MINUTE);
    const reasons = streams.map((stream) =>
      gapsOf(stream, stream.series.rtt ?? new Float64Array(), gapCauses(call, away), 30 * MINUTE).map(
        ({ from, to, reason }) => [from / MINUTE, to / MINUTE, reason],
      ),
    );
    assert.deepEqual(reasons, [
      [
        [5, 8, 'left'],
        [12, 30, 'left'],
      ],
      // Nothing tells why b was not heard, nor that nothing more was to come.
      [[5, 8, 'unknown']],
    ]);
  });
});
