import * as l10n from '@vscode/l10n';
import type { Stream } from '../../core/model';
import { hasZero, perSecond } from '../engine/columns';
import { onePicture, traffic } from '../engine/picture';
import { round, seriesRule } from '../engine/series-rule';
import { column, type StreamView } from '../engine/view';
import type { Hit, NamedLimit, ReportRule } from '../rule';
import { aggregatesOf, issueHits } from './aggregate';

/** 0 for an interval without bytes or without frames, more for one with, NaN for one that is not measured. */
function alive(view: StreamView): Float64Array | undefined {
  const bytes = traffic(view);
  const frames = view.stream.direction === 'send' ? column(view, 'framesEncoded') : undefined;
  if (!bytes || !frames) return bytes ?? frames;
  if (!hasZero(frames)) return bytes;
  return bytes.map((value, i) => {
    const encoded = frames[i] as number;
    return value === 0 || encoded === 0 ? 0 : Number.isNaN(value) ? encoded : value;
  });
}

const noPicture = seriesRule({
  id: 'rtk.video.nodata',
  family: 'rtk',
  inputs: [l10n.t('bytes and frames of video'), 'no_video_fraction'],
  /** At least so many samples and seconds without anything; share of the time by the provider's count. */
  thresholds: { samples: 3, seconds: 5, fraction: 0.1, alive: 0.5 },
  severity: ['high', 'high'],
  title: l10n.t('No picture'),
  explanation: l10n.t(
    'A video track was open and nothing came. A camera that was turned off looks the same to a receiver.',
  ),
  suggestion: l10n.t('Compare with the sender: if it was sending, the delivery failed; if not, look at its camera.'),
  source: 'Twilio voice SDK monitor; ObserveRTC client monitor',
  weight: 75,
  streams: { kind: 'video' },
  oneLayer: onePicture,
  values: alive,
  metric: { name: l10n.t('bytes or frames in the interval'), unit: '' },
  beyond: 'below',
  warn: 'alive',
  raise: ({ samples, seconds }) => ({ samples, seconds }),
  side: 'senders',
  refine: (hit) =>
    hit.side === 'local' && hit.confidence === 'high'
      ? hit
      : { ...hit, severity: hit.severity === 'high' ? 'medium' : hit.severity, confidence: 'low' },
  aggregate: (view, { fraction }) =>
    issueHits(view, {
      name: 'no_video_fraction',
      limit: fraction,
      words: l10n.t('share of the time without a picture'),
      most: 'high',
      side: (direction) => (direction === 'send' ? 'local' : 'unclear'),
    }),
});

const noSound = seriesRule({
  id: 'rtk.audio.nodata',
  family: 'rtk',
  inputs: [l10n.t('bytes of the sent microphone'), l10n.t('mute events')],
  thresholds: { samples: 3, seconds: 5, alive: 0.5 },
  severity: ['high', 'high'],
  title: l10n.t('No sound was sent'),
  explanation: l10n.t('The microphone’s track was open, it was not muted, and nothing was sent.'),
  suggestion: l10n.t('Look at the microphone, its permission, and a change of device just before.'),
  source: 'Twilio voice SDK monitor; ObserveRTC client monitor',
  weight: 78,
  streams: { direction: 'send', kind: 'audio', source: 'camera-mic' },
  values: alive,
  metric: { name: l10n.t('bytes or frames in the interval'), unit: '' },
  beyond: 'below',
  warn: 'alive',
  raise: ({ samples, seconds }) => ({ samples, seconds }),
  side: 'local',
  refine: (hit) => ((hit.share ?? 0) >= 0.9 ? { ...hit, severity: 'critical' } : { ...hit, severity: 'high' }),
});

/** Frame rate of moments with frames; none at all is another matter. */
function moving(view: StreamView): Float64Array | undefined {
  const fps = column(view, 'fps');
  if (!fps || !hasZero(fps)) return fps;
  return fps.map((value) => (value === 0 ? Number.NaN : value));
}

/** Few frames: cameras below 15 warn and below 7 bad, screens below 2, for 10 s. */
export function frameRateRule(id: string, family: 'rtk' | 'hms', source: Stream['source']): ReportRule {
  const screen = source === 'screen';
  return seriesRule({
    id,
    family,
    inputs: [screen ? l10n.t('fps of screen video') : l10n.t('fps of camera video')],
    thresholds: screen ? { warn: 2, bad: 2, seconds: 10 } : { warn: 15, bad: 7, seconds: 10 },
    severity: ['medium', 'high'],
    title: screen ? l10n.t('The shared screen hardly moved') : l10n.t('Choppy motion'),
    explanation: l10n.t(
      'Few frames a second were shown or sent. A sender short of processor time or bandwidth, or losses on the way, have this effect.',
    ),
    suggestion: l10n.t('See the sender’s limitation by CPU and bandwidth, and loss, at the same time.'),
    source: 'Microsoft Teams call quality',
    weight: 25,
    streams: { kind: 'video', source },
    oneLayer: onePicture,
    values: moving,
    metric: 'fps',
    beyond: 'below',
    warn: 'warn',
    bad: 'bad',
    raise: ({ seconds }) => ({ seconds, samples: 2 }),
    side: 'senders',
  });
}

