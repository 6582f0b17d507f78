import { pathWords } from '../core/connection-words';
import { MASKED } from '../core/mask';
import type { Aggregate, CallReport, Figure, Stream } from '../core/model';
import { SERIES_NAMES, type SeriesName, seriesInfo, summarize } from '../core/series';
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
  const who = text(names.get(report.participant.id) ?? report.participant.name ?? 'Participant', 120);
  return `${[
    `# Call report: ${who}`,
    '',
    ...facts(document, providerName),
    '',
    '## What went wrong',
    '',
    findings.trimEnd(),
    '',
    '## Streams',
    '',
    ...streamTable(report.streams, names),
    ...section('Figures', figureLines(report.figures ?? [])),
    ...section('As the provider sums it up', aggregateLines(report.aggregates)),
    ...section('Connection', connectionLines(report)),
    ...section(
      'Assumptions',
      report.assumptions.map((sentence) => `- ${text(sentence)}`),
    ),
    ...section(
      'Not readable',
      report.issues.map(({ path, message }) => `- ${text(path, 120)}: ${text(message)}`),
    ),
    '',
    document.masked ? '_Personal data are masked._' : '_Holds personal data._',
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
    ['Who', text(names.get(participant.id) ?? participant.name ?? 'unknown', 120) + role(participant.role)],
    ['Participant', code(ref.participantId)],
    // Of a saved answer of a provider the session may not be known.
    [
      'Session',
      [ref.sessionId && code(ref.sessionId), session?.roomName && text(session.roomName, 120)]
        .filter(Boolean)
        .join(' in '),
    ],
    ['Provider', text(providerName, 60)],
    ['When', when(from ?? originOf(document), to)],
    [
      'Client',
      text(
        client
          .map((pair) => pair.filter(Boolean).join(' '))
          .filter(Boolean)
          .join(', '),
      ),
    ],
    ['Network', text(where.filter((part) => part && part !== MASKED).join(', '))],
  ];
  return lines.flatMap(([name, value]) => (value ? [`- **${name}**: ${value}`] : []));
}

function role(name: string | undefined): string {
  return name ? ` (${text(name, 60)})` : '';
}

function when(from: number | undefined, to: number | undefined): string | undefined {
  if (from === undefined) return undefined;
  const start = new Date(from).toISOString();
  return to === undefined ? start : `${start} to ${new Date(to).toISOString()} (${formatDuration(to - from)})`;
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
  if (lines.length === 0) return ['No stream was measured.'];
  const rest = streams.length - MOST_STREAMS;
  return [
    '| stream | metric | median | worst |',
    '|---|---|---:|---:|',
    ...lines,
    ...(rest > 0 ? ['', `… and ${rest} more streams.`] : []),
  ];
}

function figureLines(figures: readonly Figure[]): string[] {
  return figures.map(({ label, value, unit, flagged }) => {
    const shown = text(typeof value === 'number' ? amount(value, unit) : `${value}${unit && ` ${unit}`}`, 200);
    return `- ${text(label, 120)}: ${shown}${flagged ? ` (${text(flagged)})` : ''}`;
  });
}

function aggregateLines(aggregates: readonly Aggregate[]): string[] {
  const order: readonly string[] = SERIES_NAMES;
  return [...aggregates]
    .sort((a, b) => order.indexOf(a.metric) - order.indexOf(b.metric))
    .flatMap((one) => {
      const parts = (['avg', 'p50', 'p75', 'p90'] as const).flatMap((name) => {
        const value = one[name];
        return value === undefined ? [] : [`${name} ${text(amount(value, one.unit))}`];
      });
      const what = `${one.kind} ${one.direction === 'send' ? 'sent' : 'received'}${one.source === 'screen' ? ', screen' : ''}`;
      return parts.length === 0 ? [] : [`- ${text(seriesInfo(one.metric).label)}, ${what}: ${parts.join(', ')}`];
    });
}

function connectionLines({ transports, connectivity }: CallReport): string[] {
  const pairs = [...transports].sort((a, b) => Number(b.nominated ?? false) - Number(a.nominated ?? false));
  return [
    ...pairs.map((pair) => {
      const rtt = pair.rttMs === undefined ? '' : `, round trip ${amount(pair.rttMs, 'ms')}`;
      return `- ${pair.nominated ? 'In use: ' : ''}${text(pathWords(pair), 300)}${rtt}`;
    }),
    ...connectivity.map(({ at, reflexive, relay, turn, effectiveNetworkType }) => {
      const said = [
        word('STUN', reflexive, 'reached', 'not reached'),
        word('relay', relay, 'works', 'does not work'),
        word('TURN server', turn, 'answers', 'does not answer'),
        effectiveNetworkType && `network ${effectiveNetworkType}`,
      ].filter(Boolean);
      return `- Probed${at === undefined ? '' : ` ${new Date(at).toISOString()}`}: ${text(said.join(', ')) || 'nothing was reported'}`;
    }),
  ];
}

function word(what: string, value: boolean | undefined, yes: string, no: string): string {
  return value === undefined ? '' : `${what} ${value ? yes : no}`;
}

function section(title: string, lines: readonly string[]): string[] {
  if (lines.length === 0) return [];
  const rest = lines.length - MOST_LINES;
  return ['', `## ${title}`, '', ...lines.slice(0, MOST_LINES), ...(rest > 0 ? [`- … and ${rest} more.`] : [])];
}

/** Three significant digits and the unit; bit/s in steps that people read. */
export function amount(value: number, unit: string): string {
  if (unit === 'bit/s' && Math.abs(value) >= 1000) {
    const mega = Math.abs(value) >= 1_000_000;
    return `${round(value / (mega ? 1_000_000 : 1000))} ${mega ? 'Mbit/s' : 'kbit/s'}`;
  }
  return `${round(value)}${unit && ` ${unit}`}`;
}

function round(value: number): string {
  return Math.abs(value) >= 100 ? String(Math.round(value)) : String(Number(value.toPrecision(3)));
}

function text(raw: string, max = 400): string {
  return markdownText(raw, max);
}

/** An id in a code span, which no character of it can end. */
function code(id: string): string {
  return `\`${displayText(id, 200).replaceAll('`', 'ˋ')}\``;
}
