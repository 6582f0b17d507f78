import * as l10n from '@vscode/l10n';
import { rolling } from '../engine/columns';
import { onePicture } from '../engine/picture';
import { round, seriesRule } from '../engine/series-rule';
import { column, firstAt, type ReportView } from '../engine/view';
import type { Hit, ReportRule } from '../rule';
import { reportRule, skip } from '../rule';
import { issueHits } from './aggregate';
import { nominatedPairs } from './pairs';

/** A machine that is short of processor time easily: few cores, or a phone (own). */
function weakMachine({ report: { device } }: ReportView): boolean {
  return device?.isMobile === true || (device?.cpus !== undefined && device.cpus <= 2);
}

const byCpu = seriesRule({
  id: 'rtk.limit.cpu',
  family: 'rtk',
  inputs: [l10n.t('qualityLimitationCpu of sent video'), 'cpu_quality_limitation_fraction'],
  /** % of the interval: on, and bad (own); share of the time by the provider's count. */
  thresholds: { warn: 30, bad: 60, fraction: 0.2 },
  severity: ['medium', 'high'],
  title: l10n.t('The encoder was short of processor time'),
  explanation: l10n.t(
    'The sending device could not encode the picture it should: others see fewer frames or a smaller picture.',
  ),
  suggestion: l10n.t('Close other applications, turn effects such as background blur off, send 720p or less.'),
  source: 'ObserveRTC client monitor; W3C webrtc-stats',
  weight: 80,
  streams: { direction: 'send', kind: 'video' },
  oneLayer: onePicture,
  values: (view) => column(view, 'qualityLimitationCpu'),
  metric: 'qualityLimitationCpu',
  beyond: 'above',
  warn: 'warn',
  bad: 'bad',
  raise: () => ({ samples: 3, of: 5 }),
  side: 'local',
  refine: (hit, view) => ({
    ...hit,
    confidence: 'high',
    ...(weakMachine(view) && {
      evidence: [
        ...hit.evidence,
        { metric: l10n.t('processor cores'), value: view.report.device?.cpus ?? l10n.t('phone'), unit: '' },
      ],
    }),
  }),
  aggregate: (view, { fraction }) =>
    issueHits(view, {
      name: 'cpu_quality_limitation_fraction',
      limit: fraction,
      words: l10n.t('share of the time limited by CPU'),
      most: 'high',
      side: () => 'local',
      direction: 'send',
    }),
});

const byBandwidth = seriesRule({
  id: 'rtk.limit.bw',
  family: 'rtk',
  inputs: [l10n.t('qualityLimitationBandwidth of sent video'), 'bandwidth_quality_limitation_fraction'],
  thresholds: { warn: 30, bad: 60, fraction: 0.2 },
  severity: ['medium', 'high'],
  title: l10n.t('The uplink was too small for the picture'),
  explanation: l10n.t(
    'The encoder had less bandwidth than it needed. Where CPU is short at the same time, the statistics name bandwidth only.',
  ),
  suggestion: l10n.t('Send a lower resolution or fewer layers; look for other uploads on the same link.'),
  source: 'ObserveRTC client monitor; W3C webrtc-stats',
  weight: 76,
  streams: { direction: 'send', kind: 'video' },
  oneLayer: onePicture,
  values: (view) => column(view, 'qualityLimitationBandwidth'),
  metric: 'qualityLimitationBandwidth',
  beyond: 'above',
  warn: 'warn',
  bad: 'bad',
  raise: () => ({ samples: 3, of: 5 }),
  side: 'local',
  aggregate: (view, { fraction }) =>
    issueHits(view, {
      name: 'bandwidth_quality_limitation_fraction',
      limit: fraction,
      words: l10n.t('share of the time limited by bandwidth'),
      most: 'high',
      side: () => 'local',
      direction: 'send',
    }),
});

