import assert from 'node:assert/strict';
import { Router } from '../../../src/sample/router';

describe('sample router', () => {
  const router = new Router({
    'a/{x}': 'one',
    'a/fixed/{y}': 'fixed',
    'a/{x}/b': 'two',
  });

  it('fills in placeholders and prefers what was declared first', () => {
    assert.deepEqual(router.match(['a', '5']), { handler: 'one', params: { x: '5' } });
    assert.deepEqual(router.match(['a', 'fixed', 'b']), { handler: 'fixed', params: { y: 'b' } });
    assert.deepEqual(router.match(['a', '7', 'b']), { handler: 'two', params: { x: '7' } });
  });

  it('finds nothing for other paths and for empty placeholders', () => {
    assert.equal(router.match(['a']), undefined);
    assert.equal(router.match(['a', '']), undefined);
    assert.equal(router.match(['a', '5', 'c']), undefined);
    assert.equal(router.match([]), undefined);
  });
});
