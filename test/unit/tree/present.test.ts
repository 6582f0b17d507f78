import assert from 'node:assert/strict';
import type { ConnectionNode, GroupNode, ParticipantNode, SessionNode } from '../../../src/tree/nodes';
import { lookOf } from '../../../src/tree/present';
import type { LookContext } from '../../../src/tree/row-look';
import { tooltipOf } from '../../../src/tree/tooltip';

const NOON = new Date(2026, 10, 22, 12, 0).getTime();
const MINUTE = 60_000;
const context: LookContext = { now: NOON, sessionWindowDays: 7 };

const connection: ConnectionNode = {
  kind: 'connection',
  key: 'connection/c1',
  parent: undefined,
  record: { id: 'c1', provider: 'realtimekit', label: 'Acme', settings: {} },
};
const recent: GroupNode = { kind: 'group', key: 'g', parent: connection, group: 'recent', connectionId: 'c1' };

function session(facts: Partial<SessionNode['session']>): SessionNode {
  return {
    kind: 'session',
    key: 's',
    parent: recent,
    ref: { connectionId: 'c1', sessionId: 's1' },
    session: { id: 's1', status: 'ended', ...facts },
  };
}

function participant(facts: Partial<ParticipantNode['participant']>, stay = 1, parent = session({})): ParticipantNode {
  return {
    kind: 'participant',
    key: 'p',
    parent,
    ref: { connectionId: 'c1', sessionId: 's1', participantId: 'p1' },
    participant: { id: 'p1', ...facts },
    stay,
  };
}

describe('lookOf', () => {
  it('names the provider on the row of its only connection', () => {
    assert.equal(lookOf(connection, { ...context, alone: true }).label, 'RealtimeKit · Acme');
    assert.equal(lookOf(connection, context).label, 'Acme');
  });

  it('turns a connection without its key into one row that says so', () => {
    const look = lookOf(connection, { ...context, alone: true, keyMissing: true });
    assert.equal(look.description, 'Key missing: enter it again');
    assert.equal(look.expandable, false);
    assert.equal(look.command?.id, 'peerscope.editConnection');
  });

  it('describes an ended session by when, how long and how many', () => {
    const start = NOON - 78 * MINUTE;
    const look = lookOf(
      session({
        roomName: 'Patient call',
        startedAt: start,
        endedAt: start + 31 * MINUTE,
        maxConcurrentParticipants: 3,
      }),
      context,
    );
    const time = new Date(start).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
    assert.equal(look.label, 'Patient call');
    assert.equal(look.description, `${time} · 31 min · 3 people`);
    assert.equal(look.contextValue, 'session');
  });

  it('describes a live session by how long it goes on and who is here', () => {
    const look = lookOf(
      session({
        roomName: 'Stand-up',
        status: 'live',
        startedAt: NOON - 14 * MINUTE,
        liveParticipants: 1,
        maxConcurrentParticipants: 6,
      }),
      context,
    );
    assert.equal(look.description, 'live · 14 min · 1 person');
    assert.equal(look.contextValue, 'session+live');
    assert.equal(look.spoken, 'Stand-up, live session, live · 14 min · 1 person');
  });

  it('gives the day of a session that was not today', () => {
    const start = NOON - 48 * 60 * MINUTE;
    const look = lookOf(session({ roomName: 'Weekly', startedAt: start, endedAt: start + MINUTE }), context);
    const when = new Date(start).toLocaleString('en-GB', {
      month: 'short',
      day: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
    });
    assert.equal(look.description, `${when} · 1 min`);
  });

  it('shows no duration where it cannot be told', () => {
    assert.equal(lookOf(session({ startedAt: NOON - MINUTE }), context).description?.includes('min'), false);
    assert.equal(lookOf(participant({}), context).description, '');
  });

  it('numbers a rejoin', () => {
    const look = lookOf(
      participant({ name: 'Caller A', joinedAt: NOON - 9 * MINUTE, leftAt: NOON - 5 * MINUTE }, 2),
      context,
    );
    assert.equal(look.label, 'Caller A (2)');
    assert.equal(look.description, '4 min · rejoined');
  });

  it('falls back to ids where there is no name', () => {
    assert.equal(lookOf(session({ id: '12345678-aaaa' }), context).label, 'Session 12345678');
    assert.equal(lookOf(participant({ customId: 'user-7' }), context).label, 'user-7');
  });

  it('takes control and bidi characters out of names', () => {
    const look = lookOf(participant({ name: 'Eve\u202Egnp.exe\u0000\n<b>$(alert)' }), context);
    assert.equal(look.label, 'Evegnp.exe <b>$(alert)');
  });

  it('says in an error row what happened, how long to wait and what can be done', () => {
    const row = (kind: 'RateLimited' | 'Auth', retryAfterMs?: number) =>
      lookOf(
        {
          kind: 'error',
          key: 'e',
          parent: recent,
          connectionId: 'c1',
          error: { kind, text: 'Sentence.', retryAfterMs },
        },
        context,
      );
    assert.equal(row('RateLimited', 90_000).description, 'Wait 2 min. Sentence.');
    assert.equal(row('RateLimited', 90_000).contextValue, 'error');
    assert.equal(row('Auth').label, 'Key not accepted');
    assert.equal(row('Auth').contextValue, 'error+edit');
    assert.equal(row('Auth').command?.id, 'peerscope.refresh');
  });

  it('tells how many rows are shown and how many there are', () => {
    const row = { kind: 'loadMore', key: 'm', parent: recent, shown: 25 } as const;
    assert.equal(lookOf({ ...row, total: 260 }, context).description, '25 of 260');
    assert.equal(lookOf(row, context).description, '25 shown');
    assert.equal(lookOf(row, { ...context, loading: true }).command, undefined);
  });

  it('says in a group what it is narrowed to', () => {
    const look = lookOf(recent, {
      ...context,
      counts: { loaded: 3, total: 3 },
      filter: { search: 'smith', participants: { min: 2, max: 4 } },
    });
    assert.equal(look.description, '3 in 7 days · "smith" · 2–4 people');
    assert.match(look.contextValue, /\+filtered$/);
  });

  it('says why there is nothing', () => {
    const empty = (filtered: boolean) => lookOf({ kind: 'empty', key: 'x', parent: recent, filtered }, context).label;
    assert.match(empty(false), /No sessions in the last 7 days/);
    assert.match(empty(true), /Nothing matches the filter/);
  });
});

