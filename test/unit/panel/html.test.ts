import assert from 'node:assert/strict';
import { reportHtml } from '../../../src/panel/html';

const PARTS = { page: 'participant', script: 'let started = 1;', style: 'body{margin:0}' };

function policy(html: string): Map<string, string> {
  const content = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1] ?? '';
  return new Map(content.split('; ').map((rule) => [rule.split(' ')[0] as string, rule.slice(rule.indexOf(' ') + 1)]));
}

describe('the HTML of a report page', () => {
  it('allows the script and the style that it brings, by nonce, and nothing else', () => {
    const html = reportHtml(PARTS);
    const nonce = /<script nonce="([^"]+)">let started = 1;<\/script>/.exec(html)?.[1];
    assert.ok(nonce && nonce.length >= 22, 'at least 128 bits in base64');
    assert.ok(html.includes(`<style nonce="${nonce}">body{margin:0}</style>`));
    assert.deepEqual(
      policy(html),
      new Map([
        ['default-src', "'none'"],
        ['script-src', `'nonce-${nonce}'`],
        ['style-src', `'nonce-${nonce}'`],
      ]),
    );
  });

  it('has a new nonce each time', () => {
    assert.notEqual(policy(reportHtml(PARTS)).get('script-src'), policy(reportHtml(PARTS)).get('script-src'));
  });

  it('loads nothing: VS Code 1.100 keeps the next page waiting for what one that was hidden did not get', () => {
    const html = reportHtml(PARTS);
    assert.doesNotMatch(html, /\ssrc=|\shref=|<link|url\(|style="|onload|onclick/);
    assert.equal(html.match(/<script/g)?.length, 1);
  });

  it('says which page it is', () => {
    assert.match(reportHtml({ ...PARTS, page: 'session' }), /<div id="root" data-page="session"><\/div>/);
  });

  it('is in English and without words where there is no translation', () => {
    const html = reportHtml(PARTS);
    assert.match(html, /<html lang="en">/);
    assert.doesNotMatch(html, /id="words"/);
  });

  it('brings the words of another language as data before the script, and names the language', () => {
    const html = reportHtml({ ...PARTS, words: { language: 'de', bundle: { Jitter: 'Jitter', Loss: 'Verlust' } } });
    assert.match(html, /<html lang="de">/);
    assert.deepEqual(wordsIn(html), { Jitter: 'Jitter', Loss: 'Verlust' });
    assert.ok(html.indexOf('id="words"') < html.indexOf('let started'));
  });

  it('lets no word end its element or open another, and no language leave its attribute', () => {
    const bundle = {
      '</script><script>alert(1)</script>': '</SCRIPT\t>',
      '<!--<script>': '<!-- </script ><b>',
      '\u2028"\\': '\u2029&lt;',
    };
    const html = reportHtml({ ...PARTS, words: { language: 'de"><script>', bundle } });
    const [, , element = ''] = html.split(/<script/i);
    assert.equal(html.match(/<script/gi)?.length, 2, 'the words and the page’s own');
    assert.equal(html.match(/<\/script/gi)?.length, 2);
    assert.doesNotMatch(html, /<!--|<b>/);
    assert.match(html, /<html lang="de&quot;&gt;&lt;script&gt;">/);
    assert.ok(element.startsWith(' nonce="'));
    assert.deepEqual(wordsIn(html), bundle);
  });
});

/** What a page's script reads: the text of the element up to the first end tag. */
function wordsIn(html: string): unknown {
  const [, text = ''] = /<script type="application\/json" id="words">([\s\S]*?)<\/script/i.exec(html) ?? [];
  return JSON.parse(text);
}
