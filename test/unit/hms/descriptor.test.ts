import assert from 'node:assert/strict';
import { readConnectionChange, readConnectionInput, requireAlternative } from '../../../src/connections/input';
import { onlyAlternative } from '../../../src/providers/form';
import { describeWithForm, type ProviderWithForm } from '../../../src/providers/forms';
import { makeToken } from '../../service/hms/connection';

const read = (secrets: Record<string, string>, settings: Record<string, string> = {}) =>
  readConnectionInput({ provider: '100ms', settings, secrets });
const pair = { accessKey: '64a1b2c3d4e5f60718293a4b', appSecret: 'secret_1' };

const hms = describeWithForm('100ms') as ProviderWithForm;

describe('100ms: what is entered for a connection', () => {
  it('is a management token, or access key and app secret', () => {
    assert.deepEqual(read({ managementToken: 'token-1' }).secrets, { managementToken: 'token-1' });
    assert.deepEqual(read(pair).secrets, pair);
    assert.deepEqual(read({ ...pair, managementToken: 'token-1' }).secrets, pair, 'one way is enough');
    assert.deepEqual(read(pair, { baseUrl: 'https://calls.example/v2' }).settings, {
      baseUrl: 'https://calls.example/v2',
    });
  });

  const lacking: [Record<string, string>, string][] = [
    [{}, 'secrets.accessKey'],
    [{ accessKey: pair.accessKey }, 'secrets.appSecret'],
    [{ appSecret: pair.appSecret }, 'secrets.accessKey'],
    [{ managementToken: '' }, 'secrets.accessKey'],
  ];
  for (const [secrets, field] of lacking) {
    it(`names ${field} when only ${Object.keys(secrets).join() || 'nothing'} is given`, () => {
      assert.throws(() => read(secrets), {
        kind: 'BadInput',
        field,
        text: /must not be empty\. Give App access key and App secret, or Management token\.$/,
      });
    });
  }

  it('refuses an app token with an explanation, and never quotes it', async () => {
    const managementToken = await makeToken('app', 4_000_000_000);
    assert.throws(
      () => read({ managementToken }),
      (error: Error) =>
        error.message.includes('with which people join a room') && !error.message.includes(managementToken),
    );
  });

  it('finds the key in what was pasted', () => {
    for (const text of [
      ' token-1 ',
      'Bearer token-1',
      'Authorization: Bearer token-1',
      'HMS_TOKEN=token-1',
      'export T="token-1"',
      "'token-1'",
    ]) {
      assert.equal(read({ managementToken: text }).secrets.managementToken, 'token-1', text);
    }
    assert.throws(() => read({ managementToken: 'two words' }), /must not hold spaces/);
  });

  it('leaves no old key beside a new one', () => {
    const change = readConnectionChange({ id: 'c1', secrets: pair }, () => hms);
    assert.deepEqual(onlyAlternative(hms, { managementToken: 'old', ...change.secrets }, change.secrets ?? {}), pair);
    assert.deepEqual(onlyAlternative(hms, { ...pair, managementToken: 'new' }, { managementToken: 'new' }), {
      managementToken: 'new',
    });
    assert.deepEqual(onlyAlternative(hms, { ...pair, accessKey: 'rotated' }, { accessKey: 'rotated' }), {
      ...pair,
      accessKey: 'rotated',
    });
  });

  it('cannot be edited until nothing is left', () => {
    assert.throws(() => requireAlternative(hms, { settings: {}, secrets: { managementToken: '' } }), {
      kind: 'BadInput',
    });
    requireAlternative(hms, { settings: {}, secrets: { managementToken: 't', accessKey: 'half' } });
  });

  it('links to the session on the dashboard', () => {
    assert.equal(hms.dashboardUrl?.({}), 'https://dashboard.100ms.live/dashboard');
    assert.equal(
      hms.dashboardUrl({}, { connectionId: 'c', sessionId: 'a/b' }),
      'https://dashboard.100ms.live/session-details/a%2Fb',
    );
  });
});
