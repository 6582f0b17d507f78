import assert from 'node:assert/strict';
import { disposeReportReader } from '../../../src/providers/index';
import { checkLines, lostFields } from '../field-checks';
import { type Recorded, type Scripted, ScriptedServer } from '../http/server';
import type { Json } from '../json';
import { connect, PREFIX } from './connection';
import {
  answer,
  CALLS,
  converted,
  ENDPOINTS,
  iso,
  NOW,
  READ,
  ROOM_ID,
  SESSION,
  STATS,
  same,
  surroundings,
} from './field-table';
import { fixture, routes } from './fixtures';

const PLACE =
  /^(tree:(label|description|tooltip)|panel:(header|streams|summary|client|events|participant|charts(?::(\w+))?))$/;

describe('the table of 100ms’ parameters and fields', () => {
  const server = new ScriptedServer();
  before(() => server.start());
  after(async () => {
    await disposeReportReader();
    await server.stop();
  });
  beforeEach(() => server.reset());

  it('is complete in itself: each line is sent, shown, or stands aside for a reason', () => {
    for (const endpoint of ENDPOINTS) {
      const { name, path, call, standing: aside, reason: why, parameters, fields } = endpoint;
      assert.match(path, /^\//);
      assert.ok(call ? !aside && call in CALLS : aside === 'not used' && (why?.length ?? 0) > 20, name);
      for (const lines of [parameters.map((one) => one.name), fields.map((one) => one.path)]) {
        assert.equal(new Set(lines).size, lines.length, `${name}: a line stands twice`);
      }
      checkLines(endpoint, PLACE);
    }
  });

  it('has every field of the published examples', () => {
    const examples: Record<string, [file: string, prefix: string][]> = {
      Rooms: [['rooms-list', '']],
      Room: [['room', '']],
      Sessions: [['sessions-list', '']],
      Session: [['session', '']],
      'People of an active room': [
        ['active-room-peers', ''],
        ['active-room-peer', 'peers.*.'],
      ],
      Events: [
        'analytics-track-events',
        'analytics-error-events',
        'analytics-client.join.failed',
        'analytics-recording-events',
      ].map((file) => [file, '']),
      'Peer quality': [['peer-stats', '']],
      'Webhook deliveries': [['webhook-deliveries', '']],
      Recordings: [['recordings-list', '']],
      'Recording assets': [['recording-assets-list', '']],
    };
    for (const [name, files] of Object.entries(examples)) {
      const listed = ENDPOINTS.find((one) => one.name === name)?.fields.map(({ path }) => bare(path)) ?? [];
      for (const [file, prefix] of files) {
        // A line stands for all that is below it, and `*` for any key.
        const missing = leaves(fixture(file), prefix)
          .map(bare)
          .filter((path) => !listed.some((line) => `${path}.`.startsWith(`${line}.`)));
        const below = missing.filter(
          (path) => !/\.(resolution|num_layers|max_width|max_height|audio|video|devices)\b/.test(path),
        );
        assert.deepEqual([...new Set(below)], [], `${name}: ${file}`);
      }
    }
  });

  it('every parameter that is said to be sent is on the wire, and no other', async () => {
    server.always(pages);
    for (const call of Object.values(CALLS)) await call(connect(server).provider);
    for (const endpoint of READ) {
      const path = endpoint.path.replace(/\{\w+\}/g, '[^/]+');
      const asked = server.requests.filter((request) => new RegExp(`^${PREFIX}${path}$`).test(request.path));
      assert.ok(asked.length > 0 || endpoint.call === 'activePeers', endpoint.name);
      const seen = new Set(asked.flatMap(({ query }) => [...query.keys()]));
      const expected = endpoint.parameters.filter(({ sent }) => sent).map(({ name }) => name);
      assert.deepEqual([...seen].sort(), expected.sort(), endpoint.name);
    }
    const paths = READ.map(({ path }) => new RegExp(`^${PREFIX}${path.replace(/\{\w+\}/g, '[^/]+')}$`));
    for (const { path, method } of server.requests) {
      assert.equal(method, 'GET');
      assert.ok(
        paths.some((one) => one.test(path)),
        `${path} is not in the table`,
      );
    }
  });

  for (const endpoint of READ) {
    for (const flag of [true, false]) {
      it(`${endpoint.name}: every field that is shown reaches the model, flags ${flag}`, async () => {
        const { body, markers } = answer(endpoint, flag);
        server.always(routes(surroundings(endpoint, body)));
        const model = await CALLS[endpoint.call ?? '']?.(connect(server).provider);
        const lost = lostFields(
          endpoint.fields,
          model,
          (field) => converted(field, markers.get(field.path)),
          (actual, expected, { as }) =>
            same(actual, expected, as === 'part of the text' || as === 'kilobytes in the text'),
        );
        assert.deepEqual(lost, []);
      });
    }
  }
});

/** A path without its signs for lists. */
function bare(path: string): string {
  return path.replaceAll('[]', '');
}

/** Every list has a second page. */
function pages({ path, query }: Recorded): Scripted {
  const start = query.get('start');
  const list = (row: object) => ({
    body: start === null ? { limit: 1, data: [row], last: 'x' } : { limit: 1, data: null },
  });
  switch (path.slice(PREFIX.length)) {
    case '/rooms':
      return list({ id: 'r1' });
    case '/sessions':
      return list({ id: 's9' });
    case '/recordings':
      return list({ id: 'x' });
    case '/recording-assets':
      return list({ id: 'x', type: 'chat', status: 'completed' });
    case '/recording-assets/x/presigned-url':
      return { body: { id: 'x', url: '' } };
    case '/sessions/s1':
      return { body: SESSION };
    case '/analytics/peer-stats':
      return { body: STATS };
    case '/analytics/events':
      return {
        body: {
          limit: 1,
          next: start === null ? 'n' : '',
          events: [{ id: `e${start}`, timestamp: iso(NOW), type: 'track.add.success', data: { peer_id: 'p1' } }],
        },
      };
    case '/analytics/webhooks':
      return { body: { events: [], pagination: { has_next: query.get('page') === '1' } } };
    default:
      return { body: { id: ROOM_ID } };
  }
}

/** Paths of all values; ids as keys become `*`. */
function leaves(value: Json, prefix: string): string[] {
  if (typeof value !== 'object' || value === null) return [prefix.replace(/\.$/, '')];
  if (Array.isArray(value)) {
    const inside = value.flatMap((item) => leaves(item, `${prefix.replace(/\.$/, '')}[].`));
    return inside.length > 0 ? inside : [prefix.replace(/\.$/, '')];
  }
  const entries = Object.entries(value);
  if (entries.length === 0) return [prefix.replace(/\.$/, '')];
  return entries.flatMap(([key, inner]) =>
    leaves(inner, `${prefix}${/^[0-9a-f]{8}-[0-9a-f-]+$/.test(key) ? '*' : key}.`),
  );
}
