import assert from 'node:assert/strict';
import { isCallError } from '../../../src/core/errors';
import { readJsonFile, recognizeAnswer } from '../../../src/providers/saved-answer';

const bytes = (value: unknown) => new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value));

describe('a provider’s answer that was saved to a file', () => {
  const participant = { id: 'p', peer_report: {} };
  const of = (value: unknown) => {
    const { provider, body } = recognizeAnswer(value, bytes(value), 'x.json');
    return [provider, JSON.parse(new TextDecoder().decode(body)) as unknown];
  };

  it('of RealtimeKit is read as the API sends it, however near to the top the report lies', () => {
    const asSent = { success: true, data: { participant } };
    assert.deepEqual(of(asSent), ['realtimekit', asSent]);
    for (const other of [participant, { participant }, { data: participant }])
      assert.deepEqual(of(other), ['realtimekit', { data: { participant } }]);
  });

  it('of 100ms and MediaMelon is known by what only they have', () => {
    assert.equal(of({ publisher: {} })[0], '100ms');
    assert.equal(of({ subscriber: {} })[0], '100ms');
    assert.equal(of({ response: [{ sessionid: 's', starttime: 1_700_000_000 }] })[0], 'mediamelon');
  });

  it('of nobody says what it is', () => {
    for (const value of [{ hello: 1 }, [], 'x', null])
      assert.throws(
        () => of(value),
        (error) =>
          isCallError(error) && error.kind === 'BadInput' && error.text.includes('no call report that is known'),
      );
  });

  const files: [what: string, content: string, words: RegExp][] = [
    ['an empty file', '', /^x is empty/],
    ['a binary file', 'PK\u0003\u0004\u0000', /^x is a binary file/],
    ['a file that was cut off', '{"a":', /^x is no complete JSON/],
  ];
  for (const [what, content, words] of files) {
    it(`${what} is told as one`, () => {
      assert.throws(
        () => readJsonFile(bytes(content), 'x'),
        (error) => isCallError(error) && error.field === 'file' && words.test(error.text),
      );
    });
  }

  it('JSON is read', () => assert.deepEqual(readJsonFile(bytes({ a: 1 }), 'x'), { a: 1 }));
});
