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

  it('uses only declared commands in menus, welcome views and code', () => {
    const declared = new Set(commands.map(({ command }) => command));
    const inMenus = Object.values(menus).flatMap((items) => items.map(({ command }) => command));
    const inWelcome = JSON.stringify(contributes.viewsWelcome).matchAll(/command:(peerscope\.\w+)/g);
    const inCode = source.matchAll(/(?:executeCommand|runCommand|id:)\(?\s*'(peerscope\.\w+)'/g);
    const used = [...inMenus, ...[...inWelcome, ...inCode].map(([, id]) => id as string)];
    assert.deepEqual(
      used.filter((id) => !declared.has(id)),
      [],
    );
  });

  it('hides commands that need a row from the palette', () => {
    const hidden = new Set(menus.commandPalette?.filter(({ when }) => when === 'false').map(({ command }) => command));
    for (const id of ['loadMore', 'openParticipant', 'openSession', 'copyId', 'showBreakoutRooms', 'clearFilter']) {
      assert.ok(hidden.has(`peerscope.${id}`), id);
    }
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
    const text = JSON.stringify(menus);
    const keys = new Set(
      [...text.matchAll(/peerscope\.(loading|reportPinned|reportOpen|badCallsRunning|hasBadCalls)/g)].map(
        ([key]) => key,
      ),
    );
    for (const key of keys) assert.ok(source.includes(`'${key}'`), key);
  });

  it('wakes up for links, logs and restored panels only', () => {
    assert.deepEqual(manifest.activationEvents, [
      'onUri',
      'onLanguage:log',
      'onFileSystem:peerscope-session',
      'onWebviewPanel:peerscope.participant',
      'onWebviewPanel:peerscope.session',
      'onWebviewPanel:peerscope.compare',
    ]);
  });

  it('works in untrusted and virtual workspaces, and keeps every setting in its own section', () => {
    assert.equal(manifest.capabilities.untrustedWorkspaces.supported, true);
    assert.equal(manifest.capabilities.virtualWorkspaces, true);
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

  it('names files that exist', () => {
    for (const file of [
      manifest.icon,
      contributes.viewsContainers.activitybar[0].icon,
      contributes.views.peerscope[0].icon,
    ]) {
      assert.ok(existsSync(join(ROOT, file)), file);
    }
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
