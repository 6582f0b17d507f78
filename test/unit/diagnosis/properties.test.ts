import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import type { CallReport, Stream } from '../../../src/core/model';
import { diagnoseReport, diagnoseSession, type Finding } from '../../../src/diagnosis/index';
import { between, event, LENGTH, pair, report, session, stay, stream, T0 } from './build';

const RUNS = 60;

const place = fc.integer({ min: 5, max: 40 });
const length = fc.integer({ min: 1, max: 20 });

/** A stream with random trouble in it. */
function wild(
  direction: 'send' | 'receive',
  kind: 'audio' | 'video',
  who: string,
  more: Pick<Partial<Stream>, 'identifiers' | 'layer' | 'remoteParticipantId'>,
): fc.Arbitrary<Stream> {
  return fc
    .record({
      at: place,
      long: length,
      loss: fc.double({ min: 0, max: 40, noNaN: true }),
      jitter: fc.integer({ min: 0, max: 150 }),
      fps: fc.integer({ min: 0, max: 30 }),
      holes: fc.boolean(),
    })
    .map(({ at, long, loss, jitter, fps, holes }) =>
      stream(
        direction,
        kind,
        {
          packetLoss: between(holes ? Number.NaN : 0, at, at + long, loss),
          jitter: between(3, at, at + long, jitter),
          rtt: between(40, at, at + long, jitter * 5),
          mos: between(4.3, at, at + long, 2),
          ...(kind === 'video' && {
            fps: between(30, at, at + long, fps),
            qualityLimitationCpu: between(0, at, at + long, jitter % 100),
            bytesSent: between(9000, at, at + long, fps),
          }),
        },
        { id: `${direction} ${kind} ${who}`, ...more },
      ),
    );
}

/** A call of three, with reports that have random trouble. */
const people: fc.Arbitrary<CallReport[]> = fc.tuple(
  ...['a', 'b', 'c'].map((id) => {
    const others = ['a', 'b', 'c'].filter((other) => other !== id);
    return fc
      .tuple(
        wild('send', 'audio', id, { identifiers: { producerId: `audio ${id}` } }),
        wild('send', 'video', id, { identifiers: { producerId: `video ${id}` }, layer: 'h' }),
        ...others.map((other) =>
          wild('receive', 'audio', other, {
            remoteParticipantId: other,
            identifiers: { producerId: `audio ${other}`, consumerId: other },
          }),
        ),
      )
      .map((streams) =>
        report({
          participant: { id, userId: id, joinedAt: T0, leftAt: T0 + LENGTH },
          streams,
          events: [
            event(30, 'audio_off'),
            event(44, 'audio_on'),
            event(60, 'ice_restart'),
            event(60, 'browser_backgrounded'),
            event(70, 'tab_change', { is_meetings_tab_active: true }),
          ],
          transports: [
            pair({ local: { networkType: 'wifi' }, lastPacketSentAt: T0 + 58_000 }),
            pair({ local: { networkType: 'cellular' }, lastPacketSentAt: T0 + 119_000, packetsDiscardedOnSend: 4 }),
          ],
          deviceChanges: [
            { at: T0 + 100, change: 'selected', kind: 'audioinput', deviceId: 'x' },
            { at: T0 + 50_000, change: 'removed', kind: 'audioinput', deviceId: 'x' },
          ],
          network: { asn: id === 'c' ? 'AS1' : 'AS2' },
        }),
      );
  }),
);

function shuffled<T>(list: readonly T[], seed: number): T[] {
  return list
    .map((value, index) => ({ value, key: Math.sin(seed * 97 + index * 31) }))
    .sort((x, y) => x.key - y.key)
    .map(({ value }) => value);
}

function shuffleReport(one: CallReport, seed: number): CallReport {
  return {
    ...one,
    streams: shuffled(one.streams, seed),
    events: shuffled(one.events, seed + 1),
    transports: shuffled(one.transports, seed + 2),
    deviceChanges: shuffled(one.deviceChanges, seed + 3),
    aggregates: shuffled(one.aggregates, seed + 4),
    connectivity: shuffled(one.connectivity, seed + 5),
  };
}

/** Every time of a report later by so much. */
function shifted<T>(value: T, by: number): T {
  if (typeof value === 'number') return (value > T0 / 2 ? value + by : value) as T;
  if (value instanceof Float64Array) return value.map((one) => (one > T0 / 2 ? one + by : one)) as T;
  if (Array.isArray(value)) return value.map((one) => shifted(one, by)) as T;
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, shifted(one, by)])) as T;
  return value;
}

