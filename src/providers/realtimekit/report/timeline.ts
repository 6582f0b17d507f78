import * as l10n from '@vscode/l10n';
import type { CallEvent, DeviceChange, ItemIssue } from '../../../core/model';
import { parseTime } from '../../../core/time';
import { readRecords } from '../../records';
import { METADATA_PATH } from './metadata';
import {
  deviceSchema,
  deviceUpdateSchema,
  eventSchema,
  type MetadataRecord,
  selectedDeviceSchema,
} from './metadata-schema';

/** The set of names is open; these words tell where one belongs, the first that fits. */
const LANES: readonly [RegExp, CallEvent['lane']][] = [
  [/tab|browser|background|foreground|visib|window|page|view/, 'page'],
  [/audio|video|screen|mic|camera|mute|media|track|device|speaker/, 'media'],
  [/precall|network|connect|ice_|transport|turn|socket/, 'network'],
  [/join|leave|left|peer|waiting|kick/, 'presence'],
];
/** Members of an event's metadata that are kept, and how deep. */
const MAX_DETAILS = 60;
const MAX_DEPTH = 4;

/** The lane of an event by its name. */
export function eventLane(name: string): CallEvent['lane'] {
  const word = name.toLowerCase();
  return LANES.find(([pattern]) => pattern.test(word))?.[1] ?? 'other';
}

/** The client's own events, with their metadata flattened to dotted names. */
export function mapEvents(value: unknown, issues: ItemIssue[]): CallEvent[] {
  const path = `${METADATA_PATH}.events`;
  const events: CallEvent[] = [];
  for (const record of readRecords(eventSchema, value, path, issues)) {
    const at = parseTime(record.timestamp);
    if (at === undefined) {
      issues.push({ path, message: l10n.t('An event has no readable timestamp; left out.') });
      continue;
    }
    const details: NonNullable<CallEvent['details']> = {};
    flatten(record.metadata, '', details, 0);
    const known = Object.keys(details).length > 0;
    events.push({ at, name: record.name, lane: eventLane(record.name), ...(known ? { details } : {}) });
  }
  return events;
}

function flatten(value: unknown, name: string, details: NonNullable<CallEvent['details']>, depth: number): void {
  if (value === undefined || Object.keys(details).length >= MAX_DETAILS) return;
  if (typeof value !== 'object' || value === null) {
    if (name) details[name] = value as string | number | boolean | null;
  } else if (depth < MAX_DEPTH) {
    for (const [key, inner] of Object.entries(value)) flatten(inner, name ? `${name}.${key}` : key, details, depth + 1);
  }
}

/** Devices that came, went and were chosen, in the order of time. */
export function mapDeviceChanges(record: MetadataRecord, issues: ItemIssue[]): DeviceChange[] {
  const changes = [
    ...updates(record.audio_devices_updates, 'audio_devices_updates', 'audioinput', issues),
    ...updates(record.video_devices_updates, 'video_devices_updates', 'videoinput', issues),
    ...updates(record.speaker_devices_updates, 'speaker_devices_updates', 'audiooutput', issues),
    ...selections(record.selected_device_updates, issues),
  ];
  return changes.sort((a, b) => a.at - b.at);
}

function updates(value: unknown, name: string, kind: string, issues: ItemIssue[]): DeviceChange[] {
  const path = `${METADATA_PATH}.${name}`;
  return readRecords(deviceUpdateSchema, value, path, issues).flatMap((record) => {
    const at = parseTime(record.timestamp);
    if (at === undefined) {
      issues.push({ path, message: l10n.t('A device update has no readable timestamp; left out.') });
      return [];
    }
    const change = (what: 'added' | 'removed', list: unknown) =>
      readRecords(deviceSchema, list, `${path}.${what}`, issues).map((device) => toChange(at, what, device, kind));
    return [...change('removed', record.removed), ...change('added', record.added)];
  });
}

function selections(value: unknown, issues: ItemIssue[]): DeviceChange[] {
  const path = `${METADATA_PATH}.selected_device_updates`;
  return readRecords(selectedDeviceSchema, value, path, issues).flatMap(({ timestamp, device }) => {
    const at = parseTime(timestamp);
    if (at !== undefined && device) return [toChange(at, 'selected', device)];
    issues.push({ path, message: l10n.t('A device choice has no readable timestamp or no device; left out.') });
    return [];
  });
}

function toChange(
  at: number,
  change: DeviceChange['change'],
  device: { device_id?: string | null; kind?: string | null; label?: string | null },
  kind?: string,
): DeviceChange {
  return {
    at,
    change,
    kind: device.kind || kind,
    label: device.label ?? undefined,
    deviceId: device.device_id ?? undefined,
  };
}
