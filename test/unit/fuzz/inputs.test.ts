import assert from 'node:assert/strict';
import { readFilter } from '../../../src/commands/tree/filter-input';
import { readConnectionChange, readConnectionInput } from '../../../src/connections/input';
import { readRecords } from '../../../src/connections/record';
import { ConnectionStore } from '../../../src/connections/store';
import { CallError } from '../../../src/core/errors';
import { Redactor } from '../../../src/core/redact';
import { readParticipantRef, readSessionRef } from '../../../src/core/ref-input';
import { readDeepLink, readLinkParts } from '../../../src/lookup/deep-link';
import { RecentLookUps } from '../../../src/lookup/recent';
import { recognise } from '../../../src/lookup/recognise';
import { readFromWebview, readPanelState } from '../../../src/protocol/schema';
import { readFromSessionPage, readSessionPanelState } from '../../../src/protocol/session-schema';
import { decodeCursor, encodeCursor } from '../../../src/providers/cursor';
import { describeWithForm } from '../../../src/providers/forms';
import { ToolInput } from '../../../src/tools/input';
import { fakeTransport, freshProvider, restoreTransport } from '../../fuzz/fake-transport';
import { Dice, mutate } from '../../fuzz/mutate';
import { fuzz, reportCount } from '../../fuzz/run';
import { KeptState, SharedKeyring } from '../connections/stores';

const inMemory = { inMemory: true };
const REF = { connectionId: 'c1', appId: 'a', roomId: 'r', sessionId: 's', participantId: 'p' };
const VIEW = { hidden: ['a'], range: [1, 2], sections: { charts: true }, timeMode: 'clock', extraMetrics: ['rtt'] };

const REPORT_MESSAGES = [
  { v: 1, type: 'ready', client: 'page' },
  { v: 1, type: 'action', action: 'refresh' },
  { v: 1, type: 'painted', ms: 12.5 },
  { v: 1, type: 'compareEnds', streamId: 's1' },
  { v: 1, type: 'cursor', at: 1_700_000_000_000 },
  { v: 1, type: 'findInLogs', at: 1_700_000_000_000 },
  { v: 1, type: 'compareDescriptions', index: 1 },
  { v: 1, type: 'choosePeerConnection', id: '8-1' },
  { v: 1, type: 'request', id: 'page:1', request: { kind: 'raw' } },
  { v: 1, type: 'request', id: 'page:2', request: { kind: 'copyText', text: 'a' } },
  { v: 1, type: 'request', id: 'page:3', request: { kind: 'saveImage', name: 'a', png: new ArrayBuffer(4) } },
  { v: 1, type: 'abandon', id: 'page:1' },
];
const SESSION_MESSAGES = [
  { v: 1, type: 'ready' },
  { v: 1, type: 'action', action: 'refresh' },
  { v: 1, type: 'openParticipant', participantId: 'p' },
  { v: 1, type: 'openSession', sessionId: 's' },
];
const INPUT = {
  provider: 'realtimekit',
  label: 'Work',
  settings: { accountId: 'a'.repeat(32), baseUrl: 'https://calls.example/v4' },
  secrets: { apiToken: 'canary-token-31d7' },
  skipCheck: true,
};
const FILTER = {
  search: 'x',
  from: 1,
  to: 2,
  live: true,
  sortBy: 'createdAt',
  sortOrder: 'ascending',
  participants: { min: 1, max: 2 },
  dimensions: [{ name: 'country', values: ['BR'] }],
  metrics: [{ name: 'latency', comparison: '>', value: 2 }],
};
const LINKS = [
  'vscode://peerscope.peerscope/session?provider=realtimekit&id=0a1b2c3d-0000-4000-8000-000000000000&app=app-1',
  'vscode://peerscope.peerscope/session?provider=100ms&id=0123456789abcdef01234567&participant=p1',
];

