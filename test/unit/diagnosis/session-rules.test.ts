import assert from 'node:assert/strict';
import type { CallReport, Participant, Session } from '../../../src/core/model';
import { diagnoseSession, type Finding } from '../../../src/diagnosis/index';
import { presentAt, viewSession } from '../../../src/diagnosis/session/view';
import { between, LENGTH, report, session, stay, stream, T0 } from './build';

/** The report of a participant who is there for all of the two minutes. */
function person(id: string, parts: Partial<CallReport> = {}): CallReport {
  return report({ ...parts, participant: { id, joinedAt: T0, leftAt: T0 + LENGTH, userId: id } });
}

/** Loss on the way out from 38 to 58 s, or none. */
const sent = (lossy: boolean) => stream('send', 'audio', { packetLoss: lossy ? between(0, 20, 29, 8) : 0 });

function found(
  id: string,
  reports: readonly CallReport[],
  more: { session?: Session; participants?: readonly Participant[] } = {},
): Finding[] {
  return diagnoseSession(more.session ?? session(120), reports, more).findings.filter(({ ruleId }) => ruleId === id);
}

describe('the worst participant and minute', () => {
  it('a minute is told by its ordinal', () => {
    // Trouble of 20 s that begins 10 s into minute n.
    const title = (n: number) => {
      const times = Array.from({ length: 61 }, (_, i) => (n - 1) * 60_000 - 30_000 + i * 2000);
      const streams = [stream('send', 'audio', { packetLoss: between(0, 20, 29, 8) }, { times })];
      return found('x.worst', [person('a', { streams })], { session: session(9000) })[0]?.title;
    };
    const ordinals: [number, string][] = [
      [2, '2nd'],
      [3, '3rd'],
      [4, '4th'],
      [11, '11th'],
      [12, '12th'],
      [13, '13th'],
      [21, '21st'],
      [22, '22nd'],
      [111, '111th'],
    ];
    for (const [n, words] of ordinals)
      assert.equal(title(n), `Worst participant, and worst minute: the ${words} of the session`);
  });

  it('is the one troubled for the largest part of the stay, by the stay where there is no report', () => {
    // `a` loses packets for 20 of 120 s (medium, 2 × 1/6). `c` was away twice, from 100 to 230 s of 530 s that are known
    // (high, 4 × 130/500): that is more.
    const participants = [stay('c1', 0, 100), stay('c2', 120, 200), stay('c3', 230, 600)];
    const [one] = found('x.worst', [person('a', { streams: [sent(true)] })], { session: session(600), participants });
    assert.equal(one?.subject.participantId, 'c3');
    assert.deepEqual(
      one.evidence.map(({ value, unit }) => [value, unit]),
      [
        [3, ''],
        [2, 'of 4'],
      ],
    );
  });

  it('of two alike the first by id', () => {
    const [one] = found('x.worst', [person('b', { streams: [sent(true)] }), person('a', { streams: [sent(true)] })]);
    assert.equal(one?.subject.participantId, 'a');
  });

  it('needs to know when the session began', () => {
    const bare = report({
      startedAt: undefined,
      endedAt: undefined,
      participant: { id: 'a', joinedAt: undefined, leftAt: undefined },
    });
    const { notEvaluated } = diagnoseSession({ id: 's', status: 'ended' }, [bare]);
    assert.match(notEvaluated.find(({ ruleId }) => ruleId === 'x.worst')?.reason ?? '', /when the session began/);
  });
});

