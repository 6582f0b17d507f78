import assert from 'node:assert/strict';
import type { CallReport } from '../../../src/core/model';
import { severityOf } from '../../../src/diagnosis/engine/severity';
import { diagnoseReport, type Finding } from '../../../src/diagnosis/index';
import type { ReportOptions } from '../../../src/diagnosis/rule';
import { aggregate, between, event, pair, report, stay, stream, T0, type Values, withStreams } from './build';

function found(id: string, given: CallReport, options?: ReportOptions): Finding[] {
  return diagnoseReport(given, options).findings.filter(({ ruleId }) => ruleId === id);
}

function reason(id: string, given: CallReport): string | undefined {
  return diagnoseReport(given).notEvaluated.find(({ ruleId }) => ruleId === id)?.reason;
}

const proof = (finding: Finding | undefined) => finding?.evidence.map(({ metric, value }) => [metric, value]);
const into = (at: number | undefined) => (at === undefined ? undefined : (at - T0) / 1000);

describe('severity by the share of the stay', () => {
  it('from 5 % medium, above 20 % heavy; unknown counts as in between; never more than the rule gives', () => {
    const table: [share: number | undefined, critical: string, high: string, low: string][] = [
      [0.04, 'low', 'low', 'low'],
      [0.05, 'medium', 'medium', 'low'],
      [0.2, 'medium', 'medium', 'low'],
      [0.21, 'critical', 'high', 'low'],
      [undefined, 'medium', 'medium', 'low'],
    ];
    for (const [share, ...expected] of table)
      assert.deepEqual([severityOf(share, 'critical'), severityOf(share, 'high'), severityOf(share, 'low')], expected);
  });
});

describe('rules of sound and picture', () => {
  it('much loss in both is two findings that say which is meant', () => {
    const shares = [{ atLeast: 5, fraction: 0.2 }];
    const rows = (['audio', 'video'] as const).map((kind) =>
      aggregate('packetLoss', { kind, direction: 'send', shares }),
    );
    const about = found('rtk.loss.dist', report({ aggregates: rows })).map(({ subject }) => subject.label);
    assert.deepEqual(about.sort(), ['audio sent', 'video sent']);
  });

  it('no sound for nine tenths of the stay is as bad as it gets', () => {
    const silent = (to: number) => withStreams(stream('send', 'audio', { bytesSent: between(9000, 3, to, 0) }));
    // The first that counts is at 6 s: 4 to 120 s are 96.7 % of the stay, 4 to 110 s are 88 %.
    assert.equal(found('rtk.audio.nodata', silent(60))[0]?.severity, 'critical');
    assert.equal(found('rtk.audio.nodata', silent(55))[0]?.severity, 'high');
  });

  it('no picture from one sender is a hint only: the camera may be off', () => {
    const missing = (from: number, to: number) =>
      found(
        'rtk.video.nodata',
        withStreams(
          stream('receive', 'video', { bytesReceived: between(90_000, from, to, 0) }, { remoteParticipantId: 'a' }),
        ),
      ).map(({ severity, confidence }) => [severity, confidence]);
    // 80 of 120 s would be high; 4 s of it low.
    assert.deepEqual(missing(20, 59), [['medium', 'low']]);
    assert.deepEqual(missing(20, 24), [['medium', 'low']]);
  });

  it('shares of a whole call are told by direction', () => {
    const share = (direction: 'send' | 'receive', issue: string) =>
      report({ aggregates: [aggregate('fps', { direction, issues: { [issue]: 0.5 } })] });
    const side = (id: string, given: CallReport) => found(id, given).map((one) => one.side);
    assert.deepEqual(side('rtk.video.nodata', share('send', 'no_video_fraction')), ['local']);
    assert.deepEqual(side('rtk.video.nodata', share('receive', 'no_video_fraction')), ['unclear']);
  });

  it('a score over the whole call: the median, else the mean', () => {
    const score = (row: { avg?: number; p50?: number }) =>
      found('rtk.mos.low', report({ aggregates: [aggregate('mos', row)] })).map(({ evidence }) => evidence[0]?.value);
    assert.deepEqual(score({ p50: 2.5, avg: 4 }), [2.5]);
    assert.deepEqual(score({ avg: 3.1 }), [3.1]);
    assert.deepEqual(score({ p50: 4.2, avg: 3 }), []);
  });

  it('frame rates of camera and screen have limits of their own, and say which stream could not be judged', () => {
    const screen = (fps: Values) => stream('send', 'video', { fps }, { id: 'screen', source: 'screen' });
    // 4 frames a second are too few for a camera and enough for slides; one is not.
    assert.deepEqual(found('rtk.video.fps', withStreams(screen(4))), []);
    assert.equal(found('rtk.video.fps', withStreams(screen(1))).length, 1);
    assert.equal(found('rtk.video.fps', withStreams(stream('send', 'video', { fps: 4 }))).length, 1);
    const few = stream('send', 'video', { fps: 30 }, { id: 'few', samples: 5 });
    const said = diagnoseReport(withStreams(stream('send', 'video', { fps: 30 }), few)).notEvaluated;
    assert.deepEqual(said.find(({ ruleId }) => ruleId === 'rtk.video.fps')?.streamIds, ['few']);
  });

  it('key frame requests of a whole call are judged by the share of negative feedback', () => {
    const feedback = (avg: number) => report({ aggregates: [aggregate('highNegativeFeedback', { avg })] });
    assert.equal(found('rtk.pli.storm', feedback(90)).length, 1);
    assert.deepEqual(found('rtk.pli.storm', feedback(0)), []);
    assert.equal(reason('rtk.pli.storm', feedback(0)), undefined, 'it was looked at');
  });

  it('a gap with a lost connection says so', () => {
    const times = Array.from({ length: 61 }, (_, i) => i * 2000).filter((at) => at <= 40_000 || at >= 60_000);
    const why = (...events: CallReport['events']) =>
      proof(
        found('rtk.gap', { ...withStreams(stream('send', 'audio', { packetLoss: 0 }, { times })), events })[0],
      )?.[1];
    assert.deepEqual(why(event(45, 'transport_disconnected')), ['reason', 'connection lost']);
    assert.deepEqual(why(event(35, 'transport_disconnected')), ['reason', 'unknown'], 'before it');
    assert.deepEqual(why(event(65, 'transport_disconnected')), ['reason', 'unknown'], 'after it');
  });
});

