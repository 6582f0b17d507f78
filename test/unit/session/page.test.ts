import assert from 'node:assert/strict';
import type { Participant, Session } from '../../../src/core/model';
import type { ReportsState, StayList } from '../../../src/protocol/session-messages';
import { buildSessionModel, lengthWords, peopleWords, rowName } from '../../../src/webview/session/model';
import {
  between,
  countPath,
  momentWords,
  personWords,
  sortPeople,
  timeWords,
} from '../../../src/webview/session/presence-model';
import { filterRows, sortRows } from '../../../src/webview/session/stay-table-model';
import { at, ended, LIVE, stay } from './people';

const OFFSET = { mode: 'offset' as const, origin: at(0) };
const NO_REPORTS: ReportsState = { outcomes: {}, running: false, done: 0, total: 0 };

function list(items: Participant[], more: Partial<StayList> = {}): StayList {
  return { items, more: false, reading: false, issues: [], ...more };
}

function model(items: Participant[], session: Session = ended(30), more: Partial<StayList> = {}) {
  return buildSessionModel(session, list(items, more), at(30));
}

const CALL = [
  stay('h', 0, 30, { name: 'Host', userId: 'h' }),
  stay('a1', 1, 11, { name: 'Caller A', userId: 'a', role: 'guest' }),
  stay('a2', 12, 30, { name: 'Caller A', userId: 'a', role: 'guest' }),
  stay('r', 2, 30, { name: 'Rec', role: 'recorder' }),
];

describe('a session in words', () => {
  it('counts people and stays apart, machines by their role', () => {
    assert.equal(peopleWords(model(CALL), list(CALL)), '2 people, 4 stays, 1 recorder');
    const one = [stay('x', 0, 1)];
    assert.equal(peopleWords(model(one), list(one)), '1 person, 1 stay');
    const part = list(CALL, { more: true, total: 640 });
    assert.equal(peopleWords(model(CALL), part), '2 people, 4 of 640 stays, 1 recorder');
  });

  it('names how long it lasted, apart from participant-minutes', () => {
    assert.equal(lengthWords(ended(31), at(90)), 'lasted 31 min');
    assert.equal(lengthWords(LIVE, at(14)), 'going on for 14 min');
    assert.equal(lengthWords({ id: 's', status: 'ended', startedAt: at(0) }, at(9)), undefined);
    // 30 + 10 + 18 + 28 minutes
    assert.equal(model(CALL).minutes, 86);
    assert.equal(model(CALL, LIVE).minutes, undefined, 'it grows');
    assert.equal(model(CALL, ended(30), { more: true }).minutes, undefined, 'not all stays are known');
    assert.equal(model([...CALL, stay('u', 1)]).minutes, undefined, 'one end is not known');
  });

  it('numbers the stays of a person and falls back to ids for names', () => {
    assert.deepEqual(
      model(CALL).rows.map(({ name }) => name),
      ['Host', 'Caller A', 'Caller A (2)', 'Rec'],
    );
    const nameless = model([stay('0123456789', 0, 1, { name: undefined })]);
    assert.equal(nameless.rows[0]?.name, 'Participant 01234567');
    const hostile = model([stay('x', 0, 1, { name: '\u202eevil\u0000' })]);
    assert.equal(hostile.rows[0]?.name, 'evil');
  });
});

