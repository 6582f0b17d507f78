import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../paths';

type Json = string | number | boolean | null | Json[] | { [name: string]: Json };

const json = (path: string) => JSON.parse(readFileSync(join(ROOT, path), 'utf8'));
const manifest = json('package.json');
const english: Record<string, string> = json('package.nls.json');
const languages = readdirSync(ROOT).flatMap((name) => /^package\.nls\.([\w-]+)\.json$/.exec(name)?.[1] ?? []);

/** Fields of the manifest that VS Code or the Marketplace shows to people. */
const SHOWN = new Set([
  ...['title', 'shortTitle', 'category', 'name', 'contextualTitle', 'displayName', 'label', 'contents', 'altText'],
  ...['description', 'markdownDescription', 'userDescription', 'deprecationMessage', 'markdownDeprecationMessage'],
  ...['enumDescriptions', 'markdownEnumDescriptions', 'enumItemLabels', 'patternErrorMessage', 'errorMessage'],
]);

/** A proper name, the same in every language. */
const PRODUCT = 'Peerscope';

/** Words of the field that are the same in German. */
const SAME_IN_GERMAN = new Set<string>([]);

/** What people see, with the path of each. What is meant for models only, and ids, are left out. */
function shown(value: Json, path: string): [path: string, text: string][] {
  if (Array.isArray(value)) return value.flatMap((one, index) => shown(one, `${path}[${index}]`));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, one]) => {
    const at = path === '' ? name : `${path}.${name}`;
    if (name === 'inputSchema' || /languageModelTools\[\d+\]\.name$/.test(at)) return [];
    const texts = Array.isArray(one) ? one : [one];
    if (SHOWN.has(name) && texts.every((text) => typeof text === 'string')) {
      return texts.map((text): [string, string] => [at, text]);
    }
    return shown(one, at);
  });
}

const texts = [
  ...shown({ description: manifest.description }, ''),
  ...shown(manifest.capabilities, 'capabilities'),
  ...shown(manifest.contributes, 'contributes'),
];

/** What must be the same in every language: links to commands and settings, icons, code, examples. */
const fixedParts = (text: string): string[] =>
  (text.match(/\]\([^)]+\)|`[^`]+`|\$\([\w~-]+\)|#peerscope\.\w+#|\{\d+\}|…$/g) ?? []).toSorted();

describe('words of the manifest', () => {
  it('finds those that people see', () => {
    assert.ok(texts.length > 60, `${texts.length} found`);
    for (const part of ['commands[0].title', 'views.peerscope[0].name', 'languageModelTools[0].userDescription']) {
      assert.ok(
        texts.some(([path]) => path === `contributes.${part}`),
        part,
      );
    }
  });

  it('come from package.nls.json, all but the name', () => {
    assert.deepEqual(
      texts.filter(([, text]) => text !== PRODUCT && !/^%[\w.]+%$/.test(text)),
      [],
    );
  });

  it('are all there, and no more', () => {
    // Anywhere in the manifest: a key in a field that is not localized would be shown as it stands.
    const used = [...JSON.stringify(manifest).matchAll(/"%([\w.]+)%"/g)].map(([, key]) => key as string);
    assert.equal(
      used.length,
      texts.filter(([, text]) => text !== PRODUCT).length,
      'a key in a field that is not shown',
    );
    assert.deepEqual([...new Set(used)].toSorted(), Object.keys(english).toSorted());
  });

  it('are complete in German', () => assert.ok(languages.includes('de'), languages.join()));

  for (const language of languages) {
    const translated: Record<string, string> = json(`package.nls.${language}.json`);

    it(`have the same keys in the same order in "${language}"`, () => {
      assert.deepEqual(Object.keys(translated), Object.keys(english));
    });

    it(`keep links, icons, code and ellipses in "${language}"`, () => {
      for (const [key, text] of Object.entries(english)) {
        assert.deepEqual(fixedParts(translated[key] ?? ''), fixedParts(text), key);
        assert.equal(translated[key]?.split('\n').length, text.split('\n').length, `lines of ${key}`);
      }
    });

    it(`were put into "${language}"`, () => {
      const left = Object.entries(english).filter(
        ([key, text]) => !translated[key]?.trim() || (translated[key] === text && !SAME_IN_GERMAN.has(key)),
      );
      assert.deepEqual(left, []);
    });
  }
});
