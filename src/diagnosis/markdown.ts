import * as l10n from '@vscode/l10n';
import { confidenceWord, severityWord } from '../core/finding-words';
import { localNumber } from '../core/locale';
import { compareText } from '../core/order';
import { unitWord } from '../core/series';
import { displayText, markdownText } from '../core/text';
import { formatDuration, formatOffset } from '../core/time';
import { type Confidence, type Diagnosis, type Evidence, type Finding, isProblem, type Subject } from './finding';
import { sideText, verdict } from './verdict';

/** How the summary is written. */
export interface MarkdownOptions {
  /** First line; masked unless `mask` is false, because titles of rooms name people. */
  title?: string;
  /** Names of participants by id, used only with `mask: false`. */
  names?: ReadonlyMap<string, string>;
  /** Personal data are left out and people numbered. Default true. */
  mask?: boolean;
  /** Start of the call, epoch ms: times are then given into the call. */
  startedAt?: number;
  /** Findings of severity `info` too. Default false. */
  withInfo?: boolean;
  /** At most so many findings; the rest is counted. Default 20. */
  most?: number;
  /** What stands for people by id where personal data are left out. Others are numbered. */
  placeholders?: ReadonlyMap<string, string>;
  /** A part of a longer text: without title and last line, its headings one level down. Default false. */
  part?: boolean;
}

const MASK = '•••';
const MOST_EVIDENCE = 5;