describe('what the affected share', () => {
  /** Three with trouble, one without. */
  const four = (affected: Partial<CallReport>, other: Partial<CallReport>) =>
    found('x.share', [
      ...['a', 'b', 'c'].map((id) => person(id, { streams: [sent(true)], ...affected })),
      person('d', { streams: [sent(false)], ...other }),
    ]).map(({ evidence, side, confidence }) => [evidence[0]?.metric, evidence[0]?.value, side, confidence]);

  const cases: {
    what: string;
    has: Partial<CallReport>;
    other: Partial<CallReport>;
    told: (string | undefined)[][];
  }[] = [
    {
      what: 'a city, with its country',
      has: { network: { city: 'Springfield', country: 'US' } },
      other: { network: { city: 'Springfield', country: 'CA' } },
      told: [['city', 'Springfield, US', 'network', 'medium']],
    },
    {
      what: 'a city of no known country; of the other nothing is known',
      has: { network: { city: 'Springfield' } },
      other: {},
      told: [['city', 'Springfield', 'network', 'low']],
    },
    {
      what: 'an SDK with its version',
      has: { sdk: { name: 'web', version: '1.2' } },
      other: { sdk: { name: 'web', version: '1.3' } },
      told: [['SDK version', 'web 1.2', 'unclear', 'medium']],
    },
    {
      what: 'a version of an SDK without a name',
      has: { sdk: { version: '1.2' } },
      other: { sdk: { name: 'web' } },
      told: [['SDK version', '1.2', 'unclear', 'low']],
    },
    {
      what: 'system and browser',
      has: { device: { os: 'Android' }, browser: { name: 'Chrome' } },
      other: { device: { os: 'iOS' }, browser: { name: 'Safari' } },
      told: [
        ['browser', 'Chrome', 'unclear', 'medium'],
        ['operating system', 'Android', 'unclear', 'medium'],
      ],
    },
    { what: 'what the other has too', has: { device: { os: 'iOS' } }, other: { device: { os: 'iOS' } }, told: [] },
  ];
  for (const { what, has, other, told } of cases) {
    it(what, () => assert.deepEqual(four(has, other).sort(), told));
  }
});

describe('who asks for key frames', () => {
  /** Ten key frames a second are asked of `a` from 38 to 68 s. */
  const asked = () => stream('send', 'video', { pliCount: between(0, 20, 34, 20), packetLoss: 0 });
  const storm = (reports: readonly CallReport[]) =>
    found('rtk.pli.storm', reports).map(({ side, confidence, relatedParticipantIds }) => [
      side,
      confidence,
      relatedParticipantIds,
    ]);

  it('those who lost packets at that time', () => {
    const receiver = (id: string, lossy: boolean) =>
      person(id, {
        streams: [
          stream('receive', 'audio', { packetLoss: lossy ? between(0, 20, 29, 12) : 0 }, { remoteParticipantId: 'z' }),
          stream('receive', 'audio', { packetLoss: lossy ? between(0, 20, 29, 12) : 0 }, { remoteParticipantId: 'y' }),
        ],
      });
    const sender = person('a', { streams: [asked()] });
    assert.deepEqual(storm([sender, receiver('b', true), receiver('c', false)]), [['remote', 'medium', ['b']]]);
    assert.deepEqual(storm([sender, receiver('b', false), receiver('c', false)]), [['unclear', 'medium', undefined]]);
  });

  it('everybody, where the sender’s own uplink loses packets', () => {
    const sender = person('a', { streams: [asked(), sent(true)] });
    assert.deepEqual(storm([sender, person('b')]), [['local', 'high', undefined]]);
  });
});

