import assert from 'node:assert/strict';
import { CallError, fromPlainError, isCallError, isCancelled, toPlainError } from '../../../src/core/errors';

describe('errors', () => {
  const error = new CallError('RateLimited', 'Wait.', { status: 429, retryAfterMs: 5000, cause: new Error('inner') });

  it('the message begins with the kind', () => {
    assert.equal(error.message, 'RateLimited: Wait.');
  });

  it('cross a boundary as plain data, without stack and cause', () => {
    const plain = structuredClone(toPlainError(error));
    assert.deepEqual(JSON.parse(JSON.stringify(plain)), {
      kind: 'RateLimited',
      text: 'Wait.',
      status: 429,
      retryAfterMs: 5000,
    });
    const back = fromPlainError(plain);
    assert.equal(back.message, error.message);
    assert.deepEqual([back.status, back.retryAfterMs, back.cause], [429, 5000, undefined]);
  });

  it('are told by their kind, also where another bundle made them', () => {
    const foreign = Object.assign(new Error('Auth: x'), { kind: 'Auth', text: 'x' });
    assert.ok(isCallError(foreign));
    assert.equal(toPlainError(foreign).kind, 'Auth');
    for (const other of [
      new Error('x'),
      Object.assign(new Error('x'), { kind: 'Odd', text: '' }),
      { kind: 'Auth', text: '' },
      null,
    ]) {
      assert.ok(!isCallError(other));
    }
  });

  it('of the platform are read: aborts as cancelled, the rest with their message', () => {
    const aborted = new DOMException('stop', 'AbortError');
    assert.ok(isCancelled(aborted));
    assert.ok(isCancelled(new CallError('Cancelled', 'x')));
    assert.ok(!isCancelled(error));
    assert.deepEqual(toPlainError(new TypeError('odd')), { kind: 'BadResponse', text: 'odd' });
    assert.deepEqual(toPlainError('odd'), { kind: 'BadResponse', text: 'odd' });
  });
});
