/**
 * Builds everything into `dist/`.
 *
 *   node esbuild.mjs                 development: readable, linked source maps
 *   node esbuild.mjs --production    minified, no maps
 *   --tests[=part]                   the tests too (only those whose path holds `part`)
 *   --watch                          builds again on every change
 */
import { existsSync, readdirSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import * as esbuild from 'esbuild';

const ROOT = dirname(fileURLToPath(import.meta.url));
const DIST = join(ROOT, 'dist');
const production = process.argv.includes('--production');
const watch = process.argv.includes('--watch');
const tests = process.argv.find((arg) => /^--tests(=|$)/.test(arg));

/** Bundles that `extension.js` loads on first use, the workers, and the words that all of them share: output name -> entry. */
const LAZY = {
  l10n: 'src/l10n/host.ts',
  providers: 'src/providers/index.ts',
  sample: 'src/sample/index.ts',
  panel: 'src/panel/index.ts',
  actions: 'src/commands/actions.ts',
  diagnosis: 'src/diagnosis/index.ts',
  tools: 'src/tools/index.ts',
  api: 'src/api.ts',
  tooltip: 'src/tree/tooltip.ts',
  'report-worker': 'src/worker/report-worker.ts',
  'capture-worker': 'src/captures/worker.ts',
};

/**
 * Turns a dynamic import of a lazy entry into one of its bundle beside the importer.
 * Static imports of other files in those folders stay bundled.
 * @type {esbuild.Plugin}
 */
const lazyBundles = {
  name: 'lazy-bundles',
  setup(build) {
    const bundles = new Map(Object.entries(LAZY).map(([name, entry]) => [join(ROOT, entry), `./${name}.js`]));
    build.onResolve({ filter: /^\.\.?(\/|$)/ }, async ({ path, kind, importer, resolveDir, pluginData }) => {
      if (kind !== 'dynamic-import' || pluginData === lazyBundles) return undefined;
      const found = await build.resolve(path, { kind, importer, resolveDir, pluginData: lazyBundles });
      const bundle = bundles.get(found.path);
      return bundle ? { path: bundle, external: true } : found;
    });
  },
};

/**
 * Puts our own module in the place of `@vscode/l10n`, which it configures before anyone asks it for words: bundled, or as a
 * bundle of its own that others share.
 * @param {string} own  our module
 * @param {string} [shared]  the bundle, relative to those that share it
 * @returns {esbuild.Plugin}
 */
const wordsFrom = (own, shared) => ({
  name: 'words',
  setup(build) {
    const path = join(ROOT, own);
    build.onResolve({ filter: /^@vscode\/l10n$/ }, ({ importer }) => {
      if (importer === path) return undefined;
      return shared ? { path: shared, external: true } : { path };
    });
  },
});

/** What packages import and never use here: folder of the importers -> names. `test/manifest/bundles.test.ts` looks for them. */
const UNUSED = {
  axios: [
    // `src/providers/http/attempt.ts` has it use Node's `http`,
    'fetch.js',
    'xhr.js',
    // follow no redirects,
    'follow-redirects',
    // ask no proxy, which is for VS Code to do,
    'https-proxy-agent',
    'proxy-from-env',
    'shouldBypassProxy.js',
    // and send no forms.
    'form-data',
    'formDataToJSON.js',
    'formDataToStream.js',
    'toFormData.js',
    'toURLEncodedForm.js',
  ],
  // No schema is written as JSON Schema.
  'zod/v4/classic': ['json-schema-processors.js', 'to-json-schema.js'],
};

/**
 * Leaves {@link UNUSED} out: an empty module stands in the place of each.
 * @type {esbuild.Plugin}
 */
const leaveOut = {
  name: 'leave-out',
  setup(build) {
    for (const [within, names] of Object.entries(UNUSED)) {
      const folder = join('node_modules', within, sep);
      build.onResolve({ filter: /./ }, ({ path, importer }) =>
        importer.includes(folder) && names.includes(basename(path)) ? { path, namespace: 'left-out' } : undefined,
      );
    }
    build.onLoad({ filter: /./, namespace: 'left-out' }, () => ({ contents: 'module.exports = {}' }));
  },
};

/**
 * Writes ES modules as CommonJS: only those can be split, and only this has the `require` that knows `vscode`.
 * @type {esbuild.Plugin}
 */
const writtenAsCommonJs = {
  name: 'written-as-common-js',
  setup(build) {
    const { target, minify, supported } = build.initialOptions;
    build.onEnd(async ({ outputFiles = [] }) => {
      for (const { path, text } of outputFiles) {
        const { code } = await esbuild.transform(text, { format: 'cjs', target, minify, supported });
        await writeFile(path, code);
      }
    });
  },
};

/**
 * Plain scripts that tests share with the command line (`*.mjs`, `*.cjs`) find files beside themselves or keep what all
 * share, so they are not bundled.
 * @type {esbuild.Plugin}
 */
const scriptsStayOutside = {
  name: 'scripts-stay-outside',
  setup(build) {
    build.onResolve({ filter: /^\..*\.[cm]js$/ }, ({ path, resolveDir }) => ({
      path: pathToFileURL(resolve(resolveDir, path)).href,
      external: true,
    }));
  },
};

let building = 0;

/**
 * Tells a problem matcher when the first of the builds begins and the last of them ends.
 * @type {esbuild.Plugin}
 */
const progress = {
  name: 'progress',
  setup(build) {
    build.onStart(() => {
      if (building++ === 0) console.log('[watch] build started');
    });
    build.onEnd(({ errors }) => {
      for (const { text, location } of errors) {
        console.error(`✘ [ERROR] ${text}`);
        if (location) console.error(`    ${location.file}:${location.line}:${location.column}:`);
      }
      if (--building === 0) console.log('[watch] build finished');
    });
  },
};

/** @type {esbuild.BuildOptions} */
const common = {
  absWorkingDir: ROOT,
  outdir: DIST,
  bundle: true,
  metafile: true,
  minify: production,
  sourcemap: production ? false : 'linked',
  legalComments: 'none',
  logLevel: watch ? 'silent' : 'warning',
  plugins: watch ? [progress] : [],
};

const sharedWords = wordsFrom('src/l10n/host.ts', './l10n.js');

/** @type {esbuild.BuildOptions} */
const extensionHost = {
  ...common,
  entryPoints: { extension: 'src/extension.ts', ...(production ? {} : LAZY) },
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  external: ['vscode'],
  // A dynamic import of a sibling bundle becomes a late `require`, the loader that knows `vscode`.
  supported: { 'dynamic-import': false },
  plugins: [lazyBundles, leaveOut, sharedWords, ...(common.plugins ?? [])],
};

/**
 * What is loaded on first use shares the schemas, the reading of reports and much else: in a package that is once there only.
 * `extension.js` stays in one piece, as VS Code waits for it.
 * @type {esbuild.BuildOptions}
 */
const sharedHost = {
  ...extensionHost,
  entryPoints: LAZY,
  format: 'esm',
  splitting: true,
  chunkNames: 'shared-[hash]',
  write: false,
  plugins: [lazyBundles, leaveOut, sharedWords, writtenAsCommonJs],
};

/**
 * One script and one style sheet for all pages. The panels put both into the page itself: esbuild writes them so that nothing
 * ends a `script` or `style` element early.
 * @type {esbuild.BuildOptions}
 */
const webview = {
  ...common,
  entryPoints: [
    { in: 'src/webview/pages.tsx', out: 'webview/pages' },
    { in: 'src/webview/pages.css', out: 'webview/pages' },
  ],
  platform: 'browser',
  format: 'iife',
  target: 'chrome128',
  // A page has no address beside which a map could be.
  sourcemap: production ? false : 'inline',
  jsx: 'automatic',
  jsxImportSource: 'preact',
  plugins: [wordsFrom('src/webview/l10n.ts'), ...(common.plugins ?? [])],
};

/** @type {esbuild.BuildOptions} */
const testCommon = {
  ...common,
  outdir: join(DIST, 'test'),
  outbase: 'test',
  minify: false,
  sourcemap: 'inline',
  platform: 'node',
  target: 'node20',
  packages: 'external',
  define: { 'process.env.PEERSCOPE_ROOT': JSON.stringify(ROOT) },
};

/** Run by mocha in plain Node. @type {esbuild.BuildOptions} */
const nodeTests = {
  ...testCommon,
  entryPoints: ['unit', 'service', 'manifest', 'ui', 'bench', 'screenshots'].flatMap(testFiles),
  format: 'esm',
  outExtension: { '.js': '.mjs' },
  // Sources that look for a file beside their bundle find the built one.
  define: { ...testCommon.define, __dirname: JSON.stringify(DIST) },
  plugins: [scriptsStayOutside, ...(common.plugins ?? [])],
};

/** Run by mocha inside the extension host. @type {esbuild.BuildOptions} */
const hostTests = {
  ...testCommon,
  entryPoints: ['test/host/index.ts', ...testFiles('host')],
  format: 'cjs',
  external: ['vscode'],
};

const product = [extensionHost, ...(production ? [sharedHost] : []), webview];
const all = [...product, ...(tests ? [nodeTests, hostTests] : [])];

if (watch) {
  await writeWords();
  const contexts = await Promise.all(all.map((options) => esbuild.context(options)));
  await Promise.all(contexts.map((context) => context.watch()));
} else {
  try {
    await writeWords();
    const results = await Promise.all(all.map((options) => esbuild.build(options)));
    await writeMetafile(results.slice(0, product.length));
    for (const folder of production ? [DIST, join(DIST, 'webview')] : [])
      await removeStale(folder, results.slice(0, product.length));
    if (tests === '--tests') await removeStale(join(DIST, 'test'), results.slice(product.length), { recursive: true });
  } catch {
    // esbuild has printed the errors.
    process.exitCode = 1;
  }
}

/**
 * Test entries below `test/<folder>`: `*.test.ts`, and for benches `*.bench.ts`.
 * @param {string} folder
 * @returns {string[]}
 */
function testFiles(folder) {
  const part = tests?.split('=')[1] ?? '';
  const start = join('test', folder);
  if (!existsSync(join(ROOT, start))) return [];
  return readdirSync(join(ROOT, start), { recursive: true, encoding: 'utf8' })
    .map((name) => join(start, name).split(sep).join('/'))
    .filter((file) => file.endsWith(folder === 'bench' ? '.bench.ts' : '.test.ts') && file.includes(part));
}

/** Puts the parts of each translation together where VS Code looks for them: `dist/l10n/bundle.l10n.<language>.json`. */
async function writeWords() {
  const [from, to] = [join(ROOT, 'src', 'l10n'), join(DIST, 'l10n')];
  const languages = (await readdir(from, { withFileTypes: true })).filter((entry) => entry.isDirectory());
  await mkdir(to, { recursive: true });
  for (const { name } of languages) {
    const parts = (await readdir(join(from, name))).filter((file) => file.endsWith('.json')).sort();
    const words = await Promise.all(
      parts.map(async (file) => {
        /** @type {unknown} */
        const part = JSON.parse(await readFile(join(from, name, file), 'utf8'));
        return part;
      }),
    );
    await writeFile(join(to, `bundle.l10n.${name}.json`), JSON.stringify(merged(words)));
  }
}

/**
 * Writes what went into the shipped bundles to `dist/meta.json`, in esbuild's metafile format.
 * @param {esbuild.BuildResult[]} results
 */
async function writeMetafile(results) {
  const meta = {
    inputs: merged(results.map((result) => result.metafile?.inputs)),
    outputs: merged(results.map((result) => result.metafile?.outputs)),
  };
  await writeFile(join(DIST, 'meta.json'), JSON.stringify(meta));
}

/**
 * Removes what was built before and is not part of these builds, so that nothing old is run or packaged.
 * @param {string} folder
 * @param {esbuild.BuildResult[]} results
 * @param {{ recursive?: boolean }} [options]  the folders in it too
 */
async function removeStale(folder, results, { recursive = false } = {}) {
  const fresh = new Set(results.flatMap((result) => Object.keys(result.metafile?.outputs ?? {})));
  for (const name of existsSync(folder) ? readdirSync(folder, { recursive, encoding: 'utf8' }) : []) {
    const file = join(folder, name);
    if (/\.(m?js|css)(\.map)?$/.test(name) && !fresh.has(relative(ROOT, file).split(sep).join('/'))) await rm(file);
  }
}

/**
 * All entries in one object; of two with the same name the latter.
 * @param {unknown[]} parts
 * @returns {object}
 */
function merged(parts) {
  const all = {};
  for (const part of parts) Object.assign(all, part);
  return all;
}
