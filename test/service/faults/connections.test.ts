import assert from 'node:assert/strict';
import { globalAgent } from 'node:https';
import { networkInterfaces } from 'node:os';
import { Authority } from '../../faults/authority.mjs';
import { checkLevel, checkReport, type Expected, type Switch } from '../../faults/check';
import { FaultProxy, type ListenOptions } from '../../faults/fault-proxy';
import { openRigs, type Rig } from '../../faults/rig';

const PROVIDERS = ['realtimekit', '100ms', 'whereby', 'mediamelon'] as const;
const HAS_IPV6 = Object.values(networkInterfaces()).some((list) => list?.some(({ address }) => address === '::1'));

/** Below HTTP: names, addresses and certificates. The base URL of the connection is changed for them. */
describe('faults of the connection to a provider', () => {
  let rigs: Rig[] = [];
  let authority: Authority;
  const proxies: FaultProxy[] = [];
  let cases = 0;

  before(async function () {
    this.timeout(60_000);
    authority = await Authority.create();
    rigs = await openRigs(PROVIDERS);
  });
  after(async () => {
    await Promise.all([...proxies, ...rigs].map((one) => one.stop()));
    console.log(`      ${cases} cases of a provider and a place`);
  });

  async function listen(rig: Rig, options: ListenOptions): Promise<FaultProxy> {
    const proxy = new FaultProxy(rig.proxy.upstream, options);
    await proxy.start();
    proxies.push(proxy);
    return proxy;
  }

  /** Checks every place of every provider while its connection asks at another origin. */
  async function everywhere(expected: Expected, originFor: (rig: Rig) => Promise<string>): Promise<void> {
    const outcomes = await Promise.allSettled(
      rigs.map(async (rig) => {
        const origin = await originFor(rig);
        const turn: Switch = { on: () => rig.pointTo(origin), off: () => rig.pointTo(rig.proxy.origin) };
        await turn.off();
        // Where in the tree it happens makes no difference below HTTP: the top and the bottom stand for all.
        for (const level of [rig.levels.at(0), rig.levels.at(-1)])
          if (level) cases += (await checkLevel(rig, level, expected, turn)) ? 1 : 0;
        await checkReport(rig, expected, turn);
        cases++;
      }),
    );
    for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
  }

  const refused: [name: string, options: (ca: Authority) => Promise<ListenOptions>, code: RegExp][] = [
    [
      'a certificate of an authority that nobody knows',
      async (ca) => ({ identity: await ca.issue({ addresses: ['127.0.0.1'] }) }),
      /UNABLE_TO_VERIFY_LEAF_SIGNATURE|UNABLE_TO_GET_ISSUER/,
    ],
    ['a certificate that signs itself', selfSigned, /\w*SELF_SIGNED|UNABLE_TO_VERIFY/],
  ];
  for (const [name, options, code] of refused) {
    it(name, async () => {
      const text = new RegExp(`The certificate of 127\\.0\\.0\\.1:\\d+ was not accepted \\((${code.source})`);
      const seen: FaultProxy[] = [];
      await everywhere({ name, outcome: { kinds: ['Network'], text }, attempts: 1 }, async (rig) => {
        const proxy = await listen(rig, await options(authority));
        seen.push(proxy);
        return proxy.origin;
      });
      for (const proxy of seen) assert.equal(proxy.seen, 0, 'no request, and so no key, went to it');
    }).timeout(60_000);
  }

  describe('with the authority trusted', () => {
    let before: typeof globalAgent.options.ca;
    beforeEach(() => {
      before = globalAgent.options.ca;
      globalAgent.options.ca = authority.pem;
    });
    afterEach(() => {
      globalAgent.options.ca = before;
      globalAgent.destroy();
    });

    it('a certificate that is in order', async () => {
      const name = 'a certificate that is in order';
      await everywhere({ name, attempts: 1 }, async (rig) => {
        const identity = await authority.issue({ addresses: ['127.0.0.1'] });
        return (await listen(rig, { identity })).origin;
      });
    }).timeout(60_000);

    it('a certificate that has expired', async () => {
      const name = 'a certificate that has expired';
      const outcome = { kinds: ['Network' as const], text: /certificate .* not accepted \(CERT_HAS_EXPIRED\)/ };
      await everywhere({ name, outcome, attempts: 1 }, async (rig) => {
        const identity = await authority.issue({ addresses: ['127.0.0.1'], expired: true });
        return (await listen(rig, { identity })).origin;
      });
    }).timeout(60_000);

    it('a certificate of another host', async () => {
      const name = 'a certificate of another host';
      const outcome = {
        kinds: ['Network' as const],
        text: /certificate .* not accepted \(ERR_TLS_CERT_ALTNAME_INVALID\)/,
      };
      await everywhere({ name, outcome, attempts: 1 }, async (rig) => {
        const identity = await authority.issue({ names: ['other.example'] });
        return (await listen(rig, { identity })).origin;
      });
    }).timeout(60_000);
  });

  it('a name that cannot be found', async () => {
    const name = 'a name that cannot be found';
    const outcome = { kinds: ['Network' as const], text: /The name calls\.invalid could not be found/ };
    await everywhere({ name, outcome, attempts: 3 }, async () => 'https://calls.invalid');
  }).timeout(60_000);

  it('a port where nobody listens', async () => {
    const name = 'a port where nobody listens';
    const outcome = { kinds: ['Network' as const], text: /refused the connection \(ECONNREFUSED\)/ };
    await everywhere({ name, outcome, attempts: 3 }, async (rig) => {
      const proxy = new FaultProxy(rig.proxy.upstream);
      await proxy.start();
      const { origin } = proxy;
      await proxy.stop();
      return origin;
    });
  }).timeout(60_000);

  it('TLS where plain HTTP is spoken', async () => {
    const name = 'TLS where plain HTTP is spoken';
    const outcome = {
      kinds: ['Network' as const],
      text: /connection to 127\.0\.0\.1:\d+ broke \((EPROTO|ERR_SSL_\w+)\)/,
    };
    await everywhere({ name, outcome, attempts: 1 }, async (rig) => rig.proxy.origin.replace('http:', 'https:'));
  }).timeout(60_000);

  it('IPv6', async function () {
    if (!HAS_IPV6) this.skip();
    await everywhere({ name: 'IPv6', attempts: 1 }, async (rig) => (await listen(rig, { host: '::1' })).origin);
  }).timeout(60_000);
});

/** The authority's own certificate in the place of a server's. */
async function selfSigned(authority: Authority): Promise<ListenOptions> {
  const { key } = await authority.identity();
  return { identity: { key, cert: authority.pem } };
}
