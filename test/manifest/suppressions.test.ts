import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../paths';

/** Comments that silence a check for a whole file, or from there on. */
const WIDE =
  /(?:\/\/+|\/\*+)[\s*]*(?:eslint-disable(?!-(?:next-)?line)|eslint\s+['"@\w]|@ts-nocheck|biome-ignore-(?:all|start))/;
/** Comments that silence a check for a line. */
const FOR_A_LINE =
  /(?:\/\/+|\/\*+)[\s*]*(?:eslint-disable-(?:next-)?line|biome-ignore(?!-)|@ts-(?:ignore|expect-error))/;
/** Which checks are meant, and then why: after `--` for ESLint, after a colon for the others. */
const WITH_REASON =
  /eslint-disable-(?:next-)?line\s+[@\w][^*]*?\s--\s+\w|biome-ignore\s+[\w/]+:\s+\w|@ts-(?:ignore|expect-error):\s+\w/;

/** What is wrong with how a text silences checks, by line from 1. */
function faultsOf(text: string): [line: number, fault: string][] {
  return text.split('\n').flatMap((line, index): [number, string][] => {
    if (WIDE.test(line)) return [[index + 1, 'more than a line']];
    return FOR_A_LINE.test(line) && !WITH_REASON.test(line) ? [[index + 1, 'no reason']] : [];
  });
}

const below = (folder: string) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
    .filter((name) => !name.startsWith('test/fixtures/'));
const files = [...readdirSync(ROOT), ...below('src'), ...below('test')].filter((name) =>
  /\.(?:[cm]?[jt]s|[jt]sx|css)$/.test(name),
);

describe('checks that are silenced', () => {
  const faultOf = (...words: string[]) => faultsOf(words.join(' ')).map(([, fault]) => fault);

  it('are seen', () => {
    const wide = [
      ['/*', 'eslint-disable', '*/'],
      ['/*', 'eslint-disable', 'no-eval -- a reason', '*/'],
      ['/*', 'eslint', 'no-eval: 0', '*/'],
      ['//', '@ts-nocheck'],
      ['/**', 'biome-ignore-all', 'lint/style/useConst: a reason', '*/'],
    ];
    for (const words of wide) assert.deepEqual(faultOf(...words), ['more than a line'], words.join(' '));
    const unexplained = [
      ['run();', '//', 'eslint-disable-line'],
      ['//', 'eslint-disable-next-line', 'no-eval'],
      ['//', 'eslint-disable-next-line', 'no-eval --'],
      ['{/*', 'biome-ignore', 'lint/style/useConst:', '*/}'],
      ['//', '@ts-expect-error'],
    ];
    for (const words of unexplained) assert.deepEqual(faultOf(...words), ['no reason'], words.join(' '));
    const fine = [
      ['//', 'eslint-disable-next-line', '@typescript-eslint/await-thenable -- a reason'],
      ['//', 'biome-ignore', 'lint/style/useConst: a reason'],
    ];
    for (const words of fine) assert.deepEqual(faultOf(...words), [], words.join(' '));
  });

  it('are silenced for one line only, with the reason beside', () => {
    for (const name of ['src/extension.ts', 'src/webview/styles/contrast.css', 'test/run.mjs', 'esbuild.mjs'])
      assert.ok(files.includes(name), name);
    const faults = files.flatMap((name) =>
      faultsOf(readFileSync(join(ROOT, name), 'utf8')).map(([line, fault]) => `${name}:${line}: ${fault}`),
    );
    assert.deepEqual(faults, []);
  });
});
