import assert from 'node:assert/strict';
import type { Session } from '../../../src/core/model';
import type { LoadedReport } from '../../../src/panel/services';
import type { SessionProvider } from '../../../src/panel/session-services';
import { ScriptedServer } from '../../service/http/server';
import { SessionTestPage } from '../session/harness';
import type { WebviewTestPage } from '../webview-test-page';
import { publishedReport } from './calls';
import { ReportPage } from './harness';

/** Markup, an icon, a command link, a control and a bidi character: whatever shows it as more than text is wrong. */
const EVIL =
  '<img src=x onerror="window.pwned=1"><script>window.pwned=1</script> $(flame) [a](command:x) \u0000\u202eevil\u2066';

/** Control and format characters that no text on screen may have. */
const UNSAFE = /(?!\n|\t|\u200c|\u200d|\u2060)[\p{Cc}\p{Cf}]/u;

/**
 * What an attacker who got into the page would try. Each is an expression that must come to nothing. Text as code runs a
 * moment later: while an expression of the test is evaluated, the browser's own tools are allowed it.
 */
const attemptsAt = (collector: string): Readonly<Record<string, string>> => ({
  'an inline script': `(() => { const s = document.createElement('script'); s.textContent = 'window.pwned = 1'; document.body.append(s); })()`,
  'a script from elsewhere': `(() => { const s = document.createElement('script'); s.src = 'data:text/javascript,window.pwned=1'; document.body.append(s); })()`,
  'a handler in markup': `document.body.insertAdjacentHTML('beforeend', '<img src="x" onerror="window.pwned = 1">')`,
  'a frame': `document.body.insertAdjacentHTML('beforeend', '<iframe srcdoc="<script>parent.pwned = 1</script>"></iframe>')`,
  'text as code': `setTimeout(() => Function('window.pwned = 1')())`,
  'a request': `void fetch('${collector}/').then(() => { window.pwned = 1; }, () => undefined)`,
  'a picture that tells': `(() => { new Image().src = '${collector}/pixel'; })()`,
  'a style sheet': `(() => { document.body.insertAdjacentHTML('beforeend', '<style>body { background: url(${collector}/) }</style>'); })()`,
});

/** Every text of a value replaced by hostile text; ids and what decides how it is read stay. */
function poisoned<T>(value: T, key = ''): T {
  const kept =
    /^(id|.*Id|kind|direction|source|provider|unit|metric|media|lane|change|type|side|severity|confidence|name)$/;
  if (typeof value === 'string') return (kept.test(key) ? value : `${EVIL} ${value}`) as T;
  if (Array.isArray(value)) return value.map((one) => poisoned(one, key)) as T;
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, poisoned(inner, name)])) as T;
}

async function hostileReport(): Promise<LoadedReport> {
  const loaded = await publishedReport();
  const { report, raw } = loaded.result;
  const hostile = poisoned(report);
  return {
    ...loaded,
    connectionLabel: EVIL,
    appName: EVIL,
    result: { report: { ...hostile, participant: { ...hostile.participant, name: EVIL } }, raw },
  };
}

const SESSION: Session = { id: 's1', status: 'ended', roomName: EVIL, startedAt: 1, endedAt: 60_001, type: EVIL };
const PROVIDER: SessionProvider = {
  getSession: async () => ({ ...SESSION, facts: [{ label: EVIL, value: EVIL }] }),
  listParticipants: async () => ({
    items: [{ id: 'p1', name: EVIL, role: EVIL, userId: EVIL, joinedAt: 1, leftAt: 60_001 }],
    issues: [{ path: EVIL, message: EVIL }],
  }),
  getReport: async () => (await hostileReport()).result,
};

const PAGES: Readonly<Record<string, () => Promise<WebviewTestPage>>> = {
  report: async () => {
    const page = await ReportPage.open({ load: hostileReport });
    page.show(undefined, EVIL);
    await page.ready();
    return page;
  },
  session: async () => {
    const page = await SessionTestPage.open({ provider: PROVIDER });
    page.show({ connectionId: 'c1', sessionId: 's1' });
    await page.page.getByText('onerror').first().waitFor();
    return page;
  },
};

describe('pages and their content security policy', () => {
  /** Where an attacker waits. */
  const collector = new ScriptedServer();
  before(() => collector.start());
  after(() => collector.stop());

  for (const [name, open] of Object.entries(PAGES)) {
    it(`${name}: hostile text everywhere is text, and breaks no rule`, async () => {
      const page = await open();
      try {
        assert.equal(await page.page.evaluate('window.pwned'), undefined);
        assert.equal(await page.page.locator('img, iframe, script:not([nonce])').count(), 0);
        assert.equal(await page.page.locator('a[href^="command:"], a[href^="javascript:"]').count(), 0);
        const text = await page.page.locator('body').innerText();
        assert.ok(text.includes('<img src=x'), 'it is shown');
        const at = text.search(UNSAFE);
        assert.equal(at, -1, `unsafe in: ${JSON.stringify(text.slice(Math.max(0, at - 150), at + 30))}`);
        for (const title of page.titles) assert.doesNotMatch(title, UNSAFE);
        assert.deepEqual(page.complaints, []);
      } finally {
        await page.close();
      }
    });

    it(`${name}: what is put into it does not run and reaches nobody`, async () => {
      const page = await open();
      try {
        for (const [what, attempt] of Object.entries(attemptsAt(collector.origin))) {
          const before = page.complaints.length;
          await page.page.evaluate(attempt);
          const end = Date.now() + 20_000;
          // A rule that is broken is reported a moment later.
          while (page.complaints.length === before) {
            assert.ok(Date.now() < end, `${what}: nothing was blocked`);
            await new Promise((resolve) => setTimeout(resolve, 20));
          }
        }
        assert.equal(await page.page.evaluate('window.pwned'), undefined);
        assert.equal(collector.requests.length, 0);
      } finally {
        await page.close();
      }
    });
  }
});
