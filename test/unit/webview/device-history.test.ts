import assert from 'node:assert/strict';
import type { DeviceChange } from '../../../src/core/model';
import { selectionsOf } from '../../../src/webview/device-history';

function change(at: number, change: DeviceChange['change'], deviceId: string, kind = 'audioinput'): DeviceChange {
  return { at, change, kind, label: `label ${deviceId}`, deviceId };
}

describe('which device was selected when', () => {
  const read = (changes: DeviceChange[], end?: number) =>
    selectionsOf(changes, end).map(({ kind, deviceId, from, to, end: why, backAt }) => [
      kind,
      deviceId,
      from,
      to,
      why,
      ...(backAt === undefined ? [] : [backAt]),
    ]);

  it('lasts until another one, its removal, or the end', () => {
    assert.deepEqual(
      read(
        [
          change(10, 'selected', 'headset'),
          change(10, 'selected', 'camera', 'videoinput'),
          change(50, 'removed', 'headset'),
          change(55, 'selected', 'built-in'),
          change(70, 'selected', 'usb'),
          change(60, 'removed', 'somebody else’s'),
        ],
        100,
      ),
      [
        ['audioinput', 'headset', 10, 50, 'removed'],
        ['audioinput', 'built-in', 55, 70, 'another'],
        ['audioinput', 'usb', 70, 100, 'callEnded'],
        ['videoinput', 'camera', 10, 100, 'callEnded'],
      ],
    );
  });

  it('goes on while the call does, is not told twice, and may come back', () => {
    assert.deepEqual(read([change(10, 'selected', 'usb'), change(20, 'selected', 'usb')]), [
      ['audioinput', 'usb', 10, undefined, 'goesOn'],
    ]);
    assert.deepEqual(
      read([change(10, 'selected', 'usb'), change(20, 'removed', 'usb'), change(30, 'added', 'usb')], 40),
      [['audioinput', 'usb', 10, 20, 'removed', 30]],
    );
  });

  it('is not known where nothing says so', () => {
    assert.deepEqual(read([change(10, 'added', 'usb'), change(20, 'removed', 'usb')], 40), []);
  });
});
