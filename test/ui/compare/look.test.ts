import assert from 'node:assert/strict';
import type { ParticipantRef } from '../../../src/core/ids';
import { seriousFindings } from '../axe';
import { type SampleCalls, startSampleCalls } from '../session/calls';
import type { ThemeName } from '../webview-frame';
import { CompareTestPage } from './harness';
import { sampleLoader } from './samples';

describe('how a comparison looks', () => {
  let calls: SampleCalls;
  let refs: [ParticipantRef, ParticipantRef];

  before(async () => {
    calls = await startSampleCalls();
    const session = await calls.find('Lossy uplink');
    const { items } = await calls.provider.listParticipants(session, new AbortController().signal);
    const of = (name: string) => ({ ...session, participantId: items.find((each) => each.name === name)?.id ?? '' });
    refs = [of('Caller A'), of('Caller B')];
  });
  after(() => calls.stop());

  for (const theme of ['dark', 'light', 'high-contrast', 'high-contrast-light'] as ThemeName[]) {
    it(`in ${theme}`, async () => {
      const page = await CompareTestPage.open({ theme, load: sampleLoader(calls.provider) });
      try {
        page.show(refs);
        await page.ready();
        await page.screenshot(`compare-${theme}`);
        assert.deepEqual(page.complaints, []);
        const rules = theme === 'dark' ? undefined : ['color-contrast'];
        assert.deepEqual(await seriousFindings(page.page, rules), [], 'nothing serious for axe-core');
      } finally {
        await page.close();
      }
    });
  }
});
