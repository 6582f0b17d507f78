import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  companions,
  countPeople,
  groupPeople,
  isMachine,
  overlap,
  presence,
  presentAt,
  sessionSpan,
  stayLength,
  timePresent,
} from '../../../src/core/presence';
import { at, ended, LIVE, MINUTE, START, stay } from './people';

describe('people of a session', () => {
  const keysAndStays = (people: ReturnType<typeof groupPeople>) =>
    people.map(({ participants }) => participants.map(({ id }) => id).join('+'));

  it('are told by the provider’s id, else by the customer’s, with all their stays', () => {
    const people = groupPeople(
      [
        stay('b1', 1, 30, { userId: 'b' }),
        stay('a2', 12, 30, { userId: 'a', name: 'Anna' }),
        stay('a1', 0, 10, { userId: 'a', name: 'anna' }),
        stay('c1', 2, 5, { customId: 'c' }),
        stay('c2', 6, 9, { customId: 'c', name: undefined }),
      ],
      ended(30),
      at(40),
    );
    assert.deepEqual(keysAndStays(people), ['a1+a2', 'b1', 'c1+c2']);
    assert.deepEqual(
      people[0]?.stays.map(({ from, to, end }) => [from, to, end]),
      [
        [at(0), at(10), 'left'],
        [at(12), at(30), 'left'],
      ],
    );
    assert.equal(people[0].name, 'Anna', 'the latest name');
    assert.equal(people[2]?.name, 'c1', 'a name is not lost to a stay without one');
    assert.deepEqual([...new Set(people.map(({ knownBy }) => knownBy))], ['id']);
  });

  it('without an id are one by name and role only where their stays do not overlap', () => {
    const guest = { name: 'Guest', role: 'viewer' };
    const people = groupPeople(
      [
        stay('1', 0, 10, guest),
        stay('2', 5, 15, guest),
        stay('3', 11, 20, guest),
        stay('4', 0, 1, { ...guest, role: 'host' }),
      ],
      ended(20),
      at(20),
    );
    // 1 and 2 were there together; 3 came after 1 had left.
    assert.deepEqual(keysAndStays(people).sort(), ['1+3', '2', '4']);
    assert.deepEqual([...new Set(people.map(({ knownBy }) => knownBy))], ['name']);
  });

  it('without id and name are one for each stay', () => {
    const nameless = { name: undefined };
    const people = groupPeople([stay('1', 0, 1, nameless), stay('2', 2, 3, nameless)], ended(3), at(3));
    assert.equal(people.length, 2);
  });

  it('have stays that are open in a live session, unknown in an ended one, and none without a join', () => {
    const open = (session: Parameters<typeof groupPeople>[1], more = {}) =>
      groupPeople([stay('a', 5, undefined, more)], session, at(20))[0]?.stays;
    assert.deepEqual(open(LIVE), [{ participantId: 'a', from: at(5), to: at(20), end: 'here' }]);
    assert.deepEqual(open(LIVE, { leftTimeUnknown: true })?.[0]?.end, 'unknown');
    assert.deepEqual(open(ended(12)), [{ participantId: 'a', from: at(5), to: at(12), end: 'unknown' }]);
    assert.deepEqual(open(LIVE, { joinedAt: undefined }), []);
    // They left before they joined: a stay has no negative length.
    assert.deepEqual(open(ended(30), { leftAt: at(2) })?.[0]?.to, at(5));
  });

  it('have a stay for each connection that the provider puts into one row', () => {
    const events = [
      { at: at(0), name: 'joined', lane: 'presence' as const },
      { at: at(4), name: 'left', lane: 'presence' as const },
      { at: at(6), name: 'rejoined', lane: 'presence' as const },
    ];
    const [person] = groupPeople([stay('a', 0, undefined, { events })], LIVE, at(10));
    assert.deepEqual(
      person?.stays.map(({ from, to, end }) => [from, to, end]),
      [
        [at(0), at(4), 'left'],
        [at(6), at(10), 'here'],
      ],
    );
  });

  it('count time in two tabs once', () => {
    const [person] = groupPeople(
      [stay('a', 0, 10, { userId: 'u' }), stay('b', 5, 12, { userId: 'u' }), stay('c', 20, 21, { userId: 'u' })],
      ended(30),
      at(30),
    );
    assert.ok(person);
    assert.deepEqual(presence(person), [
      { from: at(0), to: at(12) },
      { from: at(20), to: at(21) },
    ]);
    assert.equal(timePresent(person), 13 * MINUTE);
  });

  it('are not machines of the service', () => {
    assert.ok(isMachine({ role: 'recorder' }) && isMachine({ role: '__internal_recorder' }));
    assert.ok(!isMachine({ role: 'host' }) && !isMachine({}));
  });
});

