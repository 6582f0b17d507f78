import assert from 'node:assert/strict';
import type { ConnectionRecord } from '../../../src/connections/record';
import type { Participant, Room, Session } from '../../../src/core/model';
import type { Page } from '../../../src/core/page';
import { disposeReportReader } from '../../../src/providers/index';
import { dateTime } from '../../../src/tree/call-facts';
import { CallTreeModel } from '../../../src/tree/model';
import type { CallNode } from '../../../src/tree/nodes';
import { lookOf } from '../../../src/tree/present';
import { tooltipOf } from '../../../src/tree/tooltip';
import { ScriptedServer } from '../http/server';
import { ACCOUNT, connect } from '../realtimekit/connection';
import { converted, ENDPOINTS, type Endpoint, type Field, markedAnswer } from '../realtimekit/field-table';
import { markedRows } from './marked';

const NOW = Date.UTC(2024, 4, 7, 12);
const MINUTE_MS = 60_000;

/** The endpoints whose fields stand in the tree, by the kind of row. */
const LISTS = { app: 'Apps', room: 'Meetings', session: 'Sessions', participant: 'Session participants' } as const;

const endpoint = (name: string) => ENDPOINTS.find((one) => one.name === name) as Endpoint;

describe('the table of RealtimeKit’s fields, in the tree', () => {
  const server = new ScriptedServer();
  before(() => server.start());
  after(async () => {
    await disposeReportReader();
    await server.stop();
  });

  /** Every row from the connection down to a participant, read from marked answers. */
  async function rowsOf(flag: boolean): Promise<{ model: CallTreeModel; rows: Map<string, CallNode> }> {
    server.always(({ path }) => {
      const name = path.endsWith('/apps')
        ? LISTS.app
        : path.endsWith('/meetings')
          ? LISTS.room
          : path.endsWith('/sessions')
            ? LISTS.session
            : LISTS.participant;
      return { body: markedAnswer(endpoint(name), flag).body };
    });
    const record: ConnectionRecord = {
      id: 'c1',
      provider: 'realtimekit',
      label: 'Test',
      settings: { accountId: ACCOUNT },
    };
    const { provider } = connect(server);
    const model = new CallTreeModel(
      {
        records: () => [record],
        provider: async () => provider,
        settings: () => ({ pageSize: 25, sessionWindowDays: 7 }),
        log: () => undefined,
      },
      () => NOW,
    );
    const rows = new Map<string, CallNode>();
    const child = async (parent: CallNode | undefined, fits: (node: CallNode) => boolean): Promise<CallNode> => {
      const found = (await model.children(parent)).find(fits);
      assert.ok(found, `below ${parent?.key}`);
      rows.set(found.kind === 'group' ? found.group : found.kind, found);
      return found;
    };
    const app = await child(await child(undefined, ({ kind }) => kind === 'connection'), ({ kind }) => kind === 'app');
    await child(
      await child(app, (node) => node.kind === 'group' && node.group === 'rooms'),
      ({ kind }) => kind === 'room',
    );
    const recent = await child(app, (node) => node.kind === 'group' && node.group === 'recent');
    await child(await child(recent, ({ kind }) => kind === 'session'), ({ kind }) => kind === 'participant');
    return { model, rows };
  }

  it('every field stands at its place: flags both ways, the others in a live or an ended session', async () => {
    const missing = new Map<string, string[]>();
    for (const flag of [true, false]) {
      const { model, rows } = await rowsOf(flag);
      for (const [kind, name] of Object.entries(LISTS)) {
        const { markers } = markedAnswer(endpoint(name), flag);
        for (const field of endpoint(name).fields) {
          const sibling = (other: string) => markers.get(field.path.replace(/[^.]+$/, other));
          const wanted = spellings(field, converted(field, markers.get(field.path), sibling));
          for (const place of (field.shown ?? []).filter((one) => one.startsWith('tree:'))) {
            const line = `${name} ${field.path}${field.as ? ` (${field.as})` : ''} at ${place}`;
            const found = missing.get(line) ?? [];
            missing.set(line, found);
            const text = textAt(model, rows, kind, field, place);
            if (!wanted.some((spelling) => text.includes(spelling))) {
              found.push(`${line}, flags ${flag}: no ${wanted.join(' or ')} in ${text}`);
            }
          }
        }
      }
    }
    assert.ok(missing.size > 40, `${missing.size} places`);
    const isFlag = (line: string): boolean => line.includes('yes or no');
    const lost = [...missing].filter(([line, notes]) => notes.length > (isFlag(line) ? 0 : 1));
    assert.deepEqual(lost, []);
  });
});