describe('a session made ready', () => {
  const open: Session = { id: 's', status: 'ended' };

  it('begins with the first join and ends with the last that is known, where the session does not tell', () => {
    const { start, end } = viewSession(open, [], { participants: [stay('b', 30, 90), stay('a', 10), stay('c', 100)] });
    assert.deepEqual([start, end], [T0 + 10_000, T0 + 100_000]);
    const empty = viewSession(open, []);
    assert.deepEqual([empty.start, empty.end], [undefined, undefined]);
    const withReport = viewSession(open, [person('a')], { participants: [stay('b', 30, 90)] });
    assert.deepEqual([withReport.start, withReport.end], [T0, T0 + LENGTH]);
  });

  it('of two reports of one participant the one with more samples stands, then the one that ends later', () => {
    const short = person('a', { streams: [stream('send', 'audio', { rtt: 5 }, { samples: 3 })] });
    const long = person('a', { streams: [stream('send', 'audio', { rtt: 7 }, { samples: 9 })] });
    const kept = (...reports: CallReport[]) => viewSession(open, reports).reports.get('a')?.report;
    assert.equal(kept(short, long), long);
    assert.equal(kept(long, short), long);
    const later = { ...short, endedAt: T0 + 2 * LENGTH };
    assert.equal(kept({ ...short, endedAt: undefined }, later), later);
    assert.equal(kept(later, { ...short, endedAt: undefined }), later);
  });

  it('two rows of one participant make one: the later tells, the earlier fills in, the longer list of events stands', () => {
    const events = [{ at: T0, name: 'joined', lane: 'other' as const }];
    const one = (...participants: Participant[]) => viewSession(open, [], { participants }).participants;
    const old: Participant = { id: 'a', name: 'Old', role: 'guest', updatedAt: 1, events };
    const fresh: Participant = { id: 'a', name: 'New', role: undefined, updatedAt: 2 };
    const expected = [{ id: 'a', name: 'New', role: 'guest', updatedAt: 2, events }];
    assert.deepEqual(one(old, fresh), expected);
    assert.deepEqual(one(fresh, old), expected);
    assert.deepEqual(one({ id: 'a', name: 'First' }, { id: 'a', name: 'Second' }), [{ id: 'a', name: 'First' }]);
  });

  it('a leave whose time is only a guess of the provider’s is none', () => {
    const { stays } = viewSession(session(120), [], { participants: [stay('a', 0, 60, { leftTimeUnknown: true })] });
    assert.deepEqual(
      stays.map(({ leftAt }) => leftAt),
      [undefined],
    );
  });

  it('who is there at a moment: an open stay lasts to the end, machines do not count', () => {
    const participants = [
      stay('a', 0, 60),
      stay('b', 30),
      stay('c', 90),
      { id: 'd' },
      stay('e', 0, 120, { role: 'recorder' }),
    ];
    const there = (view: ReturnType<typeof viewSession>, seconds: number) =>
      presentAt(view, T0 + seconds * 1000)
        .map(({ participantId }) => participantId)
        .filter((id) => id !== 'e');
    const ended = viewSession(session(120), [], { participants });
    assert.deepEqual([there(ended, 45), there(ended, 60), there(ended, 120)], [['a', 'b'], ['b'], []]);
    assert.deepEqual(there({ ...ended, end: undefined }, 500), ['b', 'c'], 'a live session has no end');
  });
});

describe('loss in both directions at Whereby', () => {
  const loss = (id: string, bad: boolean) =>
    person(id, {
      provider: 'whereby',
      streams: [stream('send', 'all', { packetLoss: bad ? between(0, 20, 29, 8) : 0 })],
    });
  const sides = (reports: readonly CallReport[]) =>
    found('wb.loss.send', reports).map(({ side, relatedParticipantIds }) => [side, relatedParticipantIds]);

  it('is one’s own where nobody else lost, the service’s where half of the others did', () => {
    assert.deepEqual(sides([loss('a', true), loss('b', false)]), [['local', undefined]]);
    assert.deepEqual(sides([loss('a', true), loss('b', true), loss('c', false)]), [
      ['service', ['b']],
      ['service', ['a']],
    ]);
  });

  it('of two people the loss of one is that of the other: nothing is told', () => {
    assert.deepEqual(sides([loss('a', true), loss('b', true)]), [
      ['unclear', undefined],
      ['unclear', undefined],
    ]);
  });

  it('is one’s own beside one of many others', () => {
    const reports = [loss('a', true), loss('b', true), ...['c', 'd', 'e'].map((id) => loss(id, false))];
    assert.deepEqual(sides(reports), [
      ['local', undefined],
      ['local', undefined],
    ]);
  });
});