describe('the timeline in words', () => {
  it('says who was there at a moment', () => {
    assert.equal(momentWords(model(CALL), at(5), OFFSET), '5:00 · 2 here: Host, Caller A + Rec');
    assert.equal(momentWords(model(CALL), at(11.5), OFFSET), '11:30 · 1 here: Host + Rec');
    assert.equal(momentWords(model(CALL), at(40), OFFSET), '40:00 · nobody here');
  });

  it('says when somebody was there, and with whom how long', () => {
    const { people } = model(CALL);
    const caller = people.find((person) => rowName(person) === 'Caller A');
    assert.ok(caller);
    // With the host 10 + 18 minutes, with the recorder, who came a minute later, 9 + 18.
    assert.equal(
      personWords(model(CALL), caller, OFFSET),
      'Caller A: 1:00–11:00, 12:00–30:00 (2 stays, 28 min) · with Host 28 min, Rec 27 min',
    );
    const alone = model([stay('x', 0, undefined, { leftTimeUnknown: true })]);
    const [person] = alone.people;
    assert.ok(person);
    assert.equal(personWords(alone, person, OFFSET), 'x: 0:00–unknown (≤ 30 min) · alone throughout');
    assert.equal(timeWords(person), '≤ 30 min');
  });

  it('orders rows by first join, name or time, machines last', () => {
    const names = (order: 'join' | 'name' | 'time') => sortPeople(model(CALL).people, order).map(rowName);
    assert.deepEqual(names('join'), ['Host', 'Caller A', 'Rec']);
    assert.deepEqual(names('name'), ['Caller A', 'Host', 'Rec']);
    assert.deepEqual(names('time'), ['Host', 'Caller A', 'Rec']);
    const unknown = model([
      stay('y', 0, 1, { joinedAt: undefined }),
      stay('x', 0, 1),
      stay('z', 0, 1, { joinedAt: undefined }),
    ]);
    assert.deepEqual(sortPeople(unknown.people, 'join').map(rowName), ['x', 'y', 'z']);
  });

  it('places bars in percent of the range', () => {
    assert.deepEqual(between(25, 75, [0, 100]), { left: '25%', width: '50%' });
    assert.deepEqual(between(80, 70, [0, 100]), { left: '80%', width: '0%' });
  });

  it('draws how many were there as steps of a box of 1000 by 100', () => {
    const two = model([stay('a', 0, 30), stay('b', 15, 30)]);
    assert.equal(countPath(two, [at(0), at(30)]), 'M0 100L0 100L0 50L500 50L500 0L1000 0L1000 100L1000 100L1000 100Z');
  });
});

describe('the table of participants', () => {
  const reports: ReportsState = {
    ...NO_REPORTS,
    outcomes: {
      h: { digest: { client: 'Firefox 140', figures: { rtt: figure(50, 90) } } },
      a1: { digest: { client: 'Chrome 139', figures: { rtt: figure(40, 300), mos: figure(3, 2) } } },
      a2: { error: { kind: 'NotYetAvailable', text: 'Not yet.' } },
    },
  };
  const { rows } = model(CALL);
  const names = (sorted: { name: string }[]) => sorted.map(({ name }) => name);
  const by = (column: Parameters<typeof sortRows>[1]['column'], descending = false) =>
    names(sortRows(rows, { column, descending }, reports));

  it('filters by every word, in name, role, ids and client', () => {
    assert.deepEqual(names(filterRows(rows, ' caller ', NO_REPORTS)), ['Caller A', 'Caller A (2)']);
    assert.deepEqual(names(filterRows(rows, 'GUEST a2', NO_REPORTS)), ['Caller A (2)']);
    assert.deepEqual(names(filterRows(rows, 'chrome', reports)), ['Caller A']);
    assert.deepEqual(names(filterRows(rows, 'caller host', NO_REPORTS)), []);
    assert.equal(filterRows(rows, '  ', NO_REPORTS).length, 4);
  });

  it('sorts by any column; what is not known comes last either way', () => {
    assert.deepEqual(by('name', true), ['Rec', 'Host', 'Caller A (2)', 'Caller A']);
    assert.deepEqual(by('stayed'), ['Caller A', 'Caller A (2)', 'Rec', 'Host']);
    assert.deepEqual(by('rtt'), ['Caller A', 'Host', 'Rec', 'Caller A (2)']);
    assert.deepEqual(by('rtt', true), ['Host', 'Caller A', 'Rec', 'Caller A (2)']);
    assert.deepEqual(by('rttWorst', true).slice(0, 2), ['Caller A', 'Host']);
    assert.deepEqual(by('client', true).slice(0, 2), ['Host', 'Caller A']);
  });

  it('takes who is still here for the last to leave', () => {
    const live = model([stay('x', 0, 29), stay('y', 0), stay('z', 0, 3)], LIVE);
    assert.deepEqual(names(sortRows(live.rows, { column: 'left', descending: true }, NO_REPORTS)), ['y', 'x', 'z']);
  });
});

function figure(median: number, worst: number) {
  return { median, worst, beyond: 0, limits: [], worstAt: at(0), worstIn: 'sent audio' };
}
