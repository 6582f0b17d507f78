import assert from 'node:assert/strict';
import { SAMPLE_CONNECTIONS } from '../../../src/sample/catalog';
import { startSampleService } from '../../../src/sample/index';
import { type Client, openService } from './client';

describe('sample service: the server', () => {
  let client: Client;
  before(async () => {
    client = await openService();
  });
  after(() => client.stop());

  it('gives complete values for every sample connection, on loopback', async () => {
    const service = await startSampleService();
    try {
      for (const { id, settings } of SAMPLE_CONNECTIONS) {
        const values = service.valuesFor(id);
        assert.match(values.settings.baseUrl ?? '', /^http:\/\/127\.0\.0\.1:\d+\//);
        for (const [name, value] of Object.entries(settings)) assert.equal(values.settings[name], value);
        for (const secret of Object.values(values.secrets)) assert.ok(secret.length >= 32);
        assert.ok(Object.keys(values.secrets).length > 0);
      }
      assert.throws(() => service.valuesFor('nobody'), /NotFound/);
    } finally {
      await service.stop();
    }
  });

  it('has another key at each start, and refuses the one of another start', async () => {
    const other = await openService();
    try {
      assert.notEqual(other.token, client.token);
      const { status, body } = await other.send(`${other.kit}/apps`, {
        headers: { authorization: `Bearer ${client.token}` },
      });
      assert.equal(status, 401);
      assert.deepEqual(body, {
        success: false,
        errors: [{ code: 10000, message: 'Authentication error' }],
        messages: [],
        result: null,
      });
    } finally {
      await other.stop();
    }
  });

  it('refuses a missing key, another account and an unknown route in the gateway’s envelope', async () => {
    assert.equal((await client.send(`${client.kit}/apps`, { headers: {} })).status, 401);
    const account = await client.send('/accounts/ffffffffffffffffffffffffffffffff/realtime/kit/apps');
    assert.equal(account.status, 403);
    assert.equal(account.body.errors[0].code, 10000);
    const route = await client.send('/accounts/not-an-account/realtime/kit/apps');
    assert.equal(route.status, 404);
    assert.equal(route.body.errors[0].code, 7003);
    assert.equal((await client.send(`${client.kit}/apps/x/y/z`)).status, 404);
    assert.equal(
      (await client.send('/user/tokens/verify', { headers: { authorization: 'Bearer wrong' } })).body.errors[0].code,
      1000,
    );
  });

  it('answers only GET, and what cannot be read as a parameter with 400', async () => {
    assert.equal(
      (
        await client.send(`${client.kit}/apps`, {
          method: 'POST',
          body: '{}',
          headers: { authorization: `Bearer ${client.token}` },
        })
      ).status,
      405,
    );
    const { data } = await client.get(`${client.kit}/apps`);
    const sessions = `${client.kit}/${data[0].id}/sessions`;
    for (const query of [
      'page_no=x',
      'per_page=-1',
      'status=DONE',
      'sort_by=name',
      'sort_order=up',
      'start_time=yesterday',
      'participants=3',
    ]) {
      const { status, body } = await client.send(`${sessions}?${query}`);
      assert.equal(status, 400, query);
      assert.equal(body.error.code, 400);
    }
  });

  it('survives paths that are no paths', async () => {
    for (const path of ['/%', '/accounts/%ff%fe/realtime/kit/apps', '//', '/..%2f..%2fetc']) {
      assert.equal((await client.send(path)).status, 404, path);
    }
  });

  it('tells its owner about each request', async () => {
    client.requests.length = 0;
    await client.get(`${client.kit}/apps?per_page=2`);
    assert.deepEqual(client.requests, [`GET ${new URL(client.baseUrl).pathname}${client.kit}/apps?per_page=2`]);
  });

  it('stops with open connections, twice if asked', async () => {
    const service = await openService();
    await service.get(`${service.kit}/apps`);
    await service.stop();
    await service.stop();
    await assert.rejects(fetch(`${service.baseUrl}${service.kit}/apps`));
  });
});
