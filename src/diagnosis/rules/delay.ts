import * as l10n from '@vscode/l10n';
import { anyAbove, perSecond, quantile } from '../engine/columns';
import { seriesRule } from '../engine/series-rule';
import { column, type StreamView } from '../engine/view';
import type { ReportRule } from '../rule';

/** Round trip above this stream's usual one, ms, where the encoder was short of bandwidth; 0 elsewhere. */
function riseWhileLimited(
  view: StreamView,
  limits: { part: number; least: number; most: number; limited: number },
): Float64Array | undefined {
  const rtt = column(view, 'rtt');
  const limited = column(view, 'qualityLimitationBandwidth');
  const reasons = view.stream.states?.qualityLimitationReason;
  if (!rtt || (!limited && !reasons)) return undefined;
  if (limited && !anyAbove(limited, limits.limited)) return rtt.map((value) => (Number.isNaN(value) ? value : 0));
  const usual = quantile(view, rtt, 0.25);
  const margin = Math.min(limits.most, Math.max(limits.least, usual * limits.part));
  const rise = new Float64Array(rtt.length);
  const changes = [...(reasons ?? [])].sort((a, b) => a.at - b.at);
  let reason = '';
  let next = 0;
  for (let i = 0; i < rtt.length; i++) {
    while (next < changes.length && (changes[next] as { at: number }).at <= (view.times[i] as number)) {
      reason = (changes[next++] as { value: string }).value;
    }
    const short = limited ? (limited[i] as number) > limits.limited : reason === 'bandwidth';
    const value = rtt[i] as number;
    rise[i] = Number.isNaN(value) ? Number.NaN : short ? value - usual - margin : 0;
  }
  return rise;
}

const rttRise = seriesRule({
  id: 'rtk.rtt.rise',
  family: 'rtk',
  inputs: [l10n.t('rtt and qualityLimitationBandwidth of sent video')],
  /** The usual round trip is the lower quartile; beyond it plus a part of it, at least and at most so many ms; limited so many % of the interval. */
  thresholds: { part: 1 / 3, least: 50, most: 150, limited: 30, above: 0 },
  severity: ['high', 'high'],
  title: l10n.t('Congestion: the delay grew while bandwidth was short'),
  explanation: l10n.t(
    'Round trips grew well beyond their usual length while the encoder was short of bandwidth: a queue on the way is filling.',
  ),
  suggestion: l10n.t('Send less: a lower resolution or bitrate; look for other uploads on the same link.'),
  source: 'ObserveRTC client monitor',
  weight: 65,
  streams: { direction: 'send', kind: 'video' },
  values: (view, _report, limits) => riseWhileLimited(view, limits),
  metric: { name: l10n.t('round trip beyond the usual one and its margin'), unit: 'ms' },
  beyond: 'above',
  warn: 'above',
  raise: () => ({ samples: 3, of: 5 }),
  side: 'local',
  confidence: 'medium',
});

const bufferDelay = seriesRule({
  id: 'rtk.jb.delay',
  family: 'rtk',
  inputs: [l10n.t('jitterBufferDelay of received streams')],
  /** ms, for so many seconds. */
  thresholds: { warn: 200, bad: 500, seconds: 10 },
  severity: ['medium', 'high'],
  title: l10n.t('The receiver held media back to hide jitter'),
  explanation: l10n.t(
    'Media waited long in the jitter buffer. The network delivers unevenly and the receiver evens it out at the price of delay.',
  ),
  suggestion: l10n.t('Look at jitter and loss at that time; it is the network, not the SDK.'),
  source: 'ObserveRTC client monitor; webrtc-issue-detector',
  weight: 40,
  streams: { direction: 'receive' },
  values: (view) => column(view, 'jitterBufferDelay'),
  metric: 'jitterBufferDelay',
  beyond: 'above',
  warn: 'warn',
  bad: 'bad',
  raise: ({ seconds }) => ({ seconds, samples: 2 }),
  side: 'senders',
});

const conceal = seriesRule({
  id: 'rtk.conceal',
  family: 'rtk',
  inputs: [l10n.t('concealmentEvents of received audio')],
  /** Runs of synthesized sound per second, for so many seconds (own). */
  thresholds: { perSecond: 1, seconds: 10 },
  severity: ['medium', 'medium'],
  title: l10n.t('Audible gaps in received sound'),
  explanation: l10n.t(
    'The receiver made up sound for what was missing more than once a second. How long each gap was is not recorded, so this is a proxy.',
  ),
  suggestion: l10n.t('See loss and jitter of the same stream at that time.'),
  source: l10n.t('ObserveRTC client monitor; number: own'),
  weight: 30,
  streams: { direction: 'receive', kind: 'audio' },
  values: (view) => perSecond(view, 'concealmentEvents'),
  metric: { name: l10n.t('concealment events'), unit: l10n.t('per s') },
  beyond: 'above',
  warn: 'perSecond',
  raise: ({ seconds }) => ({ seconds, samples: 2 }),
  side: 'senders',
  refine: (hit) => ({ ...hit, confidence: 'low' }),
});

export const DELAY_RULES: readonly ReportRule[] = [rttRise, bufferDelay, conceal];
