import * as l10n from '@vscode/l10n';
import type { CallEvent, Stream } from '../../core/model';
import { perSecond } from '../engine/columns';
import { traffic } from '../engine/picture';
import { round, seriesRule } from '../engine/series-rule';
import { column, firstAt, type ReportView, type StreamView } from '../engine/view';
import type { Evidence } from '../finding';
import { type Hit, type ReportRule, reportRule, skip } from '../rule';
import { jitterRule, lossRule, rttRule } from './network';
import { bothFrameRates } from './video';

/** A detail of an event by its provider's name, whatever it is nested in. */
function detail({ details }: CallEvent, name: string): string | number | boolean | undefined {
  if (!details) return undefined;
  const key = Object.hasOwn(details, name) ? name : Object.keys(details).find((each) => each.endsWith(`.${name}`));
  return key === undefined ? undefined : (details[key] ?? undefined);
}

const ERROR_DETAILS = ['error_name', 'error_code', 'action', 'transport_state', 'endpoint', 'error_message'] as const;
const PERSONAL_DETAILS = ['error_description'] as const;

const errors = reportRule({
  id: 'hms.err',
  family: 'hms',
  inputs: [l10n.t('client events with an error')],
  thresholds: {},
  severity: ['medium', 'critical'],
  title: l10n.t('The client reported an error'),
  explanation: l10n.t('The SDK reported an error and may have recovered from it.'),
  suggestion: l10n.t('Look the error code up in the provider’s list; candidates in the text tell what was reachable.'),
  source: '100ms error events',
  weight: 92,
  evaluate: ({ events, report }) => {
    const found = events.filter(({ name }) => /^client\.(\w+\.)?(failed|disconnected)$/.test(name));
    const told = events.length > 0 || report.participant.events !== undefined;
    if (!told) return skip(l10n.t('Not in the report: events of the client.'));
    return {
      hits: found.map((event): Hit => {
        const terminal = detail(event, 'is_terminal') === true;
        const evidence: Evidence[] = [{ metric: l10n.t('event'), value: event.name, unit: '', at: event.at }];
        for (const name of ERROR_DETAILS) {
          const value = detail(event, name);
          if (value !== undefined && value !== '') evidence.push({ metric: name, value: String(value), unit: '' });
        }
        for (const name of PERSONAL_DETAILS) {
          const value = detail(event, name);
          if (value !== undefined && value !== '')
            evidence.push({ metric: name, value: String(value), unit: '', personal: true });
        }
        return {
          start: event.at,
          end: event.at,
          severity: terminal ? 'critical' : 'medium',
          title: titleOf(event),
          ...(terminal && { explanation: l10n.t('The SDK gave up: the call failed for this participant.') }),
          evidence,
          side: 'unclear',
          confidence: 'high',
        };
      }),
    };
  },
});

function titleOf({ name }: CallEvent): string {
  switch (name) {
    case 'client.join.failed':
      return l10n.t('Joining failed');
    case 'client.publish.failed':
      return l10n.t('Sending a track failed');
    case 'client.subscribe.failed':
      return l10n.t('Receiving a track failed');
    case 'client.connect.failed':
      return l10n.t('Connecting failed');
    default:
      return l10n.t('The connection was lost');
  }
}

const freezes = seriesRule({
  id: 'hms.freeze',
  family: 'hms',
  inputs: [l10n.t('freezeCount of received video')],
  /** Freezes in 3 of 5 samples. */
  thresholds: { count: 0 },
  severity: ['high', 'high'],
  title: l10n.t('The picture froze again and again'),
  explanation: l10n.t('The receiver counted freezes in most of the samples of that time.'),
  suggestion: l10n.t('See loss on the sender’s side and the bitrate of the same stream.'),
  source: 'W3C webrtc-stats',
  weight: 35,
  streams: { direction: 'receive', kind: 'video' },
  values: (view) => column(view, 'freezeCount'),
  metric: 'freezeCount',
  beyond: 'above',
  warn: 'count',
  raise: () => ({ samples: 3, of: 5 }),
  side: 'senders',
});

