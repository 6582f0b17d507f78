/** Plays VS Code's webview frame in a plain browser: `acquireVsCodeApi`, theme variables, body classes, messages. */
import { readFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import { reportHtml } from '../../src/panel/html';
import { DIST } from '../paths';
import themes from './report/themes.json';

export type ThemeName = keyof typeof themes;

/** What VS Code puts on `body` for each kind of theme. */
const BODY_CLASSES: Record<ThemeName, string> = {
  dark: 'vscode-dark',
  light: 'vscode-light',
  'high-contrast': 'vscode-high-contrast',
  'high-contrast-light': 'vscode-high-contrast vscode-high-contrast-light',
};

/** Set by VS Code on webviews beside the theme's colours. */
const FONTS = {
  '--vscode-font-family': 'system-ui, "Open Sans", sans-serif',
  '--vscode-font-size': '13px',
  '--vscode-font-weight': 'normal',
  '--vscode-editor-font-family': 'monospace',
  '--vscode-editor-font-size': '13px',
};

/** The script that goes before a page's own: the theme and what the page left with `setState`. */
export function frameScript(theme: ThemeName, state: unknown): string {
  const parts = [{ ...themes[theme], ...FONTS }, BODY_CLASSES[theme], JSON.stringify(state ?? null)];
  return `(${frame.toString()})(${parts.map((part) => JSON.stringify(part)).join(', ')})`;
}

/** An expression that changes the theme as VS Code does: variables on the root element, then classes on the body. */
export function themeExpression(theme: ThemeName): string {
  return `peerscopeTheme(${JSON.stringify(themes[theme])}, ${JSON.stringify(BODY_CLASSES[theme])})`;
}

/** An expression that gives the page a message. */
export function deliverExpression(message: unknown): string {
  return `peerscopeDeliver(${JSON.stringify(JSON.stringify(message, replace))})`;
}

/** Reads what the page posted. */
export function readPosted(json: string): unknown {
  return JSON.parse(json, revive);
}

/** Serves one page, `participant`, `session` or `compare`, as its panel does; with the words of `language` if there is one. */
export async function servePage(page: string, url: string, response: ServerResponse, language?: string): Promise<void> {
  if (url !== '/') {
    response.statusCode = url === '/favicon.ico' ? 204 : 404;
    response.end();
    return;
  }
  const read = (file: string) => readFile(join(DIST, 'webview', file), 'utf8');
  const words = language === undefined ? undefined : { language, bundle: await readWords(language) };
  response.setHeader('content-type', 'text/html; charset=utf-8');
  response.end(reportHtml({ page, script: await read('pages.js'), style: await read('pages.css'), words }));
}

/** What VS Code reads for a display language. */
async function readWords(language: string): Promise<Record<string, string>> {
  const text = await readFile(join(DIST, 'l10n', `bundle.l10n.${language}.json`), 'utf8');
  return JSON.parse(text) as Record<string, string>;
}

/** Binary parts cross as base64, as VS Code's own transfer keeps them out of the JSON. */
function replace(_key: string, value: unknown): unknown {
  if (value instanceof ArrayBuffer) return { $buffer: Buffer.from(value).toString('base64') };
  if (value instanceof Uint8Array) return { $bytes: Buffer.from(value).toString('base64') };
  // `Buffer` has turned itself into its JSON form before this is called.
  if (isBufferJson(value)) return { $bytes: Buffer.from(value.data).toString('base64') };
  return value;
}

function isBufferJson(value: unknown): value is { type: 'Buffer'; data: number[] } {
  return typeof value === 'object' && value !== null && 'type' in value && value.type === 'Buffer' && 'data' in value;
}

function revive(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !('$buffer' in value)) return value;
  return Uint8Array.from(Buffer.from(String(value.$buffer), 'base64')).buffer;
}

/** Runs in the page before its script: plays VS Code's webview frame. Text, not code: the browser's types are not here. */
const frame = {
  toString: () => `function frame(variables, bodyClass, firstState) {
    window.peerscopeTheme = (values, classes) => {
      const root = document.documentElement;
      for (const [name, value] of Object.entries(values)) root.style.setProperty(name, value);
      for (const name of [...root.style]) if (name.startsWith('--vscode-') && !(name in values) && !/font/.test(name)) root.style.removeProperty(name);
      document.body.className = classes;
    };
    addEventListener('securitypolicyviolation', (event) => window.peerscopeViolation(event.violatedDirective + ' ' + event.blockedURI));
    const observer = new MutationObserver(() => {
      if (!document.body) return;
      observer.disconnect();
      window.peerscopeTheme(variables, bodyClass);
    });
    observer.observe(document, { childList: true, subtree: true });
    const bytesOf = (base64) => Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
    const base64Of = (buffer) => {
      let text = '';
      for (const byte of new Uint8Array(buffer)) text += String.fromCharCode(byte);
      return btoa(text);
    };
    window.peerscopeDeliver = (json) => {
      const message = JSON.parse(json, (key, value) => {
        if (value && typeof value === 'object' && typeof value.$buffer === 'string') return bytesOf(value.$buffer).buffer;
        if (value && typeof value === 'object' && typeof value.$bytes === 'string') return bytesOf(value.$bytes);
        return value;
      });
      postMessage(message, '*');
    };
    let state = sessionStorage.getItem('state') ?? firstState;
    let taken = false;
    window.acquireVsCodeApi = () => {
      if (taken) throw new Error('An instance of the VS Code API has already been acquired');
      taken = true;
      return {
        postMessage: (message) => {
          void window.peerscopeToHost(JSON.stringify(message, (key, value) => value instanceof ArrayBuffer ? { $buffer: base64Of(value) } : value));
        },
        getState: () => JSON.parse(state) ?? undefined,
        setState: (next) => {
          state = JSON.stringify(next);
          sessionStorage.setItem('state', state);
          void window.peerscopeSetState(state);
        },
      };
    };
  }`,
};
