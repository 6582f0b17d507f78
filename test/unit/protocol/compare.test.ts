import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { FromComparePage } from '../../../src/protocol/compare-messages';
import { readComparePanelState, readFromComparePage } from '../../../src/protocol/compare-schema';
import { type ComparePanelState, defaultCompareView } from '../../../src/protocol/compare-state';

/** One of each kind; the compiler asks for a new kind here. */
const MESSAGES: { [T in FromComparePage['type']]: Extract<FromComparePage, { type: T }>[] } = {
  ready: [{ v: 1, type: 'ready', client: 'c' }],
  action: (['cancel', 'refresh', 'showCalls', 'showLog', 'swap'] as const).map((action) => ({
    v: 1,
    type: 'action',
    action,
  })),
  side: (['editConnection', 'open', 'retry'] as const).map((action) => ({ v: 1, type: 'side', side: 1, action })),
  request: [{ v: 1, type: 'request', id: 'c:2', request: { kind: 'copyText', text: 'a' } }],
  abandon: [{ v: 1, type: 'abandon', id: 'c:1' }],
};

const REF = { connectionId: 'c', sessionId: 's', participantId: 'p' };
const STATE: ComparePanelState = {
  version: 1,
  refs: [REF, { ...REF, appId: 'a', participantId: 'q' }],
  titles: ['Caller A', 'Caller B'],
  stream: { senderId: 'p', kind: 'video', source: 'screen' },
  view: {
    shown: ['x'],
    sections: {},
    timeMode: 'offset',
    extraMetrics: ['pliCount'],
    range: [1000, 2500],
    cursor: 1200,
  },
};

describe('messages of the comparison', () => {
  for (const [type, messages] of Object.entries(MESSAGES)) {
    it(`${type}: passes as it is, and is refused with a member too many or too few`, () => {
      for (const message of messages) {
        assert.deepEqual(readFromComparePage(structuredClone(message)), message);
        assert.equal(readFromComparePage({ ...message, extra: 1 }), undefined);
        for (const key of Object.keys(message)) {
          const { [key as keyof FromComparePage]: _dropped, ...rest } = message;
          assert.equal(readFromComparePage(rest), undefined, `without ${key}`);
        }
      }
    });
  }

  it('refuses what it does not know, and never throws', () => {
    assert.equal(readFromComparePage({ v: 1, type: 'side', side: 2, action: 'open' }), undefined);
    assert.equal(readFromComparePage({ v: 2, type: 'action', action: 'swap' }), undefined);
    fc.assert(fc.property(fc.anything(), (rubbish) => readFromComparePage(rubbish) === undefined));
  });

  it('restores a state as it was left, and no other', () => {
    assert.deepEqual(readComparePanelState(structuredClone(STATE)), STATE);
    assert.deepEqual(readComparePanelState({ ...STATE, view: defaultCompareView() })?.view, defaultCompareView());
    for (const wrong of [
      undefined,
      { ...STATE, version: 2 },
      { ...STATE, refs: [REF] },
      { ...STATE, refs: [REF, 'q'] },
      { ...STATE, stream: { senderId: 'p' } },
      { ...STATE, report: {} },
      { ...STATE, view: { ...STATE.view, range: [1] } },
    ]) {
      assert.equal(readComparePanelState(wrong), undefined);
    }
  });
});
