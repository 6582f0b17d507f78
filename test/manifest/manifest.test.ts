import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../paths';

interface MenuItem {
  command: string;
  when?: string;
}

const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
const { contributes } = manifest;
const commands: { command: string; title: string; category?: string; icon?: string }[] = contributes.commands;
const menus: Record<string, MenuItem[]> = contributes.menus;

const source = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.tsx?$/.test(name))
  .map((name) => readFileSync(join(ROOT, 'src', name), 'utf8'))
  .join('\n');

/** Menus whose entries are about the thing that was clicked. */
const ROW_MENUS = ['view/item/context', 'webview/context'];

/** Commands of rows that ask which connection or session is meant, or take the open page, when there is no row. */
const ASKS_FOR_WHAT_LACKS = new Set([
  ...['editConnection', 'removeConnection', 'testConnection'],
  ...['openChat', 'openSummary', 'generateSummary', 'openRecordings'],
]);

describe('manifest', () => {
  it('has the names that others rely on', () => {
    assert.equal(`${manifest.publisher}.${manifest.name}`, 'peerscope.peerscope');
    assert.equal(manifest.displayName, 'Peerscope');
    assert.equal(manifest.engines.vscode, '^1.100.0');
    assert.equal(contributes.viewsContainers.activitybar[0].id, 'peerscope');
    assert.equal(contributes.views.peerscope[0].id, 'peerscope.calls');
  });

  it('types VS Code at the version of the engine', () => {
    assert.equal(`^${manifest.devDependencies['@types/vscode']}`, manifest.engines.vscode);
  });

  it('gives every command a category, a title and an icon', () => {
    const lacking = commands.filter(({ title, category, icon }) => !title || category !== 'Peerscope' || !icon);
    assert.deepEqual(lacking, []);
    assert.equal(new Set(commands.map(({ command }) => command)).size, commands.length);
  });

  it('registers every command that it declares, and declares every command that it registers', () => {
    const registered = [...source.matchAll(/commands\.add\('(peerscope\.\w+)'/g)].map(([, id]) => id as string);
    assert.deepEqual(registered.toSorted(), commands.map(({ command }) => command).toSorted());
  });

  it('uses only declared commands in menus, welcome views, walkthroughs and code', () => {
    const declared = new Set(commands.map(({ command }) => command));
    const inMenus = Object.values(menus).flatMap((items) => items.map(({ command }) => command));
    const words = readFileSync(join(ROOT, 'package.nls.json'), 'utf8');
    // VS Code makes a command for each view that gives it the focus.
    const inWords = [...words.matchAll(/command:(peerscope\.[\w.]+)/g)].filter(([, id]) => !id?.endsWith('.focus'));
    assert.ok(inWords.length >= 2);
    const inCode = source.matchAll(/(?:executeCommand|runCommand|id:)\(?\s*'(peerscope\.\w+)'/g);
    const used = [...inMenus, ...[...inWords, ...inCode].map(([, id]) => id as string)];
    assert.deepEqual(
      used.filter((id) => !declared.has(id)),
      [],
    );
  });

  it('hides commands that need a row from the palette', () => {
    const inPalette = new Map((menus.commandPalette ?? []).map(({ command, when }) => [command, when]));
    const places = (id: string) =>
      Object.keys(menus).filter(
        (menu) => menu !== 'commandPalette' && menus[menu]?.some(({ command }) => command === id),
      );
    const ofRows = commands
      .map(({ command }) => command)
      .filter((id) => places(id).length > 0 && places(id).every((menu) => ROW_MENUS.includes(menu)));
    assert.ok(ofRows.length > 15, `${ofRows.length} commands of rows`);
    const loose = ofRows.filter((id) => !inPalette.has(id) && !ASKS_FOR_WHAT_LACKS.has(id.replace('peerscope.', '')));
    assert.deepEqual(loose, []);
    for (const id of ['loadMore', 'openParticipant', 'openSession', 'copyId', 'showBreakoutRooms', 'clearFilter']) {
      assert.equal(inPalette.get(`peerscope.${id}`), 'false', id);
    }
    // Whoever stands in the palette under a condition can be run there; an entry without one says nothing.
    assert.ok([...inPalette.values()].every(Boolean));
  });

  it('tests context values in menus that rows really have', () => {
    const used = Object.values(menus)
      .flat()
      .flatMap(({ when = '' }) => [...when.matchAll(/viewItem =~ \/(.+?)\//g)].map(([, pattern]) => pattern as string));
    const values = [
      ...[
        'provider',
        'connection',
        'connection+sample',
        'connection+keyMissing',
        'app',
        'room',
        'session',
        'session+live',
        'session+chat+transcript+summary+newSummary+recordings',
        'session+favorite',
        'keptCall+favorite',
        'keptCall+recent',
      ],
      ...['group+live+sessions', 'group+recent+sessions+filtered', 'group+rooms', 'participant', 'loadMore'],
      ...['error', 'error+edit', 'empty', 'empty+filtered', 'issues', 'capture', 'peerConnection'],
    ];
    assert.ok(used.length > 10);
    for (const pattern of new Set(used)) {
      assert.ok(
        values.some((value) => new RegExp(pattern).test(value)),
        pattern,
      );
    }
  });

  it('sets every context key that a when clause reads', () => {
    const ids = new Set([
      ...commands.map(({ command }) => command),
      ...Object.values<{ id: string }[]>(contributes.views)
        .flat()
        .map(({ id }) => id),
    ]);
    const found = [...JSON.stringify(contributes).matchAll(/"(?:when|enablement)":"([^"]+)"|"onContext:([^"]+)"/g)];
    const clauses = found.map(([, when, event]) => (when ?? event) as string);
    const keys = clauses.flatMap((clause) => [...clause.matchAll(/(?<!['/^])\bpeerscope\.\w+/g)].map(([key]) => key));
    const own = [...new Set(keys)].filter((key) => !ids.has(key));
    assert.ok(own.length >= 4, own.join());
    for (const key of own) assert.ok(source.includes(`'${key}'`), key);
  });

  it('wakes up for links, logs, documents and panels that come back, and for nothing else', () => {
    const registered = (call: RegExp) => [...source.matchAll(call)].map(([, name]) => name as string);
    const schemes = registered(/registerFileSystemProvider\((\w+),/g).map(
      (name) => new RegExp(`const ${name} = '([\\w-]+)'`).exec(source)?.[1],
    );
    const needed = [
      ...(source.includes('registerUriHandler(') ? ['onUri'] : []),
      ...schemes.map((scheme) => `onFileSystem:${scheme}`),
      ...registered(/registerWebviewPanelSerializer\(\s*'([\w.]+)'/g).map((type) => `onWebviewPanel:${type}`),
      // `peerscope.editorLinks` makes links of ids in logs; that it is on can only be told once awake.
      'onLanguage:log',
    ];
    // Commands, views, custom editors, tools and walkthroughs wake the extension by themselves.
    assert.deepEqual(manifest.activationEvents.toSorted(), needed.toSorted());
    assert.equal(new Set(needed).size, needed.length);
  });

  it('works in untrusted and virtual workspaces, and keeps every setting in its own section', () => {
    assert.equal(manifest.capabilities.untrustedWorkspaces.supported, true);
    assert.equal(manifest.capabilities.virtualWorkspaces, true);
    // A folder must not turn off what protects the people in a call, trusted or not.
    assert.equal(contributes.configuration.properties['peerscope.maskPersonalData'].scope, 'application');
    // Keys and addresses of providers are in no setting: there is nothing to restrict.
    assert.doesNotMatch(Object.keys(contributes.configuration.properties).join(), /url|host|key|token|secret/i);
    // Requests leave from where the person sits, with their proxy and keys; in a browser, from where the workspace is.
    assert.deepEqual(manifest.extensionKind, ['ui', 'workspace']);
    for (const [name, setting] of Object.entries<{ markdownDescription?: string; order?: number }>(
      contributes.configuration.properties,
    )) {
      assert.match(name, /^peerscope\./);
      assert.ok(setting.markdownDescription && setting.order, name);
    }
  });

  it('keeps the settings of the manifest and those that the code reads the same', () => {
    const found = [...source.matchAll(/\b(?:number|flag)\('(\w+)', (\d+|true|false)\b/g)];
    const read = found.map(([, name, value]) => [name, JSON.parse(value as string)]);
    // Read as it stands: the rules check it.
    if (source.includes("get<unknown>('thresholds')")) read.push(['thresholds', {}]);
    const declared = Object.entries<{ default: unknown }>(contributes.configuration.properties).map(
      ([name, setting]) => [name.replace('peerscope.', ''), setting.default],
    );
    assert.deepEqual(read.toSorted(), declared.toSorted());
  });

  it('names icons and pictures that exist, and keeps none that nobody shows', () => {
    const named = [...JSON.stringify(manifest).matchAll(/"(media\/[^"]+)"/g)].map(([, file]) => file as string);
    for (const file of named) assert.ok(existsSync(join(ROOT, file)), file);
    // Folders hold docs and the README's pictures, which are looked after in `readme.test.ts`.
    const files = readdirSync(join(ROOT, 'media'), { withFileTypes: true }).filter((entry) => entry.isFile());
    const others = files.map(({ name }) => name).filter((file) => !named.includes(`media/${file}`));
    // Panels have an icon for light and one for dark windows: `report-light.svg`.
    const unused = others.filter((file) => !source.includes(`'${file.replace(/-(light|dark)\.svg$/, '')}'`));
    assert.deepEqual(unused, []);
    const symbols = [...JSON.stringify(contributes).matchAll(/"icon":"([^"]+)"/g)].map(([, icon]) => icon as string);
    for (const icon of symbols) assert.match(icon, /^(\$\([a-z][a-z0-9-]*\)|media\/[\w-]+\.svg)$/);
  });

  it('names no package registry in the lock file', () => {
    const lock = readFileSync(join(ROOT, 'package-lock.json'), 'utf8');
    assert.doesNotMatch(lock, /"resolved": "https?:/);
  });

  it('describes the language-model tools for models and people', () => {
    const tools: Record<string, string>[] = contributes.languageModelTools;
    const registered = /const NAMES = \[([^\]]+)\]/.exec(
      readFileSync(join(ROOT, 'src/tools/register.ts'), 'utf8'),
    )?.[1];
    assert.deepEqual(
      [...(registered ?? '').matchAll(/'(\w+)'/g)].map(([, name]) => name),
      tools.map(({ name }) => name),
    );
    for (const tool of tools) {
      const { name, modelDescription = '', displayName, userDescription, toolReferenceName, icon } = tool;
      assert.match(name ?? '', /^peerscope_[a-z_]+$/);
      for (const part of [/\bUse it\b/, /\bDo not use it\b/, /\b6000 characters\b/, /\bmasked\b/]) {
        assert.match(modelDescription, part, name);
      }
      assert.ok(displayName && userDescription && toolReferenceName && icon, name);
      const { properties, required } = tool.inputSchema as unknown as { properties: object; required: string[] };
      assert.ok(
        required.every((field) => field in properties),
        name,
      );
      for (const property of Object.values(properties)) assert.ok(property.description, name);
    }
  });
});