describe('rules of 100ms', () => {
  const hms = (parts: Partial<CallReport>) => report({ provider: '100ms', ...parts });

  const titles: [name: string, title: string][] = [
    ['client.join.failed', 'Joining failed'],
    ['client.publish.failed', 'Sending a track failed'],
    ['client.subscribe.failed', 'Receiving a track failed'],
    ['client.connect.failed', 'Connecting failed'],
    ['client.disconnected', 'The connection was lost'],
  ];
  for (const [name, title] of titles) {
    it(`${name}: ${title}`, () => {
      const [one] = found('hms.err', hms({ events: [event(9, name)] }));
      assert.deepEqual([one?.title, one?.severity, into(one?.start)], [title, 'medium', 9]);
      assert.deepEqual(proof(one), [['event', name]]);
    });
  }

  it('an error’s details are found wherever they are nested; empty ones are left out, texts of the SDK are personal', () => {
    const details = {
      error_code: 3001,
      'error.error_name': 'ICEFailure',
      error_message: '',
      error_description: 'candidate 192.0.2.1',
      is_terminal: true,
    };
    const [one] = found('hms.err', hms({ events: [event(9, 'client.publish.failed', details)] }));
    assert.deepEqual(
      one?.evidence.map(({ metric, value, personal }) => [metric, value, personal]),
      [
        ['event', 'client.publish.failed', undefined],
        ['error_name', 'ICEFailure', undefined],
        ['error_code', '3001', undefined],
        ['error_description', 'candidate 192.0.2.1', true],
      ],
    );
    assert.equal(one.severity, 'critical');
  });

  it('the sharpest layer is not judged by what was not measured', () => {
    const layer = (name: string, series: Parameters<typeof stream>[2]) =>
      stream('send', 'video', series, { layer: name, identifiers: { trackId: 't' } });
    const stopped = (...streams: CallReport['streams']) =>
      found('hms.layer', hms({ streams })).map(({ start, end }) => [into(start), into(end)]);
    // `h` sends until 58 s, `l` until the end.
    assert.deepEqual(stopped(layer('h', { bytesSent: between(9000, 30, 60, 0) }), layer('l', { bytesSent: 900 })), [
      [58, 120],
    ]);
    assert.deepEqual(stopped(layer('h', { packetLoss: 0 }), layer('l', { bytesSent: 900 })), []);
    assert.deepEqual(stopped(layer('h', { bytesSent: between(9000, 30, 60, 0) }), layer('l', { packetLoss: 0 })), []);
    // Everything stopped: the call did, not a layer.
    assert.deepEqual(
      stopped(layer('h', { bytesSent: between(9000, 30, 60, 0) }), layer('l', { bytesSent: between(900, 30, 60, 0) })),
      [],
    );
  });
});

