import assert from 'node:assert/strict';
import { type ConnectionForm, checkAlternatives, onlyAlternative, validateBaseUrl } from '../../../src/providers/form';

const field = (name: string) => ({ name, label: name.toUpperCase(), hint: '', secret: true, required: false });
const FORM: ConnectionForm = {
  fields: ['token', 'key', 'secret'].map(field),
  alternatives: [
    { label: 'One', detail: '', fields: ['token'] },
    { label: 'Two', detail: '', fields: ['key', 'secret'] },
  ],
};

describe('a form with alternatives', () => {
  it('wants one of them whole, and asks for what is missing of the one that was begun', () => {
    assert.equal(checkAlternatives(FORM, { token: 't' }), undefined);
    assert.equal(checkAlternatives(FORM, { key: 'k', secret: 's' }), undefined);
    assert.equal(checkAlternatives({ fields: FORM.fields }, {}), undefined, 'there are none');
    const begun = checkAlternatives(FORM, { key: 'k' });
    assert.deepEqual(
      [begun?.field.name, begun?.problem],
      ['secret', 'SECRET: must not be empty. Give TOKEN, or KEY and SECRET.'],
    );
    assert.equal(checkAlternatives(FORM, {})?.field.name, 'token', 'the one to recommend');
  });

  it('keeps one of them: an old key does not stay beside a new one', () => {
    const values = { token: 't', key: 'k', secret: 's', other: 'o' };
    assert.deepEqual(onlyAlternative(FORM, values, { token: 't' }), { token: 't', other: 'o' });
    assert.deepEqual(onlyAlternative(FORM, values, { key: 'k' }), values, 'half of one');
    assert.deepEqual(onlyAlternative({ fields: [] }, values, values), values);
  });
});

describe('a base URL', () => {
  const cases: [url: string, problem: RegExp | undefined][] = [
    ['https://api.example.com/v1', undefined],
    ['http://127.0.0.1:8080', undefined],
    ['http://[::1]:8080', undefined],
    ['http://localhost', undefined],
    ['http://127.example.com', /must start with https/],
    ['ftp://127.0.0.1', /must start with https/],
    ['https://me:pw@api.example.com', /user name or password/],
    ['https://api.example.com/?a=1', /query or a fragment/],
    ['https://api.example.com/#x', /query or a fragment/],
    ['api.example.com', /not a URL/],
  ];
  for (const [url, problem] of cases) {
    it(url, () => {
      const said = validateBaseUrl(url);
      if (problem) assert.match(said ?? '', problem);
      else assert.equal(said, undefined);
    });
  }
});
