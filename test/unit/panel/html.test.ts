import assert from 'node:assert/strict';
import { reportHtml } from '../../../src/panel/html';

const ADDRESSES = {
  script: 'https://host/participant.js',
  style: 'https://host/pages.css',
  cspSource: 'https://*.host',
};

function policy(html: string): Map<string, string> {
  const content = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1] ?? '';
  return new Map(content.split('; ').map((rule) => [rule.split(' ')[0] as string, rule.slice(rule.indexOf(' ') + 1)]));
}

describe('the HTML of a report page', () => {
  it('allows our script by nonce and our style sheet by source, and nothing else', () => {
    const html = reportHtml(ADDRESSES);
    const nonce = /<script type="module" nonce="([^"]+)" src="https:\/\/host\/participant.js"><\/script>/.exec(
      html,
    )?.[1];
    assert.ok(nonce && nonce.length >= 22, 'at least 128 bits in base64');
    assert.deepEqual(
      policy(html),
      new Map([
        ['default-src', "'none'"],
        ['script-src', `'nonce-${nonce}'`],
        ['style-src', 'https://*.host'],
      ]),
    );
  });

  it('has a new nonce each time', () => {
    assert.notEqual(policy(reportHtml(ADDRESSES)).get('script-src'), policy(reportHtml(ADDRESSES)).get('script-src'));
  });

  it('holds no inline script, style or data', () => {
    const html = reportHtml(ADDRESSES);
    assert.doesNotMatch(html, /<style|style="|<script>|onload|onclick|data:/);
    assert.equal(html.match(/<script/g)?.length, 1);
  });

  it('escapes addresses', () => {
    assert.match(
      reportHtml({ ...ADDRESSES, style: 'https://host/a"><script>' }),
      /href="https:\/\/host\/a&quot;&gt;&lt;script&gt;"/,
    );
  });

  it('is in English and without words where there is no translation', () => {
    const html = reportHtml(ADDRESSES);
    assert.match(html, /<html lang="en">/);
    assert.doesNotMatch(html, /id="words"/);
  });

  it('brings the words of another language as data before the script, and names the language', () => {
    const html = reportHtml({ ...ADDRESSES, words: { language: 'de', bundle: { Jitter: 'Jitter', Loss: 'Verlust' } } });
    assert.match(html, /<html lang="de">/);
    assert.deepEqual(wordsIn(html), { Jitter: 'Jitter', Loss: 'Verlust' });
    assert.ok(html.indexOf('id="words"') < html.indexOf('src="https://host/participant.js"'));
  });

  it('lets no word end its element or open another, and no language leave its attribute', () => {
    const bundle = {
      '</script><script>alert(1)</script>': '</SCRIPT\t>',
      '<!--<script>': '<!-- </script ><b>',
      '\u2028"\\': '\u2029&lt;',
    };
    const html = reportHtml({ ...ADDRESSES, words: { language: 'de"><script>', bundle } });
    const [, , element = ''] = html.split(/<script/i);
    assert.equal(html.match(/<script/gi)?.length, 2, 'the words and the page’s own');
    assert.equal(html.match(/<\/script/gi)?.length, 2);
    assert.doesNotMatch(html, /<!--|<b>/);
    assert.match(html, /<html lang="de&quot;&gt;&lt;script&gt;">/);
    assert.ok(element.startsWith(' type="module"'));
    assert.deepEqual(wordsIn(html), bundle);
  });
});

/** What a page's script reads: the text of the element up to the first end tag. */
function wordsIn(html: string): unknown {
  const [, text = ''] = /<script type="application\/json" id="words">([\s\S]*?)<\/script/i.exec(html) ?? [];
  return JSON.parse(text);
}
