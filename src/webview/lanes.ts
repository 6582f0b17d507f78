import * as l10n from '@vscode/l10n';
import type { CallEvent, CallReport, DeviceChange } from '../core/model';
import { staysOf } from '../core/presence';
import { displayText } from '../core/text';
import { words } from './format';
import type { ReportModel } from './report-model';
import { stateLabel, stateValue } from './state-words';

/** A moment in a lane. */
export interface LaneMark {
  at: number;
  name: string;
}

/** A stretch in a lane; without an end it lasts to the end of the axis. */
export interface LaneBar {
  from: number;
  to?: number;
  label: string;
  /** Written on the bar, where there is something to say. */
  text?: string;
  /** `strong` for presence, `alert` for a state that hurts, `off` for one that somebody chose, `plain` otherwise. */
  look: 'strong' | 'alert' | 'off' | 'plain';
}

/** One row above the charts. */
export interface Lane {
  key: string;
  label: string;
  /** What stands in the narrow column left of the lane, where the label is too long for it. */
  short?: string;
  bars: LaneBar[];
  marks: LaneMark[];
  /** What the bars say, for those who do not see them. */
  summary?: string;
}

/** What the lanes of events are called. */
export const LANE_LABELS: Readonly<Record<CallEvent['lane'], string>> = {
  presence: l10n.t('Presence'),
  media: l10n.t('Media'),
  page: l10n.t('Page'),
  network: l10n.t('Network'),
  other: l10n.t('Other'),
};

/** The lanes of a report, in the order of reading. A lane in which nothing happened is left out, save presence. */
export function buildLanes({ report, sources, subject }: ReportModel): Lane[] {
  const { events } = report;
  const presence: Lane = {
    key: 'presence',
    label: LANE_LABELS.presence,
    bars: presenceBars(report, subject),
    marks: [...eventMarks(report, 'presence')],
  };
  const lanes = [presence];
  for (const key of ['media', 'page'] as const)
    lanes.push({ key, label: LANE_LABELS[key], bars: [], marks: eventMarks(report, key) });
  lanes.push({ key: 'devices', label: l10n.t('Devices'), bars: [], marks: deviceMarks(report) });
  lanes.push({
    key: 'network',
    label: LANE_LABELS.network,
    bars: [],
    marks: [...eventMarks(report, 'network'), ...connectivityMarks(report)].sort((a, b) => a.at - b.at),
  });
  if (events.some(({ lane }) => lane === 'other')) {
    lanes.push({ key: 'other', label: LANE_LABELS.other, bars: [], marks: eventMarks(report, 'other') });
  }
  const told = new Set<string>();
  for (const { id, label, stream } of sources) {
    for (const [name, changes] of Object.entries(stream?.states ?? {})) {
      // A state that was calm throughout is said in the summary; here it would only take room.
      if (changes.every(({ value }) => isCalm(value) || value === 'removed')) continue;
      // The layers of a track share its state.
      const track = stream?.identifiers?.trackId ?? id;
      if (told.has(`${name} ${track}`)) continue;
      told.add(`${name} ${track}`);
      const bars = changes.map(({ at, value }, index): LaneBar => {
        const calm = isCalm(value);
        const shown = stateValue(name, value);
        return {
          from: at,
          to: changes[index + 1]?.at,
          label: `${stateLabel(name)}: ${shown}`,
          text: calm ? '' : shown,
          look: calm ? 'plain' : CHOSEN.test(value) ? 'off' : 'alert',
        };
      });
      const lane = { key: `${id}:${name}`, label: `${label}: ${stateLabel(name)}`, short: label };
      lanes.push({ ...lane, bars, marks: [], summary: stateSummary(lane.label, changes.length) });
    }
  }
  return lanes.filter(({ key, bars, marks }) => key === 'presence' || bars.length > 0 || marks.length > 0);
}

function stateSummary(label: string, changes: number): string {
  return changes === 1 ? l10n.t('{0}, 1 change', label) : l10n.t('{0}, {1} changes', label, changes);
}

/** States that are no fault, and yet explain silence and black pictures. */
const CHOSEN = /^(?:muted|removed)$/i;

