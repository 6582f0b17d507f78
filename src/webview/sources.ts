import * as l10n from '@vscode/l10n';
import { type Gap, gapCauses, gapsOf, gapThreshold, usualStep } from '../core/gaps';
import { inSentence } from '../core/in-sentence';
import type { CallReport, CandidatePair, Stream } from '../core/model';
import type { OthersAway } from '../core/others-away';
import { streamLabel as coreLabel } from '../core/stream-label';
import { displayText, shortId } from '../core/text';
import type { ReportSubject } from '../protocol/messages';
import { type LineStyle, type LineStyles, lineStyle } from './line-style';

export type SourceGroup = 'sent' | 'received' | 'transport';

/** Which way a source's media went, beside its label. */
export const GROUP_WORDS: Readonly<Record<SourceGroup, string>> = {
  sent: l10n.t('sent'),
  received: l10n.t('received'),
  transport: l10n.t('transport'),
};

/** Anything with columns over time: a stream, or a transport that the provider sampled. */
export interface Source {
  id: string;
  group: SourceGroup;
  label: string;
  /** The label's parts, for a stream. */
  words?: StreamWords;
  stream?: Stream;
  times: Float64Array;
  series: Readonly<Record<string, Float64Array>>;
  style: LineStyle;
  /** Median distance of samples, ms. */
  spacing?: number;
  /** Longer pauses than this are gaps, ms. */
  maxGap: number;
  /** Where a column has no value, and why; worked out when first asked for. */
  gapsOf?: (key: string) => readonly Gap[];
  /** A track that took another's place, or whose place was taken. */
  replaced?: boolean;
}

/** What is known of a report's other participants, by their id. */
type Others = Pick<ReportSubject, 'participantNames' | 'othersAway'>;

/** Everything with columns: streams sent, streams received, transports. Looks are set by {@link setStyles}. */
export function buildSources(report: CallReport, others: Others = {}): Source[] {
  return [...buildStreams(report, others), ...buildTransports(report)];
}

function buildStreams(report: CallReport, { participantNames: names, othersAway }: Others): Source[] {
  const { streams, endedAt, participant } = report;
  const labels = streams.map((stream) => streamLabel(stream, names));
  const gaps = lazyGaps(report, othersAway);
  const sources = streams.map((stream, index): Source => {
    const label = labels[index] as string;
    // The same label twice (a track that was replaced) gets a number.
    const alike = streams.filter((other, at) => labels[at] === label && other.direction === stream.direction);
    const later = alike.some(({ times }) => (times[0] ?? 0) > (stream.times[0] ?? 0));
    return {
      id: stream.id,
      group: stream.direction === 'send' ? 'sent' : 'received',
      words: streamWords(stream, names),
      label: alike.length > 1 ? `${label} (${alike.indexOf(stream) + 1})` : label,
      stream,
      ...pace(stream.times),
      series: stream.series,
      style: lineStyle(0),
      gapsOf: gaps(stream, stream.series, later ? undefined : (endedAt ?? participant.leftAt)),
      replaced: alike.length > 1 && !alike.some((other) => other !== stream && overlaps(other.times, stream.times)),
    };
  });
  return [...sources.filter(({ group }) => group === 'sent'), ...sources.filter(({ group }) => group === 'received')];
}

function pace(times: Float64Array): Pick<Source, 'times' | 'spacing' | 'maxGap'> {
  return { times, spacing: usualStep(times) || undefined, maxGap: gapThreshold(times) };
}

function overlaps(a: Float64Array, b: Float64Array): boolean {
  const [firstA, firstB] = [a[0], b[0]];
  if (firstA === undefined || firstB === undefined) return false;
  return firstA <= (b[b.length - 1] as number) && firstB <= (a[a.length - 1] as number);
}

/** A report's gaps are worked out column by column when a chart or the cursor asks for them. */
function lazyGaps(report: CallReport, othersAway?: OthersAway) {
  let causes: ReturnType<typeof gapCauses> | undefined;
  return (
    stream: Parameters<typeof gapsOf>[0],
    series: Readonly<Partial<Record<string, Float64Array>>>,
    until: number | undefined,
  ) => {
    const known = new Map<string, readonly Gap[]>();
    return (key: string): readonly Gap[] => {
      const column = series[key];
      if (!column) return [];
      let gaps = known.get(key);
      if (!gaps) {
        causes ??= gapCauses(report, othersAway);
        gaps = gapsOf(stream, column, causes, until);
        known.set(key, gaps);
      }
      return gaps;
    };
  };
}

