import * as l10n from '@vscode/l10n';
import { scan } from '../engine/episodes';
import { round } from '../engine/series-rule';
import { severityOf } from '../engine/severity';
import { column, firstAt, type ReportView, type StreamView } from '../engine/view';
import { type Hit, type ReportRule, reportRule, skip } from '../rule';
import { lossRule } from './network';

const NO_BITRATE = l10n.t('Not in the report: bitrate of the samples.');

function withBitrate(view: ReportView): StreamView[] {
  return view.streams.filter((one) => column(one, 'bitrate') !== undefined);
}

const stall = reportRule({
  id: 'wb.bitrate.stall',
  family: 'wb',
  inputs: ['bitrate'],
  thresholds: { samples: 3 },
  severity: ['medium', 'medium'],
  title: l10n.t('Everything stopped for a moment and came back'),
  explanation: l10n.t('The bitrate fell to 0 for several samples and recovered: the connection was interrupted.'),
  suggestion: l10n.t('See whether others had the same at that time.'),
  source: l10n.t('own; Whereby quality insights'),
  weight: 62,
  evaluate: (view, { samples }) => {
    const streams = withBitrate(view);
    if (streams.length === 0) return skip(NO_BITRATE);
    return { hits: streams.flatMap((one) => stalls(one, view, samples)) };
  },
});

function stalls(one: StreamView, view: ReportView, samples: number): Hit[] {
  const bitrate = column(one, 'bitrate') as Float64Array;
  const hits: Hit[] = [];
  let flowed = false;
  let first = -1;
  let count = 0;
  for (let i = 0; i < bitrate.length; i++) {
    const value = bitrate[i] as number;
    if (Number.isNaN(value) || one.usable[i] === 0) {
      count = 0;
      if (Number.isNaN(one.elapsed[i])) flowed = false;
      continue;
    }
    if (value === 0) {
      if (count++ === 0) first = i;
      continue;
    }
    if (flowed && count >= samples) {
      const start = one.times[first - 1] ?? one.times[first];
      const end = one.times[i] as number;
      hits.push({
        start,
        end,
        severity: 'medium',
        evidence: [
          {
            metric: l10n.t('samples without media'),
            value: count,
            unit: '',
            threshold: samples,
            at: one.times[first],
            streamId: one.stream.id,
          },
        ],
        side: 'unclear',
        confidence: 'medium',
        subject: {
          type: 'stream',
          participantId: view.report.participant.id,
          streamId: one.stream.id,
          label: label(one),
        },
      });
    }
    count = 0;
    flowed = true;
  }
  return hits;
}

function label({ stream }: StreamView): string {
  return stream.direction === 'send' ? l10n.t('Everything sent') : l10n.t('Everything received');
}

/** Median of a growing and shrinking window, kept in order. */
class WindowMedian {
  readonly #sorted: number[] = [];

  add(value: number): void {
    this.#sorted.splice(this.#place(value), 0, value);
  }

  remove(value: number): void {
    this.#sorted.splice(this.#place(value), 1);
  }

  get value(): number {
    return this.#sorted[this.#sorted.length >> 1] ?? Number.NaN;
  }

