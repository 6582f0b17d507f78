import * as l10n from '@vscode/l10n';
import type { Stream } from '../../core/model';
import { lossOfBusy } from '../engine/columns';
import { round, seriesRule } from '../engine/series-rule';
import { column } from '../engine/view';
import type { Hit, ReportRule } from '../rule';
import { reportRule, skip } from '../rule';
import { aggregatesOf, MEDIUM, shareAtLeast } from './aggregate';

const LOSS_SOURCE = 'Twilio Voice Insights; Microsoft Teams call quality';
const JITTER_SOURCE = 'Twilio Voice Insights; Microsoft Teams call quality; Sinch';
const RTT_SOURCE = 'Twilio Voice Insights; Microsoft Teams call quality; Sinch; ITU-T G.114';

/** Loss: 3 of 5 samples beyond 3 % warn, beyond 10 % bad. An interval of fewer packets than `minPackets` says nothing (own). */
const LOSS = { warn: 3, bad: 10, minPackets: 20 };

/** Loss in one direction, for each provider that has it as a share of packets. */
export function lossRule(
  id: string,
  family: 'rtk' | 'hms' | 'wb',
  direction: Stream['direction'],
  side: 'senders' | 'local' | 'unclear',
): ReportRule {
  const received = direction === 'receive';
  return seriesRule({
    id,
    family,
    inputs: [received ? l10n.t('packetLoss of received streams') : l10n.t('packetLoss of sent streams')],
    thresholds: LOSS,
    severity: ['medium', 'high'],
    title: received ? l10n.t('Packets were lost on the way to this participant') : l10n.t('Uplink lost packets'),
    explanation: received
      ? l10n.t('Packets of what this participant received did not arrive: sound breaks up and the picture freezes.')
      : l10n.t('Packets that this participant sent did not reach the service: everybody hears and sees it.'),
    suggestion: received
      ? l10n.t(
          'If the media of many senders are affected, look at this participant’s downlink (Wi-Fi, VPN); if of one only, look at that sender.',
        )
      : l10n.t('Try a wired network or a place nearer to the access point, and a lower resolution.'),
    source: LOSS_SOURCE,
    weight: 70,
    streams: { direction },
    values: (view, _report, { minPackets }) =>
      lossOfBusy(view, minPackets) ??
      (view.stream.series.packetLossUnscaled
        ? l10n.t('It cannot be told whether the loss is percent or a fraction; the connection’s setting can say it.')
        : undefined),
    metric: 'packetLoss',
    beyond: 'above',
    warn: 'warn',
    bad: 'bad',
    raise: () => ({ samples: 3, of: 5 }),
    side,
    confidence: side === 'unclear' ? 'medium' : 'high',
  });
}

/** Jitter: 3 of 5 samples beyond 30 ms warn, beyond 100 ms bad. */
export function jitterRule(id: string, family: 'rtk' | 'hms'): ReportRule {
  return seriesRule({
    id,
    family,
    inputs: ['jitter'],
    thresholds: { warn: 30, bad: 100 },
    severity: ['low', 'high'],
    title: l10n.t('Packets arrived unevenly'),
    explanation: l10n.t(
      'The time between packets varied much: a busy Wi-Fi or a queue in a router that is too long (bufferbloat).',
    ),
    suggestion: l10n.t('Look for other traffic on the same network, and try a wired one.'),
    source: JITTER_SOURCE,
    weight: 55,
    streams: {},
    values: (view) => column(view, 'jitter'),
    metric: 'jitter',
    beyond: 'above',
    warn: 'warn',
    bad: 'bad',
    raise: () => ({ samples: 3, of: 5 }),
    side: 'senders',
  });
}

