import assert from 'node:assert/strict';
import { captureRows, capturesRoot, type OpenedCapture } from '../../../src/tree/captures';
import type { CaptureNode } from '../../../src/tree/nodes';
import { lookOf } from '../../../src/tree/present';
import { tooltipOf } from '../../../src/tree/tooltip';

const TWO: OpenedCapture = {
  uri: 'file:///w/dump.txt',
  name: 'dump <b>$(bug)</b>.txt',
  format: 'webrtc-internals dump',
  connections: [
    { id: '8-1', label: '8-1 · [x](command:y)' },
    { id: '8-2', label: '' },
  ],
};
const ONE: OpenedCapture = { ...TWO, uri: 'file:///w/one.txt', connections: [{ id: 'PC_0', label: 'PC_0' }] };
const CONTEXT = { now: 0, sessionWindowDays: 7 };

describe('rows of opened captures', () => {
  it('are none while nothing was opened', () => {
    assert.deepEqual(capturesRoot([]), []);
  });

  it('are the files, and below each its peer connections in the order of the file', () => {
    const [root] = capturesRoot([TWO, ONE]);
    assert.ok(root);
    const files = captureRows(root, [TWO, ONE]) as CaptureNode[];
    assert.deepEqual(
      files.map(({ kind, capture }) => [kind, capture.uri]),
      [
        ['capture', TWO.uri],
        ['capture', ONE.uri],
      ],
    );
    const below = captureRows(files[0] as CaptureNode, []);
    assert.deepEqual(
      below?.map((node) => node.kind === 'peerConnection' && [node.uri, node.id]),
      [
        [TWO.uri, '8-1'],
        [TWO.uri, '8-2'],
      ],
    );
    assert.equal(new Set([root, ...files, ...below].map(({ key }) => key)).size, 5, 'each its own key');
  });

  it('open their report: a file with one peer connection at once, others by the row below', () => {
    const [root] = capturesRoot([TWO, ONE]);
    assert.ok(root);
    const [two, one] = (captureRows(root, [TWO, ONE]) ?? []) as CaptureNode[];
    assert.ok(two && one);
    const [looks, lone] = [lookOf(two, CONTEXT), lookOf(one, CONTEXT)];
    assert.deepEqual([looks.expandable, looks.command], [true, undefined]);
    assert.deepEqual([lone.expandable, lone.command?.id], [false, 'peerscope.openCapture']);
    const [first, second] = captureRows(two, []) ?? [];
    assert.ok(first && second);
    assert.equal(lookOf(first, CONTEXT).command?.id, 'peerscope.openCapture');
    assert.equal(lookOf(second, CONTEXT).label, '8-2', 'the id where there is no label');
  });

  it('are saved files as well, which open at once and have no peer connections', () => {
    const saved = (['session', 'report'] as const).map(
      (kind): OpenedCapture => ({
        ...ONE,
        uri: `file:///w/${kind}.json`,
        format: 'saved',
        saved: kind,
        connections: [],
      }),
    );
    const [root] = capturesRoot(saved);
    assert.ok(root);
    const rows = (captureRows(root, saved) ?? []) as CaptureNode[];
    for (const row of rows) {
      const { expandable, command, contextValue, description } = lookOf(row, CONTEXT);
      assert.deepEqual(
        [expandable, command?.id, contextValue, description],
        [false, 'peerscope.openCapture', 'capture', 'saved'],
      );
      assert.doesNotMatch(tooltipOf(row, 0) ?? '', /Peer connections/);
    }
    assert.equal(new Set(rows.map((row) => lookOf(row, CONTEXT).icon)).size, 2, 'a session looks other than a report');
  });

  it('keep names that try something as text', () => {
    const [root] = capturesRoot([TWO]);
    assert.ok(root);
    const [file] = (captureRows(root, [TWO]) ?? []) as CaptureNode[];
    assert.ok(file);
    const tooltip = tooltipOf(file, 0) ?? '';
    assert.doesNotMatch(tooltip, /<b>|(?<!\\)\$\(bug\)/);
    const [connection] = captureRows(file, []) ?? [];
    assert.ok(connection);
    assert.doesNotMatch(tooltipOf(connection, 0) ?? '', /(?<!\\)\[x(?<!\\)\]\(command/);
  });
});
