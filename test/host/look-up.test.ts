import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { PeerscopeApi } from '../../src/api';
import type { SessionRef } from '../../src/core/ids';
import type { Session } from '../../src/core/model';
import { findRow } from '../../src/tree/reveal';
import { type Added, activateExtension, type CountedService, removeAll, run, startCountedService } from './support';

const UNKNOWN = '8f14e45f-ceea-467a-9c3a-2f6f5b1d7c10';

/** A session of an app with hundreds, far down its list, without a row of it ever being opened. */
async function farDown(
  api: PeerscopeApi,
  connectionId: string,
  page: number,
): Promise<{ ref: SessionRef; session: Session }> {
  const { items: apps } = await api.apps({ connectionId });
  for (const app of apps) {
    let cursor: string | undefined;
    for (let count = 1; ; count++) {
      const { items, next } = await api.sessions({ connectionId, appId: app.id, live: false, pageSize: 20, cursor });
      const session = items.at(-1);
      if (session && count === page) {
        return { ref: { connectionId, appId: app.id, roomId: session.roomId, sessionId: session.id }, session };
      }
      if (next === undefined) break;
      cursor = next;
    }
  }
  throw new assert.AssertionError({ message: `No list has ${page} pages.` });
}

describe('look-up by command', () => {
  let api: PeerscopeApi;
  let service: CountedService;
  let connectionId: string;

  before(async () => {
    api = await activateExtension();
    await removeAll(api);
    service = await startCountedService();
  });
  beforeEach(async () => {
    const input = { provider: 'realtimekit', settings: service.settings, secrets: service.secrets, skipCheck: true };
    connectionId = (await run<Added>('addConnection', input)).id;
  });
  afterEach(() => removeAll(api));
  after(() => service.stop());

  const lookUp = (argument: unknown) => run<SessionRef[]>('lookUpSession', argument);

  it('finds a session on page 30 of a list that was never opened, with one request an app', async () => {
    const { ref } = await farDown(api, connectionId, 30);
    const apps = (await api.apps({ connectionId })).items;
    service.requests.length = 0;
    assert.deepEqual(await lookUp(ref.sessionId), [ref]);
    assert.equal(service.requests.length, 1 + apps.length, service.requests.join('\n'));
    service.requests.length = 0;
    assert.deepEqual(await lookUp({ id: ref.sessionId }), [ref]);
    assert.equal(service.requests.length, apps.length, 'the apps are not asked for again');
    assert.deepEqual(await api.findSession(ref.sessionId), [ref]);
  });

  it('takes an address, text, a participant and a meeting', async () => {
    const { ref } = await farDown(api, connectionId, 3);
    const { settings } = service;
    const url = `${settings.baseUrl}/accounts/${settings.accountId}/realtime/kit/${ref.appId}/sessions/${ref.sessionId}`;
    service.requests.length = 0;
    assert.deepEqual(await lookUp(url), [ref]);
    assert.equal(service.requests.length, 1, 'the address names the app');
    assert.deepEqual(await lookUp(`WARN session=${ref.sessionId} ICE failed`), [ref]);

    const [participant] = (await api.participants(ref)).items;
    const { roomId: _room, ...bare } = ref;
    const found = await lookUp(participant?.id);
    assert.deepEqual(
      found.map(({ roomId: _, ...rest }) => rest),
      [bare],
    );

    const inRoom = await lookUp(ref.roomId);
    assert.ok(inRoom.length > 1);
    assert.deepEqual([...new Set(inRoom.map(({ roomId }) => roomId))], [ref.roomId]);
  });

  it('finds nothing under an unknown id, and says nothing of it', async () => {
    assert.deepEqual(await lookUp(UNKNOWN), []);
    assert.deepEqual(await api.findSession(UNKNOWN), []);
  });

  it('asks only the connections that are named', async () => {
    const { ref } = await farDown(api, connectionId, 1);
    const input = {
      provider: 'realtimekit',
      settings: service.settings,
      secrets: { apiToken: 'outdated' },
      skipCheck: true,
    };
    const other = await run<Added>('addConnection', input);
    assert.deepEqual(await lookUp(ref.sessionId), [ref], 'one that fails holds up no other');
    assert.deepEqual(await lookUp({ id: ref.sessionId, connectionIds: [connectionId] }), [ref]);
    await assert.rejects(async () => lookUp({ id: ref.sessionId, connectionIds: [other.id] }), /^Error: Auth: /);
    await assert.rejects(
      async () => lookUp({ id: ref.sessionId, connectionIds: ['nope'] }),
      /^Error: NotFound: .*nope/,
    );
  });

  it('names what is wrong with an argument', async () => {
    for (const argument of ['', '   ', { id: 5 }, {}, { id: 'x'.repeat(3000) }, { id: UNKNOWN, connectionIds: 'x' }]) {
      await assert.rejects(
        async () => lookUp(argument),
        /^Error: BadInput: (id|connectionIds): /,
        JSON.stringify(argument),
      );
    }
    await assert.rejects(
      async () => lookUp('https://acme.app.100ms.live/meeting/abc-defg-hij'),
      /BadInput: id: .*join/,
    );
  });

  it('copies a link to a session or a participant', async () => {
    const ref = { connectionId, appId: 'app-1', sessionId: UNKNOWN };
    const scheme = vscode.env.uriScheme;
    const link = `${scheme}://peerscope.peerscope/session?provider=realtimekit&id=${UNKNOWN}&app=app-1`;
    assert.equal(await run('copyLink', ref), link);
    assert.equal(await vscode.env.clipboard.readText(), link);
    assert.equal(await run('copyLink', { ...ref, participantId: 'p1' }), `${link}&participant=p1`);
    assert.doesNotMatch(link, new RegExp(connectionId));
    await assert.rejects(async () => run('copyLink', { ...ref, sessionId: 'a b' }), /^Error: BadInput: /);
    await assert.rejects(async () => run('copyLink', {}), /^Error: BadInput: /);
  });

  it('gets to a row that was never loaded, reading no further than it must', async () => {
    const { model } = api.tree;
    const { ref, session } = await farDown(api, connectionId, 4);
    const signal = new AbortController().signal;
    let pages = 0;
    const row = await findRow(model, ref, { session, signal, onPage: () => pages++ });
    assert.equal(row?.kind === 'session' && row.ref.sessionId, ref.sessionId);
    assert.ok(pages > 0 && pages <= 4, `${pages} further pages`);
    service.requests.length = 0;
    assert.equal(await findRow(model, ref, { session, signal }), row);
    assert.deepEqual(service.requests, [], 'a row that is there costs nothing');

    const [participant] = (await api.participants(ref)).items;
    const person = await findRow(model, { ...ref, participantId: participant?.id ?? '' }, { session, signal });
    assert.equal(person?.kind === 'participant' && person.parent, row);
  });

  it('gets to a row older than the recent ones through its room', async () => {
    const { items } = await api.apps({ connectionId });
    const old = Date.now() - 20 * 86_400_000;
    const appId = items[0]?.id;
    const [session] = (
      await api.sessions({ connectionId, appId, to: old, pageSize: 1, sortBy: 'createdAt', sortOrder: 'descending' })
    ).items;
    assert.ok(session?.roomId);
    const ref = { connectionId, appId, roomId: session.roomId, sessionId: session.id };
    const row = await findRow(api.tree.model, ref, { session, signal: new AbortController().signal });
    assert.equal(row?.kind === 'session' && row.parent?.kind, 'room');
  });

  it('gives up on a row that is nowhere', async () => {
    const { ref, session } = await farDown(api, connectionId, 1);
    const options = { session, signal: new AbortController().signal };
    assert.equal(await findRow(api.tree.model, { ...ref, sessionId: UNKNOWN, roomId: undefined }, options), undefined);
    assert.equal(await findRow(api.tree.model, { ...ref, connectionId: 'nope' }, options), undefined);
    assert.equal(await findRow(api.tree.model, { ...ref, appId: 'nope' }, options), undefined);
  });
});

