import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { PeerscopeApi } from '../../src/api';
import type { ParticipantRef } from '../../src/core/ids';
import type { CallReport, Participant } from '../../src/core/model';
import { type Added, activateExtension, type CountedService, removeAll, run, startCountedService } from './support';

describe('exporting a report', () => {
  let api: PeerscopeApi;
  let service: CountedService;
  let folder: string;
  let ref: ParticipantRef;
  let report: CallReport;
  let people: Participant[];

  before(async () => {
    api = await activateExtension();
    service = await startCountedService();
    folder = await mkdtemp(join(tmpdir(), 'peerscope-export-'));
    const input = { provider: 'realtimekit', settings: service.settings, secrets: service.secrets, skipCheck: true };
    const connectionId = (await run<Added>('addConnection', input)).id;
    const app = (await api.apps({ connectionId })).items.find(({ name }) => name === 'telehealth-prod');
    const { items } = await api.sessions({ connectionId, appId: app?.id, search: 'Lossy uplink', live: false });
    const session = items.find(({ roomName }) => roomName === 'Lossy uplink');
    assert.ok(session);
    const place = { connectionId, appId: app?.id, sessionId: session.id };
    people = (await api.participants(place)).items;
    ref = { ...place, participantId: people.find(({ name }) => name === 'Caller A')?.id ?? '' };
    report = await api.report(ref);
  });
  after(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await removeAll(api);
    await service.stop();
    await rm(folder, { recursive: true });
  });

  async function exported(format: string, more: object = {}): Promise<string> {
    const target = vscode.Uri.file(join(folder, `call.${format}`));
    await run('exportReport', { ref, format, target, ...more });
    return readFile(target.fsPath, 'utf8');
  }

  it('writes the neutral model as JSON, every column of it, masked unless told otherwise', async () => {
    const read = JSON.parse(await exported('json'));
    assert.equal(read.format, 'peerscope.report');
    assert.equal(read.report.streams.length, report.streams.length);
    for (const [index, { times, series }] of report.streams.entries()) {
      const back = read.report.streams[index];
      assert.deepEqual(back.times, [...times]);
      for (const [name, column] of Object.entries(series)) {
        assert.deepEqual(
          back.series[name],
          [...column].map((value) => (Number.isNaN(value) ? null : value)),
          name,
        );
        assert.ok(read.series[name], name);
      }
    }
    assert.ok(read.findings.some(({ ruleId }: { ruleId: string }) => ruleId === 'rtk.loss.out'));
    assert.equal(read.personalData, 'masked');
    assert.equal(read.report.participant.name, 'Participant 1');
  });

  it('writes one row a measured value as CSV', async () => {
    const lines = (await exported('csv')).trimEnd().split('\r\n');
    const columns = [...report.streams, ...report.transports].flatMap(({ series }) => Object.values(series ?? {}));
    const measured = columns.reduce((sum, column) => sum + column.filter((value) => !Number.isNaN(value)).length, 0);
    assert.ok(measured > 1000);
    assert.equal(lines.length, measured + 1);
    assert.match(lines[0] ?? '', /^time,epochMs,secondsIntoCall,streamId,label,/);
  });

  it('writes a summary as Markdown', async () => {
    const text = await exported('markdown');
    assert.match(text, /^# Call report: Participant 1\n/);
    assert.match(text, /rtk\.loss\.out/);
    assert.match(text, /\| Camera sent/);
    assert.match(text, /In use: /);
  });

  it('holds no name, address or device of the call when masked, and all of them on demand', async () => {
    const { ip } = report.network ?? {};
    const personal = [
      ...people.map(({ name }) => name),
      ...people.map(({ customId }) => customId),
      ...report.deviceChanges.map(({ label }) => label),
      ...report.transports.flatMap(({ local, remote }) => [local.address, remote.address]),
      ip,
    ].filter((value): value is string => !!value);
    assert.ok(personal.includes('Caller A') && ip);
    for (const format of ['json', 'csv', 'markdown']) {
      const text = (await exported(format)).replace(/\\/g, '');
      assert.deepEqual(
        personal.filter((value) => text.includes(value)),
        [],
        format,
      );
    }
    const open = await exported('json', { mask: false, confirm: false });
    assert.ok(open.includes('Caller A') && open.includes(ip));
  });

  it('masks the sample calls of every provider', async () => {
    const added = await run<Added[]>('openSampleCalls');
    assert.equal(added.length, 4);
    for (const { id: connectionId, provider } of added) {
      const appId = (await api.apps({ connectionId })).items[0]?.id;
      const from = Date.now() - 7 * 24 * 3_600_000;
      const { items } = await api.sessions({ connectionId, appId, live: false, from, to: Date.now() });
      const session = items[0];
      assert.ok(session, provider);
      const place = { connectionId, appId, sessionId: session.id };
      const stays = (await api.participants(place)).items;
      const own = { ...place, participantId: stays[0]?.id ?? '' };
      const { network, transports, participant } = await api.report(own);
      const personal = [
        ...stays.flatMap(({ name, customId, facts }) => [
          name,
          customId,
          ...(facts ?? []).flatMap((fact) => (fact.personal ? [fact.value] : [])),
        ]),
        participant.name,
        network?.ip,
        network?.city,
        ...transports.flatMap(({ local, remote }) => [local.address, remote.address]),
        // A viewer whom MediaMelon does not know is called so.
      ].filter((value): value is string => !!value && value.length > 3 && value !== 'Viewer');
      assert.ok(personal.length > 0, provider);
      for (const format of ['json', 'csv', 'markdown']) {
        const target = vscode.Uri.file(join(folder, `${provider}.${format}`));
        await run('exportReport', { ref: own, format, target });
        const text = (await readFile(target.fsPath, 'utf8')).replace(/\\/g, '');
        assert.deepEqual(
          [...new Set(personal)].filter((value) => text.includes(value)),
          [],
          `${provider} ${format}`,
        );
      }
    }
  });

  it('opens again from its file, asks nobody, and can be taken away again as it was', async () => {
    for (const mask of [true, false]) {
      const first = JSON.parse(await exported('json', { mask, confirm: false }));
      const file = vscode.Uri.file(join(folder, `kept-${mask}.json`));
      await writeFile(file.fsPath, JSON.stringify(first));
      const asked = service.requests.length;
      await run('openCapture', file);
      const inFile = { connectionId: 'file', sessionId: file.toString(), participantId: 'file' };
      const target = vscode.Uri.file(join(folder, 'again.json'));
      await run('exportReport', { ref: inFile, format: 'json', mask: false, confirm: false, target });
      const { savedAt, ...again } = JSON.parse(await readFile(target.fsPath, 'utf8'));
      const { savedAt: before, ...kept } = first;
      assert.deepEqual(again, kept);
      assert.ok(Date.parse(savedAt) >= Date.parse(before));
      assert.equal(service.requests.length, asked);
    }
  });

  it('follows the setting', async () => {
    const settings = vscode.workspace.getConfiguration('peerscope');
    await settings.update('maskPersonalData', false, vscode.ConfigurationTarget.Global);
    try {
      assert.match(await exported('markdown'), /^# Call report: Caller A\n/);
      assert.match(await exported('markdown', { mask: true }), /^# Call report: Participant 1\n/);
    } finally {
      await settings.update('maskPersonalData', undefined, vscode.ConfigurationTarget.Global);
    }
  });

  it('never holds the key or the connection', async () => {
    const open = await exported('json', { mask: false, confirm: false });
    for (const secret of Object.values(service.secrets)) assert.ok(!open.includes(secret));
    assert.ok(!open.includes(ref.connectionId));
  });

  it('does not read a report again that is open', async () => {
    await run('openParticipant', ref);
    const end = Date.now() + 30_000;
    const reports = () => service.requests.filter((line) => line.includes('peer-report')).length;
    const before = reports();
    // The page's own reading of the report.
    while (reports() === 0 && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 50));
    let last = -1;
    while (last !== service.requests.length && Date.now() < end) {
      last = service.requests.length;
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
    assert.ok(before > 0);
    const asked = service.requests.length;
    await exported('csv');
    assert.equal(service.requests.length, asked);
  });

  it('names the field of a bad argument, and the file that cannot be written', async () => {
    const target = vscode.Uri.file(join(folder, 'x.json'));
    const bad: [object, RegExp][] = [
      [{ ref, format: 'xml', target }, /^Error: BadInput: format: /],
      [{ ref, format: 'json' }, /^Error: BadInput: target: /],
      [{ ref, target }, /^Error: BadInput: format: /],
      [{ ref: { sessionId: 's' }, format: 'json', target }, /^Error: BadInput: connectionId: /],
      [{ ref, format: 'json', target, mask: 'no' }, /^Error: BadInput: mask: /],
      [{ ref: { ...ref, participantId: 'nobody' }, format: 'json', target }, /^Error: NotFound: /],
    ];
    for (const [argument, message] of bad) await assert.rejects(async () => run('exportReport', argument), message);
    await writeFile(join(folder, 'file'), '');
    const inside = vscode.Uri.file(join(folder, 'file', 'report.json'));
    await assert.rejects(
      async () => run('exportReport', { ref, format: 'json', target: inside }),
      (error: Error) => error.message.startsWith('BadInput: ') && error.message.includes(inside.fsPath),
    );
  });

  it('takes the place of a file that exists, when a script says so', async () => {
    await writeFile(join(folder, 'call.markdown'), 'x'.repeat(100_000));
    assert.ok((await exported('markdown')).startsWith('# Call report'));
  });
});
