import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { SessionDescription } from '../../../src/captures/capture';
import { diffDescriptions, formerDescription } from '../../../src/captures/sdp-diff';

describe('differences of session descriptions', () => {
  it('are told line by line', () => {
    const before = 'v=0\r\nm=audio 9 RTP/AVP 0\r\na=sendrecv\r\n';
    const after = 'v=0\nm=audio 9 RTP/AVP 0\na=inactive\nm=video 9 RTP/AVP 96\n';
    assert.deepEqual(diffDescriptions(before, after), [
      { kind: 'same', lines: ['v=0', 'm=audio 9 RTP/AVP 0'] },
      { kind: 'removed', lines: ['a=sendrecv'] },
      { kind: 'added', lines: ['a=inactive', 'm=video 9 RTP/AVP 96'] },
    ]);
    assert.deepEqual(diffDescriptions(before, before.replaceAll('\r', '')), [
      { kind: 'same', lines: ['v=0', 'm=audio 9 RTP/AVP 0', 'a=sendrecv'] },
    ]);
  });

  it('lead from one to the other', () => {
    const line = fc.constantFrom('v=0', 'a=mid:0', 'a=sendrecv', 'm=audio 9', 'm=video 9', '');
    const sdp = fc.array(line, { minLength: 1 }).map((lines) => `v=0\n${lines.join('\n')}\nz=`);
    fc.assert(
      fc.property(sdp, sdp, (before, after) => {
        const changes = diffDescriptions(before, after);
        const of = (kind: 'added' | 'removed') =>
          changes?.flatMap((change) => (change.kind === 'same' || change.kind === kind ? change.lines : [])).join('\n');
        assert.equal(of('removed'), before);
        assert.equal(of('added'), after);
      }),
    );
  });

  it('are sought from the last that the same end set', () => {
    const one = (method: string, end: 'local' | 'remote', type: string): SessionDescription => ({
      at: 0,
      method,
      end,
      type,
      sdp: '',
    });
    const list = [
      one('createOffer', 'local', 'offer'),
      one('setLocalDescription', 'local', 'offer'),
      one('setRemoteDescription', 'remote', 'answer'),
      one('setLocalDescription', 'local', 'answer'),
    ];
    assert.equal(formerDescription(list, 1), undefined);
    assert.equal(formerDescription(list, 2), undefined);
    assert.equal(formerDescription(list, 3), list[1]);
    assert.equal(formerDescription(list, 9), undefined);
  });
});
