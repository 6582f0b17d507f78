import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { listFiles, PackageManager } from '@vscode/vsce';
import { ROOT } from '../paths';
import { LOOKS, MOST_PICTURE_BYTES, PICTURE_FOLDER, PICTURES, pictureFile } from '../screenshots/pictures';

const text = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const manifest = JSON.parse(text('package.json'));
const readme = text('README.md');
const MADE = PICTURES.flatMap((picture) => LOOKS.map((look) => pictureFile(picture, look))).toSorted();
const PAGES = [
  'README.md',
  'CHANGELOG.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  'test/FAULTS.md',
  'media/docs/reference.md',
];

/** Targets of Markdown links and pictures that lie in this project. */
function targets(page: string): string[] {
  const all = [...text(page).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target as string);
  return all.filter((target) => !/^\w+:/.test(target) && !target.startsWith('#'));
}

describe('README', () => {
  it('shows the pictures that the script makes, all of them and no others', () => {
    const shown = targets('README.md').filter((target) => /\.(png|jpe?g|gif|svg|webp)$/i.test(target));
    assert.deepEqual([...new Set(shown)].toSorted(), MADE);
    const files = readdirSync(join(ROOT, PICTURE_FOLDER)).map((name) => `${PICTURE_FOLDER}/${name}`);
    assert.deepEqual(files.toSorted(), MADE);
  });

  it('has pictures that are PNG, small, and described', () => {
    for (const file of MADE) {
      const bytes = readFileSync(join(ROOT, file));
      assert.equal(bytes.toString('latin1', 1, 4), 'PNG', file);
      assert.ok(bytes.length <= MOST_PICTURE_BYTES, `${file}: ${bytes.length} bytes`);
    }
    for (const [, words] of readme.matchAll(/!\[([^\]]*)\]/g)) assert.ok((words ?? '').length > 20, words);
    assert.doesNotMatch(readme, /<(svg|img|picture|script|style)\b|\.svg\)/i, 'as the Marketplace wants it');
  });

  it('leaves its pictures and the docs out of the package', async () => {
    const files = await listFiles({ cwd: ROOT, packageManager: PackageManager.None });
    assert.deepEqual(
      files.filter((file) => /^media\/(screenshots|docs)\//.test(file)),
      [],
    );
  }).timeout(60_000);

  it('leaves relative links as they are for as long as there is no repository that they could lead to', () => {
    const unresolved = manifest.scripts.package.includes('--no-rewrite-relative-links');
    if (unresolved)
      console.log('      open: package.json names no repository, so the README’s links lead nowhere when installed');
    assert.equal(unresolved, manifest.repository === undefined, 'take --no-rewrite-relative-links out of `package`');
  });

  it('keeps the two commands that do the whole set-up', () => {
    assert.match(readme, /^npm ci && npm start$/m);
    assert.match(readme, /^npm ci && npm test$/m);
  });

  it('tells every setting with its default, and only commands that there are', () => {
    for (const [name, { default: value }] of Object.entries<{ default: unknown }>(
      manifest.contributes.configuration.properties,
    )) {
      const told = typeof value === 'boolean' ? (value ? 'on' : 'off') : typeof value === 'number' ? String(value) : '';
      assert.match(readme, new RegExp(`^\\| \`${name.replace('.', '\\.')}\` \\| ${told} ?\\|`, 'm'), name);
    }
    const nls = existsSync(join(ROOT, 'package.nls.json')) ? JSON.parse(text('package.nls.json')) : {};
    const titles = new Set(
      manifest.contributes.commands.map(({ title }: { title: string }) => nls[title.replace(/^%|%$/g, '')] ?? title),
    );
    for (const page of ['README.md', 'media/docs/reference.md']) {
      for (const [, title] of text(page).matchAll(/\*Peerscope: ([^*]+)\*/g)) {
        assert.ok(titles.has(title), `${page}: ${title}`);
      }
    }
  });
});

describe('docs', () => {
  it('link to files that exist', () => {
    for (const page of PAGES) {
      for (const target of targets(page)) {
        const file = normalize(join(dirname(page), target.replace(/#.*$/, '')));
        assert.ok(existsSync(join(ROOT, file)), `${page}: ${target}`);
      }
    }
  });

  it('name scripts and files of src that exist', () => {
    for (const page of PAGES) {
      for (const [, script] of text(page).matchAll(/`npm run ([\w:]+)/g)) {
        assert.ok(manifest.scripts[script as string], `${page}: npm run ${script}`);
      }
      // A provider called `example` is what a checklist adds.
      const named = text(page).matchAll(/`((?:src|test|media)\/(?![\w./-]*example)[\w./-]+)`/g);
      for (const [, file] of named) {
        assert.ok(existsSync(join(ROOT, file as string)), `${page}: ${file}`);
      }
    }
  });

  it('the pages of figures and of faults are where the docs say', () => {
    assert.match(text('media/docs/benchmarks.md'), /^# Benchmarks\n\nWritten by `npm run bench` on \d{4}-\d\d-\d\d/);
  });
});
