import assert from 'node:assert/strict';
import { sessionDescriptions } from '../../../src/core/session-descriptions';

const brief = (all: ReturnType<typeof sessionDescriptions>) =>
  all.map(({ name, text, at, former }) => [name, text, at, former]);

describe('session descriptions of a report', () => {
  it('are compared with the last one before them of the same end, whether offer or answer', () => {
    const sdp = ['a', 'b', 'c', 'd', 'e'];
    const sdpOf = [
      { at: 1, end: 'local', type: 'offer' },
      { at: 2, end: 'remote', type: 'answer' },
      { at: 3, end: 'remote', type: 'offer' },
      { at: 4, end: 'local', type: 'answer' },
      { end: 'local', type: 'offer' },
    ] as const;
    assert.deepEqual(brief(sessionDescriptions([{ at: 9, sdp, sdpOf: [...sdpOf] }])), [
      ['Local offer 1', 'a', 1, undefined],
      ['Remote answer 1', 'b', 2, undefined],
      ['Remote offer 1', 'c', 3, 1],
      ['Local answer 1', 'd', 4, 0],
      ['Local offer 2', 'e', 9, 3],
    ]);
  });

  it('of which nothing else is known are numbered, over all checks', () => {
    assert.deepEqual(brief(sessionDescriptions([{ at: 1, sdp: ['a'] }, {}, { at: 2, sdp: ['b'] }])), [
      ['SDP 1', 'a', 1, undefined],
      ['SDP 2', 'b', 2, 0],
    ]);
  });
});