function buildTransports(report: CallReport): Source[] {
  const gaps = lazyGaps(report);
  const { transports } = report;
  return transports.flatMap((pair, index): Source[] => {
    const { times, series, direction = 'send' } = pair;
    if (!times?.length || !series) return [];
    return [
      {
        id: `transport:${index}`,
        group: 'transport',
        label: pairLabel(pair, transports),
        ...pace(times),
        series,
        style: lineStyle(0),
        gapsOf: gaps({ direction, kind: 'all', source: 'all', times }, series, undefined),
      },
    ];
  });
}

/** `Sending, nominated`, `Receiving 2`. */
export function pairLabel(pair: CandidatePair, pairs: readonly CandidatePair[]): string {
  const name = pairName(pair, pairs);
  return pair.nominated ? l10n.t('{0}, nominated', name) : name;
}

/** `Sending`, `Receiving 2`. */
export function pairName(pair: CandidatePair, pairs: readonly CandidatePair[]): string {
  const alike = pairs.filter(({ direction }) => direction === pair.direction);
  const way =
    pair.direction === 'send' ? l10n.t('Sending') : pair.direction === 'receive' ? l10n.t('Receiving') : l10n.t('Pair');
  return alike.length > 1 ? `${way} ${alike.indexOf(pair) + 1}` : way;
}

/** Each source has a look of its own; the tracks that took each other's place share one. */
export function setStyles(sources: readonly Source[], styles: LineStyles): void {
  const shared = new Map<string, Source[]>();
  for (const source of sources) {
    const { id, group, label, replaced } = source;
    const key = replaced ? `${group} ${label.replace(/ \(\d+\)$/, '')}` : id;
    shared.set(key, [...(shared.get(key) ?? []), source]);
  }
  for (const alike of shared.values()) {
    const style = styles.of(alike.map(({ id }) => id));
    for (const source of alike) source.style = style;
  }
}

/** What a stream is called, in parts. */
export interface StreamWords {
  /** `Microphone`, `Screen (video)`. */
  what: string;
  /** Received: whose it is. */
  who?: string;
  layer?: string;
}

/** A stream's medium, sender and layer in words. */
export function streamWords(stream: Stream, names: Readonly<Record<string, string>> = {}): StreamWords {
  // The list's heading says which way it goes.
  const [, said = '', from = ''] =
    /^(.*?)(?: (?:sent|received)(?: from (.+))?)?$/.exec(displayText(stream.label ?? '', 120)) ?? [];
  const { direction, kind, source, label, remoteName = '' } = stream;
  const usual = remoteName !== '' || label?.startsWith(coreLabel({ direction, kind, source }));
  const what = (!usual && displayText(said, 60)) || plainLabel(stream);
  const layer = stream.layer ? displayText(stream.layer, 40) : undefined;
  const remote = stream.remoteParticipantId;
  if (stream.direction === 'send' || remote === undefined) return { what, layer };
  const name = Object.hasOwn(names, remote) ? displayText(names[remote] ?? '', 60) : '';
  return { what, who: name || displayText(remoteName, 60) || from || `${shortId(remote)}…`, layer };
}

/** `Microphone`, `Screen (video) · h`, `Caller B · camera`; `Sent` for all that was sent. */
export function streamLabel(stream: Stream, names?: Readonly<Record<string, string>>): string {
  // Where a provider sums up all streams there is one for each direction.
  if (stream.kind === 'all' && stream.source === 'all')
    return stream.direction === 'send' ? l10n.t('Sent') : l10n.t('Received');
  const { what, who, layer } = streamWords(stream, names);
  const end = layer ? ` · ${layer}` : '';
  if (who === undefined || what.includes(who)) return what + end;
  return `${who} · ${inSentence(what)}${end}`;
}

/** What the provider calls the stream, for finding it in logs: ids, SSRC, mid, and who sent it. */
export function identifiersOf({ stream }: Source): string {
  const own = Object.entries(stream?.identifiers ?? {}).map(([name, value]) => `${name} ${value}`);
  const from = stream?.remoteParticipantId;
  const all = from ? [...own, l10n.t({ message: 'from {0}', args: [from], comment: ['whose media it is'] })] : own;
  return all.map((text) => displayText(text, 120)).join(' · ');
}

/** Which medium, in a word or two. */
export function plainLabel({ kind, source }: Pick<Stream, 'kind' | 'source'>): string {
  if (kind === 'all') return l10n.t('All media');
  if (source === 'all') return kind === 'audio' ? l10n.t('All audio') : l10n.t('All video');
  if (source === 'screen') return kind === 'audio' ? l10n.t('Screen audio') : l10n.t('Screen');
  return kind === 'audio' ? l10n.t('Microphone') : l10n.t('Camera');
}