describe('fuzz: what comes from pages, commands, links and storage', () => {
  after(restoreTransport);
  reportCount();

  for (const [name, messages, read] of [
    ['messages of the report page', REPORT_MESSAGES, readFromWebview],
    ['messages of the session page', SESSION_MESSAGES, readFromSessionPage],
  ] as const) {
    for (const message of messages) {
      const kind = JSON.stringify(message).slice(7, 60).replace(/"/g, '');
      it(`${name}: ${kind} as it should be`, () => assert.deepEqual(read(message), message));
      fuzz({
        name: `${name}: ${kind}`,
        tryCase: (seed) => {
          const read1 = read(mutate(message, seed, inMemory));
          // What is taken for a message is one: it has nothing that the page did not agree on.
          if (read1) assert.ok(messages.some(({ type }) => type === read1.type));
        },
      });
    }
  }

  for (const [name, state, read] of [
    ['state of a report panel', { version: 1, ref: REF, title: 'A', pinned: true, view: VIEW }, readPanelState],
    [
      'state of a session panel',
      { version: 1, ref: { connectionId: 'c', sessionId: 's' }, title: 'A', pinned: false },
      readSessionPanelState,
    ],
  ] as const) {
    fuzz({
      name,
      tryCase: (seed) => {
        const found = read(mutate(state, seed, inMemory));
        if (found) assert.equal(typeof found.ref.sessionId, 'string');
      },
    });
  }

  fuzz({ name: 'a session ref', tryCase: (seed) => void readSessionRef(mutate(REF, seed, inMemory)) });
  fuzz({ name: 'a participant ref', tryCase: (seed) => void readParticipantRef(mutate(REF, seed, inMemory)) });
  fuzz({ name: 'a filter', tryCase: (seed) => void readFilter(object(mutate(FILTER, seed, inMemory))) });
  fuzz({
    name: 'the input of a tool',
    tryCase: (seed) => {
      const input = new ToolInput(mutate({ sessionId: 's', participantId: 'p' }, seed, inMemory));
      assert.ok(typeof input.id('sessionId') === 'string');
      input.optional('participantId');
    },
  });
  fuzz({
    name: 'a new connection',
    tryCase: (seed) => {
      try {
        const read = readConnectionInput(mutate(INPUT, seed, inMemory));
        assert.ok(Object.values(read.settings).every((value) => typeof value === 'string'));
      } catch (error) {
        assert.ok(!String(error).includes('canary-token'), 'the error repeats the key');
        throw error;
      }
    },
  });
  fuzz({
    name: 'a change of a connection',
    tryCase: (seed) => {
      const form = describeWithForm('realtimekit') ?? assert.fail('no form');
      const change = { id: 'c1', label: 'x', settings: INPUT.settings, secrets: INPUT.secrets };
      readConnectionChange(mutate(change, seed, inMemory), () => form);
    },
  });

  fuzz({
    name: 'a deep link',
    tryCase: (seed) => {
      const dice = new Dice(seed);
      const link = readDeepLink(damaged(dice.pick(LINKS), dice));
      if (typeof link === 'string') assert.doesNotMatch(link, /undefined|<|\u202e/);
      else assert.match(link.id, /^[\w.:~@+=-]+$/);
    },
  });
  fuzz({
    name: 'a deep link in parts',
    tryCase: (seed) => {
      const dice = new Dice(seed);
      const url = new URL(dice.pick(LINKS));
      const parts = { authority: url.host, path: url.pathname, query: url.search.slice(1), fragment: '' };
      const key = dice.pick(['authority', 'path', 'query', 'fragment'] as const);
      const link = readLinkParts({ ...parts, [key]: damaged(parts[key], dice) });
      if (typeof link !== 'string') assert.match(link.id, /^[\w.:~@+=-]+$/);
    },
  });
  fuzz({
    name: 'a pasted text',
    tryCase: (seed) => {
      const dice = new Dice(seed);
      const { candidates } = recognise(
        damaged(`${dice.pick(LINKS)} session_id=0123456789abcdef01234567 "peer": "x-1"`, dice),
      );
      assert.ok(candidates.length <= 8);
    },
  });

  fuzz({
    name: 'the kept list of connections',
    tryCase: (seed) => {
      const good = { id: 'c1', provider: 'whereby', label: 'Work', settings: { baseUrl: 'https://x.example' } };
      const bad = mutate(good, seed, inMemory);
      assert.deepEqual(readRecords([good, bad, good]).at(0), good);
      readRecords(bad);
    },
  });
  fuzz({
    name: 'the kept secrets',
    tryCase: async (seed) => {
      const keyring = new SharedKeyring();
      const store = new ConnectionStore(new KeptState(), keyring.window(), new Redactor());
      const dice = new Dice(seed);
      keyring.values.set('peerscope.connection.c1', damaged(JSON.stringify({ apiToken: 'canary', other: 'x' }), dice));
      const secrets = await store.secrets('c1');
      assert.ok(secrets === undefined || Object.values(secrets).every((value) => typeof value === 'string'));
    },
  });
  fuzz({
    name: 'the kept look-ups',
    tryCase: (seed) => {
      const good = { ref: { connectionId: 'c1', sessionId: 's1' }, label: 'Room', at: 5 };
      const stored = [good, mutate(good, seed, inMemory)];
      const state = { get: () => stored, update: async () => undefined };
      const list = new RecentLookUps(state).list(() => true);
      assert.deepEqual(list[0], good);
    },
  });

  for (const id of ['realtimekit', '100ms', 'whereby', 'mediamelon'] as const) {
    fuzz({
      name: `a page cursor of ${id}`,
      tryCase: async (seed) => {
        fakeTransport(() => ({ success: true, data: { sessions: [] }, results: [], response: [], limit: 10 }));
        const places = {
          page: 2,
          size: 25,
          limit: 10,
          offset: 10,
          start: 'x',
          list: 0,
          sorted: true,
          walk: 'w',
          last: 'x',
        };
        const cursor = encodeCursor(object(mutate(places, seed)));
        const provider = freshProvider(id);
        const signal = new AbortController().signal;
        const dice = new Dice(seed);
        const given = dice.next() < 0.3 ? damaged(cursor, dice) : cursor;
        const ref = { connectionId: 'c1', appId: 'a', sessionId: 's' };
        await dice.pick([
          () => provider.listRooms({ cursor: given }, signal),
          () => provider.listSessions({ cursor: given }, signal),
          () => provider.listParticipants({ ...ref, cursor: given }, signal),
        ])();
      },
    });
  }

  it('a cursor that is none is refused', () => {
    assert.throws(() => decodeCursor('%%%'), CallError);
  });
});

function object(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

/** A text cut, doubled, or with something odd in it. */
function damaged(text: string, dice: Dice): string {
  const at = dice.below(text.length + 1);
  const odd = dice.pick([
    '\u0000',
    '%',
    '%E0%A4%A',
    '&id=2',
    '#x',
    '\u202e',
    '\ud800',
    '../',
    '<b>',
    ' ',
    '//',
    '\\',
    '"',
    '=',
    '\n',
  ]);
  return dice.pick([
    () => text.slice(0, at),
    () => text.slice(at),
    () => text.slice(0, at) + odd + text.slice(at),
    () => text + text,
    () => text.slice(0, at) + odd.repeat(3000) + text.slice(at),
    () => text.slice(0, at) + String.fromCharCode(dice.below(65536)) + text.slice(at + 1),
  ])();
}
