import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { ConnectionRecord } from '../../../src/connections/record';
import { connectionListText, sortOut } from '../../../src/connections/shared-list';
import type { SharedConnection } from '../../../src/core/connection-list';
import { readConnectionList } from '../../../src/providers/connection-list';

const ACCOUNT = '0123456789abcdef0123456789abcdef';
const rtk: SharedConnection = { provider: 'realtimekit', label: 'Acme', settings: { accountId: ACCOUNT } };
const mediamelon: SharedConnection = {
  provider: 'mediamelon',
  label: 'Playbacks',
  settings: { customerId: '774026513' },
};
const record = (id: string, one: SharedConnection): ConnectionRecord => ({ id, ...one });
const file = (connections: unknown, more: object = {}) =>
  JSON.stringify({ format: 'peerscope.connections', version: 1, connections, ...more });

describe('a list of connections as a file', () => {
  it('comes back as it was written, without ids', () => {
    const hms: SharedConnection = { provider: '100ms', label: 'Staging', settings: {} };
    const text = connectionListText([record('id-1', rtk), record('id-2', hms), record('id-3', mediamelon)]);
    assert.doesNotMatch(text, /id-\d/);
    assert.deepEqual(readConnectionList(text), { connections: [rtk, hms, mediamelon], bad: [] });
  });

  it('holds open settings only, and neither samples nor what this version does not know', () => {
    const strayKey = { ...rtk, settings: { ...rtk.settings, apiToken: 'canary-token', invented: 'canary-field' } };
    const later = { ...rtk, provider: 'later' } as unknown as SharedConnection;
    const sample: ConnectionRecord = { ...record('sample-1', mediamelon), sample: true };
    const text = connectionListText([record('1', strayKey), record('2', later), sample]);
    assert.doesNotMatch(text, /canary/);
    assert.deepEqual(readConnectionList(text).connections, [rtk]);
  });

  const notLists: [what: string, text: string, message: RegExp][] = [
    ['no JSON', '{ "format":', /the file is not JSON/],
    ['an array', '[]', /the file: /],
    ['another format', file([], { format: 'peerscope.report' }), /: format: expected "peerscope\.connections"/],
    ['a newer version', file([], { version: 2 }), /: version: made by a newer version/],
    ['a version that is no number', file([], { version: '1' }), /: version: expected a whole number/],
    ['no list', file({ length: 3 }), /: connections: expected a list/],
    ['too long a list', file(Array(501).fill(rtk)), /: connections: at most 500/],
  ];
  for (const [what, text, message] of notLists) {
    it(`is refused as a whole when it is ${what}`, () => {
      assert.throws(() => readConnectionList(text), { kind: 'BadInput', message });
    });
  }

  const settings = (more: object) => ({ ...rtk, settings: { ...rtk.settings, ...more } });
  const badEntries: [what: string, entry: unknown, path: string, problem: RegExp][] = [
    ['no object', 7, 'connections[1]', /expected an object/],
    ['null', null, 'connections[1]', /expected an object/],
    ['an unknown provider', { ...rtk, provider: 'zoom' }, 'connections[1].provider', /expected one of "realtimekit"/],
    ['no label', { ...rtk, label: undefined }, 'connections[1].label', /expected a text/],
    ['an empty label', { ...rtk, label: '\u202e\u0007 ' }, 'connections[1].label', /must not be empty/],
    ['a huge label', { ...rtk, label: 'x'.repeat(1e5) }, 'connections[1].label', /at most 100/],
    ['settings that are a list', { ...rtk, settings: [] }, 'connections[1].settings', /expected an object/],
    ['no account', { ...rtk, settings: {} }, 'connections[1].settings.accountId', /must not be empty/],
    ['a wrong account', settings({ accountId: 'x' }), 'connections[1].settings.accountId', /32 hexadecimal digits/],
    ['an object for a setting', settings({ appId: {} }), 'connections[1].settings.appId', /expected a text/],
    ['an unknown setting', settings({ region: 'eu' }), 'connections[1].settings.region', /no such field/],
    ['plain http', settings({ baseUrl: 'http://calls.example' }), 'connections[1].settings.baseUrl', /https:\/\//],
    [
      'a user in the URL',
      settings({ baseUrl: 'https://a:b@c.example' }),
      'connections[1].settings.baseUrl',
      /password/,
    ],
    ['a key as a setting', settings({ apiToken: 'canary' }), 'connections[1].settings.apiToken', /keys have no place/],
    ['secrets', { ...rtk, secrets: { apiToken: 'canary' } }, 'connections[1].secrets', /keys have no place/],
  ];
  for (const [what, entry, path, problem] of badEntries) {
    it(`names an entry with ${what}, and keeps the others`, () => {
      const { connections, bad } = readConnectionList(file([rtk, entry, mediamelon]));
      assert.deepEqual(connections, [rtk, mediamelon]);
      assert.equal(bad.length, 1);
      assert.equal(bad[0]?.path, path);
      assert.match(bad[0].problem, problem);
      assert.doesNotMatch(JSON.stringify(bad), /canary/);
    });
  }

  it('takes nothing from a prototype', () => {
    const text = file([rtk]).replace('"accountId"', `"__proto__": { "baseUrl": "https://evil.example" }, "accountId"`);
    const { connections, bad } = readConnectionList(text);
    assert.deepEqual([...connections, ...bad.map(({ path }) => path)], ['connections[0].settings.__proto__']);
    assert.equal(({} as Record<string, unknown>).baseUrl, undefined);
    const whole = readConnectionList(`{"__proto__": { "polluted": true }, ${file([rtk]).slice(1)}`);
    assert.deepEqual(whole.connections, [rtk]);
    assert.equal(({} as Record<string, unknown>).polluted, undefined);
  });

  it('makes labels fit for one line, and takes numbers for settings', () => {
    const label = 'A\u202e\n$(flame) **b** <b>c</b>';
    const { connections } = readConnectionList(file([{ ...mediamelon, label, settings: { customerId: 774026513 } }]));
    // Markup stays text: whoever shows it escapes it, as for labels that were typed in.
    assert.deepEqual(connections, [{ ...mediamelon, label: 'A $(flame) **b** <b>c</b>' }]);
  });

  it('never throws anything but BadInput, and every entry is either good or named', () => {
    const entry = fc.oneof(
      fc.jsonValue() as fc.Arbitrary<unknown>,
      fc.record({
        provider: fc.constantFrom('realtimekit', '100ms', 'whereby', 'mediamelon', '__proto__'),
        label: fc.oneof(fc.string({ unit: 'binary' }), fc.constant('Acme')),
        settings: fc.oneof(
          fc.constant({ accountId: ACCOUNT }),
          fc.dictionary(fc.constantFrom('accountId', 'baseUrl', 'customerId', '__proto__', 'secrets'), fc.jsonValue()),
        ),
      }),
    );
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 8 }), (entries) => {
        const { connections, bad } = readConnectionList(file(entries));
        assert.equal(connections.length + bad.length, entries.length);
        for (const { path, problem } of bad) assert.ok(/^connections\[\d\]/.test(path) && problem !== '');
        // What was read is written and read the same.
        const again = connectionListText(connections.map((one, index) => record(String(index), one)));
        assert.deepEqual(readConnectionList(again), { connections, bad: [] });
      }),
    );
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        try {
          readConnectionList(text);
        } catch (error) {
          assert.equal((error as { kind?: string }).kind, 'BadInput', String(error));
        }
      }),
    );
  });
});

