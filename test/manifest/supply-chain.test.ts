import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { listFiles, PackageManager } from '@vscode/vsce';
import { ROOT } from '../paths';

const run = promisify(execFile);
const json = (path: string) => JSON.parse(readFileSync(join(ROOT, path), 'utf8'));
const manifest = json('package.json');
const lock: { packages: Record<string, { version: string; integrity?: string; link?: boolean }> } =
  json('package-lock.json');
const meta: { inputs: Record<string, unknown>; outputs: Record<string, unknown> } = json('dist/meta.json');

/** The version that a dependency is pinned to, of `1.2.3` and of `npm:name@1.2.3`. */
const pinned = (spec: string) => spec.replace(/^npm:.+@/, '');

/** Licences that ask for no more than their text and the names. */
const ALLOWED = /^(MIT|ISC|0BSD|BSD-2-Clause|BSD-3-Clause|Apache-2\.0|BlueOak-1\.0\.0|Unlicense)$/;

/** The packages whose code is in the bundles: what is shipped, whatever the manifest says. */
function shipped(): string[] {
  const found = Object.keys(meta.inputs).flatMap((path) => {
    const at = path.lastIndexOf('node_modules/');
    if (at < 0) return [];
    const [scope, name] = path.slice(at + 'node_modules/'.length).split('/');
    return [scope?.startsWith('@') ? `${scope}/${name}` : (scope as string)];
  });
  return [...new Set(found)].sort();
}

describe('supply chain', () => {
  it('every dependency has an exact version and its reason in SECURITY.md', () => {
    const text = readFileSync(join(ROOT, 'SECURITY.md'), 'utf8');
    for (const [name, version] of Object.entries({ ...manifest.dependencies, ...manifest.devDependencies })) {
      assert.match(pinned(String(version)), /^\d+\.\d+\.\d+/, name);
      assert.match(text, new RegExp(`^\\| \`${name}\` \\| \\S.{10,}`, 'm'), `the reason for ${name}`);
    }
  });

  it('SECURITY.md names no dependency that is gone', () => {
    const rows = readFileSync(join(ROOT, 'SECURITY.md'), 'utf8').matchAll(/^\| `([@\w./-]+)` \| /gm);
    const known = { ...manifest.dependencies, ...manifest.devDependencies };
    for (const [, name] of rows) assert.ok(Object.hasOwn(known, name as string), name);
  });

  it('what is shipped has a licence that allows it', () => {
    const packages = shipped();
    for (const name of Object.keys(manifest.dependencies)) assert.ok(packages.includes(name), `${name} is not used`);
    for (const name of packages) assert.match(json(`node_modules/${name}/package.json`).license, ALLOWED, name);
    for (const name of packages) assert.doesNotMatch(json(`node_modules/${name}/package.json`).license, /GPL/, name);
    console.log(`      ${packages.length} packages are shipped: ${packages.join(', ')}`);
  });

  it('the lock file pins every package by its hash', () => {
    const loose = Object.entries(lock.packages).filter(([path, one]) => path !== '' && !one.link && !one.integrity);
    assert.deepEqual(loose, []);
    for (const [name, version] of Object.entries({ ...manifest.dependencies, ...manifest.devDependencies })) {
      assert.equal(lock.packages[`node_modules/${name}`]?.version, pinned(String(version)), name);
    }
  });

  it('tsc is the type checker, not the TypeScript of the linter', async () => {
    const tsc = join(ROOT, 'node_modules', '.bin', 'tsc');
    const { stdout } = await run(tsc, ['--version'], { shell: process.platform === 'win32' });
    assert.equal(stdout.trim(), `Version ${pinned(manifest.devDependencies['@typescript/7'])}`);
  }).timeout(20_000);

  it('nothing runs when the package is installed', () => {
    for (const name of ['preinstall', 'install', 'postinstall', 'prepare'])
      assert.equal(manifest.scripts[name], undefined);
  });

  it('the .vsix holds what is needed and nothing else', async () => {
    const files = await listFiles({ cwd: ROOT, packageManager: PackageManager.None });
    const wanted = [
      /^package\.json$/,
      /^package\.nls(\.de)?\.json$/,
      /^(README|CHANGELOG|SECURITY)\.md$/i,
      /^LICENSE$/,
      /^media\/[\w-]+\.(svg|png)$/,
      /^dist\/[\w-]+\.js$/,
      /^dist\/l10n\/bundle\.l10n\.[a-z-]+\.json$/,
      /^package\.nls(\.[a-z-]+)?\.json$/,
      /^dist\/webview\/[\w-]+\.(js|css)$/,
    ];
    assert.deepEqual(
      files.filter((file) => !wanted.some((pattern) => pattern.test(file))),
      [],
    );
    for (const file of [
      'package.json',
      'package.nls.json',
      'package.nls.de.json',
      'README.md',
      'LICENSE',
      'SECURITY.md',
      'dist/extension.js',
    ]) {
      assert.ok(files.includes(file), file);
    }
    for (const file of files.filter((one) => /\.(js|css)$/.test(one))) {
      assert.doesNotMatch(
        readFileSync(join(ROOT, file), 'utf8'),
        /sourceMappingURL=/,
        `${file} is a development build`,
      );
    }
  }).timeout(60_000);

  it('no known hole in what is shipped, where the registry can tell', async function () {
    const outcome = await audit();
    if (outcome === undefined) {
      console.log('      audit not available');
      this.skip();
    }
    assert.equal(outcome.high + outcome.critical, 0, JSON.stringify(outcome));
  }).timeout(40_000);
});

/** How many holes are known, by severity; undefined when the registry cannot be asked or offers no audit. */
async function audit(): Promise<{ high: number; critical: number } | undefined> {
  const npm = process.env.npm_execpath ?? 'npm';
  const command = existsSync(npm) ? ([process.execPath, npm] as const) : ([npm] as const);
  const args = [...command.slice(1), 'audit', '--omit=dev', '--json', '--fetch-timeout=10000', '--fetch-retries=0'];
  const stdout = await run(command[0], args, { cwd: ROOT, timeout: 30_000 }).then(
    (done) => done.stdout,
    // It ends with an error when it found something, too; then the answer is there.
    (failed: unknown) =>
      failed instanceof Error && 'stdout' in failed && typeof failed.stdout === 'string' ? failed.stdout : '',
  );
  try {
    return JSON.parse(stdout).metadata?.vulnerabilities;
  } catch {
    return undefined;
  }
}
