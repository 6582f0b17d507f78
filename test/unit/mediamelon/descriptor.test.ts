import assert from 'node:assert/strict';
import { readConnectionInput } from '../../../src/connections/input';
import { isCallError } from '../../../src/core/errors';
import { describeProvider } from '../../../src/providers/catalog';
import { mediamelon, periodHours, splitNames } from '../../../src/providers/mediamelon/descriptor';

const SETTINGS = { customerId: '412233' };
const input = (settings: Record<string, string>, apiKey = 'key-1') =>
  readConnectionInput({ provider: 'mediamelon', settings, secrets: { apiKey } });

describe('MediaMelon: what a connection is made of', () => {
  it('is in the catalog', () => assert.equal(describeProvider('mediamelon'), mediamelon));

  it('takes every setting', () => {
    const settings = {
      ...SETTINGS,
      baseUrl: 'https://eu.example.com/mm-apis',
      extraMetrics: 'playdur,genre',
      periodHours: '48',
      concurrency: '1',
      businessError: 'true',
      trendGranularity: '5minute',
      dashboardUrlTemplate: 'https://dash.example.com/{customerId}/s/{sessionid}',
    };
    assert.deepEqual(input(settings), {
      provider: 'mediamelon',
      label: undefined,
      settings,
      secrets: { apiKey: 'key-1' },
    });
  });

  it('finds values in what is pasted', () => {
    for (const text of [
      ' 412233 ',
      'https://smartsight3.mediamelon.com/mm-apis/listsessions/412233?period=x',
      'https://smartsight3.mediamelon.com/mm-apis/metricquery/412233',
      'https://smartsight2.mediamelon.com/mm-apis/qbrData/vod/412233?x=1',
      'Customer ID: 412233',
      'customerId=412233',
    ]) {
      assert.equal(input({ customerId: text }).settings.customerId, '412233', text);
    }
    assert.equal(input(SETTINGS, ' X-API-Key: abc ').secrets.apiKey, 'abc');
    const { settings } = input({
      ...SETTINGS,
      concurrency: 'true',
      businessError: '1',
      extraMetrics: ' playdur,\ngenre; playdur',
    });
    assert.deepEqual(
      [settings.concurrency, settings.businessError, settings.extraMetrics],
      ['1', 'true', 'playdur,genre'],
    );
  });

  it('refuses what cannot be right and names the field', () => {
    const wrong: [Record<string, string>, string, string?][] = [
      [{}, 'settings.customerId'],
      [{ customerId: 'acme' }, 'settings.customerId'],
      [{ ...SETTINGS, periodHours: '0' }, 'settings.periodHours'],
      [{ ...SETTINGS, periodHours: '-3' }, 'settings.periodHours'],
      [{ ...SETTINGS, extraMetrics: 'ok,not=ok' }, 'settings.extraMetrics'],
      [{ ...SETTINGS, concurrency: '2' }, 'settings.concurrency'],
      [{ ...SETTINGS, businessError: 'maybe' }, 'settings.businessError'],
      [{ ...SETTINGS, trendGranularity: 'week' }, 'settings.trendGranularity'],
      [{ ...SETTINGS, dashboardUrlTemplate: 'http://x/{sessionid}' }, 'settings.dashboardUrlTemplate'],
      [{ ...SETTINGS, dashboardUrlTemplate: 'javascript:alert({sessionid})' }, 'settings.dashboardUrlTemplate'],
      [{ ...SETTINGS, baseUrl: 'http://example.com' }, 'settings.baseUrl'],
      [SETTINGS, 'secrets.apiKey', ''],
      [SETTINGS, 'secrets.apiKey', 'two words'],
      [SETTINGS, 'secrets.apiKey', 'ключ'],
    ];
    for (const [settings, field, key] of wrong) {
      assert.throws(
        () => input(settings, key),
        (error) => isCallError(error) && error.field === field,
        `${field} ${JSON.stringify(settings)}`,
      );
    }
  });

  it('has a dashboard link where a template was given', () => {
    const ref = { connectionId: 'c', sessionId: 'a/b c' };
    const link = (dashboardUrlTemplate: string, of?: typeof ref) =>
      mediamelon.dashboardUrl?.({ ...SETTINGS, dashboardUrlTemplate }, of);
    assert.equal(mediamelon.dashboardUrl?.(SETTINGS, ref), undefined);
    assert.equal(link('https://d.example.com/{customerId}/{sessionid}', ref), 'https://d.example.com/412233/a%2Fb%20c');
    assert.equal(link('https://d.example.com/{customerId}/{sessionid}'), undefined);
    assert.equal(link('https://d.example.com/{customerId}'), 'https://d.example.com/412233');
  });

  it('reaches back 24 hours unless it says otherwise', () => {
    const given: Record<string, string>[] = [{}, { periodHours: '6' }, { periodHours: 'x' }, { periodHours: '-1' }];
    assert.deepEqual(given.map(periodHours), [24, 6, 24, 24]);
    assert.deepEqual(splitNames(''), []);
  });
});
