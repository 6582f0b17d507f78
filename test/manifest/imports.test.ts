import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { ROOT } from '../paths';

const SRC = join(ROOT, 'src');

/** What each folder of src may import, beside itself. Files directly in src are the composition root. */
const MAY_IMPORT: Record<string, readonly string[]> = {
  core: [],
  providers: ['core'],
  captures: ['core'],
  diagnosis: ['core'],
  export: ['core', 'diagnosis'],
  sample: ['core'],
  protocol: ['core'],
  webview: ['core', 'protocol'],
  ui: ['core'],
  l10n: [],
  worker: ['core', 'providers', 'captures', 'export'],
  connections: ['core', 'providers', 'sample', 'ui'],
  tree: ['core', 'providers', 'connections', 'ui'],
  panel: ['core', 'providers', 'connections', 'protocol', 'ui'],
  lookup: ['core', 'providers', 'connections', 'ui'],
  tools: ['core', 'providers', 'connections', 'diagnosis', 'export', 'lookup', 'ui'],
  commands: [
    'core',
    'providers',
    'connections',
    'tree',
    'panel',
    'lookup',
    'tools',
    'diagnosis',
    'export',
    'captures',
    'protocol',
    'ui',
  ],
};

/** Folders that run without VS Code. */
const NO_VSCODE = [
  'core',
  'providers',
  'captures',
  'diagnosis',
  'export',
  'worker',
  'sample',
  'protocol',
  'webview',
  'connections',
];

interface Import {
  file: string;
  folder: string;
  target: string;
}

function sources(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => join(folder, name));
}

function importsOf(file: string): Import[] {
  const text = readFileSync(file, 'utf8');
  const folder = relative(SRC, file).split('/')[0] ?? '';
  const found = text.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*'([^']+)'/g);
  return [...found].map(([, target]) => ({ file: relative(ROOT, file), folder, target: target as string }));
}

/** The folder of src that a relative import leads to; undefined for a package. */
function folderOf({ file, target }: Import): string | undefined {
  if (!target.startsWith('.')) return undefined;
  return relative(SRC, resolve(ROOT, dirname(file), target)).split('/')[0];
}

describe('direction of imports', () => {
  const imports = sources(SRC).flatMap(importsOf);

  it('reads a plausible number of imports', () => {
    assert.ok(imports.length > 100, `${imports.length} imports found`);
  });

  it('knows every folder of src', () => {
    const folders = readdirSync(SRC, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    assert.deepEqual(
      folders.map(({ name }) => name).filter((name) => !(name in MAY_IMPORT)),
      [],
    );
  });

  it('follows the design', () => {
    const broken = imports.filter((each) => {
      const allowed = MAY_IMPORT[each.folder];
      const target = folderOf(each);
      return allowed && target !== undefined && target !== each.folder && !allowed.includes(target);
    });
    assert.deepEqual(broken, []);
  });

  it('keeps providers apart from each other', () => {
    const own = (path: string): string | undefined => /^src\/providers\/([^/]+)\//.exec(path)?.[1];
    const broken = imports.filter((each) => {
      const provider = own(each.file);
      const target = each.target.startsWith('.') ? own(join(dirname(each.file), each.target)) : undefined;
      return provider && target && provider !== target && ![provider, target].includes('http');
    });
    assert.deepEqual(broken, []);
  });

  it('keeps vscode out of the folders that run without it', () => {
    const typeOnly = (file: string): boolean =>
      /import type [^;]*from 'vscode'/.test(readFileSync(join(ROOT, file), 'utf8'));
    const broken = imports.filter(
      ({ folder, target, file }) => target === 'vscode' && NO_VSCODE.includes(folder) && !typeOnly(file),
    );
    assert.deepEqual(broken, []);
  });

  it('keeps core free of node and packages, but for words', () => {
    assert.deepEqual(
      imports.filter(({ folder, target }) => folder === 'core' && !target.startsWith('.') && target !== '@vscode/l10n'),
      [],
    );
  });
});