/** Whether a state's value means that nothing was wrong. */
export function isCalm(value: string): boolean {
  return /^(?:none|ok|good|connected|completed|stable|unknown|unmuted|)$/i.test(value.trim());
}

/** One bar for each connection, where the provider tells of them; an end that is not known is left open. */
function presenceBars({ participant, startedAt, endedAt }: CallReport, { session }: ReportModel['subject']): LaneBar[] {
  const known = { ...participant, joinedAt: participant.joinedAt ?? startedAt, leftAt: participant.leftAt ?? endedAt };
  const status = session?.status ?? (known.leftAt === undefined ? 'live' : 'ended');
  return staysOf(known, { status, endedAt }, Number.POSITIVE_INFINITY).map(({ from, to, end }) => ({
    from,
    to: Number.isFinite(to) ? to : undefined,
    label: end === 'unknown' ? l10n.t('In the call; when they left is not known') : l10n.t('In the call'),
    look: 'strong',
  }));
}

/** Moments that reach down through the charts, in time order. */
export function chartMarks(lanes: readonly Lane[]): LaneMark[] {
  return lanes.flatMap(({ marks }) => marks).sort((a, b) => a.at - b.at);
}

/** Marks within `pixels` of each other become one, with all their names. */
export function clusterMarks(
  marks: readonly LaneMark[],
  toPixel: (at: number) => number,
  pixels: number,
): { left: number; at: number; marks: LaneMark[] }[] {
  const clusters: { left: number; at: number; marks: LaneMark[] }[] = [];
  for (const mark of marks) {
    const left = toPixel(mark.at);
    const last = clusters.at(-1);
    if (last && left - last.left < pixels) last.marks.push(mark);
    else clusters.push({ left, at: mark.at, marks: [mark] });
  }
  return clusters;
}

function eventMarks({ events, participant }: CallReport, lane: string): LaneMark[] {
  return allEvents({ events, participant })
    .filter((event) => event.lane === lane)
    .map(({ at, name }) => ({ at, name: words(displayText(name, 80)) }));
}

/** The report's events and those of the participant's record, each once, in time order. */
export function allEvents({ events, participant }: Pick<CallReport, 'events' | 'participant'>): CallReport['events'] {
  const seen = new Set(events.map(({ at, name }) => `${at} ${name}`));
  const more = (participant.events ?? []).filter(({ at, name }) => !seen.has(`${at} ${name}`));
  return [...events, ...more].filter(({ at }) => Number.isFinite(at)).sort((a, b) => a.at - b.at);
}

function deviceMarks({ deviceChanges }: CallReport): LaneMark[] {
  return deviceChanges
    .filter(({ at }) => Number.isFinite(at))
    .map(({ at, change, kind, label }) => ({
      at,
      name: `${changeWords(deviceWord(kind), change)}${label ? `: ${displayText(label, 80)}` : ''}`,
    }))
    .sort((a, b) => a.at - b.at);
}

function changeWords(device: string, change: DeviceChange['change']): string {
  switch (change) {
    case 'added':
      return l10n.t('{0} added', device);
    case 'removed':
      return l10n.t('{0} removed', device);
    case 'selected':
      return l10n.t('{0} selected', device);
  }
}

const DEVICES: Readonly<Record<string, string>> = {
  audioinput: l10n.t('Microphone'),
  videoinput: l10n.t('Camera'),
  audiooutput: l10n.t('Speaker'),
};

/** `audioinput` as people say it. */
export function deviceWord(kind: string | undefined): string {
  return (kind && DEVICES[kind]) || (kind ? words(displayText(kind, 40)) : l10n.t('Device'));
}

function connectivityMarks({ connectivity }: CallReport): LaneMark[] {
  return connectivity.flatMap(({ at, effectiveNetworkType, relay, turn }) => {
    if (at === undefined) return [];
    const parts = [effectiveNetworkType && l10n.t('effective type {0}', displayText(effectiveNetworkType, 20))];
    if (relay === false) parts.push(l10n.t('no relay'));
    if (turn === false) parts.push(l10n.t('TURN not reached'));
    const facts = parts.filter(Boolean).join(', ');
    return [{ at, name: facts ? l10n.t('Connection checked: {0}', facts) : l10n.t('Connection checked') }];
  });
}
