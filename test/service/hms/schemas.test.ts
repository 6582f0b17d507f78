import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv/dist/2020.js';
import { decodeJwt, SignJWT } from 'jose';
import { FIXTURES } from '../../paths';
import type { Json } from '../json';
import { openSample } from './connection';
import { fixture } from './fixtures';

const NOW = Date.UTC(2025, 8, 10, 15, 20, 33, 512);
const DAY = 86_400_000;
const schema = JSON.parse(readFileSync(join(FIXTURES, 'hms', 'schemas', 'answers.json'), 'utf8'));
const ajv = new Ajv({ strict: true, allowUnionTypes: true, allErrors: true });
ajv.addSchema(schema);

/** What is wrong with an answer: empty when it fits. */
function problems(name: string, body: unknown): string[] {
  ajv.validate(`${schema.$id}#/$defs/${name}`, body);
  return (ajv.errors ?? []).slice(0, 5).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

function assertFits(name: string, body: unknown): void {
  assert.deepEqual(problems(name, body), [], `does not fit ${name}`);
}

describe('100ms: JSON schemas of its answers', () => {
  const published: [string, string][] = [
    ['rooms', 'rooms-list'],
    ['room', 'room'],
    ['sessions', 'sessions-list'],
    ['session', 'session'],
    ['active-room', 'active-room'],
    ['active-peers', 'active-room-peers'],
    ['active-peer', 'active-room-peer'],
    ['events', 'analytics-track-events'],
    ['events', 'analytics-error-events'],
    ['events', 'analytics-client.join.failed'],
    ['events', 'analytics-recording-events'],
    ['peer-stats', 'peer-stats'],
    ['webhooks', 'webhook-deliveries'],
    ['recordings', 'recordings-list'],
    ['recording', 'recording'],
    ['assets', 'recording-assets-list'],
    ['presigned-url', 'presigned-url'],
    ['error', 'error-401'],
  ];
  for (const [name, file] of published) it(`accept the published ${file}.json`, () => assertFits(name, fixture(file)));

  it('refuse what the examples are not', () => {
    const wrong = (name: string, file: string, change: (body: Json) => void): boolean => {
      const body = fixture(file);
      change(body);
      return problems(name, body).length > 0;
    };
    assert.ok(
      wrong('sessions', 'sessions-list', (body) => (body.data[0].peers = [])),
      'peers as a list',
    );
    assert.ok(wrong('sessions', 'sessions-list', (body) => delete body.limit));
    assert.ok(
      wrong('session', 'session', (body) => (body.created_at = 1662463021817)),
      'epoch time',
    );
    assert.ok(
      wrong('peer-stats', 'peer-stats', (body) => (body.publisher.video[0].time_series.timestamps[0] = 1738843560)),
      'seconds',
    );
    assert.ok(
      wrong('peer-stats', 'peer-stats', (body) => (body.publisher.audio[0].mos = 4)),
      'an invented field',
    );
    assert.ok(wrong('events', 'analytics-track-events', (body) => (body.events[0].type = 'track.muted')));
  });
});

describe('100ms: answers of the sample service', () => {
  let sample: Awaited<ReturnType<typeof openSample>>;
  let token: string;
  before(async () => {
    sample = await openSample(NOW);
    token = await sign({});
  });
  after(() => sample.stop());

  /** A token for the running service; `claims` replace those that it should have. */
  function sign(claims: Record<string, unknown>, secret = sample.secrets.appSecret ?? ''): Promise<string> {
    const now = Math.floor(Date.now() / 1000);
    const right = {
      access_key: sample.secrets.accessKey,
      type: 'management',
      version: 2,
      jti: 'x',
      iat: now - 60,
      nbf: now - 60,
      exp: now + 600,
    };
    return new SignJWT({ ...right, ...claims })
      .setProtectedHeader({ alg: 'HS256' })
      .sign(new TextEncoder().encode(secret));
  }
  async function send(path: string, init: RequestInit = {}): Promise<{ status: number; body: Json }> {
    const response = await fetch(`${sample.baseUrl}${path}`, {
      headers: { authorization: `Bearer ${token}` },
      ...init,
    });
    return { status: response.status, body: await response.json() };
  }
  async function get(path: string): Promise<Json> {
    const { status, body } = await send(path);
    assert.equal(status, 200, `${path}: ${JSON.stringify(body).slice(0, 200)}`);
    return body;
  }

  it('rooms and a room', async () => {
    for (const enabled of ['true', 'false']) {
      const list = await get(`/rooms?enabled=${enabled}&limit=100`);
      assertFits('rooms', list);
      for (const room of list.data.slice(0, 12)) assertFits('room', await get(`/rooms/${room.id}`));
    }
    assertFits('rooms', await get('/rooms?name=no+such+room'));
    assert.equal((await get('/rooms?name=no+such+room')).data, null);
  });

  it('sessions, their statistics and events, in every scene', async () => {
    const list = await get('/sessions?active=false&limit=100');
    assertFits('sessions', list);
    const seen = new Set<string>();
    for (const session of list.data) {
      if (seen.has(session.room_id)) continue;
      seen.add(session.room_id);
      assertFits('session', await get(`/sessions/${session.id}`));
      const events = await get(`/analytics/events?room_id=${session.room_id}&session_id=${session.id}&limit=100`);
      assertFits('events', events);
      assert.equal(new Set(events.events.map(({ id }: Json) => id)).size, events.events.length, 'each id once');
      for (const peer of Object.keys(session.peers).slice(0, 2)) {
        assertFits('peer-stats', await get(`/analytics/peer-stats?peer_id=${peer}&session_id=${session.id}`));
      }
    }
    assert.ok(seen.size >= 20, `${seen.size} rooms had sessions`);
    const failures = await get(
      `/analytics/events?room_id=${(await roomCalled('UDP blocked')).id}&error=true&limit=100`,
    );
    assertFits('events', failures);
    assert.ok(
      failures.events.some(({ data }: Json) => data.session_id === undefined),
      'some failures name no session',
    );
  }).timeout(60_000);

  it('live sessions have people in their room and no statistics', async () => {
    const list = await get('/sessions?active=true&limit=10');
    assertFits('sessions', list);
    for (const session of list.data) {
      assertFits('active-room', await get(`/active-rooms/${session.room_id}`));
      const { peers } = await get(`/active-rooms/${session.room_id}/peers`);
      assertFits('active-peers', { peers });
      for (const peer of Object.keys(peers)) {
        assert.ok(peer in session.peers && session.peers[peer].left_at === undefined);
        assertFits('active-peer', await get(`/active-rooms/${session.room_id}/peers/${peer}`));
        const { status, body } = await send(`/analytics/peer-stats?peer_id=${peer}&session_id=${session.id}`);
        assert.equal(status, 404);
        assertFits('error', body);
      }
    }
  });

  it('recordings, assets and webhook deliveries', async () => {
    const list = await get('/recordings?limit=20');
    assertFits('recordings', list);
    for (const { id } of list.data) assertFits('recording', await get(`/recordings/${id}`));
    const assets = await get('/recording-assets?limit=20');
    assertFits('assets', assets);
    const [{ id }] = assets.data;
    assertFits('asset', await get(`/recording-assets/${id}`));
    assertFits('presigned-url', await get(`/recording-assets/${id}/presigned-url?presign_duration=600`));
    const deliveries = await get('/analytics/webhooks?status=failed&limit=5');
    assertFits('webhooks', deliveries);
    assert.ok(deliveries.pagination.has_next);
    assertFits(
      'webhooks',
      await get('/analytics/webhooks?event_names=session.open.success&event_names=session.close.success&page=2'),
    );
  });

  it('walk by an exclusive start; last stands on the final page too', async () => {
    const from = new Date(NOW - 3 * DAY).toISOString();
    const whole: string[] = [];
    let start = '';
    for (;;) {
      const { data, last, limit } = await get(
        `/sessions?active=false&after=${from}&limit=10${start && `&start=${start}`}`,
      );
      if (data === null) break;
      whole.push(...data.map(({ id }: Json) => id));
      assert.equal(last, data.at(-1).id);
      start = last;
      if (data.length < limit) break;
    }
    assert.deepEqual(whole, [...new Set(whole)].sort().reverse());
    assert.deepEqual(
      whole.slice(0, 100),
      (await get(`/sessions?active=false&after=${from}&limit=100`)).data.map(({ id }: Json) => id),
    );
  });

  it('events walk as a snapshot whose next expires', async () => {
    const room = await roomCalled('Healthy call');
    const path = `/analytics/events?room_id=${room.id}&limit=40`;
    const first = await get(path);
    const ids: string[] = first.events.map(({ id }: Json) => id);
    let { next } = first;
    sample.clock.now = NOW + DAY - 1000;
    try {
      while (next !== '') {
        const page = await get(`${path}&start=${next}`);
        assert.equal(page.total, first.total, 'nothing new in a snapshot');
        ids.push(...page.events.map(({ id }: Json) => id));
        next = page.next;
      }
      assert.equal(new Set(ids).size, first.total);
      sample.clock.now = NOW + DAY + 1000;
      assert.equal((await send(`${path}&start=${first.next}`)).status, 400);
    } finally {
      sample.clock.now = NOW;
    }
  });

  it('refuse what 100ms refuses', async () => {
    const bad: [string, number][] = [
      ['/sessions?limit=9', 400],
      ['/sessions?limit=101', 400],
      ['/sessions?active=maybe', 400],
      ['/rooms?after=yesterday', 400],
      ['/analytics/events', 400],
      ['/analytics/events?room_id=x&type=unknown', 400],
      ['/analytics/peer-stats?peer_id=x', 400],
      [`/analytics/webhooks?start_time=${new Date(NOW - 31 * DAY).toISOString()}`, 400],
      ['/sessions/ffffffffffffffffffffffff', 404],
      ['/active-rooms/ffffffffffffffffffffffff', 404],
      ['/nothing', 404],
    ];
    for (const [path, expected] of bad) {
      const { status, body } = await send(path);
      assert.equal(status, expected, path);
      assert.equal(body.code, expected);
      assertFits('error', body);
    }
    assert.equal((await send('/rooms', { method: 'POST', headers: { authorization: `Bearer ${token}` } })).status, 405);
  });

  it('take a management token of this start only', async () => {
    const now = Math.floor(Date.now() / 1000);
    const tokens = [
      '',
      'x.y.z',
      await sign({}, 'another secret'),
      await sign({ type: 'app' }),
      await sign({ access_key: 'other' }),
      await sign({ exp: now - 1 }),
      await sign({ nbf: now + 600 }),
      `${token.split('.').slice(0, 2).join('.')}.`,
    ];
    for (const one of tokens) {
      const { status, body } = await send('/rooms', { headers: one ? { authorization: `Bearer ${one}` } : {} });
      assert.equal(status, 401, JSON.stringify(one && decodeSafely(one)));
      assertFits('error', body);
      assert.equal(body.message, fixture('error-401').message);
    }
  });

  it('are the same in every window and at every time, as long as nothing new happened', async () => {
    const other = await openSample(NOW);
    try {
      const key = await new SignJWT({ ...decodeJwt(token), access_key: other.secrets.accessKey })
        .setProtectedHeader({ alg: 'HS256' })
        .sign(new TextEncoder().encode(other.secrets.appSecret));
      const response = await fetch(`${other.baseUrl}/sessions?active=false&limit=100`, {
        headers: { authorization: `Bearer ${key}` },
      });
      assert.deepEqual(await response.json(), await get('/sessions?active=false&limit=100'));
    } finally {
      await other.stop();
    }
  });

  async function roomCalled(name: string): Promise<Json> {
    const { data } = await get(`/rooms?name=${encodeURIComponent(name)}&limit=100`);
    return data.find((room: Json) => room.name === name);
  }
});

function decodeSafely(token: string): unknown {
  try {
    return decodeJwt(token);
  } catch {
    return token;
  }
}
