import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../paths';
import { EXEMPT_FILES, EXEMPT_TEXTS } from './l10n/exempt';
import { sourceFiles, type Text, wordsOf } from './l10n/sources';

const TRANSLATIONS = join(ROOT, 'src', 'l10n');
/** Only sources below this part of `src`, for work on it. */
const PART = process.env.PEERSCOPE_L10N ?? '';

const list = (texts: readonly Text[]) => texts.map(({ file, line, text }) => `${file}:${line}: ${text}`).join('\n');
const placeholders = (text: string) => [...text.matchAll(/\{[^}]+\}/g)].map(([match]) => match).sort();

describe('words in the reader’s language', () => {
  const words = sourceFiles(PART).map(wordsOf);
  const asked = words.flatMap((each) => each.asked);
  const languages = readdirSync(TRANSLATIONS, { withFileTypes: true }).filter((entry) => entry.isDirectory());

  it('are asked for wherever a reader sees text', () => {
    const plain = words
      .flatMap((each) => each.plain)
      .filter(({ file, text }) => !isExempt(file) && !EXEMPT_TEXTS[file]?.includes(text));
    assert.equal(list(plain), '', `${plain.length} texts are not asked for by l10n.t`);
  });

  it('are written where they are asked for, so that they can be found', () => {
    assert.equal(list(words.flatMap((each) => each.unknown)), '');
  });

  it('have no exemption that nothing needs', () => {
    const plain = new Set(words.flatMap((each) => each.plain).map(({ file, text }) => `${file}: ${text}`));
    const idle = Object.entries(EXEMPT_TEXTS).flatMap(([file, texts]) =>
      texts.map((text) => `${file}: ${text}`).filter((each) => file.startsWith(PART) && !plain.has(each)),
    );
    assert.equal(idle.join('\n'), '');
    const files = sourceFiles();
    for (const path of Object.keys(EXEMPT_FILES)) {
      assert.ok(
        files.some((file) => file.startsWith(path)),
        path,
      );
    }
  });

  for (const { name: language } of languages) {
    const parts = readdirSync(join(TRANSLATIONS, language)).map((file) => ({
      file,
      entries: Object.entries(
        JSON.parse(readFileSync(join(TRANSLATIONS, language, file), 'utf8')) as Record<string, string>,
      ),
    }));
    const all = parts.flatMap(({ entries }) => entries);
    const translated = new Map(all);

    it(`are complete in ${language}`, () => {
      assert.equal(list(asked.filter(({ text }) => !translated.get(text)?.trim())), '');
    });

    it(`have the same blanks to fill in ${language}`, () => {
      for (const [message, translation] of all)
        assert.deepEqual(placeholders(translation), placeholders(message), message);
    });

    it(`have one translation each in ${language}, and none that nothing asks for`, () => {
      const keys = new Set(asked.map(({ text }) => text));
      const twice = all.map(([message]) => message).filter((message, index, every) => every.indexOf(message) !== index);
      assert.equal(twice.join('\n'), '', 'twice');
      if (!PART)
        assert.equal(
          all
            .map(([message]) => message)
            .filter((message) => !keys.has(message))
            .join('\n'),
          '',
        );
    });
  }
});

function isExempt(file: string): boolean {
  return Object.keys(EXEMPT_FILES).some((path) => file.startsWith(path));
}
