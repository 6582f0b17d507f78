import assert from 'node:assert/strict';
import { decimalSign, LOCALE, localNumber, pointNumber } from '../../../src/core/locale';

describe('dates and numbers for people', () => {
  it('are British where the words are English, whatever the system is set to', () => {
    assert.equal(LOCALE, 'en-GB');
    assert.equal(localNumber(1.5), '1.5');
    assert.equal(localNumber(-0.25), '-0.25');
    assert.equal(localNumber(12345), '12345');
  });

  it('have the decimal sign of the language', () => {
    assert.equal(decimalSign('en-GB'), '.');
    assert.equal(decimalSign('de-DE'), ',');
    assert.equal(decimalSign('fr'), ',');
    assert.equal(decimalSign('ja'), '.');
    assert.equal(`${localNumber(1.5, ',')} s`, '1,5 s');
    assert.equal(localNumber('12.0', ','), '12,0');
    assert.equal(localNumber(7, ','), '7');
  });

  it('go to spreadsheets with a point', () => {
    assert.equal(pointNumber('1,5', ','), '1.5');
    assert.equal(pointNumber('≠ 12 345,67 ms', ','), '≠ 12 345.67 ms');
    assert.equal(pointNumber('12,345', '.'), '12,345');
  });
});