/** Round trips: 3 of 5 samples beyond 300 ms warn, beyond 500 ms bad; or a share of readings at 500 ms and more. */
export function rttRule(id: string, family: 'rtk' | 'hms'): ReportRule {
  return seriesRule({
    id,
    family,
    inputs: [l10n.t('rtt of sent streams'), l10n.t('rtt aggregates')],
    thresholds: { warn: 300, bad: 500, share500: 0.05 },
    severity: ['medium', 'high'],
    title: l10n.t('Long round trips'),
    explanation: l10n.t('Answers come late: people talk over each other.'),
    suggestion: l10n.t('Look at the region of the service, a VPN, and whether media goes through a relay.'),
    source: RTT_SOURCE,
    weight: 60,
    streams: { direction: 'send' },
    values: (view) => column(view, 'rtt'),
    metric: 'rtt',
    beyond: 'above',
    warn: 'warn',
    bad: 'bad',
    raise: () => ({ samples: 3, of: 5 }),
    side: 'network',
    aggregate: ({ report }, { share500 }) => {
      const rows = aggregatesOf(report, 'rtt').filter((row) => shareAtLeast(row, 500) !== undefined);
      if (rows.length === 0) return undefined;
      return rows.flatMap((row): Hit[] => {
        const share = shareAtLeast(row, 500) as number;
        if (!(share > share500)) return [];
        const metric =
          row.kind === 'audio'
            ? l10n.t('share of audio readings of 500 ms or more')
            : l10n.t('share of video readings of 500 ms or more');
        return [
          {
            severity: 'medium',
            evidence: [{ metric, value: round(share), unit: '', threshold: share500 }],
            side: 'network',
            confidence: 'medium',
          },
        ];
      });
    },
  });
}

/** What is shared with a screen, in words, by direction. */
const SCREEN: typeof MEDIUM = {
  audio: { send: l10n.t('screen audio sent'), receive: l10n.t('screen audio received') },
  video: { send: l10n.t('screen video sent'), receive: l10n.t('screen video received') },
};

const lossDistribution = reportRule({
  id: 'rtk.loss.dist',
  family: 'rtk',
  inputs: [l10n.t('packetLoss aggregates')],
  /** Shares (0..1) of the provider's readings: at 5 % loss or more, and at 25 % or more. */
  thresholds: { share5: 0.1, share5Bad: 0.25, share25: 0.02 },
  severity: ['medium', 'high'],
  title: l10n.t('Much of the call had lost packets'),
  explanation: l10n.t('The provider’s own readings were at a loss of 5 % or more for a large share of the call.'),
  suggestion: l10n.t('See in the charts when it was; without samples, ask what network the participant was on.'),
  source: l10n.t('100ms network performance guide; shares: own'),
  weight: 50,
  evaluate: ({ report }, { share5, share5Bad, share25 }) => {
    const rows = aggregatesOf(report, 'packetLoss').filter((row) => shareAtLeast(row, 5) !== undefined);
    if (rows.length === 0) return skip(l10n.t('Not in the report: shares of readings with loss.'));
    const hits = rows.flatMap((row): Hit[] => {
      const at5 = shareAtLeast(row, 5) as number;
      const at25 = shareAtLeast(row, 25);
      const bad = at5 > share5Bad || (at25 !== undefined && at25 > share25);
      if (!bad && !(at5 > share5)) return [];
      const what = row.source === 'screen' ? SCREEN[row.kind][row.direction] : MEDIUM[row.kind][row.direction];
      return [
        {
          // Sound and picture are findings of their own: told apart, or a list would say the same twice.
          subject: { type: 'stream', participantId: report.participant.id, label: what },
          severity: bad ? 'high' : 'medium',
          share: at5,
          evidence: [
            {
              metric: l10n.t('share of readings with 5 % loss or more, {0}', what),
              value: round(at5),
              unit: '',
              threshold: at5 > share5Bad ? share5Bad : share5,
            },
            ...(at25 === undefined
              ? []
              : [
                  {
                    metric: l10n.t('share of readings with 25 % loss or more, {0}', what),
                    value: round(at25),
                    unit: '',
                    threshold: share25,
                  },
                ]),
          ],
          side: row.direction === 'send' ? 'local' : 'unclear',
          confidence: 'medium',
        },
      ];
    });
    return { hits };
  },
});

export const NETWORK_RULES: readonly ReportRule[] = [
  lossRule('rtk.loss.in', 'rtk', 'receive', 'senders'),
  lossRule('rtk.loss.out', 'rtk', 'send', 'local'),
  lossDistribution,
  jitterRule('rtk.jitter', 'rtk'),
  rttRule('rtk.rtt', 'rtk'),
];
