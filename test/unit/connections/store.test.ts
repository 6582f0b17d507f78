import assert from 'node:assert/strict';
import { readRecords } from '../../../src/connections/record';
import { ConnectionStore } from '../../../src/connections/store';
import { isCallError } from '../../../src/core/errors';
import { Redactor } from '../../../src/core/redact';
import { SAMPLE_CONNECTIONS } from '../../../src/sample/catalog';
import { KeptState, SharedKeyring } from './stores';

const SAMPLES = SAMPLE_CONNECTIONS.map(({ id }) => id);
const CANARY = 'canary-9f31c2-token';
const record = { id: 'c1', provider: 'realtimekit', label: 'Work', settings: { accountId: 'a'.repeat(32) } } as const;

describe('ConnectionStore', () => {
  let state: KeptState;
  let keyring: SharedKeyring;
  let store: ConnectionStore;

  beforeEach(() => {
    state = new KeptState();
    keyring = new SharedKeyring();
    store = new ConnectionStore(state, keyring.window(), new Redactor());
  });

  it('keeps the record in state and the secret in the keyring only', async () => {
    await store.save(record, { apiToken: CANARY });
    assert.deepEqual(store.list(), [record]);
    assert.deepEqual(await store.secrets('c1'), { apiToken: CANARY });
    assert.doesNotMatch(JSON.stringify([...state.values]), new RegExp(CANARY));
    assert.match(JSON.stringify([...keyring.values]), new RegExp(CANARY));
  });

  it('finds both again after a reload', async () => {
    await store.save(record, { apiToken: CANARY });
    const reloaded = new ConnectionStore(state, keyring.window(), new Redactor());
    assert.deepEqual(reloaded.list(), [record]);
    assert.deepEqual(await reloaded.secrets('c1'), { apiToken: CANARY });
  });

  it('masks a secret from the moment it is stored or read', async () => {
    await store.save(record, { apiToken: CANARY });
    assert.equal(store.redactor.mask(`x ${CANARY} y`), 'x ••• y');
    const reloaded = new ConnectionStore(state, keyring.window(), new Redactor());
    await reloaded.secrets('c1');
    assert.equal(reloaded.redactor.mask(CANARY), '•••');
  });

  it('uses a key that was changed in another window, and tells of it', async () => {
    await store.save(record, { apiToken: 'first-token' });
    const other = new ConnectionStore(state, keyring.window(), new Redactor());
    const told: string[] = [];
    other.onDidChange((id) => told.push(id));
    await store.save(record, { apiToken: 'second-token' });
    assert.deepEqual(await other.secrets('c1'), { apiToken: 'second-token' });
    await new Promise((resolve) => setImmediate(resolve));
    assert.deepEqual(told, ['c1']);
  });

  it('tells of its own changes once', async () => {
    const told: string[] = [];
    store.onDidChange((id) => told.push(id));
    await store.save(record, { apiToken: CANARY });
    await new Promise((resolve) => setImmediate(resolve));
    assert.deepEqual(told, ['c1']);
    await store.remove('c1');
    await new Promise((resolve) => setImmediate(resolve));
    assert.deepEqual(told, ['c1', 'c1']);
  });

  it('removes the record and deletes the secret', async () => {
    await store.save(record, { apiToken: CANARY });
    await store.remove('c1');
    assert.deepEqual(store.list(), []);
    assert.equal(keyring.values.size, 0);
  });

  it('adds nothing when the keyring fails, and does not repeat its error text', async () => {
    keyring.broken = true;
    await assert.rejects(store.save(record, { apiToken: CANARY }), (error) => {
      assert.ok(isCallError(error));
      assert.equal(error.kind, 'Auth');
      assert.equal(error.field, 'secretStorage');
      assert.doesNotMatch(`${error.message} ${error.stack} ${String(error.cause)}`, /canary/);
      return true;
    });
    assert.deepEqual(store.list(), []);
  });

  it('keeps a secret for this window only when asked to', async () => {
    keyring.broken = true;
    await store.save(record, { apiToken: CANARY }, true);
    assert.deepEqual(await store.secrets('c1'), { apiToken: CANARY });
    keyring.broken = false;
    const reloaded = new ConnectionStore(state, keyring.window(), new Redactor());
    assert.equal(await reloaded.secrets('c1'), undefined);
    assert.equal(keyring.values.size, 0);
    await store.remove('c1');
    assert.equal(await store.secrets('c1'), undefined);
  });

  it('treats rubbish in the keyring as a missing key', async () => {
    await store.save(record, { apiToken: CANARY });
    for (const rubbish of ['', 'null', '[]', '{', '7', '{"apiToken":7}', '{}']) {
      keyring.values.set('peerscope.connection.c1', rubbish);
      assert.equal(await store.secrets('c1'), undefined, rubbish);
    }
  });

  it('leaves out what is no record in a state that was tampered with', () => {
    const stored = [null, 7, { id: 'x' }, { ...record, settings: { accountId: 'b', odd: 7 } }, record];
    assert.deepEqual(readRecords(stored), [{ ...record, settings: { accountId: 'b' } }, record]);
    assert.deepEqual(readRecords('rubbish'), []);
  });

  it('loses no record when several are added at once', async () => {
    const ids = ['c1', 'c2', 'c3', 'c4'];
    await Promise.all(ids.map((id) => store.save({ ...record, id }, { apiToken: CANARY })));
    assert.deepEqual(
      store.list().map(({ id }) => id),
      ids,
    );
  });

  it('shows the samples while they are open, without a secret', async () => {
    await store.save(record, { apiToken: CANARY });
    await store.openSamples();
    assert.deepEqual(
      store.list().map(({ id }) => id),
      ['c1', ...SAMPLES],
    );
    assert.equal(keyring.values.size, 1);
    await store.remove('sample-realtimekit');
    assert.deepEqual(
      store.list().map(({ id }) => id),
      ['c1', ...SAMPLES.filter((id) => id !== 'sample-realtimekit')],
    );
  });
});