describe('rules of Whereby', () => {
  const wb = (...streams: CallReport['streams']) => report({ provider: 'whereby', streams });
  const both = (sent: Values, received: Values) => [
    stream('send', 'all', { bitrate: sent }),
    stream('receive', 'all', { bitrate: received }),
  ];

  it('nothing was sent while somebody else was heard: one’s own end', () => {
    const given = wb(...both(between(500_000, 20, 24, 0), 400_000));
    const [one] = found('wb.oneway', given, { participants: [stay('me', 0, 120), stay('b', 0)] });
    assert.deepEqual(
      [one?.title, one?.side, proof(one)],
      ['Nothing was sent while others were received', 'local', [['bitrate sent', 0]]],
    );
    // Of one whose direction was not measured at the time nothing is said.
    const unknown = wb(...both(between(500_000, 20, 24, 0), between(400_000, 20, 24, Number.NaN)));
    assert.deepEqual(found('wb.oneway', unknown, { participants: [stay('me', 0, 120), stay('b', 0)] }), []);
  });

  it('a usual bitrate needs samples', () => {
    assert.match(
      reason('wb.bitrate.drop', wb(stream('send', 'all', { bitrate: 500_000 }, { samples: 6 }))) ?? '',
      /too few samples/,
    );
    // Nothing was measured for the first minute: from then on there is a usual value after half of its window.
    assert.deepEqual(
      found('wb.bitrate.drop', wb(stream('send', 'all', { bitrate: between(500_000, 0, 30, Number.NaN) }))),
      [],
    );
  });

  it('samples that go on after the leave', () => {
    const late = (leftAt: number | undefined, endedAt?: number) => {
      const given = wb(...both(500_000, 400_000));
      return found('wb.len', { ...given, endedAt, participant: { id: 'me', leftAt } }).map(proof);
    };
    // The last sample is at 120 s; two steps of 2 s are allowed.
    assert.deepEqual(late(T0 + 110_000), [[['samples after leaving', 10]]]);
    assert.deepEqual(late(undefined, T0 + 110_000), [[['samples after leaving', 10]]]);
    assert.deepEqual(late(T0 + 116_000), []);
    assert.deepEqual(late(undefined), [], 'nothing tells when it was');
    // What was sent ends first.
    const [one] = found(
      'wb.len',
      wb(
        ...both(
          Array.from({ length: 59 }, () => 1),
          400_000,
        ),
      ),
    );
    assert.deepEqual(proof(one), [['bitrate sent ends before bitrate received by', 4]]);
  });
});

describe('a pair whose last packet tells nothing', () => {
  it('stands where its candidates put it, whatever order it came in', () => {
    const one = pair({ local: { type: 'relay', url: 'turn:a.example' } });
    const other = pair({ local: { type: 'relay', url: 'turn:b.example' } });
    const told = (...transports: CallReport['transports']) => found('rtk.ice.relay', report({ transports })).map(proof);
    assert.deepEqual(told(one, other), told(other, one));
  });
});