const conceal = seriesRule({
  id: 'hms.conceal',
  family: 'hms',
  inputs: [l10n.t('concealedSamples of received audio')],
  /** % of the sound (48,000 samples a second) for so many seconds: notable, and severe. */
  thresholds: { warn: 3, bad: 5, clear: 1, seconds: 15 },
  severity: ['medium', 'high'],
  title: l10n.t('Audible gaps in received sound'),
  explanation: l10n.t('The receiver made up a share of the sound because packets were lost or late.'),
  suggestion: l10n.t('See loss and jitter of the sender at that time.'),
  source: l10n.t('ObserveRTC client monitor, after Webex'),
  weight: 32,
  streams: { direction: 'receive', kind: 'audio' },
  values: (view) => perSecond(view, 'concealedSamples')?.map((rate) => (100 * rate) / 48_000),
  metric: { name: l10n.t('synthesized sound'), unit: '%' },
  beyond: 'above',
  warn: 'warn',
  bad: 'bad',
  clear: 'clear',
  raise: ({ seconds }) => ({ seconds, samples: 2 }),
  side: 'senders',
});

/** Layers in the order of size: 100ms calls them h, m and l. */
function rank({ layer }: Stream): number {
  return layer ? ['l', 'm', 'h'].indexOf(layer.charAt(0).toLowerCase()) : -1;
}

/** Whether anything was sent on a stream between two moments; undefined when nothing was measured. */
function sent(view: StreamView, from: number, to: number): boolean | undefined {
  const bytes = traffic(view);
  if (!bytes) return undefined;
  let known: boolean | undefined;
  for (let i = firstAt(view.times, from); i < view.times.length && (view.times[i] as number) <= to; i++) {
    if (Number.isNaN(bytes[i])) continue;
    known = known === true || (bytes[i] as number) > 0;
  }
  return known;
}

const layers = reportRule({
  id: 'hms.layer',
  family: 'hms',
  inputs: [l10n.t('layers and bitrate of sent video')],
  thresholds: { seconds: 10 },
  severity: ['low', 'low'],
  title: l10n.t('The sharpest layer stopped'),
  explanation: l10n.t(
    'The largest simulcast layer ended while smaller ones went on: uplink or processor were too weak for it.',
  ),
  suggestion: l10n.t('See loss and round trips of the sender at that time.'),
  source: l10n.t('own'),
  weight: 28,
  evaluate: (view, { seconds }) => {
    const tracks = new Map<string, StreamView[]>();
    for (const one of view.streams) {
      if (one.stream.direction !== 'send' || one.stream.kind !== 'video' || rank(one.stream) < 0) continue;
      tracks.set(one.track, [...(tracks.get(one.track) ?? []), one]);
    }
    const layered = [...tracks.values()].filter(
      (list) => list.length > 1 && list.some(({ stream }) => rank(stream) === 2),
    );
    if (layered.length === 0) return skip(l10n.t('Not in the report: a sent video with several layers.'));
    return { hits: layered.flatMap((list) => stopped(list, view, seconds)) };
  },
});

function stopped(list: readonly StreamView[], view: ReportView, seconds: number): Hit[] {
  const top = list.find(({ stream }) => rank(stream) === 2) as StreamView;
  const bytes = traffic(top);
  if (!bytes) return [];
  let last = Number.NaN;
  for (let i = 0; i < bytes.length; i++) if ((bytes[i] as number) > 0) last = top.times[i] as number;
  const others = list.filter((one) => one !== top);
  const end = Math.max(...others.map(({ times }) => times[times.length - 1] ?? Number.NEGATIVE_INFINITY));
  const after = (end - last) / 1000;
  if (!(after >= seconds) || sent(top, last + 1, end) === true) return [];
  if (!others.some((one) => sent(one, last + 1, end) === true)) return [];
  return [
    {
      start: last,
      end,
      severity: 'low',
      evidence: [
        {
          metric: l10n.t('smaller layers went on for'),
          value: round(after),
          unit: 's',
          threshold: seconds,
          at: last,
          streamId: top.stream.id,
        },
      ],
      side: 'local',
      confidence: 'medium',
      subject: {
        type: 'stream',
        participantId: view.report.participant.id,
        streamId: top.stream.id,
        label: l10n.t('Camera sent'),
      },
    },
  ];
}

export const HMS_RULES: readonly ReportRule[] = [
  lossRule('hms.loss.in', 'hms', 'receive', 'senders'),
  lossRule('hms.loss', 'hms', 'send', 'local'),
  rttRule('hms.rtt', 'hms'),
  jitterRule('hms.jitter', 'hms'),
  bothFrameRates('hms.fps', 'hms'),
  freezes,
  conceal,
  errors,
  layers,
];