  #place(value: number): number {
    let low = 0;
    let high = this.#sorted.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#sorted[middle] as number) < value) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** Bitrate as a share of the median of the window before each sample; NaN until that is half full. */
function shareOfMedian(one: StreamView, windowMs: number): Float64Array {
  const bitrate = column(one, 'bitrate') as Float64Array;
  const out = new Float64Array(bitrate.length).fill(Number.NaN);
  const median = new WindowMedian();
  let from = 0;
  for (let i = 0; i < bitrate.length; i++) {
    while (from < i && (one.times[i] as number) - (one.times[from] as number) > windowMs) {
      if (!Number.isNaN(bitrate[from])) median.remove(bitrate[from] as number);
      from++;
    }
    const value = bitrate[i] as number;
    if (Number.isNaN(value)) continue;
    if ((one.times[i] as number) - (one.times[from] as number) >= windowMs / 2 && median.value > 0)
      out[i] = value / median.value;
    median.add(value);
  }
  return out;
}

const drop = reportRule({
  id: 'wb.bitrate.drop',
  family: 'wb',
  inputs: ['bitrate', 'packetLoss'],
  /** Below such a part of the rolling median of so many seconds, for so many seconds; loss, %, that makes it congestion. */
  thresholds: { part: 0.3, windowSeconds: 60, seconds: 10, loss: 3 },
  severity: ['low', 'medium'],
  title: l10n.t('The bitrate dropped'),
  explanation: l10n.t(
    'The bitrate fell far below its usual value without loss: probably muted or the camera turned off.',
  ),
  suggestion: l10n.t('Nothing to do if somebody muted.'),
  source: l10n.t('own; Whereby quality insights'),
  weight: 40,
  evaluate: (view, { part, windowSeconds, seconds, loss }) => {
    const streams = withBitrate(view);
    if (streams.length === 0) return skip(NO_BITRATE);
    let measured = 0;
    const hits = streams.flatMap((one) => {
      const share = shareOfMedian(one, windowSeconds * 1000);
      const seen = scan(one, share, { beyond: 'below', warn: part, raise: { seconds, samples: 2 } });
      measured = Math.max(measured, seen.measured);
      return seen.episodes.map((episode): Hit => {
        const worst = worstLoss(one, episode.start, episode.end);
        const lossy = worst !== undefined && worst.value > loss;
        return {
          start: episode.start,
          end: episode.end,
          severity: lossy
            ? severityOf(view.length > 0 ? (episode.end - episode.start) / view.length : undefined, 'medium')
            : 'info',
          ...(lossy && {
            title: l10n.t('The bitrate dropped with losses: congestion'),
            explanation: l10n.t(
              'The bitrate fell far below its usual value while packets were lost: the network could not carry it.',
            ),
            suggestion: l10n.t('Look for other traffic on the same network; try a wired one.'),
          }),
          evidence: [
            {
              metric: l10n.t('bitrate as a part of the usual'),
              value: round(episode.worst),
              unit: '',
              threshold: part,
              at: episode.worstAt,
              streamId: one.stream.id,
            },
            ...(lossy
              ? [
                  {
                    metric: 'packetLoss',
                    value: round(worst.value),
                    unit: '%',
                    threshold: loss,
                    at: worst.at,
                    streamId: one.stream.id,
                  },
                ]
              : []),
          ],
          side: 'unclear',
          confidence: lossy ? 'medium' : 'low',
          subject: {
            type: 'stream',
            participantId: view.report.participant.id,
            streamId: one.stream.id,
            label: label(one),
          },
        };
      });
    });
    if (hits.length === 0 && measured < 5) return skip(l10n.t('Not enough data: too few samples for a usual bitrate.'));
    return { hits };
  },
});

function worstLoss(one: StreamView, start: number, end: number): { value: number; at: number } | undefined {
  const loss = column(one, 'packetLoss');
  if (!loss) return undefined;
  let worst: { value: number; at: number } | undefined;
  for (let i = firstAt(one.times, start); i < one.times.length && (one.times[i] as number) <= end; i++) {
    const value = loss[i] as number;
    if (one.usable[i] === 1 && value > (worst?.value ?? -1)) worst = { value, at: one.times[i] as number };
  }
  return worst;
}

const oneWay = reportRule({
  id: 'wb.oneway',
  family: 'wb',
  inputs: [l10n.t('bitrate sent and received'), l10n.t('who else was there')],
  thresholds: { seconds: 10 },
  severity: ['high', 'high'],
  title: l10n.t('Media went one way only'),
  explanation: l10n.t('One direction carried media and the other nothing, while somebody else was there.'),
  suggestion: l10n.t('Look at firewalls and permissions at the end that is silent.'),
  source: l10n.t('own'),
  weight: 74,
  evaluate: (view, { seconds }) => {
    const sent = withBitrate(view).find(({ stream }) => stream.direction === 'send');
    const received = withBitrate(view).find(({ stream }) => stream.direction === 'receive');
    if (!sent || !received) return skip(l10n.t('Not in the report: bitrate in both directions.'));
    const others = view.participants?.filter(
      ({ id, joinedAt }) => id !== view.report.participant.id && joinedAt !== undefined,
    );
    if (!others) return skip(l10n.t('Not known here who else was in the call.'));
    const there = (at: number) =>
      others.some((one) => (one.joinedAt as number) <= at && (one.leftAt ?? Number.POSITIVE_INFINITY) >= at);
    const hits = [sent, received].flatMap((silent) => {
      const speaking = silent === sent ? received : sent;
      const values = Float64Array.from(silent.times, (time, i) => {
        const quiet = (column(silent, 'bitrate') as Float64Array)[i] as number;
        const at = firstAt(speaking.times, time);
        const loud =
          speaking.times[at] === time ? ((column(speaking, 'bitrate') as Float64Array)[at] as number) : Number.NaN;
        if (Number.isNaN(quiet) || Number.isNaN(loud)) return Number.NaN;
        return quiet === 0 && loud > 0 && there(time) ? 1 : 0;
      });
      const seen = scan(silent, values, { beyond: 'above', warn: 0.5, raise: { seconds, samples: 2 } });
      return seen.episodes.map(
        (episode): Hit => ({
          start: episode.start,
          end: episode.end,
          severity: 'high',
          title:
            silent === sent
              ? l10n.t('Nothing was sent while others were received')
              : l10n.t('Nothing was received while media was sent'),
          evidence: [
            {
              metric: silent === sent ? l10n.t('bitrate sent') : l10n.t('bitrate received'),
              value: 0,
              unit: 'bit/s',
              at: episode.worstAt,
              streamId: silent.stream.id,
            },
          ],
          side: silent === sent ? 'local' : 'unclear',
          confidence: 'medium',
        }),
      );
    });
    return { hits };
  },
});

const lengths = reportRule({
  id: 'wb.len',
  family: 'wb',
  inputs: [l10n.t('times of the samples'), l10n.t('left at')],
  thresholds: {},
  severity: ['info', 'info'],
  title: l10n.t('The samples do not fit together'),
  explanation: l10n.t(
    'The lists of samples are of unequal length, or go on after the participant left: some figures may be at the wrong time.',
  ),
  suggestion: l10n.t('Take times of this report with care.'),
  source: l10n.t('own'),
  weight: 1,
  evaluate: (view) => {
    const columns = view.streams.flatMap((one) =>
      (['bitrate', 'packetLoss', 'packetLossUnscaled'] as const).flatMap((name) => {
        const values = column(one, name);
        return values
          ? [
              {
                name:
                  one.stream.direction === 'send'
                    ? l10n.t('{series} sent', { series: name })
                    : l10n.t('{series} received', { series: name }),
                last: lastMeasured(one, values),
                step: one.step,
              },
            ]
          : [];
      }),
    );
    const known = columns.filter(({ last }) => !Number.isNaN(last));
    if (known.length < 2) return skip(l10n.t('Not enough data: fewer than two lists of samples.'));
    const step = Math.max(...known.map((one) => one.step || 0));
    const longest = known.reduce((a, b) => (b.last > a.last ? b : a));
    const shortest = known.reduce((a, b) => (b.last < a.last ? b : a));
    const missing = longest.last - shortest.last;
    const left = view.report.participant.leftAt ?? view.report.endedAt;
    const after = left === undefined ? 0 : longest.last - left;
    if (!(missing > 0) && !(after > 2 * step)) return { hits: [] };
    const evidence = [
      ...(missing > 0
        ? [{ metric: l10n.t('{0} ends before {1} by', shortest.name, longest.name), value: missing / 1000, unit: 's' }]
        : []),
      ...(after > 2 * step ? [{ metric: l10n.t('samples after leaving'), value: after / 1000, unit: 's' }] : []),
    ];
    return { hits: [{ severity: 'info', evidence, side: 'unclear', confidence: 'high' }] };
  },
});

function lastMeasured({ times }: StreamView, values: Float64Array): number {
  for (let i = values.length - 1; i >= 0; i--) if (!Number.isNaN(values[i])) return times[i] as number;
  return Number.NaN;
}

export const WHEREBY_RULES: readonly ReportRule[] = [
  lossRule('wb.loss.send', 'wb', 'send', 'unclear'),
  lossRule('wb.loss.recv', 'wb', 'receive', 'unclear'),
  stall,
  drop,
  oneWay,
  lengths,
];
