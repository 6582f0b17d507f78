import assert from 'node:assert/strict';
import { readConnectionChange, readConnectionInput } from '../../../src/connections/input';
import { describeWithForm, type ProviderWithForm } from '../../../src/providers/forms';

const ACCOUNT = '0123456789abcdef0123456789abcdef';
const good = { provider: 'realtimekit', settings: { accountId: ACCOUNT }, secrets: { apiToken: 'token-1' } };

describe('readConnectionInput', () => {
  it('reads what is complete', () => {
    assert.deepEqual(readConnectionInput(good), { ...good, label: undefined });
    assert.equal(readConnectionInput({ ...good, label: ' Work ' }).label, 'Work');
  });

  it('finds the account id in a dashboard link', () => {
    const settings = { accountId: `https://dash.cloudflare.com/${ACCOUNT}/realtime/kit` };
    assert.equal(readConnectionInput({ ...good, settings }).settings.accountId, ACCOUNT);
  });

  const bad: [string, unknown, RegExp][] = [
    ['no object', 7, /^BadInput: argument:/],
    ['an unknown provider', { ...good, provider: 'zoom' }, /^BadInput: provider: expected one of "realtimekit"/],
    ['no account id', { ...good, settings: {} }, /^BadInput: settings\.accountId: Account ID: must not be empty/],
    ['a wrong account id', { ...good, settings: { accountId: 'xyz' } }, /settings\.accountId: .*32 hexadecimal digits/],
    ['no token', { ...good, secrets: {} }, /secrets\.apiToken: API token: must not be empty/],
    ['a token with a line break', { ...good, secrets: { apiToken: 'a\nb' } }, /secrets\.apiToken/],
    [
      'an unknown setting',
      { ...good, settings: { ...good.settings, region: 'eu' } },
      /settings\.region: .*has no such field/,
    ],
    ['a secret among the settings', { ...good, settings: { ...good.settings, apiToken: 't' } }, /settings\.apiToken/],
    ['a field of the wrong type', { ...good, settings: { accountId: {} } }, /settings\.accountId: expected a string/],
    [
      'plain http',
      { ...good, settings: { ...good.settings, baseUrl: 'http://calls.example/v4' } },
      /settings\.baseUrl: Base URL: must start with https/,
    ],
    [
      'credentials in the URL',
      { ...good, settings: { ...good.settings, baseUrl: 'https://u:p@calls.example' } },
      /baseUrl/,
    ],
    ['a label that is no string', { ...good, label: {} }, /^BadInput: label:/],
  ];
  for (const [what, argument, expected] of bad) {
    it(`refuses ${what} and names the field`, () => {
      assert.throws(() => readConnectionInput(argument), { message: expected });
    });
  }

  it('takes numbers, flags and lists for settings, not for secrets', () => {
    const settings = {
      customerId: 774026513,
      periodHours: 48,
      businessError: true,
      extraMetrics: ['playdur', 'country'],
    };
    const read = readConnectionInput({ provider: 'mediamelon', settings, secrets: { apiKey: 'key-1' } });
    assert.deepEqual(read.settings, {
      customerId: '774026513',
      periodHours: '48',
      businessError: 'true',
      extraMetrics: 'playdur,country',
    });
    assert.throws(
      () => readConnectionInput({ ...good, secrets: { apiToken: 7 } }),
      /secrets\.apiToken: expected a string/,
    );
  });

  it('takes http on this machine', () => {
    for (const baseUrl of ['http://127.0.0.1:8080/v4', 'http://localhost:1', 'http://[::1]:9/x']) {
      assert.equal(readConnectionInput({ ...good, settings: { ...good.settings, baseUrl } }).settings.baseUrl, baseUrl);
    }
  });

  it('never repeats a secret in an error', () => {
    assert.throws(
      () => readConnectionInput({ ...good, secrets: { apiToken: 'canary 77' } }),
      (error: Error) => !error.message.includes('canary'),
    );
  });
});

describe('readConnectionChange', () => {
  const descriptorOf = () => describeWithForm('realtimekit') as ProviderWithForm;

  it('leaves out what is not changed and clears what is empty', () => {
    assert.deepEqual(readConnectionChange({ id: 'c1', settings: { appId: '' } }, descriptorOf), {
      id: 'c1',
      label: undefined,
      settings: { appId: '' },
      secrets: undefined,
    });
  });

  it('refuses to clear what is required', () => {
    assert.throws(() => readConnectionChange({ id: 'c1', settings: { accountId: '' } }, descriptorOf), /accountId/);
    assert.throws(() => readConnectionChange({ settings: {} }, descriptorOf), /id: expected/);
  });
});
