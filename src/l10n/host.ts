/**
 * `@vscode/l10n` for the extension's own threads: the build puts this in its place, as one bundle that all others share. It
 * knows the reader's language before any of them is loaded, so that tables may hold words from the start.
 */
import { getEnvironmentData, isMainThread, setEnvironmentData } from 'node:worker_threads';
import { config, t } from '@vscode/l10n';
import type * as vscode from 'vscode';

/** Under this name a worker finds the words. English needs none. */
const WORDS = 'peerscope.words';

type Words = typeof vscode.l10n.bundle;

function words(): Words {
  if (!isMainThread) return getEnvironmentData(WORDS) as Words;
  try {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- an import would fail where there is no VS Code
    const { l10n } = require('vscode') as typeof vscode;
    if (l10n.bundle) setEnvironmentData(WORDS, l10n.bundle);
    return l10n.bundle;
  } catch {
    // Outside of VS Code, as in a unit test of a built bundle, all is English.
    return undefined;
  }
}

const contents = words();
if (contents) config({ contents });

export { t };
