import type { DeviceChange } from '../core/model';

/** A stretch of time in which one device was the selected one of its kind. Times are epoch ms. */
export interface Selection {
  kind?: string;
  label?: string;
  deviceId?: string;
  from: number;
  /** Missing where the call goes on. */
  to?: number;
  end: 'another' | 'removed' | 'callEnded' | 'goesOn';
  /** It was gone for good at `to`, or came back: when. */
  backAt?: number;
}

/**
 * What was selected when, by kind and time. A selection lasts until another device of the kind is selected, the device is
 * removed, or the call ends (`end`, epoch ms; undefined while it goes on).
 */
export function selectionsOf(changes: readonly DeviceChange[], end: number | undefined): Selection[] {
  const current = new Map<string, Selection>();
  const all: Selection[] = [];
  for (const change of [...changes].sort((a, b) => a.at - b.at)) {
    const kind = change.kind ?? '';
    const selected = current.get(kind);
    if (change.change === 'selected') {
      // Told once more: nothing changed.
      if (selected && selected.to === undefined && isSame(selected, change)) continue;
      if (selected && selected.to === undefined) close(selected, change.at, 'another');
      const { label, deviceId, at } = change;
      const next: Selection = { kind: change.kind, label, deviceId, from: at, end: 'goesOn' };
      current.set(kind, next);
      all.push(next);
    } else if (selected && isSame(selected, change)) {
      if (change.change === 'removed' && selected.to === undefined) close(selected, change.at, 'removed');
      else if (change.change === 'added' && selected.end === 'removed') selected.backAt = change.at;
    }
  }
  for (const selection of all) {
    if (selection.to === undefined && end !== undefined) close(selection, Math.max(end, selection.from), 'callEnded');
  }
  return all.sort((a, b) => (a.kind ?? '').localeCompare(b.kind ?? '') || a.from - b.from);
}

function close(selection: Selection, to: number, end: Selection['end']): void {
  selection.to = to;
  selection.end = end;
}

/** By id; by label where one of them has no id. */
function isSame(selection: Selection, { deviceId, label }: DeviceChange): boolean {
  if (selection.deviceId && deviceId) return selection.deviceId === deviceId;
  return label !== undefined && selection.label === label;
}