describe('who was there together', () => {
  const people = groupPeople(
    [stay('a', 0, 10), stay('b', 5, 20), stay('c', 10, 15), stay('r', 0, 20, { role: 'recorder' })],
    ended(20),
    at(20),
  );
  const names = (list: { name?: string }[]) => list.map(({ name }) => name);

  it('is how long two overlapped', () => {
    assert.equal(
      overlap(
        [{ from: 0, to: 10 }],
        [
          { from: 5, to: 7 },
          { from: 9, to: 30 },
        ],
      ),
      3,
    );
    const [a] = people;
    assert.ok(a);
    assert.deepEqual(
      companions(a, people).map(({ person, ms }) => [person.name, ms / MINUTE]),
      [
        ['r', 10],
        ['b', 5],
      ],
    );
  });

  it('at a moment: who leaves then is gone, who joins then is there', () => {
    assert.deepEqual(names(presentAt(people, at(10))).sort(), ['b', 'c', 'r']);
    assert.deepEqual(names(presentAt(people, at(-1))), []);
    const live = groupPeople([stay('x', 0)], LIVE, at(5));
    assert.deepEqual(names(presentAt(live, at(5))), ['x'], 'still here at the latest known moment');
  });

  it('is counted in steps, people only', () => {
    assert.deepEqual(countPeople(people), [
      { at: at(0), count: 1 },
      { at: at(5), count: 2 },
      { at: at(10), count: 2 },
      { at: at(15), count: 1 },
      { at: at(20), count: 0 },
    ]);
  });

  it('agrees with the stays at every moment, for any stays', () => {
    const anyStay = fc.record({ user: fc.integer({ min: 0, max: 3 }), from: fc.nat(50), length: fc.nat(30) });
    fc.assert(
      fc.property(fc.array(anyStay, { maxLength: 20 }), fc.nat(90), (stays, moment) => {
        const list = stays.map(({ user, from, length }, index) =>
          stay(`${index}`, from, from + length, { userId: `${user}` }),
        );
        const grouped = groupPeople(list, ended(100), at(100));
        const there = new Set(
          stays.filter(({ from, length }) => from <= moment && moment < from + length).map(({ user }) => user),
        );
        const step = countPeople(grouped).findLast((each) => each.at <= at(moment));
        assert.equal(step?.count ?? 0, there.size);
        assert.equal(presentAt(grouped, at(moment)).length, there.size);
        assert.equal(grouped.flatMap((person) => person.participants).length, list.length);
      }),
    );
  });
});

describe('the span of a session', () => {
  it('holds session and stays; a live one goes to the moment of reading', () => {
    const people = groupPeople([stay('a', -2, 31)], ended(30), at(50));
    assert.deepEqual(sessionSpan(people, ended(30), at(50)), { from: at(-2), to: at(31) });
    assert.deepEqual(sessionSpan([], LIVE, at(7)), { from: START, to: at(7) });
    assert.equal(sessionSpan([], { status: 'ended' }, at(7)), undefined);
    assert.deepEqual(sessionSpan([], ended(0), at(7)), { from: START, to: START + 1000 }, 'never empty');
  });
});

describe('the length of a stay', () => {
  it('goes by its times, and by the provider’s figure where those do not tell', () => {
    assert.equal(stayLength(stay('a', 1, 4, { durationMs: 1 }), false, at(9)), 3 * MINUTE);
    assert.equal(stayLength(stay('a', 1), true, at(9)), 8 * MINUTE);
    assert.equal(stayLength(stay('a', 1), false, at(9)), undefined);
    assert.equal(stayLength(stay('a', 1, undefined, { durationMs: 5 }), false, at(9)), 5);
    assert.equal(stayLength(stay('a', 1, 9, { leftTimeUnknown: true }), false, at(9)), undefined);
    const events = [{ at: at(2), name: 'rejoined', lane: 'presence' as const }];
    assert.equal(stayLength(stay('a', 1, 9, { events, durationMs: 7 }), false, at(9)), 7, 'without the pause');
  });
});