/** A stream as two parts of one id, the second first. */
function split(one: Stream, at: number): Stream[] {
  const part = (from: number, to: number): Stream => ({
    ...one,
    times: one.times.slice(from, to),
    series: Object.fromEntries(Object.entries(one.series).map(([name, values]) => [name, values.slice(from, to)])),
  });
  return [part(at, one.times.length), part(0, at)];
}

const all = (reports: readonly CallReport[]) => diagnoseSession(session(120), reports);

describe('diagnosis: properties', () => {
  it('finds something in these calls, so that the properties say something', () => {
    const counts = fc.sample(people, { numRuns: 20, seed: 1 }).map((reports) => all(reports).findings.length);
    assert.ok(counts.every((count) => count > 3));
  });

  it('does not depend on the order of anything', () => {
    fc.assert(
      fc.property(people, fc.integer({ min: 1, max: 1e6 }), (reports, seed) => {
        assert.deepEqual(all(shuffled(reports, seed).map((one, i) => shuffleReport(one, seed + i))), all(reports));
        const [first] = reports;
        if (first) assert.deepEqual(diagnoseReport(shuffleReport(first, seed)), diagnoseReport(first));
      }),
      { numRuns: RUNS },
    );
  });

  it('does not depend on how pages are split, even when rows come twice', () => {
    fc.assert(
      fc.property(people, fc.integer({ min: 1, max: 60 }), fc.integer({ min: 0, max: 3 }), (reports, at, cut) => {
        const pages = [...reports.slice(0, cut), ...reports.slice(Math.max(0, cut - 1))];
        assert.deepEqual(all(pages), all(reports));
        const parts = reports.map((one) => ({ ...one, streams: one.streams.flatMap((each) => split(each, at)) }));
        assert.deepEqual(all(parts), all(reports));
        const stays = [stay('a1', 0, 20), stay('a2', 40, 60), stay('a3', 70, 120), stay('b1', 0, 120)];
        const listed = (participants: typeof stays) => diagnoseSession(session(120), [], { participants });
        assert.deepEqual(listed([...stays.slice(cut), ...stays.slice(0, cut + 1)]), listed(stays));
      }),
      { numRuns: RUNS },
    );
  });

  it('only moves with a constant shift of time', () => {
    fc.assert(
      fc.property(people, fc.integer({ min: -1_000_000_000, max: 1_000_000_000 }), (reports, by) => {
        const later = diagnoseSession(shifted(session(120), by), shifted(reports, by));
        const back = (findings: readonly Finding[]) => shifted(findings, -by);
        assert.deepEqual(back(later.findings), all(reports).findings);
        assert.deepEqual(later.notEvaluated, all(reports).notEvaluated);
      }),
      { numRuns: RUNS },
    );
  });

  it('gives the same answer twice and leaves its input as it was', () => {
    fc.assert(
      fc.property(people, (reports) => {
        const before = JSON.stringify(reports, (_, value) => (value instanceof Float64Array ? [...value] : value));
        const first = all(reports);
        assert.deepEqual(all(reports), first);
        assert.equal(
          JSON.stringify(reports, (_, value) => (value instanceof Float64Array ? [...value] : value)),
          before,
        );
      }),
      { numRuns: 20 },
    );
  });

  it('survives columns of any numbers', () => {
    const number = fc.oneof(fc.double(), fc.constant(Number.NaN), fc.constant(Number.POSITIVE_INFINITY));
    const columns = fc.array(number, { minLength: 0, maxLength: 40 });
    fc.assert(
      fc.property(columns, columns, fc.array(fc.integer({ min: 0, max: 1e6 }), { maxLength: 40 }), (x, y, times) => {
        const streams = (['send', 'receive'] as const).flatMap((direction) => [
          stream(
            direction,
            'video',
            {
              packetLoss: x,
              fps: y,
              jitter: x,
              mos: y,
              bytesSent: x,
              framesDecoded: y,
              framesDropped: x,
              rtt: y,
              pliCount: x,
            },
            { times: [...times], id: direction },
          ),
        ]);
        for (const provider of ['realtimekit', '100ms', 'whereby', 'mediamelon'] as const) {
          for (const { evidence } of diagnoseReport({ ...report({ streams }), provider }).findings)
            assert.ok(evidence.length > 0);
        }
      }),
      { numRuns: 200 },
    );
  });
});