describe('tooltipOf', () => {
  it('escapes everything that a provider sent', () => {
    const text = tooltipOf(
      participant({ name: '[x](command:evil) **b** <img src=x> $(alert) `c`', customId: '](http://evil.example)' }),
      NOON,
    );
    assert.ok(text);
    // Every character that Markdown, HTML or codicons give a meaning is behind a backslash.
    const values = text.split('\n').map((line) => line.replace(/^\*\*|\*\*$|^- [^:]+: /g, ''));
    for (const value of values) assert.doesNotMatch(value, /(?<!\\)[[\]()<>$`*]/);
  });

  it('holds both the stated duration and the one of the times', () => {
    const text = tooltipOf(
      participant({ joinedAt: NOON - 10 * MINUTE, leftAt: NOON - 4 * MINUTE, durationMs: 5 * MINUTE }),
      NOON,
    );
    assert.match(text ?? '', /Stayed: 6 min/);
    assert.match(text ?? '', /Duration as stated: 5 min/);
  });

  it('says when a call was joined and left, and when a playback started and ended', () => {
    const stay = participant({ joinedAt: NOON - 10 * MINUTE, leftAt: NOON - 4 * MINUTE });
    const words = (text = '') => [...text.matchAll(/^- (\w+): /gm)].map(([, word]) => word);
    const call = tooltipOf(stay, NOON);
    const playback = tooltipOf(stay, NOON, true);
    assert.match(call ?? '', /^\*\*Participant\*\*/);
    assert.deepEqual(words(call), ['Joined', 'Left', 'Stayed']);
    assert.match(playback ?? '', /^\*\*Viewer\*\*/);
    assert.deepEqual(words(playback), ['Started', 'Ended', 'Watched']);
  });
});