describe('a list of connections beside those that are here', () => {
  it('adds what is new and leaves what is here alone, whatever it is called', () => {
    const { added, existing } = sortOut([{ ...rtk, label: 'Other name' }, mediamelon], [record('1', rtk)]);
    assert.deepEqual(added, [mediamelon]);
    assert.deepEqual(existing, [{ ...rtk, label: 'Other name' }]);
  });

  it('takes an empty setting for one that is not set', () => {
    const here = record('1', { ...rtk, settings: { ...rtk.settings, appId: '' } });
    assert.deepEqual(sortOut([rtk], [here]).added, []);
  });

  it('adds an account twice when its settings differ', () => {
    const app = { ...rtk, settings: { ...rtk.settings, appId: 'app-1' } };
    assert.deepEqual(sortOut([app], [record('1', rtk)]).added, [app]);
  });

  it('adds what stands in a list twice once', () => {
    assert.deepEqual(sortOut([rtk, { ...rtk, label: 'Again' }], []).added, [rtk]);
  });

  it('tells accounts that only the key tells apart by their labels', () => {
    const prod: SharedConnection = { provider: 'whereby', label: 'Prod', settings: {} };
    const staging = { ...prod, label: 'Staging' };
    assert.deepEqual(sortOut([prod, staging], [record('1', prod)]), { added: [staging], existing: [prod] });
  });

  it('does not take the samples for accounts', () => {
    const whereby: SharedConnection = { provider: 'whereby', label: 'Sample calls', settings: {} };
    const sample: ConnectionRecord = { ...record('sample-whereby', whereby), sample: true };
    assert.deepEqual(sortOut([whereby], [sample]).added, [whereby]);
  });

  it('adds nothing the second time', () => {
    const labels = fc.constantFrom('A', 'B');
    const one = fc.oneof(
      fc.record({ provider: fc.constant('whereby' as const), label: labels, settings: fc.constant({}) }),
      fc.record({
        provider: fc.constant('mediamelon' as const),
        label: labels,
        settings: fc.record({ customerId: fc.constantFrom('1', '2') }),
      }),
    );
    fc.assert(
      fc.property(fc.array(one), (list) => {
        const { added, existing } = sortOut(list, []);
        assert.equal(added.length + existing.length, list.length);
        const records = added.map((each, index) => record(String(index), each));
        assert.deepEqual(sortOut(list, records).added, []);
      }),
    );
  });
});