/** Both kinds of picture under one id: each has its own limits. */
export function bothFrameRates(id: string, family: 'rtk' | 'hms'): ReportRule {
  const camera = frameRateRule(id, family, 'camera-mic');
  const screen = frameRateRule(id, family, 'screen');
  return {
    ...camera,
    inputs: [l10n.t('fps of camera and screen video')],
    thresholds: { ...camera.thresholds, screen: 2 },
    limits: [
      ...(camera.limits as NamedLimit[]),
      ...(screen.limits as NamedLimit[]).map((limit) => ({ ...limit, warn: 'screen', bad: 'screen' })),
    ],
    evaluate: (view, thresholds, found) => {
      const least = thresholds.screen as number;
      const limits = { ...thresholds, warn: least, bad: least };
      const parts = [camera.evaluate(view, thresholds, found), screen.evaluate(view, limits, found)];
      const hits = parts.flatMap((part) => part.hits);
      const [first, second] = parts;
      if (first?.skipped !== undefined && second?.skipped !== undefined) return { hits, skipped: first.skipped };
      const partly = parts.find((part) => part.partly)?.partly;
      return { hits, ...(partly && { partly }) };
    },
  };
}

/** Width as a share of the widest so far. */
function shareOfWidest(view: StreamView): Float64Array | undefined {
  const width = column(view, 'frameWidth');
  if (!width) return undefined;
  let widest = 0;
  return width.map((value, i) => {
    if (!(value > 0)) return Number.NaN;
    if (view.usable[i] === 1) widest = Math.max(widest, value);
    return widest > 0 ? value / widest : 1;
  });
}

const lowResolution = seriesRule({
  id: 'rtk.video.lowres',
  family: 'rtk',
  inputs: [l10n.t('frameWidth of video'), 'poor_resolution_fraction'],
  /** At most so large a part of the widest so far, for so many seconds; share of the time by the provider's count. */
  thresholds: { part: 0.5001, seconds: 30, fraction: 0.25 },
  severity: ['low', 'medium'],
  title: l10n.t('Blurry picture'),
  explanation: l10n.t(
    'The picture was at most half as wide as before. A sender that is limited, or a smaller layer that was chosen, have this effect.',
  ),
  suggestion: l10n.t('See the sender’s limitation; a small tile on screen gets a small picture on purpose.'),
  source: l10n.t('100ms network performance guide; shares: own'),
  weight: 20,
  streams: { kind: 'video' },
  oneLayer: onePicture,
  values: shareOfWidest,
  metric: { name: l10n.t('width as a share of the widest so far'), unit: '' },
  beyond: 'below',
  warn: 'part',
  raise: ({ seconds }) => ({ seconds, samples: 2 }),
  side: 'senders',
  refine: (hit) => ({ ...hit, confidence: 'low' }),
  aggregate: (view, { fraction }) =>
    issueHits(view, {
      name: 'poor_resolution_fraction',
      limit: fraction,
      words: l10n.t('share of the time with a poor resolution'),
      most: 'medium',
      side: (direction) => (direction === 'send' ? 'local' : 'unclear'),
    }),
});

const keyFrameRequests = seriesRule({
  id: 'rtk.pli.storm',
  family: 'rtk',
  inputs: [l10n.t('pliCount and firCount of video'), 'high_negative_feedback_fraction'],
  /** Requests per second: on, off again, for so many seconds; % of the provider's readings. */
  thresholds: { on: 0.5, off: 0.15, seconds: 30, feedback: 10 },
  severity: ['medium', 'medium'],
  title: l10n.t('Key frames were asked for again and again'),
  explanation: l10n.t('Receivers kept asking for key frames: packets are lost on a path, or a decoder is stuck.'),
  suggestion: l10n.t('See who lost packets at that time; each key frame makes the picture larger for everybody.'),
  source: 'ObserveRTC client monitor',
  weight: 15,
  streams: { kind: 'video' },
  values: (view) => {
    const names = (['pliCount', 'firCount'] as const).filter((name) => column(view, name));
    return perSecond(view, ...names);
  },
  metric: { name: l10n.t('key frame requests'), unit: l10n.t('per s') },
  beyond: 'above',
  warn: 'on',
  clear: 'off',
  raise: ({ seconds }) => ({ seconds, samples: 2 }),
  side: 'unclear',
  confidence: 'medium',
  aggregate: ({ report }, { feedback }) => {
    const rows = aggregatesOf(report, 'highNegativeFeedback').filter((row) => row.avg !== undefined);
    if (rows.length === 0) return undefined;
    return rows.flatMap((row): Hit[] =>
      (row.avg as number) > feedback
        ? [
            {
              severity: 'medium',
              evidence: [
                { metric: 'highNegativeFeedback', value: round(row.avg as number), unit: '%', threshold: feedback },
              ],
              side: 'unclear',
              confidence: 'medium',
            },
          ]
        : [],
    );
  },
});

export const VIDEO_RULES: readonly ReportRule[] = [
  noPicture,
  noSound,
  bothFrameRates('rtk.video.fps', 'rtk'),
  lowResolution,
  keyFrameRequests,
];
