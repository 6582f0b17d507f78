import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { displayText, labelText, markdownText, shortId } from '../../../src/core/text';

/** Control and format characters, the two joiners left out. */
const HIDDEN = /[\p{Cc}\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/u;

describe('provider text', () => {
  it('loses control, bidi and invisible characters, and folds white space', () => {
    assert.equal(displayText('a\u202eb\u2066c\u200bd\u0007e\n\t f'), 'abcde f');
    assert.equal(displayText('  x  '), 'x');
  });

  it('keeps the joiners of Persian and of emoji', () => {
    assert.equal(displayText('می\u200cخواهم 👨\u200d👩\u200d👧'), 'می\u200cخواهم 👨\u200d👩\u200d👧');
  });

  it('is cut between characters, with a mark', () => {
    assert.equal(displayText('abcdef', 4), 'abc…');
    assert.equal(displayText('😀😀😀😀', 3), '😀😀…');
    assert.equal(displayText('abc', 3), 'abc');
  });

  it('in a label makes no icon', () => {
    const label = labelText('$(zap) $(sync~spin)');
    assert.ok(!label.includes('$('), label);
  });

  it('in Markdown makes no markup', () => {
    const text = markdownText('[x](command:y) <img src=x> **b** `c` $(zap) http://a.example 1. item # h');
    assert.doesNotMatch(text, /(?<!\\)[[\]()<>*_`$#|~@]/);
    assert.ok(!text.includes('http:') && !text.includes('a.example'), text);
  });

  it('whatever comes is well-formed, on one line, without hidden characters and not too long', () => {
    return fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), fc.integer({ min: 2, max: 50 }), (text, max) => {
        const shown = displayText(text, max);
        assert.ok(shown.isWellFormed());
        assert.doesNotMatch(shown, HIDDEN);
        const { length } = Array.from(shown);
        assert.ok(length <= max, `${length} > ${max}`);
      }),
    );
  });
});

describe('half of a character', () => {
  it('is made whole, so that nothing behind it throws', () => {
    assert.equal(displayText('a\ud800b'), 'a\ufffdb');
    assert.equal(shortId('1234567\u{1f3a5}89').isWellFormed(), true);
  });
});
