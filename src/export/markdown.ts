import * as l10n from '@vscode/l10n';
import { pathWords } from '../core/connection-words';
import { localNumber } from '../core/locale';
import { MASKED } from '../core/mask';
import type { Aggregate, CallReport, Figure, Stream } from '../core/model';
import { SERIES_NAMES, type SeriesName, seriesInfo, summarize, unitWord } from '../core/series';
import { displayText, markdownText } from '../core/text';
import { formatDuration } from '../core/time';
import { originOf, type ReportDocument, streamWords } from './document';

/** What a ticket tells of each stream, in this order; the rest is in the JSON and CSV exports. */
const TOLD: readonly SeriesName[] = [
  'packetLoss',
  'packetLossUnscaled',
  'rtt',
  'jitter',
  'jitterBufferDelay',
  'bitrate',
  'fps',
  'frameHeight',
  'freezeCount',
  'mos',
  'startupTime',
  'rebuffering',
  'playbackScore',
];
const MOST_STREAMS = 30;
const MOST_LINES = 20;

/** What the summary takes from elsewhere. */
export interface SummaryParts {
  /** `RealtimeKit`. */
  providerName: string;
  /** Verdict and findings as Markdown, headings from the third level. */
  findings: string;
}

/** A summary for a ticket: nothing that came from a provider is read as markup. */
export function summaryMarkdown(document: ReportDocument, { providerName, findings }: SummaryParts): string {
  const { report, names } = document;
  const who = text(names.get(report.participant.id) ?? report.participant.name ?? l10n.t('Participant'), 120);
  return `${[
    `# ${l10n.t('Call report: {0}', who)}`,
    '',
    ...facts(document, providerName),
    '',
    `## ${l10n.t('What went wrong')}`,
    '',
    findings.trimEnd(),
    '',
    `## ${l10n.t('Streams')}`,
    '',
    ...streamTable(report.streams, names),
    ...section(l10n.t('Figures'), figureLines(report.figures ?? [])),
    ...section(l10n.t('As the provider sums it up'), aggregateLines(report.aggregates)),
    ...section(l10n.t('Connection'), connectionLines(report)),
    ...section(
      l10n.t('Assumptions'),
      report.assumptions.map((sentence) => `- ${text(sentence)}`),
    ),
    ...section(
      l10n.t('Not readable'),
      report.issues.map(({ path, message }) => `- ${text(path, 120)}: ${text(message)}`),
    ),
    '',
    document.masked ? l10n.t('_Personal data are masked._') : l10n.t('_Holds personal data._'),
  ].join('\n')}\n`;
}

function facts(document: ReportDocument, providerName: string): string[] {
  const { report, session, ref, names } = document;
  const { participant, device, browser, sdk, network, startedAt, endedAt } = report;
  const from = participant.joinedAt ?? startedAt;
  const to = participant.leftAt ?? endedAt;
  const client = [
    [browser?.name, browser?.version],
    [device?.os, device?.osVersion],
    [device?.vendor, device?.model],
    [sdk?.name, sdk?.version],
  ];
  const where = [network?.ip, network?.organization ?? network?.asnName, network?.city, network?.country];
  const lines: [string, string | undefined][] = [
    [
      l10n.t('Who'),
      text(names.get(participant.id) ?? participant.name ?? l10n.t('unknown'), 120) + role(participant.role),
    ],
    [l10n.t('Participant'), code(ref.participantId)],
    // Of a saved answer of a provider the session may not be known.
    [
      l10n.t('Session'),
      sessionWords(ref.sessionId && code(ref.sessionId), session?.roomName && text(session.roomName, 120)),
    ],
    [l10n.t('Provider'), text(providerName, 60)],
    [l10n.t('When'), when(from ?? originOf(document), to)],
    [
      l10n.t('Client'),
      text(
        client
          .map((pair) => pair.filter(Boolean).join(' '))
          .filter(Boolean)
          .join(', '),
      ),
    ],
    [l10n.t('Network'), text(where.filter((part) => part && part !== MASKED).join(', '))],
  ];
  return lines.flatMap(([name, value]) => (value ? [`- **${name}**: ${value}`] : []));
}

function sessionWords(session: string | undefined, room: string | undefined): string | undefined {
  return session && room ? l10n.t('{session} in {room}', { session, room }) : session || room;
}

function role(name: string | undefined): string {
  return name ? ` (${text(name, 60)})` : '';
}

function when(from: number | undefined, to: number | undefined): string | undefined {
  if (from === undefined) return undefined;
  const start = new Date(from).toISOString();
  if (to === undefined) return start;
  return l10n.t('{from} to {to} ({duration})', {
    from: start,
    to: new Date(to).toISOString(),
    duration: formatDuration(to - from),
  });
}

function streamTable(streams: readonly Stream[], names: ReadonlyMap<string, string>): string[] {
  const lines = streams.slice(0, MOST_STREAMS).flatMap((stream) => {
    const label = text(streamWords(stream, names), 160);
    return TOLD.flatMap((name) => {
      const summary = stream.series[name] && summarize(stream.series[name]);
      if (!summary) return [];
      const { label: metric, unit, worse } = seriesInfo(name);
      const worst = worse && (worse === 'high' ? summary.max : summary.min);
      return [
        `| ${label} | ${text(metric)} | ${amount(summary.median, unit)} | ${worst === undefined ? '' : amount(worst, unit)} |`,
      ];
    });
  });
  if (lines.length === 0) return [l10n.t('No stream was measured.')];
  const rest = streams.length - MOST_STREAMS;
  return [
    `| ${[l10n.t('stream'), l10n.t('metric'), l10n.t('median'), l10n.t('worst')].join(' | ')} |`,
    '|---|---|---:|---:|',
    ...lines,
    ...(rest > 0 ? ['', rest === 1 ? l10n.t('… and 1 more stream.') : l10n.t('… and {0} more streams.', rest)] : []),
  ];
}

function figureLines(figures: readonly Figure[]): string[] {
  return figures.map(({ label, value, unit, flagged }) => {
    const shown = text(typeof value === 'number' ? amount(value, unit) : `${value}${unit && ` ${unit}`}`, 200);
    return `- ${text(label, 120)}: ${shown}${flagged ? ` (${text(flagged)})` : ''}`;
  });
}

/** What an aggregate sums up. */
const AGGREGATED: Record<Aggregate['source'], Record<Aggregate['kind'], Record<Aggregate['direction'], string>>> = {
  'camera-mic': {
    audio: { send: l10n.t('audio sent'), receive: l10n.t('audio received') },
    video: { send: l10n.t('video sent'), receive: l10n.t('video received') },
  },
  screen: {
    audio: { send: l10n.t('audio sent, screen'), receive: l10n.t('audio received, screen') },
    video: { send: l10n.t('video sent, screen'), receive: l10n.t('video received, screen') },
  },
};

function aggregateLines(aggregates: readonly Aggregate[]): string[] {
  const order: readonly string[] = SERIES_NAMES;
  return [...aggregates]
    .sort((a, b) => order.indexOf(a.metric) - order.indexOf(b.metric))
    .flatMap((one) => {
      const parts = (['avg', 'p50', 'p75', 'p90'] as const).flatMap((name) => {
        const value = one[name];
        return value === undefined ? [] : [`${name} ${text(amount(value, one.unit))}`];
      });
      const what = AGGREGATED[one.source][one.kind][one.direction];
      return parts.length === 0 ? [] : [`- ${text(seriesInfo(one.metric).label)}, ${what}: ${parts.join(', ')}`];
    });
}

function connectionLines({ transports, connectivity }: CallReport): string[] {
  const pairs = [...transports].sort((a, b) => Number(b.nominated ?? false) - Number(a.nominated ?? false));
  return [
    ...pairs.map((pair) => {
      const path = text(pathWords(pair), 300);
      const told =
        pair.rttMs === undefined ? path : l10n.t('{path}, round trip {rtt}', { path, rtt: amount(pair.rttMs, 'ms') });
      return `- ${pair.nominated ? l10n.t('In use: {0}', told) : told}`;
    }),
    ...connectivity.map(({ at, reflexive, relay, turn, effectiveNetworkType }) => {
      const said = [
        reflexive !== undefined && (reflexive ? l10n.t('STUN reached') : l10n.t('STUN not reached')),
        relay !== undefined && (relay ? l10n.t('relay works') : l10n.t('relay does not work')),
        turn !== undefined && (turn ? l10n.t('TURN server answers') : l10n.t('TURN server does not answer')),
        effectiveNetworkType && l10n.t('network {0}', effectiveNetworkType),
      ].filter(Boolean);
      const told = text(said.join(', ')) || l10n.t('nothing was reported');
      const time = at === undefined ? undefined : new Date(at).toISOString();
      return `- ${time === undefined ? l10n.t('Probed: {0}', told) : l10n.t('Probed {time}: {told}', { time, told })}`;
    }),
  ];
}

function section(title: string, lines: readonly string[]): string[] {
  if (lines.length === 0) return [];
  const rest = lines.length - MOST_LINES;
  return [
    '',
    `## ${title}`,
    '',
    ...lines.slice(0, MOST_LINES),
    ...(rest > 0 ? [`- ${l10n.t('… and {0} more.', rest)}`] : []),
  ];
}

/** Three significant digits and the unit; bit/s in steps that people read. */
export function amount(value: number, unit: string): string {
  if (unit === 'bit/s' && Math.abs(value) >= 1000) {
    const mega = Math.abs(value) >= 1_000_000;
    return `${round(value / (mega ? 1_000_000 : 1000))} ${mega ? 'Mbit/s' : 'kbit/s'}`;
  }
  return `${round(value)}${unit && ` ${unitWord(unit)}`}`;
}

function round(value: number): string {
  return localNumber(Math.abs(value) >= 100 ? Math.round(value) : Number(value.toPrecision(3)));
}

function text(raw: string, max = 400): string {
  return markdownText(raw, max);
}

/** An id in a code span, which no character of it can end. */
function code(id: string): string {
  return `\`${displayText(id, 200).replaceAll('`', 'ˋ')}\``;
}