describe('ids in editors', () => {
  let api: PeerscopeApi;
  const OBJECT_ID = '64a1b2c3d4e5f60718293a4b';
  const LINE = `10:42:07 WARN session=${UNKNOWN} left (a) [b](c), <img src=x> $(trash)`;

  before(async () => {
    api = await activateExtension();
    await removeAll(api);
    await run('addConnection', {
      provider: 'realtimekit',
      settings: { accountId: '0'.repeat(32) },
      secrets: { apiToken: 'x' },
      skipCheck: true,
    });
  });
  const turn = (on: boolean | undefined) =>
    vscode.workspace.getConfiguration('peerscope').update('editorLinks', on, vscode.ConfigurationTarget.Global);
  afterEach(async () => {
    await turn(undefined);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });
  after(() => removeAll(api));

  const open = (content: string, language = 'log') => vscode.workspace.openTextDocument({ content, language });
  const links = async ({ uri }: vscode.TextDocument) =>
    (await vscode.commands.executeCommand<vscode.DocumentLink[]>('vscode.executeLinkProvider', uri, 100)).filter(
      ({ target }) => target?.scheme === 'command',
    );
  const settled = async (document: vscode.TextDocument, count: number) => {
    for (let tries = 0; tries < 100; tries++) {
      const found = await links(document);
      if (found.length === count) return found;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    return links(document);
  };

  it('are left alone unless the setting is on', async () => {
    const document = await open(LINE);
    assert.deepEqual(await links(document), []);
    await turn(true);
    assert.equal((await settled(document, 1)).length, 1);
    await turn(false);
    assert.equal((await settled(document, 0)).length, 0);
  });

  it('become links to one command, with the line that they stand in', async () => {
    await turn(true);
    for (const language of ['log', 'markdown', 'plaintext']) {
      const [link] = await settled(await open(`first\n${LINE}`, language), 1);
      assert.deepEqual([link?.range.start.line, link?.range.start.character, link?.range.end.character], [1, 22, 58]);
      assert.ok(link?.target);
      assert.equal(link.target.path, 'peerscope.lookUpSelection');
      assert.deepEqual(JSON.parse(link.target.query), [{ id: UNKNOWN, text: LINE }]);
    }
    assert.equal((await settled(await open(LINE, 'json'), 0)).length, 0, 'other languages are left alone');
  });

  it('are links only where a connection can hold them', async () => {
    await turn(true);
    const found = await settled(await open(`${OBJECT_ID} ${UNKNOWN}`), 1);
    assert.equal(found.length, 1, 'nobody here has ids of 24 digits');
  });

  it('tell on hover what they are, as Markdown that may run that one command', async () => {
    await turn(true);
    const document = await open(LINE);
    await settled(document, 1);
    const at = new vscode.Position(0, 30);
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      document.uri,
      at,
    );
    const [text] = hovers.flatMap(({ contents }) => contents) as vscode.MarkdownString[];
    assert.match(text?.value ?? '', /Can be an id of RealtimeKit/);
    assert.match(text?.value ?? '', /\[Look Up in Peerscope\]\(command:peerscope\.lookUpSelection\?/);
    assert.doesNotMatch(text?.value ?? '', /<img|\$\(trash\)|\(a\)|\[b\]/);
    assert.deepEqual(text?.isTrusted, { enabledCommands: ['peerscope.lookUpSelection'] });
  });

  it('are no links in a document above 5 MB, and the hover is there all the same', async () => {
    await turn(true);
    const document = await open(`${LINE}\n${'x'.repeat(99).concat('\n').repeat(50_001)}`);
    assert.equal((await links(document)).length, 0);
    const at = new vscode.Position(0, 30);
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      document.uri,
      at,
    );
    assert.equal(hovers.length, 1);
  });
});
