import assert from 'node:assert/strict';
import { readFromSessionPage, readSessionPanelState } from '../../../src/protocol/session-schema';
import { defaultSessionView, type SessionPanelState } from '../../../src/protocol/session-state';

const STATE: SessionPanelState = {
  version: 1,
  ref: { connectionId: 'c', sessionId: 's' },
  title: 'Stand-up',
  pinned: false,
  view: defaultSessionView(),
};

describe('what a session page sends and leaves', () => {
  it('is read back as it was', () => {
    assert.deepEqual(readSessionPanelState(structuredClone(STATE)), STATE);
    const message = { v: 1, type: 'openParticipant', participantId: 'p' };
    assert.deepEqual(readFromSessionPage(message), message);
  });

  it('is dropped when anything in it is not ours', () => {
    for (const state of [
      undefined,
      {},
      { ...STATE, version: 2 },
      { ...STATE, ref: { sessionId: 's' } },
      { ...STATE, ref: { ...STATE.ref, apiToken: 'x' } },
      { ...STATE, view: { ...STATE.view, sort: { column: 'password', descending: false } } },
      { ...STATE, view: { ...STATE.view, timeMode: 'never' } },
    ]) {
      assert.equal(readSessionPanelState(state), undefined);
    }
    for (const message of [
      null,
      { v: 2, type: 'action', action: 'refresh' },
      { v: 1, type: 'action', action: 'format' },
      { v: 1, type: 'openParticipant', participantId: '' },
      { v: 1, type: 'openSession', sessionId: 'x'.repeat(600) },
      { v: 1, type: 'openParticipant', participantId: 'p', more: 1 },
    ]) {
      assert.equal(readFromSessionPage(message), undefined);
    }
  });
});
