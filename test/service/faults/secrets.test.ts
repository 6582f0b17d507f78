import assert from 'node:assert/strict';
import { ProviderPool } from '../../../src/connections/providers';
import type { ConnectionRecord } from '../../../src/connections/record';
import { ConnectionStore, type SecretStore } from '../../../src/connections/store';
import { Redactor } from '../../../src/core/redact';
import { csvParts } from '../../../src/export/csv';
import { makeDocument } from '../../../src/export/document';
import { jsonParts } from '../../../src/export/json';
import { makeDeepLink } from '../../../src/lookup/deep-link';
import { CallTreeModel } from '../../../src/tree/model';
import type { CallNode } from '../../../src/tree/nodes';
import { lookOf } from '../../../src/tree/present';
import { tooltipOf } from '../../../src/tree/tooltip';
import { until } from '../../faults/check';
import { openRigs, type Rig } from '../../faults/rig';
import { KeptState, SharedKeyring } from '../../unit/connections/stores';
import { ScriptedServer } from '../http/server';

const PROVIDERS = ['realtimekit', '100ms', 'whereby', 'mediamelon'] as const;
const OLD = 'canary-old-6e1f';
const NEW = 'canary-new-93ab';
/** A download that is signed in its address. */
const SIGNED = 'https://files.example/x?X-Amz-Credential=canary-cred-17&X-Amz-Signature=canary-sign-29';

const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

describe('secrets on their way', () => {
  let rigs: Rig[] = [];
  before(async function () {
    this.timeout(60_000);
    rigs = await openRigs(PROVIDERS);
  });
  after(() => Promise.all(rigs.map((rig) => rig.stop())));

  for (const [index, provider] of PROVIDERS.entries()) {
    it(`${provider}: the key is in nothing that is shown, kept, logged, exported or linked to`, async () => {
      const rig = rigs[index] as Rig;
      const secrets = Object.values((await rig.store.secrets('through')) ?? {});
      assert.ok(secrets.length > 0);
      const told: string[] = [];
      for (const fault of [undefined, { status: 401 }, { status: 403 }, { status: 302 }, { status: 500 }]) {
        rig.proxy.reset(
          fault &&
            (({ request, send }) =>
              send({
                status: fault.status,
                headers: { location: `https://other.example/?key=${secrets[0]}` },
                // A provider that repeats the key in its error.
                body: Buffer.from(
                  JSON.stringify({ message: request.headers.authorization ?? secrets[0], url: SIGNED }),
                ),
              })),
        );
        for (const level of rig.levels) {
          rig.model.refresh(rig.node('through', level));
          for (const row of await rig.model.children(rig.node('through', level))) told.push(shown(row));
        }
        for (const page of [rig.reportPage(), rig.sessionPage()]) {
          page.host.open(rig.participant);
          await until(() => JSON.stringify(page.posted).length > 300);
          await new Promise((resolve) => setTimeout(resolve, 50));
          told.push(JSON.stringify(page.posted));
          page.host.dispose();
        }
      }
      rig.proxy.reset();
      const { report, raw } = await (await rig.pool.provider('through')).getReport(
        rig.participant,
        new AbortController().signal,
      );
      const document = makeDocument(
        { report, ref: rig.participant, people: [], findings: [], notEvaluated: [] },
        false,
      );
      told.push([...jsonParts(document, 0)].join(''), [...csvParts(document)].join(''), new TextDecoder().decode(raw));
      told.push(JSON.stringify(makeDeepLink('vscode', provider, rig.participant)));
      told.push(JSON.stringify(rig.store.list()), rig.lines.join('\n'));
      assert.match(rig.lines.join(), /GET http/, 'the log that was searched has the requests');
      for (const text of told) {
        for (const secret of [...secrets, 'canary-cred-17', 'canary-sign-29']) {
          assert.ok(!text.includes(secret), `${provider}: ${text.slice(0, 300).replaceAll(secret, 'SECRET')}`);
        }
      }
    }).timeout(60_000);
  }
});

