import assert from 'node:assert/strict';
import {
  candidateRooms,
  noSamples,
  ROOMS_ASKED,
  sessionOf,
  sessionsOf,
} from '../../../src/providers/whereby/find-session';
import type { ParticipantRecord, RoomRecord } from '../../../src/providers/whereby/schema';

const HOUR = 3_600_000;
const NOW = Date.UTC(2024, 4, 6, 12);
const ago = (hours: number) => new Date(NOW - hours * HOUR).toISOString();
const row = (parts: Partial<ParticipantRecord>) => parts as ParticipantRecord;
const room = (roomName: string, parts: Partial<RoomRecord> = {}): RoomRecord => ({ roomName, ...parts });

describe('a Whereby session by its participants’ rows', () => {
  it('goes on while somebody who came lately has not left', () => {
    const status = (...rows: Partial<ParticipantRecord>[]) => sessionOf('s', rows.map(row), 'r', NOW).status;
    assert.equal(status({ joinedAt: ago(1) }), 'live');
    assert.equal(status({ joinedAt: ago(3), leftAt: ago(2) }, { joinedAt: ago(1) }), 'live');
    assert.equal(status({ joinedAt: ago(1), leftAt: ago(0) }), 'ended');
    assert.equal(status({ joinedAt: ago(1000) }), 'ended', 'the leave of weeks ago never came');
    assert.equal(status({}), 'ended', 'nothing tells when anybody came');
  });

  it('says that its room is not told where it is not', () => {
    assert.match(sessionOf('s', [], undefined, NOW).facts?.[0]?.value ?? '', /^not told/);
    const known = sessionOf('s', [], 'standup', NOW);
    assert.deepEqual([known.roomId, known.roomName, known.facts], ['standup', 'standup', undefined]);
  });

  it('of one person come once each, in the order of the rows, with when the person was there', () => {
    const found = sessionsOf(
      [
        row({ roomSessionId: 'one', joinedAt: ago(5), leftAt: ago(4) }),
        row({ joinedAt: ago(9) }),
        row({ roomSessionId: 'two', joinedAt: ago(3) }),
        row({ roomSessionId: 'one', joinedAt: ago(2), leftAt: ago(1) }),
      ],
      (id) => (id === 'one' ? 'standup' : undefined),
      NOW,
    );
    assert.deepEqual(
      found.map(({ id, roomName, facts }) => [id, roomName, facts?.length]),
      [
        ['one', 'standup', 4],
        ['two', undefined, 3],
      ],
    );
    assert.match(found[1]?.facts?.at(-1)?.value ?? '', /^not yet/);
  });
});

describe('rooms that can have held a session', () => {
  const names = (joined: number | undefined, ...rooms: RoomRecord[]) => candidateRooms(rooms, joined);

  it('are the first of the list where it is not known when anybody joined', () => {
    const many = Array.from({ length: 9 }, (_, i) => room(`r${i}`));
    assert.deepEqual(names(undefined, ...many), ['r0', 'r1', 'r2', 'r3', 'r4'].slice(0, ROOMS_ASKED));
  });

  it('are those in use at the time, the one used nearest to it first', () => {
    const joined = NOW - 2 * HOUR;
    assert.deepEqual(
      names(
        joined,
        room('later', { firstSessionStartedAt: ago(90), lastSessionStartedAt: ago(0) }),
        room('near', { createdAt: ago(90), lastSessionStartedAt: ago(2.5) }),
        room('made after', { createdAt: ago(1), lastSessionStartedAt: ago(1) }),
        room('unused since', { lastSessionStartedAt: ago(1000) }),
        room('never used', { createdAt: ago(90) }),
        room('of unknown age', { lastSessionStartedAt: ago(1) }),
      ),
      ['near', 'of unknown age', 'later'],
    );
  });
});

describe('a participant without samples', () => {
  it('may have them in a quarter of an hour, but not after an hour', () => {
    assert.match(noSamples(undefined, NOW).text, /10 to 15 minutes late/);
    assert.match(noSamples(NOW - HOUR, NOW).text, /10 to 15 minutes late/);
    assert.match(noSamples(NOW - HOUR - 1, NOW).text, /no longer kept/);
  });
});
