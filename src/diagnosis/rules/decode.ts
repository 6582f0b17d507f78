import * as l10n from '@vscode/l10n';
import { anyAbove, anyBelow, perSecond } from '../engine/columns';
import { traffic } from '../engine/picture';
import { seriesRule } from '../engine/series-rule';
import { column, type StreamView } from '../engine/view';
import type { ReportRule } from '../rule';
import { issueHits } from './aggregate';

/** Frames a second that were decoded while bytes came; NaN while none came. */
function decodedWhileFed(view: StreamView, fps: number): Float64Array | undefined {
  const decoded = column(view, 'framesDecoded');
  const bytes = traffic(view);
  if (!decoded || !bytes) return undefined;
  // So many frames in an interval are enough whatever its length, up to that of the longest that is no gap.
  if (!anyBelow(decoded, Math.max(1, fps * 60))) return decoded;
  const rate = perSecond(view, 'framesDecoded') as Float64Array;
  for (let i = 0; i < rate.length; i++) if (!((bytes[i] as number) > 0)) rate[i] = Number.NaN;
  return rate;
}

const frozen = seriesRule({
  id: 'rtk.video.freeze',
  family: 'rtk',
  inputs: [l10n.t('framesDecoded and bytes of received video'), 'lag_fraction'],
  /** Frames a second that are as good as none (own), for so many samples; share of the time by the provider's count. */
  thresholds: { fps: 0.5, samples: 2, fraction: 0.1 },
  severity: ['high', 'high'],
  title: l10n.t('Frozen picture although packets arrived'),
  explanation: l10n.t(
    'Packets of a video came and hardly a frame of it was decoded: the decoder is stuck or waits for a key frame.',
  ),
  suggestion: l10n.t(
    'See loss and key frame requests at that time; a decoder that stays stuck is a bug or a broken hardware codec.',
  ),
  source: 'ObserveRTC client monitor; W3C webrtc-stats',
  weight: 35,
  streams: { direction: 'receive', kind: 'video' },
  values: (view, _report, { fps }) => decodedWhileFed(view, fps),
  metric: { name: l10n.t('frames decoded'), unit: l10n.t('per s') },
  beyond: 'below',
  warn: 'fps',
  raise: ({ samples }) => ({ samples, seconds: 0 }),
  side: 'senders',
  aggregate: (view, { fraction }) =>
    issueHits(view, {
      name: 'lag_fraction',
      limit: fraction,
      words: l10n.t('share of the time with a lagging picture'),
      most: 'high',
      side: () => 'unclear',
      direction: 'receive',
      // A shared screen of few frames is no lag.
      source: 'camera-mic',
    }),
});

/** Share of frames dropped before display, %, of intervals with little loss. */
function droppedShare(view: StreamView, lossBelow: number): Float64Array | undefined {
  const dropped = column(view, 'framesDropped');
  const decoded = column(view, 'framesDecoded');
  if (!dropped || !decoded) return undefined;
  if (!anyAbove(dropped, 0)) return dropped;
  const loss = column(view, 'packetLoss');
  const out = new Float64Array(dropped.length);
  for (let i = 0; i < out.length; i++) {
    const all = (dropped[i] as number) + (decoded[i] as number);
    const lossy = loss ? (loss[i] as number) >= lossBelow : false;
    out[i] = lossy ? 0 : all > 0 ? (100 * (dropped[i] as number)) / all : Number.NaN;
  }
  return out;
}

const dropped = seriesRule({
  id: 'rtk.video.drop',
  family: 'rtk',
  inputs: [l10n.t('framesDropped, framesDecoded, packetLoss of received video')],
  /** % of frames, while the loss is below so many %. */
  thresholds: { warn: 10, loss: 2 },
  severity: ['medium', 'medium'],
  title: l10n.t('This device could not show all frames'),
  explanation: l10n.t(
    'Frames arrived and were dropped before display although hardly a packet was lost: the device cannot decode fast enough.',
  ),
  suggestion: l10n.t('Show fewer tiles or ask for a lower layer; close other applications.'),
  source: 'ObserveRTC client monitor',
  weight: 60,
  streams: { direction: 'receive', kind: 'video' },
  values: (view, _report, { loss }) => droppedShare(view, loss),
  metric: { name: l10n.t('dropped frames'), unit: '%' },
  beyond: 'above',
  warn: 'warn',
  raise: () => ({ samples: 3, of: 5 }),
  side: 'local',
});

export const DECODE_RULES: readonly ReportRule[] = [frozen, dropped];
