import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { FromWebview, PanelAction } from '../../../src/protocol/messages';
import { readFromWebview, readPanelState } from '../../../src/protocol/schema';
import { defaultView, type PanelState, viewForNextReport } from '../../../src/protocol/state';

const ACTIONS: Record<PanelAction, true> = {
  cancel: true,
  compare: true,
  copyId: true,
  editConnection: true,
  openRaw: true,
  refresh: true,
  showCalls: true,
  showLog: true,
  stopWaiting: true,
  tellWhenReady: true,
  togglePin: true,
};

/** One of each kind; the compiler asks for a new kind here. */
const MESSAGES: { [T in FromWebview['type']]: Extract<FromWebview, { type: T }>[] } = {
  ready: [{ v: 1, type: 'ready', client: 'c' }],
  action: (Object.keys(ACTIONS) as PanelAction[]).map((action) => ({ v: 1, type: 'action', action })),
  compareEnds: [{ v: 1, type: 'compareEnds', streamId: 's' }],
  cursor: [
    { v: 1, type: 'cursor', at: 1_700_000_000_000.5 },
    { v: 1, type: 'cursor', at: null },
  ],
  findInLogs: [{ v: 1, type: 'findInLogs', at: 1_700_000_000_000 }],
  compareDescriptions: [{ v: 1, type: 'compareDescriptions', index: 1 }],
  choosePeerConnection: [{ v: 1, type: 'choosePeerConnection', id: '8-1' }],
  painted: [{ v: 1, type: 'painted', ms: 12.5 }],
  request: [
    { v: 1, type: 'request', id: 'c:1', request: { kind: 'raw' } },
    { v: 1, type: 'request', id: 'c:2', request: { kind: 'copyText', text: 'a,b\r\n1,2' } },
    { v: 1, type: 'request', id: 'c:3', request: { kind: 'saveImage', name: 'RTT (ms)', png: new ArrayBuffer(8) } },
  ],
  abandon: [{ v: 1, type: 'abandon', id: 'c:1' }],
};

const STATE: PanelState = {
  version: 1,
  ref: { connectionId: 'c', appId: 'a', roomId: 'r', sessionId: 's', participantId: 'p' },
  title: 'Caller A',
  pinned: true,
  view: {
    hidden: ['x'],
    range: [1, 2],
    cursor: 1.5,
    lines: [['s1', 2]],
    sections: { raw: true },
    timeMode: 'offset',
    extraMetrics: ['pliCount'],
  },
};

describe('messages of the webview', () => {
  for (const [type, messages] of Object.entries(MESSAGES)) {
    it(`${type}: passes as it is, after a structured clone`, () => {
      for (const message of messages) assert.deepEqual(readFromWebview(structuredClone(message)), message);
    });
    it(`${type}: is refused with a member too many or too few`, () => {
      for (const message of messages) {
        assert.equal(readFromWebview({ ...message, extra: 1 }), undefined);
        for (const key of Object.keys(message)) {
          const { [key as keyof FromWebview]: _dropped, ...rest } = message;
          assert.equal(readFromWebview(rest), undefined, `without ${key}`);
        }
      }
    });
  }

  it('takes a ready of another version, so that the page can be told; nothing else', () => {
    assert.deepEqual(readFromWebview({ v: 2, type: 'ready', client: 'c' }), { v: 2, type: 'ready', client: 'c' });
    assert.equal(readFromWebview({ v: 2, type: 'action', action: 'refresh' }), undefined);
  });

  it('refuses actions and requests that it does not know, and what is out of bounds', () => {
    for (const message of [
      { v: 1, type: 'action', action: 'workbench.action.terminal.new' },
      { v: 1, type: 'request', id: 'c:1', request: { kind: 'readFile', path: '/etc/passwd' } },
      { v: 1, type: 'request', id: '', request: { kind: 'raw' } },
      { v: 1, type: 'request', id: 'c:1', request: { kind: 'saveImage', name: 'n', png: 'text' } },
      { v: 1, type: 'painted', ms: -1 },
      { v: 1, type: 'findInLogs', at: 1e300 },
      { v: 1, type: 'cursor', at: '2026-11-22' },
      { v: 1, type: 'painted', ms: Number.NaN },
    ]) {
      assert.equal(readFromWebview(message), undefined);
    }
  });

  it('never throws, whatever comes', () => {
    fc.assert(fc.property(fc.anything(), (rubbish) => readFromWebview(rubbish) === undefined));
  });
});

describe('the state of a restored panel', () => {
  it('passes after JSON', () => {
    assert.deepEqual(readPanelState(JSON.parse(JSON.stringify(STATE))), STATE);
    const plain = { ...STATE, ref: { connectionId: 'c', sessionId: 's', participantId: 'p' }, view: defaultView() };
    assert.deepEqual(readPanelState(JSON.parse(JSON.stringify(plain))), plain);
  });

  it('is refused without identity, with another version, or with members that are not ours', () => {
    for (const state of [
      undefined,
      null,
      {},
      { ...STATE, version: 2 },
      { ...STATE, ref: undefined },
      { ...STATE, ref: { connectionId: 'c', sessionId: 's' } },
      { ...STATE, ref: { ...STATE.ref, participantId: '' } },
      { ...STATE, apiToken: 'secret' },
      { ...STATE, view: { ...STATE.view, range: [1] } },
    ]) {
      assert.equal(readPanelState(state), undefined);
    }
    fc.assert(fc.property(fc.anything(), (rubbish) => readPanelState(rubbish) === undefined));
  });

  it('drops what concerns the former report when another is shown', () => {
    assert.deepEqual(viewForNextReport(STATE.view), {
      sections: { raw: true },
      timeMode: 'offset',
      extraMetrics: ['pliCount'],
    });
  });
});
