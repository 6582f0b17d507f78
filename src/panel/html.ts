import { randomBytes } from 'node:crypto';
import * as l10n from '@vscode/l10n';
import type * as vscode from 'vscode';

/** What the page is called, and the addresses that it loads, as the webview sees them. */
export interface PageAddresses {
  /** What the page is, for screen readers. */
  title?: string;
  script: string;
  style: string;
  /** `Webview.cspSource`. */
  cspSource: string;
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
 * The page's shell: no data, no inline style, one module with a fresh nonce, which it hands on to the modules that it imports
 * (HTML, "descendant script fetch options"). The policy allows nothing else: no connection, no frame, no eval. Images are
 * ours only (`blob:` and `data:` are not needed).
 */
export function reportHtml({
  title = l10n.t('Participant report'),
  script,
  style,
  cspSource,
  words,
}: PageAddresses): string {
  const nonce = randomBytes(24).toString('base64');
  const policy = [`default-src 'none'`, `script-src 'nonce-${nonce}'`, `style-src ${cspSource}`].join('; ');
  return `<!DOCTYPE html>
<html lang="${escapeAttribute(words?.language ?? 'en')}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escapeAttribute(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeAttribute(title)}</title>
<link rel="stylesheet" href="${escapeAttribute(style)}">
</head>
<body>
<div id="root"></div>${words ? wordsElement(words) : ''}
<script type="module" nonce="${nonce}" src="${escapeAttribute(script)}"></script>
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
