import assert from 'node:assert/strict';
import type { CallReport, CandidatePair, Stream } from '../../../src/core/model';
import { clockOffset } from '../../../src/diagnosis/compare-clocks';
import { mergedStreams } from '../../../src/diagnosis/engine/merge-streams';
import { compareReports } from '../../../src/diagnosis/index';
import { pairStreams } from '../../../src/diagnosis/pair-streams';
import { between, LENGTH, report, stream, T0 } from './build';

const A = 'Ann';
const B = 'Ben';

function of(id: string, parts: Partial<CallReport>): CallReport {
  const made = report(parts);
  return { ...made, participant: { ...made.participant, id } };
}

const both = (first: CallReport, second: CallReport) =>
  [
    { label: A, report: first },
    { label: B, report: second },
  ] as const;

describe('comparing what is around two calls', () => {
  const said = (first: Partial<CallReport>, second: Partial<CallReport>) => {
    const { differences, alike, notComparable } = compareReports(...both(of('a', first), of('b', second)));
    return { differences, alike: alike.filter((text) => !text.startsWith('Length of stay')), notComparable };
  };
  const probes = (...turn: (boolean | undefined)[]) => ({ connectivity: turn.map((one) => ({ turn: one })) });
  const path = (local: CandidatePair['local']) => ({ transports: [{ local, remote: {} }] });

  it('whether the TURN server answered: always, at times, never', () => {
    assert.deepEqual(said(probes(true, true), probes(true, false, undefined)).differences, [
      'TURN server: answered for Ann, answered at times for Ben.',
    ]);
    assert.deepEqual(said(probes(false), probes(false)).alike, ['TURN server: did not answer for both.']);
    assert.deepEqual(said(probes(undefined), probes(true)).notComparable, ['TURN server: not reported for Ann.']);
    assert.deepEqual(said(probes(true), {}).notComparable, ['TURN server: not reported for Ben.']);
  });

  it('a path of which only the type of the candidate is known; a client without a version', () => {
    const { differences } = said(
      { ...path({ type: 'host' }), browser: { name: 'Chrome' } },
      { ...path({ protocol: 'tcp' }), browser: { name: 'Safari', version: '17' } },
    );
    assert.deepEqual(differences, [
      'Connection: direct over an unknown protocol for Ann, direct over TCP for Ben.',
      'Browser: Chrome for Ann, Safari 17 for Ben.',
    ]);
  });

  it('the length of the stay, by the samples’ time where joining and leaving are not known', () => {
    const stay = (parts: Partial<CallReport>): CallReport => ({
      ...report(parts),
      participant: { id: JSON.stringify(parts) },
    });
    const length = (first: CallReport, second: CallReport) => {
      const { differences, alike, notComparable } = compareReports(...both(first, second));
      return [...differences, ...alike, ...notComparable].filter((text) => text.startsWith('Length of stay'));
    };
    const half = stay({ startedAt: T0, endedAt: T0 + LENGTH / 2 });
    assert.deepEqual(length(stay({}), half), ['Length of stay: 2 min for Ann, 1 min for Ben.']);
    assert.deepEqual(length(stay({ endedAt: undefined }), half), ['Length of stay: not reported for Ann.']);
  });
});

describe('pairing the streams of two calls', () => {
  const pairs = (first: CallReport, second: CallReport) =>
    pairStreams(...both(first, second)).pairs.map((one) => ({
      ...one,
      first: one.first.map(({ id }) => id),
      second: one.second.map(({ id }) => id),
    }));

  it('the largest layer stands for what was sent: by the height of its picture, else by its bitrate', () => {
    const received = stream('receive', 'video', {}, { remoteParticipantId: 'a' });
    const layers = (...series: Parameters<typeof stream>[2][]) =>
      of('a', {
        streams: series.map((one, i) => stream('send', 'video', one, { id: `layer ${i}`, layer: String(i) })),
      });
    const sent = (sender: CallReport) =>
      pairs(sender, of('b', { streams: [received] })).find(({ ends }) => ends)?.first;
    assert.deepEqual(sent(layers({ frameHeight: 180 }, { frameHeight: 720 }, { frameHeight: 360 })), ['layer 1']);
    assert.deepEqual(sent(layers({ bitrate: 150_000 }, { bitrate: 500_000 }, { bitrate: 1_500_000 })), ['layer 2']);
    assert.deepEqual(sent(layers({}, { bitrate: 1 })), ['layer 1'], 'what was not measured is smallest');
    assert.equal(sent(of('a', { streams: [stream('send', 'audio', {})] })), undefined, 'of another medium');
  });

  it('both ends stand under their own report, whichever of the two sent', () => {
    const sender = of('a', { streams: [stream('send', 'video', {}, { id: 'sent' })] });
    const receiver = of('b', { streams: [stream('receive', 'video', {}, { id: 'got', remoteParticipantId: 'a' })] });
    const [there] = pairs(sender, receiver);
    const [back] = pairs(receiver, sender);
    assert.deepEqual([there?.first, there?.second], [['sent'], ['got']]);
    assert.deepEqual([back?.first, back?.second], [['got'], ['sent']]);
  });

  it('two stays of one participant do not receive from each other', () => {
    const own = of('a', {
      streams: [stream('send', 'video', {}), stream('receive', 'video', {}, { remoteParticipantId: 'a' })],
    });
    assert.ok(pairs(own, own).every(({ ends }) => !ends));
  });

  it('what has found a partner by its sender is not told as missing', () => {
    const heard = (...senders: string[]) =>
      senders.map((id) => stream('receive', 'audio', {}, { remoteParticipantId: id }));
    const { unpaired } = pairStreams(...both(of('a', { streams: heard('c', 'd') }), of('b', { streams: heard('c') })));
    assert.deepEqual(unpaired, []);
  });
});