const flapping = seriesRule({
  id: 'rtk.res.flap',
  family: 'rtk',
  inputs: [l10n.t('qualityLimitationResolutionChanges of sent video')],
  /** Changes a minute (own). */
  thresholds: { perMinute: 6 },
  severity: ['low', 'low'],
  title: l10n.t('The sent picture changed its size all the time'),
  explanation: l10n.t('The encoder switched between resolutions again and again: quality goes up and down.'),
  suggestion: l10n.t('See what limited the sender; a fixed lower resolution looks calmer.'),
  source: l10n.t('W3C webrtc-stats; number: own'),
  weight: 18,
  streams: { direction: 'send', kind: 'video' },
  oneLayer: onePicture,
  values: (view) => {
    const changes = column(view, 'qualityLimitationResolutionChanges');
    return changes && rolling(view, changes, 60_000, 60_000);
  },
  metric: { name: l10n.t('resolution changes'), unit: l10n.t('per min') },
  beyond: 'above',
  warn: 'perMinute',
  raise: () => ({ samples: 1, of: 1 }),
  side: 'local',
  confidence: 'medium',
});

/** Sum of the mean bitrates of all sent streams from a moment on, bit/s; undefined when nothing was measured. */
function sentSince(view: ReportView, from: number): { total: number; video: boolean } | undefined {
  let total = 0;
  let any = false;
  let video = false;
  for (const one of view.streams) {
    const bitrate = one.stream.direction === 'send' ? column(one, 'bitrate') : undefined;
    if (!bitrate) continue;
    let sum = 0;
    let count = 0;
    for (let i = firstAt(one.times, from); i < bitrate.length; i++) {
      if (Number.isNaN(bitrate[i])) continue;
      sum += bitrate[i] as number;
      count++;
    }
    if (count === 0) continue;
    any = true;
    total += sum / count;
    if (one.stream.kind === 'video' && sum > 0) video = true;
  }
  return any ? { total, video } : undefined;
}

const noHeadroom = reportRule({
  id: 'rtk.bwe.low',
  family: 'rtk',
  inputs: [l10n.t('availableOutgoingBitrate of the nominated candidate pair'), l10n.t('bitrate of sent streams')],
  /** bit/s with video on; or less than the sent bitrate times a factor over so many seconds. */
  thresholds: { least: 100_000, factor: 1.1, seconds: 10 },
  severity: ['medium', 'medium'],
  title: l10n.t('No headroom on the uplink'),
  explanation: l10n.t(
    'The estimate of what the uplink can carry was hardly more than what was sent, or too little for a picture.',
  ),
  suggestion: l10n.t('Send less, or try another network.'),
  source: 'webrtc-issue-detector',
  weight: 50,
  evaluate: (view, { least, factor, seconds }) => {
    const pair = nominatedPairs(view, 'send').at(-1);
    const available = pair?.availableOutgoingBitrate;
    const last = Math.max(...view.streams.map(({ times }) => times[times.length - 1] ?? Number.NEGATIVE_INFINITY));
    if (available === undefined)
      return skip(l10n.t('Not in the report: available outgoing bitrate of the nominated pair.'));
    const at = pair?.lastPacketSentAt ?? (Number.isFinite(last) ? last : undefined);
    // The reading is of the pair's last moment: what was sent up to then is what it has to carry.
    const sent = at === undefined ? undefined : sentSince(view, Math.min(at, last) - seconds * 1000);
    if (!sent) return skip(l10n.t('Not in the report: bitrate of what was sent when the estimate was made.'));
    const starved = sent.video && available < least;
    const tight = available < sent.total * factor;
    if (!starved && !tight) return { hits: [] };
    const hit: Hit = {
      severity: 'medium',
      ...(at !== undefined && { start: at - seconds * 1000, end: at }),
      evidence: [
        {
          metric: l10n.t('available outgoing bitrate'),
          value: round(available),
          unit: 'bit/s',
          threshold: starved ? least : round(sent.total * factor),
          ...(at !== undefined && { at }),
        },
        { metric: 'bitrate', value: round(sent.total), unit: 'bit/s' },
      ],
      side: 'local',
      confidence: starved ? 'medium' : 'low',
    };
    return { hits: [hit] };
  },
});

export const LIMIT_RULES: readonly ReportRule[] = [byCpu, byBandwidth, noHeadroom, flapping];