describe('keys that change', () => {
  const server = new ScriptedServer();
  before(() => server.start());
  after(() => server.stop());
  beforeEach(() => {
    server.reset();
    server.always(({ headers }) => ({
      status: headers.authorization === `Bearer ${NEW}` ? 200 : 401,
      body: { results: [] },
    }));
  });

  const record = (): ConnectionRecord => ({
    id: 'c1',
    provider: 'whereby',
    label: 'Work',
    settings: { baseUrl: `${server.origin}/v1` },
  });

  /** One window: store, pool and tree over storage that windows share. */
  function openWindow(state: KeptState, secrets: SecretStore) {
    const redactor = new Redactor();
    const lines: string[] = [];
    const log = (_level: string, line: string) => lines.push(line);
    const store = new ConnectionStore(state, secrets, redactor);
    const pool = new ProviderPool(store, { redactor, log, timeoutMs: () => 5000, backOffMs: 1, reportWorkerPath: '' });
    const model = new CallTreeModel({
      records: () => store.list(),
      provider: (id) => pool.provider(id),
      settings: () => ({ pageSize: 5, sessionWindowDays: 7 }),
      log,
    });
    store.onDidChange((id) => model.forget(id));
    const rooms = async () => {
      const [connection] = await model.children();
      const groups = await model.children(connection);
      const group = groups.find((row) => row.kind === 'group' && row.group === 'rooms');
      return (await model.children(group)).map(({ kind }) => kind);
    };
    return { store, pool, model, lines, rooms };
  }

  it('a new key is used at the next request, in this window and in the other, without a reload', async () => {
    const keyring = new SharedKeyring();
    const state = new KeptState();
    const one = openWindow(state, keyring.window());
    const two = openWindow(state, keyring.window());
    await one.store.save(record(), { apiKey: OLD });
    assert.deepEqual(await one.rooms(), ['error']);
    assert.deepEqual(await two.rooms(), ['error']);
    await one.store.save(record(), { apiKey: NEW });
    await settle();
    assert.deepEqual(await one.rooms(), ['empty']);
    assert.deepEqual(await two.rooms(), ['empty']);
    assert.equal(server.requests.length, 4);
    for (const text of [...one.lines, ...two.lines]) assert.ok(!text.includes(OLD) && !text.includes(NEW));
  });

  it('a key that is removed in one window is gone in the other', async () => {
    const keyring = new SharedKeyring();
    const state = new KeptState();
    const one = openWindow(state, keyring.window());
    const two = openWindow(state, keyring.window());
    await one.store.save(record(), { apiKey: NEW });
    assert.deepEqual(await two.rooms(), ['empty']);
    await one.store.remove('c1');
    await settle();
    assert.equal(keyring.values.size, 0);
    assert.deepEqual(two.store.list(), []);
    await assert.rejects(async () => two.pool.provider('c1'), { kind: 'NotFound' });
  });

  it('a storage that cannot be read is told once, and works again when it can', async () => {
    const keyring = new SharedKeyring();
    const one = openWindow(new KeptState(), keyring.window());
    await one.store.save(record(), { apiKey: NEW });
    keyring.broken = true;
    assert.deepEqual(await one.rooms(), ['error']);
    assert.equal(server.requests.length, 0);
    assert.match(one.lines.join(), /secret storage of VS Code does not work/);
    assert.ok(!one.lines.join().includes('canary'));
    keyring.broken = false;
    one.model.refresh();
    assert.deepEqual(await one.rooms(), ['empty']);
  });

  it('rubbish in the storage counts as a missing key: nothing is sent, and the key can be entered again', async () => {
    const keyring = new SharedKeyring();
    const one = openWindow(new KeptState(), keyring.window());
    await one.store.save(record(), { apiKey: NEW });
    keyring.values.set('peerscope.connection.c1', '{"apiKey":');
    assert.deepEqual(await one.rooms(), []);
    assert.ok(one.model.isKeyMissing('c1'));
    assert.equal(server.requests.length, 0);
    await one.store.save(record(), { apiKey: NEW });
    assert.deepEqual(await one.rooms(), ['empty']);
  });

  it('a storage that cannot delete keeps the connection, so that the key is not forgotten there', async () => {
    const keyring = new SharedKeyring();
    const one = openWindow(new KeptState(), keyring.window());
    await one.store.save(record(), { apiKey: NEW });
    keyring.broken = true;
    await assert.rejects(one.store.remove('c1'), { kind: 'Auth', field: 'secretStorage' });
    assert.equal(one.store.list().length, 1);
    keyring.broken = false;
    await one.store.remove('c1');
    assert.equal(keyring.values.size, 0);
  });
});

/** All that a row shows. */
function shown(row: CallNode): string {
  const look = lookOf(row, { now: Date.now(), sessionWindowDays: 7 });
  return `${JSON.stringify(look)} ${tooltipOf(row, Date.now())}`;
}