describe('the offset of two clocks', () => {
  /** Bitrates with a spike at one second. */
  function line(series: Stream['series'], samples: number, direction: 'send' | 'receive'): CallReport {
    const one: Stream = {
      id: direction,
      direction,
      kind: 'video',
      source: 'camera-mic',
      remoteParticipantId: direction === 'receive' ? 'a' : undefined,
      times: Float64Array.from({ length: samples }, (_, i) => T0 + i * 1000),
      series,
    };
    return of(direction === 'send' ? 'a' : 'b', { streams: [one] });
  }
  const rate = (samples: number) => ({ bitrate: Float64Array.from({ length: samples }, (_, i) => (i * 7919) % 1000) });

  it('is not read off streams that are too short, empty or without a bitrate', () => {
    for (const [samples, series] of [
      [120, {}],
      [5, rate(5)],
      [0, rate(0)],
    ] as const)
      assert.equal(clockOffset(...both(line(series, samples, 'send'), line(series, samples, 'receive'))), undefined);
  });

  it('is not read off two streams of the same kind, which have nothing to do with each other', () => {
    const first = line(rate(200), 200, 'send');
    const later = line(rate(200), 200, 'send');
    for (const one of later.streams) one.times = one.times.map((at) => at + 10_000);
    assert.equal(clockOffset(...both(first, { ...later, participant: { id: 'z' } })), undefined);
  });
});

describe('what fell and peaked', () => {
  it('a short spell of few frames', () => {
    const spell = of('a', { streams: [stream('send', 'video', { fps: between(30, 20, 22, 2) })] });
    const clean = of('b', { streams: [stream('send', 'video', { fps: 30 })] });
    assert.deepEqual(compareReports(...both(spell, clean)).differences, [
      'Camera sent: Frame rate fell lower for Ann: median 30 fps against 30 fps, worst 2 fps against 30 fps.',
    ]);
  });
});

describe('streams that came in parts', () => {
  const part = (times: number[], values: number[], states?: Stream['states']) =>
    stream('send', 'audio', { packetLoss: values }, { id: 's', times, ...(states && { states }) });

  it('become one: samples by time, the first part’s where two have one time, states together', () => {
    const mute = (at: number, value: string) => ({ mute: [{ at, value }] });
    const [one, ...rest] = mergedStreams([
      part([4000, Number.NaN, 6000], [4, 99, 6], mute(9, 'unmuted')),
      part([0, 4000, 2000], [0, 99, 2], mute(5, 'muted')),
      stream('send', 'audio', { rtt: [80] }, { id: 's', times: [8000] }),
    ]);
    assert.deepEqual(rest, []);
    assert.deepEqual(
      [...(one?.times ?? [])].map((at) => at - T0),
      [0, 2000, 4000, 6000, 8000],
    );
    // What a part does not tell is missing, not zero.
    assert.deepEqual([...(one?.series.packetLoss ?? [])], [0, 2, 4, 6, Number.NaN]);
    assert.deepEqual([...(one?.series.rtt ?? [])], [Number.NaN, Number.NaN, Number.NaN, Number.NaN, 80]);
    assert.deepEqual(
      one?.states?.mute?.map(({ value }) => value),
      ['muted', 'unmuted'],
    );
  });

  it('of one part alone stand as they are', () => {
    const whole = part([0, 2000], [1, 2]);
    assert.equal(mergedStreams([whole])[0], whole);
    const empty = part([], []);
    assert.equal(mergedStreams([empty])[0], empty);
  });
});