describe('the tables of the other providers’ fields, in the tree', () => {
  const server = new ScriptedServer();
  const now = Date.now();
  before(() => server.start());
  after(async () => {
    await disposeReportReader();
    await server.stop();
  });
  let looked = 0;

  const all = markedRows();
  for (const { provider, name } of all.filter(({ flag }) => flag)) {
    it(`${provider}, ${name}: every field stands at its place`, async () => {
      const runs = all.filter((each) => each.provider === provider && each.name === name);
      const lost = new Map<string, string[]>();
      for (const { call, flag, fields, load } of runs) {
        server.reset();
        const { model, expected } = await load(server);
        const nodes = nodesOf(model, call);
        for (const field of fields) {
          for (const place of (field.shown ?? []).filter((one) => one.startsWith('tree:'))) {
            looked += 1;
            const line = `${field.path}${field.as ? ` (${field.as})` : ''} at ${place}`;
            const notes = lost.get(line) ?? [];
            lost.set(line, notes);
            const wanted = spellings(field, expected(field), now);
            const text = nodes.map((node) => textOf(node, provider === 'mediamelon', place, now)).join('\n');
            if (!wanted.some((spelling) => text.includes(spelling))) {
              notes.push(`${line}, flags ${flag}: no ${wanted.join(' or ')} in ${text}`);
            }
          }
        }
      }
      // A time may be told of a live session only, or of an ended one; a flag is told both ways.
      const allowed = (line: string): number => (line.includes('yes or no') ? 0 : runs.length - 1);
      assert.deepEqual(
        [...lost].filter(([line, notes]) => notes.length > allowed(line)).map(([, notes]) => notes),
        [],
      );
    });
  }

  it('are all looked through', () => {
    assert.ok(looked > 150, `${looked} places`);
  });
});

/** The rows that a result of the provider becomes; sessions as they stand below "Recent sessions" and below their room. */
function nodesOf(model: unknown, call: string): CallNode[] {
  type Row = Room & Session & Participant;
  const page = model as Partial<Page<Row>>;
  const items = page.items ?? [model as Row];
  const parent: CallNode = { kind: 'group', group: 'recent', key: 'g', parent: undefined, connectionId: 'c1' };
  const below = { connectionId: 'c1', parent };
  const room = (item: Room): CallNode => ({ kind: 'room', key: `r${item.id}`, ...below, room: item });
  const session = (item: Session, under: CallNode): CallNode => ({
    kind: 'session',
    key: `s${item.id}`,
    parent: under,
    ref: { connectionId: 'c1', sessionId: item.id },
    session: item,
  });
  const nodes = items.flatMap((item): CallNode[] => {
    switch (call) {
      case 'listRooms':
      case 'oneRoom':
        return [room(item)];
      case 'listParticipants':
      case 'activePeers': {
        const ref = { connectionId: 'c1', sessionId: 's1', participantId: item.id };
        return [{ kind: 'participant', key: `p${item.id}`, parent, ref, participant: item, stay: 1 }];
      }
      default:
        return [session(item, parent), session(item, room({ id: 'r', name: 'r' }))];
    }
  });
  const { total } = page;
  return total === undefined
    ? nodes
    : [...nodes, { kind: 'loadMore', key: 'more', parent, shown: items.length, total }];
}

function textOf(node: CallNode, playback: boolean, place: string, now: number): string {
  if (place === 'tree:tooltip') return (tooltipOf(node, now, playback) ?? '').replace(/\\(.)/g, '$1');
  const look = lookOf(node, { now, sessionWindowDays: 7, playback });
  // Where the icon tells a state, it is told in words to those who do not see it.
  return place === 'tree:label' ? `${look.label} ${look.spoken}` : `${look.label} ${look.description}`;
}

/** What a person reads at a place of the tree. The total of a list stands on the row above it. */
function textAt(
  model: CallTreeModel,
  rows: ReadonlyMap<string, CallNode>,
  kind: string,
  { path }: Field,
  place: string,
): string {
  const row = path.endsWith('total_count') ? rows.get(kind)?.parent : rows.get(kind);
  assert.ok(row, `${kind}: ${path}`);
  if (place === 'tree:tooltip') return (tooltipOf(row, NOW) ?? '').replace(/\\(.)/g, '$1');
  const look = lookOf(row, { now: NOW, sessionWindowDays: 7, counts: model.counts(row) });
  // Where a list has more rows than are shown, "Load more" tells the total too.
  const more = path.endsWith('total_count')
    ? [...model.known()].find((node) => node.kind === 'loadMore' && node.parent === row)
    : undefined;
  const rest = more ? ` ${lookOf(more, { now: NOW, sessionWindowDays: 7 }).description}` : '';
  return place === 'tree:label' ? look.label : `${look.label} ${look.description}${rest}`;
}

/** How a value may be written. A time that only makes a duration with its other end is looked for as that. */
function spellings({ type, path }: Field, value: unknown, now = NOW): string[] {
  if ((type === 'time' || type === 'epoch s') && typeof value === 'number') {
    const full = new Date(value).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'long' });
    const part = /(?:ended_?at|left_?at|joined_?at|started_?at|endtime)$/i.test(path);
    return [full, dateTime(value, now), ...(part ? [' min'] : [])];
  }
  if (typeof value === 'number') {
    return type === 'minutes' || path.endsWith('duration')
      ? [`${Math.round(value / MINUTE_MS)} min`]
      : [String(value), value.toFixed(1)];
  }
  // A session without a name goes by the first of its id.
  return type === 'id' ? [String(value), `Session ${String(value).slice(0, 8)}`] : [String(value)];
}
