import { CallError } from '../core/errors';
import type { Diagnosis } from '../core/finding';
import type { ParticipantRef } from '../core/ids';
import { Masker } from '../core/mask';
import { learn } from '../core/mask-report';
import type { CallReport, Participant, Session } from '../core/model';
import { type SeriesName, seriesInfo, summarize } from '../core/series';
import { displayText } from '../core/text';
import { formatDuration } from '../core/time';
import { makeDocument, originOf, type ReportDocument, streamWords } from '../export/document';
import { readThresholds } from '../ui/settings';
import type { ToolInput } from './input';
import { nameOf, type Place, placeOf } from './places';
import type { ToolServices } from './services';
import { findingLines, nameIn, PREAMBLE, utc } from './words';

const PAGE_SIZE = 50;
const MOST_STREAMS = 10;
const MOST_SENTENCES = 14;
const TOLD: readonly SeriesName[] = [
  'packetLoss',
  'rtt',
  'jitter',
  'bitrate',
  'fps',
  'mos',
  'startupTime',
  'rebuffering',
];

interface Read {
  place: Place;
  ref: ParticipantRef;
  report: CallReport;
  diagnosis: Diagnosis;
  session?: Session;
  participants: readonly Participant[];
}

/** `peerscope_diagnose_participant`: what went wrong in one stay, with the evidence. */
export async function diagnoseParticipant(
  services: ToolServices,
  input: ToolInput,
  mask: boolean,
  signal: AbortSignal,
): Promise<string> {
  const participantId = input.id('participantId');
  const read = await readOne(await placeOf(services, input, signal), participantId, signal);
  const { dataIsThin, familyOf, sideText, verdict } = await import('../diagnosis/index');
  const document = documentOf(read, mask);
  const { report, names } = document;
  const worst = verdict(document.findings, { number: String });
  const thin = dataIsThin(document.notEvaluated, familyOf(report));
  return [
    PREAMBLE,
    `${headOf(document)} at ${nameOf(read.place.record)}.`,
    `Verdict: ${worst ? `${displayText(worst.sentence)} Side: ${sideText(worst.side)}. Confidence: ${worst.confidence}.` : thin ? 'too little was measured to tell.' : 'no problem was found in what was evaluated.'}`,
    ...findingLines(
      { findings: [...document.findings], notEvaluated: [...document.notEvaluated] },
      names,
      originOf(document),
    ),
    '',
    ...streamLines(document),
    ...(report.assumptions.length > 0 ? ['', 'Assumed when reading the figures:'] : []),
    ...report.assumptions.slice(0, 5).map((sentence) => `- ${displayText(sentence, 240)}`),
  ].join('\n');
}

/** `peerscope_compare_participants`: what differs between two stays, of one session or of two. */
export async function compareParticipants(
  services: ToolServices,
  input: ToolInput,
  mask: boolean,
  signal: AbortSignal,
): Promise<string> {
  const firstId = input.id('participantId');
  const secondId = input.id('otherParticipantId');
  const place = await placeOf(services, input, signal);
  const elsewhere = input.optional('otherSessionId');
  const otherPlace =
    elsewhere === undefined || elsewhere === place.ref.sessionId
      ? place
      : await placeOf(services, input, signal, 'otherSessionId');
  if (firstId === secondId && otherPlace === place) {
    throw new CallError('BadInput', 'otherParticipantId: it is the same participant. Give the id of another one.', {
      field: 'otherParticipantId',
    });
  }
  const [first, second] = await Promise.all([readOne(place, firstId, signal), readOne(otherPlace, secondId, signal)]);
  const { compareReports } = await import('../diagnosis/index');
  // Compared as they are, so that masked values are not taken for equal; the sentences are masked.
  const masker = new Masker();
  const both = [first, second];
  for (const { report } of both) masker.person(report.participant);
  for (const { participants } of both) learn(masker, { people: participants });
  for (const { report, session } of both) learn(masker, { report, session });
  const label = ({ report }: Read, fallback: string) =>
    mask ? masker.person(report.participant) : displayText(report.participant.name ?? '', 60) || fallback;
  const [one, other] = [label(first, 'the first'), label(second, 'the second')];
  const same = one === other;
  const people = [...first.participants, ...second.participants];
  const names = new Map(people.map((who) => [who.id, mask ? masker.person(who) : displayText(who.name ?? who.id, 60)]));
  const compared = compareReports(
    { label: same ? `${one} (first stay)` : one, report: first.report, findings: first.diagnosis.findings },
    { label: same ? `${other} (second stay)` : other, report: second.report, findings: second.diagnosis.findings },
    { names, number: String },
  );
  const say = (sentence: string) =>
    `- ${displayText(mask ? maskSentence(masker, sentence, [one, other, ...names.values()]) : sentence, 400)}`;
  const list = (title: string, sentences: readonly string[], most = MOST_SENTENCES) =>
    sentences.length === 0
      ? []
      : [
          '',
          title,
          ...sentences.slice(0, most).map(say),
          ...(sentences.length > most ? [`- … and ${sentences.length - most} more.`] : []),
        ];
  return [
    PREAMBLE,
    `First: ${headOf(documentOf(first, mask), one)}.`,
    `Second: ${headOf(documentOf(second, mask), other)}.`,
    ...(compared.differences.length === 0
      ? ['', 'No difference worth a word was found in what both reports measured.']
      : []),
    ...list('Differences:', compared.differences),
    ...list('Alike:', compared.alike, 8),
    ...list('Could not be compared:', compared.notComparable, 6),
  ].join('\n');
}

