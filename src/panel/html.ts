import { randomBytes } from 'node:crypto';
import * as l10n from '@vscode/l10n';
import type * as vscode from 'vscode';

/** What goes into a page. */
export interface PageParts {
  /** What the page is, for screen readers. */
  title?: string;
  /** Which of the script's pages it is. */
  page: string;
  /** As the build writes it: nothing in it ends its element. */
  script: string;
  /** As the build writes it: nothing in it ends its element. */
  style: string;
  /** Words in the reader's language by their English ones. */
  words?: Words;
}

/** A language, and its words as VS Code gives them. */
export interface Words {
  /** BCP 47. */
  language: string;
  bundle: NonNullable<typeof vscode.l10n.bundle>;
}

/**
 * A page in one piece: it loads nothing, so there is nothing that VS Code could fail to bring. VS Code 1.99 and 1.100 have a
 * service worker for each webview, and a new one waits until every request to the former is answered: up to 30 seconds where
 * a page was hidden while it loaded a file (microsoft/vscode#245756).
 *
 * Script and style are known by a fresh nonce, and the policy allows nothing else: no connection, no file, no frame, no eval.
 */
export function reportHtml({ title = l10n.t('Participant report'), page, script, style, words }: PageParts): string {
  const nonce = randomBytes(24).toString('base64');
  const policy = `default-src 'none'; script-src 'nonce-${nonce}'; style-src 'nonce-${nonce}'`;
  return `<!DOCTYPE html>
<html lang="${escapeAttribute(words?.language ?? 'en')}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeAttribute(title)}</title>
<style nonce="${nonce}">${style}</style>
</head>
<body>
<div id="root" data-page="${escapeAttribute(page)}"></div>${words ? wordsElement(words) : ''}
<script nonce="${nonce}">${script}</script>
</body>
</html>
`;
}

/** Data, not a script: the policy has no say in it. No `<` can end it early. */
function wordsElement({ bundle }: Words): string {
  return `\n<script type="application/json" id="words">${JSON.stringify(bundle).replace(/</g, '\\u003c')}</script>`;
}

function escapeAttribute(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/"/g, '&quot;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}
