import * as l10n from '@vscode/l10n';
import type { DeviceChange } from '../../core/model';
import type { Evidence } from '../finding';
import { type Hit, type ReportRule, reportRule, skip } from '../rule';

/** Removals of one plug come as several entries within this time, ms. */
const ONE_PLUG_MS = 2000;

function sameDevice(a: DeviceChange, b: DeviceChange): boolean {
  return a.deviceId !== undefined && b.deviceId !== undefined
    ? a.deviceId === b.deviceId
    : a.label !== undefined && a.label === b.label;
}

const removed = reportRule({
  id: 'rtk.dev.removed',
  family: 'rtk',
  inputs: [l10n.t('deviceChanges: removed, selected')],
  thresholds: {},
  severity: ['medium', 'high'],
  title: l10n.t('A device in use was unplugged'),
  explanation: l10n.t('A device that was selected went away. Until another one is chosen, nothing comes from it.'),
  suggestion: l10n.t('Ask for a loose plug or an empty battery; let the application pick another device by itself.'),
  source: l10n.t('own'),
  weight: 95,
  evaluate: (view) => {
    const changes = view.deviceChanges;
    if (!changes.some(({ change }) => change === 'selected'))
      return skip(l10n.t('Not in the report: which devices were selected.'));
    const hits: Hit[] = [];
    let last: { at: number; hit: Hit & { end: number } } | undefined;
    for (const [index, gone] of changes.entries()) {
      if (gone.change !== 'removed') continue;
      const chosen = changes
        .slice(0, index)
        .findLast(({ change, kind }) => change === 'selected' && kind === gone.kind);
      if (!chosen || !sameDevice(chosen, gone)) continue;
      const next = changes.slice(index + 1).find(({ change, kind }) => change === 'selected' && kind === gone.kind);
      const input = gone.kind !== 'audiooutput';
      const device: Evidence = {
        metric: removedWords(gone.kind),
        value: gone.label ?? l10n.t('unnamed'),
        unit: '',
        at: gone.at,
        personal: true,
      };
      const back: Evidence[] = next
        ? [
            {
              metric: nextWords(gone.kind),
              value: (next.at - gone.at) / 1000,
              unit: 's',
              at: next.at,
            },
          ]
        : [];
      if (last && gone.at - last.at <= ONE_PLUG_MS) {
        last.hit.evidence.push(device, ...back);
        if (input) last.hit.severity = 'high';
        if (next) last.hit.end = Math.max(last.hit.end, next.at);
        continue;
      }
      const hit: Hit & { end: number } = {
        start: gone.at,
        end: next?.at ?? view.end ?? gone.at,
        severity: input ? 'high' : 'medium',
        ...(gone.kind === 'audioinput' && { title: l10n.t('The microphone in use was unplugged') }),
        ...(gone.kind === 'videoinput' && { title: l10n.t('The camera in use was unplugged') }),
        evidence: [device, ...back],
        side: 'local',
        confidence: 'high',
      };
      hits.push(hit);
      last = { at: gone.at, hit };
    }
    return { hits };
  },
});

function removedWords(kind: string | undefined): string {
  switch (kind) {
    case 'audioinput':
      return l10n.t('removed microphone');
    case 'videoinput':
      return l10n.t('removed camera');
    case 'audiooutput':
      return l10n.t('removed speaker');
    default:
      return l10n.t('removed device');
  }
}

function nextWords(kind: string | undefined): string {
  switch (kind) {
    case 'audioinput':
      return l10n.t('next microphone selected after');
    case 'videoinput':
      return l10n.t('next camera selected after');
    case 'audiooutput':
      return l10n.t('next speaker selected after');
    default:
      return l10n.t('next device selected after');
  }
}

const flapping = reportRule({
  id: 'rtk.dev.flap',
  family: 'rtk',
  inputs: [l10n.t('deviceChanges: selected')],
  /** So many changes of a selected device in so many seconds. The first choice of each kind is none. */
  thresholds: { switches: 3, seconds: 60 },
  severity: ['low', 'low'],
  title: l10n.t('Devices were switched again and again'),
  explanation: l10n.t('The selected devices changed several times within a minute: someone hunted for one that works.'),
  suggestion: l10n.t('See whether sound or picture was missing just before.'),
  source: l10n.t('own'),
  weight: 20,
  evaluate: ({ deviceChanges }, { switches, seconds }) => {
    const current = new Map<string, DeviceChange>();
    const times: number[] = [];
    for (const change of deviceChanges) {
      if (change.change !== 'selected') continue;
      const kind = change.kind ?? '';
      const before = current.get(kind);
      current.set(kind, change);
      if (before && !sameDevice(before, change)) times.push(change.at);
    }
    if (current.size === 0) return skip(l10n.t('Not in the report: which devices were selected.'));
    for (let i = 0; i + switches <= times.length; i++) {
      const start = times[i] as number;
      if ((times[i + switches - 1] as number) - start > seconds * 1000) continue;
      const within = times.filter((at) => at >= start && at - start <= seconds * 1000);
      const evidence = [
        { metric: l10n.t('changes of device'), value: within.length, unit: '', threshold: switches, at: start },
      ];
      return {
        hits: [{ start, end: within.at(-1), severity: 'low', evidence, side: 'local', confidence: 'medium' }],
      };
    }
    return { hits: [] };
  },
});

export const DEVICE_RULES: readonly ReportRule[] = [removed, flapping];
