import assert from 'node:assert/strict';
import { reportHtml } from '../../../src/panel/html';

const ADDRESSES = {
  script: 'https://host/participant.js',
  style: 'https://host/participant.css',
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
});