/** A summary of findings in Markdown, fit for a ticket: nothing of it is read as markup, personal data are masked. */
export function findingsMarkdown({ findings, notEvaluated }: Diagnosis, options: MarkdownOptions = {}): string {
  const mask = options.mask !== false;
  const people = numbered(findings);
  const say = new Words(mask, people, options);
  const shown = findings.filter((one) => options.withInfo || isProblem(one));
  const listed = shown.slice(0, options.most ?? 20);
  const title = mask || !options.title ? l10n.t('Call findings') : markdownText(options.title, 120);
  const heading = options.part ? '###' : '##';
  const lines: string[] = options.part ? [] : [`# ${title}`, ''];
  const told = verdict(findings, options.startedAt === undefined ? {} : { clock: (at) => say.time(at) });
  if (told) {
    lines.push(`**${markdownText(told.sentence)}** ${sureness(sideText(told.side), told.confidence)}`, '');
  } else if (shown.length === 0) {
    const out = new Set(notEvaluated.map(({ ruleId }) => ruleId)).size;
    lines.push(
      out === 1
        ? l10n.t('No problems were found. 1 rule could not be evaluated for want of data.')
        : l10n.t('No problems were found. {0} rules could not be evaluated for want of data.', out),
      '',
    );
  }
  for (const finding of listed) lines.push(...say.finding(finding, heading), '');
  if (shown.length > listed.length) lines.push(l10n.t('… and {0} more.', shown.length - listed.length), '');
  const reasons = new Map<string, Set<string>>();
  for (const { ruleId, reason, streamIds } of notEvaluated) {
    if (streamIds) continue;
    reasons.set(reason, (reasons.get(reason) ?? new Set()).add(ruleId));
  }
  if (reasons.size > 0) {
    lines.push(`${heading} ${l10n.t('Not evaluated')}`, '');
    for (const [reason, ids] of [...reasons].sort(([a], [b]) => compareText(a, b))) {
      lines.push(
        `- ${markdownText(reason)} (${[...ids]
          .sort()
          .map((id) => `\`${id}\``)
          .join(', ')})`,
      );
    }
    lines.push('');
  }
  if (options.part) return `${lines.join('\n').trimEnd()}\n`;
  lines.push(
    mask
      ? l10n.t('_Personal data are masked. Times are into the call where its start is known._')
      : l10n.t('_Holds personal data._'),
  );
  return `${lines.join('\n')}\n`;
}

/** Participants in the order in which findings name them, from 1. */
function numbered(findings: readonly Finding[]): Map<string, number> {
  const people = new Map<string, number>();
  for (const { subject, relatedParticipantIds, evidence } of findings) {
    for (const id of [
      subject.participantId,
      ...(relatedParticipantIds ?? []),
      ...evidence.map((one) => one.participantId),
    ]) {
      if (id !== undefined && !people.has(id)) people.set(id, people.size + 1);
    }
  }
  return people;
}

function sureness(side: string, confidence: Confidence): string {
  return l10n.t('Side: {0}. Confidence: {1}.', side, confidenceWord(confidence));
}

/** Puts parts of a finding into words. */
class Words {
  readonly #mask: boolean;
  readonly #people: ReadonlyMap<string, number>;
  readonly #options: MarkdownOptions;

  constructor(mask: boolean, people: ReadonlyMap<string, number>, options: MarkdownOptions) {
    this.#mask = mask;
    this.#people = people;
    this.#options = options;
  }

  finding(finding: Finding, heading: string): string[] {
    const {
      severity,
      title,
      subject,
      evidence,
      explanation,
      suggestion,
      source,
      side,
      confidence,
      ruleId,
      relatedParticipantIds,
    } = finding;
    const lines = [`${heading} ${severityWord(severity).toUpperCase()}: ${markdownText(title)}`, ''];
    lines.push(`- ${l10n.t('Subject: {0}', this.#subject(subject))}`);
    const when = this.#when(finding);
    if (when) lines.push(`- ${l10n.t('When: {0}', when)}`);
    lines.push(`- ${sureness(sideText(side), confidence)}`);
    if (relatedParticipantIds?.length)
      lines.push(`- ${l10n.t('Also: {0}', relatedParticipantIds.map((id) => this.#person(id)).join(', '))}`);
    for (const one of evidence.slice(0, MOST_EVIDENCE)) lines.push(`- ${l10n.t('Evidence: {0}', this.#evidence(one))}`);
    lines.push(`- ${l10n.t('Why: {0}', markdownText(explanation))}`);
    lines.push(`- ${l10n.t('What to do: {0}', markdownText(suggestion))}`);
    lines.push(`- ${l10n.t('Rule: {0}', `\`${ruleId}\` (${markdownText(source)})`)}`);
    return lines;
  }

  /** Into the call where its start is known, else UTC. */
  time(at: number): string {
    const { startedAt } = this.#options;
    return startedAt === undefined ? new Date(at).toISOString() : formatOffset(at - startedAt);
  }

  #when({ start, end, episodes, share }: Finding): string | undefined {
    const part =
      share === undefined ? undefined : l10n.t('{0} % of the stay', localNumber(Number((share * 100).toPrecision(2))));
    if (start === undefined) return part;
    const and = part === undefined ? '' : `, ${part}`;
    const from = this.time(start);
    if (end === undefined || end - start < 1000) return from + and;
    const to = this.time(end);
    const times = episodes
      ? l10n.t('{from} to {to}, {count} episodes', { from, to, count: episodes.length })
      : l10n.t('{from} to {to} ({duration})', { from, to, duration: formatDuration(end - start) });
    return times + and;
  }

  #subject({ type, label, participantId }: Subject): string {
    const words = markdownText(label, 80);
    if (participantId === undefined) return words;
    return type === 'participant' ? this.#person(participantId) : `${words}, ${this.#person(participantId)}`;
  }

  #person(id: string): string {
    if (this.#mask)
      return this.#options.placeholders?.get(id) ?? l10n.t('Participant {0}', this.#people.get(id) ?? '?');
    return markdownText(this.#options.names?.get(id) ?? displayText(id, 80), 80);
  }

  #evidence({ metric, value, unit, threshold, at, personal, participantId }: Evidence): string {
    const behind = unit && ` ${unitWord(unit)}`;
    const shown = personal && this.#mask ? MASK : `${typeof value === 'number' ? localNumber(value) : value}${behind}`;
    const limit =
      threshold === undefined || personal
        ? ''
        : ` ${markdownText(l10n.t('(limit {0})', `${localNumber(threshold)}${behind}`))}`;
    const who = participantId === undefined ? '' : `, ${this.#person(participantId)}`;
    const text = `${markdownText(metric, 120)}: ${shown === MASK ? MASK : markdownText(shown, 300)}${limit}${who}`;
    return at === undefined ? text : l10n.t('{what} at {time}', { what: text, time: this.time(at) });
  }
}
