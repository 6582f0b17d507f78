import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../paths';

const text = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const manifest = JSON.parse(text('package.json'));

/** https://code.visualstudio.com/api/references/extension-manifest: the values that the Marketplace takes. */
const CATEGORIES = [
  ...['Programming Languages', 'Snippets', 'Linters', 'Themes', 'Debuggers', 'Formatters', 'Keymaps', 'SCM Providers'],
  ...['Other', 'Extension Packs', 'Language Packs', 'Data Science', 'Machine Learning', 'Visualization', 'Notebooks'],
  ...['Education', 'Testing', 'AI', 'Chat'],
];
const MOST_KEYWORDS = 30;
const LEAST_ICON_PIXELS = 128;

/** Badges that vsce takes as SVG in a README come from a short list of hosts; this project has none. */
const PICTURE = /!\[[^\]]*\]\(\s*<?([^)\s>]+)|<(?:img|source)\b[^>]*?\b(?:src|srcset)\s*=\s*["']([^"']+)/gi;

function pictures(markdown: string): string[] {
  return [...markdown.matchAll(PICTURE)].map(([, inline, html]) => (inline ?? html) as string);
}

/** What only the owner of the project can tell, and how it has to look once it is told. */
const OF_THE_OWNER: readonly [what: string, value: unknown, form: RegExp][] = [
  ['repository (package.json)', manifest.repository?.url ?? manifest.repository, /^(git\+)?https:\/\/\S+$/],
  ['bugs (package.json)', manifest.bugs?.url ?? manifest.bugs, /^https:\/\/\S+$/],
  ['homepage (package.json)', manifest.homepage, /^https:\/\/\S+$/],
  ['author or publisher contact (package.json)', manifest.author?.name ?? manifest.author, /\S/],
  [
    'contact for vulnerabilities (SECURITY.md)',
    /^.*Contact: (?!\*to be filled in)(.*)$/m.exec(text('SECURITY.md'))?.[1],
    /\S/,
  ],
  ['questions and answers: qna (package.json)', manifest.qna, /^(https:\/\/\S+|marketplace)$|^false$/],
];

/** What a template holds where nobody has filled it in. */
const MADE_UP = /example\.(com|org|net)|your[-_ ]?(name|org|company|user)|\bTODO\b|\bfoo\b|acme|someone|localhost/i;

describe('rules of the Marketplace', () => {
  it('finds pictures however they are written', () => {
    const found = pictures('![a](b.png) ![](<c d.svg>) <img alt="x" src="e.gif"> <source srcset=\'f.svg\' />');
    assert.deepEqual(found, ['b.png', 'c', 'e.gif', 'f.svg']);
  });

  it(`the icon is a square PNG of at least ${LEAST_ICON_PIXELS} pixels`, () => {
    const icon = readFileSync(join(ROOT, manifest.icon));
    // PNG (W3C), 5.2 signature and 11.2.1 IHDR: width and height stand at bytes 16 and 20.
    assert.equal(icon.subarray(0, 8).toString('latin1'), '\x89PNG\r\n\x1a\n');
    const [width, height] = [icon.readUInt32BE(16), icon.readUInt32BE(20)];
    assert.equal(width, height);
    assert.ok(width >= LEAST_ICON_PIXELS, `${width} pixels`);
  });

  it('categories are those that there are', () => {
    assert.ok(manifest.categories.length > 0);
    assert.deepEqual(
      manifest.categories.filter((name: string) => !CATEGORIES.includes(name)),
      [],
    );
  });

  it(`has at most ${MOST_KEYWORDS} keywords, each once`, () => {
    assert.ok(manifest.keywords.length >= 5 && manifest.keywords.length <= MOST_KEYWORDS);
    assert.equal(new Set(manifest.keywords.map((word: string) => word.toLowerCase())).size, manifest.keywords.length);
  });

  it('says what it costs, how mature it is and under which licence', () => {
    assert.equal(manifest.pricing, 'Free');
    assert.equal(manifest.preview, manifest.version.startsWith('0.'));
    assert.equal(manifest.license, 'MIT');
    assert.match(text('LICENSE'), /Peerscope contributors/);
    assert.match(manifest.galleryBanner.color, /^#[0-9a-f]{6}$/i);
    assert.match(manifest.galleryBanner.theme, /^(dark|light)$/);
  });

  for (const page of ['README.md', 'CHANGELOG.md']) {
    it(`${page} has no SVG, and pictures that are there or come over https`, () => {
      for (const address of pictures(text(page))) {
        assert.doesNotMatch(address, /\.svg([?#]|$)/i, address);
        assert.doesNotMatch(address, /^(http:|data:|\/\/)/i, address);
        if (!/^https:/i.test(address)) assert.ok(existsSync(join(ROOT, address)), address);
      }
      assert.doesNotMatch(text(page), /<svg\b/i);
    });
  }

  it('says in the change log what is new in this version', () => {
    assert.match(text('CHANGELOG.md'), new RegExp(`^## \\[?${manifest.version.replaceAll('.', '\\.')}\\b`, 'm'));
  });

  describe('left to the owner', () => {
    const open = OF_THE_OWNER.filter(([, value]) => value === undefined);

    before(() => {
      if (open.length === 0) return;
      console.log(`      Open, to be filled in by whoever publishes this:`);
      for (const [what] of open) console.log(`        - ${what}`);
    });

    for (const [what, value, form] of OF_THE_OWNER) {
      it(what, function () {
        if (value === undefined) this.skip();
        const told = typeof value === 'string' ? value : JSON.stringify(value);
        assert.match(told, form);
        assert.doesNotMatch(told, MADE_UP, 'nobody made it up');
      });
    }
  });
});