/** Placeholders in a sentence are left as they are: a person may be called like one. */
function maskSentence(masker: Masker, sentence: string, placeholders: readonly string[]): string {
  const longestFirst = [...new Set(placeholders)].sort((a, b) => b.length - a.length);
  const held = longestFirst.map((text, index) => [text, `\uE000${index}\uE001`] as const);
  const safe = held.reduce((text, [from, to]) => text.replaceAll(from, to), sentence);
  return held.reduce((text, [from, to]) => text.replaceAll(to, from), masker.text(safe));
}

async function readOne(place: Place, participantId: string, signal: AbortSignal): Promise<Read> {
  const { provider } = place;
  const ref: ParticipantRef = { ...place.ref, participantId };
  const soft = <T>(work: Promise<T>): Promise<T | undefined> => work.catch(() => undefined);
  const [{ report }, session, page] = await Promise.all([
    provider.getReport(ref, signal),
    soft(provider.getSession(ref, signal)),
    soft(provider.listParticipants({ ...place.ref, pageSize: PAGE_SIZE }, signal)),
  ]);
  signal.throwIfAborted();
  const participants = page?.items ?? [];
  const { diagnoseReport } = await import('../diagnosis/index');
  const diagnosis = diagnoseReport(report, { session, participants, thresholds: readThresholds() });
  return { place, ref, report, diagnosis, session, participants };
}

function documentOf({ ref, report, session, participants, diagnosis }: Read, mask: boolean): ReportDocument {
  const { findings, notEvaluated } = diagnosis;
  return makeDocument({ ref, report, session, people: participants, findings, notEvaluated }, mask);
}

function headOf({ report, ref, names }: ReportDocument, name?: string): string {
  const { participant, browser, device, startedAt, endedAt } = report;
  const from = participant.joinedAt ?? startedAt;
  const to = participant.leftAt ?? endedAt;
  const client = [browser?.name, device?.os].filter(Boolean).map((part) => displayText(part ?? '', 40));
  const length = from !== undefined && to !== undefined ? ` (${formatDuration(to - from)})` : '';
  return `${name ?? nameIn(names, participant.id)}, id "${displayText(ref.participantId, 200)}", session "${displayText(ref.sessionId, 200)}": joined ${utc(from)}, left ${utc(to)}${length}${client.length > 0 ? `; ${client.join(' on ')}` : ''}`;
}

function streamLines({ report, names }: ReportDocument): string[] {
  const lines = report.streams.flatMap((stream) => {
    const values = TOLD.flatMap((name) => {
      const column = stream.series[name];
      const summary = column && summarize(column);
      if (!summary) return [];
      const { label, unit, worse } = seriesInfo(name);
      const worst = worse === 'high' ? summary.max : summary.min;
      return [`${label} ${short(summary.median)} / ${short(worst)}${unit && ` ${unit}`}`];
    });
    return values.length === 0 ? [] : [`- ${streamWords(stream, names)}: ${values.join(', ')}`];
  });
  if (lines.length === 0) return ['No stream was measured.'];
  const rest = lines.length - MOST_STREAMS;
  return ['Streams, median / worst:', ...lines.slice(0, MOST_STREAMS), ...(rest > 0 ? [`- … and ${rest} more.`] : [])];
}

function short(value: number): string {
  return Math.abs(value) >= 100 ? String(Math.round(value)) : String(Number(value.toPrecision(3)));
}
