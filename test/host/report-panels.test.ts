import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { ParticipantRef } from '../../src/core/ids';
import type { CallReport } from '../../src/core/model';
import { type LoadedReport, REPORT_VIEW_TYPE, ReportPanels } from '../../src/panel/index';
import type { PanelState } from '../../src/protocol/state';
import { until, webviewTabsAre } from './support';

const START = Date.UTC(2024, 4, 6, 10, 0, 0);

function ref(participantId: string): ParticipantRef {
  return { connectionId: 'c', sessionId: 's', participantId };
}

function loaded(name: string): LoadedReport {
  const length = 60;
  const report: CallReport = {
    provider: 'realtimekit',
    participant: { id: name, name, joinedAt: START, leftAt: START + length * 1000 },
    streams: [
      {
        id: 'mic',
        direction: 'send',
        kind: 'audio',
        source: 'camera-mic',
        times: Float64Array.from({ length }, (_, index) => START + index * 1000),
        series: { rtt: Float64Array.from({ length }, (_, index) => 20 + index) },
      },
    ],
    transports: [],
    connectivity: [],
    deviceChanges: [],
    events: [],
    aggregates: [],
    assumptions: [],
    issues: [],
  };
  return { result: { report, raw: new TextEncoder().encode('{}') }, connectionLabel: 'Acme' };
}

function state(participantId: string, pinned = false): PanelState {
  const view: PanelState['view'] = { sections: {}, timeMode: 'clock', extraMetrics: [] };
  return { version: 1, ref: ref(participantId), title: participantId, pinned, view };
}

describe('report panels', () => {
  let panels: ReportPanels;
  let loads: string[];
  let aborted: string[];
  let painted: number;
  let pinned: unknown;
  /** Loads of these stay open until they are aborted. */
  const slow = new Set<string>();

  beforeEach(() => {
    loads = [];
    aborted = [];
    painted = 0;
    slow.clear();
    const extension = vscode.extensions.getExtension('peerscope.peerscope');
    assert.ok(extension);
    panels = new ReportPanels({
      extensionUri: extension.extensionUri,
      loadReport: async ({ participantId }, signal) => {
        loads.push(participantId);
        signal.addEventListener('abort', () => aborted.push(participantId));
        if (slow.has(participantId)) await new Promise((_resolve, reject) => signal.addEventListener('abort', reject));
        return loaded(participantId);
      },
      log: (_level, line) => {
        if (line.includes('first chart painted')) painted++;
      },
      runCommand: async () => undefined,
      activeChanged: () => undefined,
      liveRefreshSeconds: () => 0,
      setContext: (key, value) => {
        if (key === 'peerscope.reportPinned') pinned = value;
      },
    });
  });
  afterEach(async () => {
    panels.dispose();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  const settled = (labels: string[]) => webviewTabsAre(REPORT_VIEW_TYPE, labels);

  it('show one participant after the other in one panel, whose page draws each', async () => {
    panels.open(ref('Caller A'), { title: 'Row' });
    await until('the first chart', () => painted === 1);
    await settled(['Caller A']);
    panels.open(ref('Caller B'));
    await until('the second chart', () => painted === 2);
    await settled(['Caller B']);
    assert.deepEqual(panels.activeRef, ref('Caller B'));
    assert.deepEqual(loads, ['Caller A', 'Caller B']);
  });

  it('bring a participant that is open to the front without reading again', async () => {
    panels.open(ref('Caller A'), { pin: true });
    panels.open(ref('Caller B'));
    await settled(['Caller A', 'Caller B']);
    panels.open(ref('Caller A'));
    await until('Caller A in front', () => panels.activeRef?.participantId === 'Caller A');
    await settled(['Caller A', 'Caller B']);
    assert.deepEqual(loads, ['Caller A', 'Caller B']);
  });

  it('keep a pinned panel, and set the context key for the one in front', async () => {
    panels.open(ref('Caller A'));
    await settled(['Caller A']);
    assert.equal(pinned, false);
    panels.pinActive();
    assert.equal(pinned, true);
    panels.open(ref('Caller B'));
    await settled(['Caller A', 'Caller B']);
    await until('Caller B in front', () => pinned === false);
    panels.open(ref('Caller C'));
    await settled(['Caller A', 'Caller C']);
  });

  it('stop reading when another participant is opened, and when the panel is closed', async () => {
    slow.add('Caller A').add('Caller B');
    panels.open(ref('Caller A'));
    panels.open(ref('Caller B'));
    assert.deepEqual(aborted, ['Caller A']);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await until('the second abort', () => aborted.length === 2);
    assert.equal(panels.activeRef, undefined);
  });

  it('fill the page again after it was hidden, without reading again', async () => {
    panels.open(ref('Caller A'));
    await until('the first chart', () => painted === 1);
    const document = await vscode.workspace.openTextDocument({ content: 'in front' });
    await vscode.window.showTextDocument(document, { preview: false });
    panels.open(ref('Caller A'));
    await until('the chart of the new page', () => painted === 2);
    assert.deepEqual(loads, ['Caller A']);
  });

  const formerPanel = () =>
    vscode.window.createWebviewPanel(REPORT_VIEW_TYPE, 'Former window', vscode.ViewColumn.Active, {});

  it('come back from a former window, and are reused', async () => {
    panels.restore(formerPanel(), state('Caller A'));
    await until('the chart', () => painted === 1);
    await settled(['Caller A']);
    panels.open(ref('Caller B'));
    await settled(['Caller B']);
  });

  it('come back pinned, and only one of several is reused', async () => {
    panels.restore(formerPanel(), state('Caller A', true));
    panels.restore(formerPanel(), state('Caller B'));
    panels.restore(formerPanel(), state('Caller C'));
    panels.open(ref('Caller D'));
    await settled(['Caller A', 'Caller D', 'Caller C']);
  });

  it('say what to do when the former state cannot be read', async () => {
    for (const rubbish of [undefined, {}, { ...state('Caller A'), ref: 'x' }]) panels.restore(formerPanel(), rubbish);
    await settled(['Participant report', 'Participant report', 'Participant report']);
    assert.deepEqual(loads, []);
    panels.open(ref('Caller A'));
    await settled(['Caller A', 'Participant report', 'Participant report']);
  });

  it('cut a long name in the tab', async () => {
    panels.open(ref('A name that is much longer than any tab should be'));
    // Thirty characters with the ellipsis.
    await settled(['A name that is much longer th…']);
  });
});
