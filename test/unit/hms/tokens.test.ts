import assert from 'node:assert/strict';
import { decodeProtectedHeader, jwtVerify } from 'jose';
import { Redactor } from '../../../src/core/redact';
import { lookAtToken, refuseToken } from '../../../src/providers/hms/token-look';
import { ManagementTokens } from '../../../src/providers/hms/tokens';
import { CANARY_ACCESS_KEY, CANARY_SECRET, KEY_PAIR, makeToken } from '../../service/hms/connection';

const HOUR_S = 3600;
const START = Date.UTC(2026, 0, 15, 12, 0, 0);

describe('100ms: management tokens', () => {
  let now = START;
  beforeEach(() => {
    now = START;
  });
  const signed = (redactor = new Redactor()) => new ManagementTokens(KEY_PAIR, redactor, () => now);
  const claimsOf = async (token: string, at = now) =>
    (await jwtVerify(token, new TextEncoder().encode(CANARY_SECRET), { currentDate: new Date(at) })).payload;

  it('are signed with HS256 and hold the claims that 100ms asks for, dated a minute back', async () => {
    const token = await signed().ready();
    assert.deepEqual(decodeProtectedHeader(token), { alg: 'HS256', typ: 'JWT' });
    const { jti, ...claims } = await claimsOf(token);
    assert.match(jti ?? '', /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    assert.deepEqual(claims, {
      access_key: CANARY_ACCESS_KEY,
      type: 'management',
      version: 2,
      iat: START / 1000 - 60,
      nbf: START / 1000 - 60,
      exp: START / 1000 + HOUR_S,
    });
    await assert.rejects(jwtVerify(token, new TextEncoder().encode('another secret'), { currentDate: new Date(now) }));
  });

  it('are kept until a minute before their end, then renewed', async () => {
    const tokens = signed();
    const first = await tokens.ready();
    now = START + (HOUR_S - 61) * 1000;
    assert.equal(await tokens.ready(), first);
    now = START + (HOUR_S - 60) * 1000;
    const second = await tokens.ready();
    assert.notEqual(second, first);
    assert.equal((await claimsOf(second)).exp, now / 1000 + HOUR_S);
    assert.equal(tokens.value, second);
  });

  it('are renewed once for all requests that were refused with the same one', async () => {
    const tokens = signed();
    const first = await tokens.ready();
    assert.deepEqual(await Promise.all([tokens.renew(first), tokens.renew(first)]), [true, true]);
    const second = tokens.value;
    assert.notEqual(second, first);
    assert.equal(await tokens.renew(first), true);
    assert.equal(tokens.value, second);
  });

  it('are masked everywhere, and so are the keys', async () => {
    const redactor = new Redactor();
    const tokens = signed(redactor);
    const token = await tokens.ready();
    const masked = redactor.mask(
      `${token} ${CANARY_ACCESS_KEY} ${CANARY_SECRET} ${token.split('').reverse().join('')}`,
    );
    for (const secret of [token, CANARY_ACCESS_KEY, CANARY_SECRET]) assert.ok(!masked.includes(secret));
  });

  it('that are ready made are used as they are and cannot be renewed', async () => {
    const tokens = new ManagementTokens({ managementToken: 'opaque-token' }, new Redactor(), () => now);
    assert.equal(await tokens.ready(), 'opaque-token');
    assert.equal(await tokens.renew('opaque-token'), false);
    assert.equal(tokens.renewable, false);
  });

  it('for joining a room are recognised and refused, and so are expired ones', async () => {
    const future = START / 1000 + HOUR_S;
    for (const [token, expected] of [
      [await makeToken('app', future), /app token, with which people join a room/],
      [await makeToken('management', START / 1000 - 1), /expired on 2026-01-15T11:59Z/],
    ] as const) {
      const tokens = new ManagementTokens({ managementToken: token }, new Redactor(), () => now);
      await assert.rejects(tokens.ready(), { kind: 'Auth', text: expected });
      assert.match(refuseToken(token, now) ?? '', expected);
      assert.ok(!refuseToken(token, now)?.includes(token));
    }
    assert.equal(refuseToken(await makeToken('management', future), now), undefined);
  });

  it('are looked into without trust', () => {
    const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
    assert.deepEqual(lookAtToken(`x.${part({ type: 7, exp: 'soon' })}.y`), {});
    assert.deepEqual(lookAtToken(`x.${part({ type: 'app', exp: 12 })}.y`), { type: 'app', expiresAt: 12_000 });
    for (const text of ['', 'a.b', 'a.b.c', `x.${part(null)}.y`, `x.${part('text')}.y`]) {
      assert.equal(lookAtToken(text), undefined, text);
    }
    assert.match(refuseToken(`x.${part({ exp: -1e300 })}.y`, now) ?? '', /^Management token: it expired\./);
  });

  it('need a token or a whole pair of keys', async () => {
    for (const secrets of [{}, { accessKey: 'a' }, { appSecret: 's' }]) {
      const tokens = new ManagementTokens(secrets as Record<string, string>, new Redactor(), () => now);
      await assert.rejects(tokens.ready(), { kind: 'Auth' });
    }
  });
});
