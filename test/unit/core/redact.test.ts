import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { Redactor } from '../../../src/core/redact';

const SECRET = 'canary/9f2e+a b"c';

describe('Redactor', () => {
  const redactor = new Redactor();
  redactor.add(SECRET);

  it('masks a secret in plain, percent-encoded, base64 and JSON form', () => {
    const forms = [
      SECRET,
      encodeURIComponent(SECRET),
      Buffer.from(SECRET).toString('base64'),
      JSON.stringify(SECRET).slice(1, -1),
    ];
    for (const form of forms) {
      const masked = redactor.mask(`before ${form} after ${form}`);
      assert.ok(!masked.includes(form), masked);
      assert.match(masked, /^before .* after /);
    }
  });

  it('masks what looks like a key though nobody registered it', () => {
    const jwt = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.c2lnbmF0dXJl';
    const cases = [
      [`token ${jwt}.`, jwt],
      ['Authorization: Bearer abcDEF123456', 'abcDEF123456'],
      ['authorization: basic dXNlcjpwYXNz', 'dXNlcjpwYXNz'],
      ['https://s3.example/x?X-Amz-Signature=deadbeef&y=1', 'deadbeef'],
      ['https://x.example/?a=1&access_token=deadbeef', 'deadbeef'],
    ] as const;
    for (const [text, secret] of cases) assert.ok(!new Redactor().mask(text).includes(secret), text);
  });

  it('leaves other text as it is', () => {
    const text = 'GET https://api.example.com/sessions?page_no=1&search=x 200 17 B';
    assert.equal(redactor.mask(text), text);
  });

  it('leaves out secrets too short to hide anything', () => {
    const short = new Redactor();
    short.add('');
    short.add('abc');
    assert.equal(short.mask('abcabc'), 'abcabc');
  });

  it('hides any secret of six characters or more, wherever it stands', () => {
    const secret = fc.string({
      unit: fc.constantFrom(...Array.from('aB3-_.~+/=%"\\ é€😀$&')),
      minLength: 6,
      maxLength: 40,
    });
    return fc.assert(
      fc.property(secret, fc.string({ maxLength: 20 }), fc.string({ maxLength: 20 }), (key, left, right) => {
        const own = new Redactor();
        own.add(key);
        const masked = own.mask(left + key + right);
        assert.ok(!masked.includes(key), masked);
      }),
    );
  });
});
