import * as l10n from '@vscode/l10n';
import * as z from 'zod';
import { CallError } from '../core/errors';
import type { CallReport, CandidatePair, ItemIssue, Stream } from '../core/model';
import { REPORT_FORMAT, REPORT_FORMAT_VERSION, type SavedFacts } from '../core/saved-report';
import { SERIES, seriesInfo } from '../core/series';
import { found, member } from '../core/unknown';
import { readColumns, readTimes, wrong, wrongWords } from './read-columns';
import {
  findingSchema,
  notEvaluatedSchema,
  pairSchema,
  reportFactsSchema,
  sessionSchema,
  streamSchema,
} from './report-schema';

/** A saved report, read back. */
export interface ReadReport {
  report: CallReport;
  saved: SavedFacts;
}

const KNOWN_SERIES = new Set<string>(Object.keys(SERIES));

/** A moment as it is written. */
export const dateTime = z
  .string()
  .refine((text) => Number.isFinite(Date.parse(text)), l10n.t('a date and time in ISO 8601'));

const placeSchema = z.object({
  appId: z.string().optional(),
  roomId: z.string().optional(),
  sessionId: z.string().optional(),
  participantId: z.string().optional(),
});

/** What stands before the report in the file. */
const headSchema = z.object({
  savedAt: dateTime,
  personalData: z.enum(['masked', 'included']),
  ref: placeSchema,
  participantNames: z.record(z.string(), z.string()).optional(),
  session: sessionSchema.optional(),
  series: z.record(z.string(), z.object({ unit: z.string() })).optional(),
  findings: z.array(findingSchema).optional(),
  notEvaluated: z.array(notEvaluatedSchema).optional(),
});

/** Whether a file's content says of itself that it is a saved report. */
export function isSavedReport(value: unknown): boolean {
  return member(value, 'format') === REPORT_FORMAT;
}

/**
 * Reads a saved report (see {@link jsonParts} for its members) from its parsed JSON. `name` is the file's, for sentences.
 * Nothing is guessed: what is not as the format has it is `BadInput` that names the field, and so is a newer version. A
 * series that this version has no row for is left out and told of in the report's issues.
 */
export function readSavedReport(value: unknown, name: string): ReadReport {
  checkVersion(member(value, 'version'), REPORT_FORMAT_VERSION, name);
  const head = check(headSchema, value, '');
  const { savedAt, personalData, ref, participantNames = {}, session, findings, notEvaluated } = head;
  checkUnits(head.series ?? {});
  const report = readReport(member(value, 'report'), 'report');
  return {
    report,
    saved: {
      savedAt: Date.parse(savedAt),
      masked: personalData === 'masked',
      place: ref,
      participantNames,
      ...(session && { session }),
      ...(findings && notEvaluated && { diagnosis: { findings, notEvaluated } }),
    },
  };
}

/** Reads a report, columns and all, that stands at `path` of a file. Throws `BadInput` that names the field that is wrong. */
export function readReport(value: unknown, at: string): CallReport {
  const facts = check(reportFactsSchema, value, at);
  const issues: ItemIssue[] = [];
  const streams = list(member(value, 'streams'), `${at}.streams`).map((one, index) =>
    readStream(one, `${at}.streams[${index}]`, issues),
  );
  const ids = new Set<string>();
  streams.forEach(({ id }, index) => {
    const path = `${at}.streams[${index}].id`;
    if (ids.has(id))
      throw new CallError('BadInput', l10n.t('{0} is the id of another stream as well.', path), { field: path });
    ids.add(id);
  });
  const transports = list(member(value, 'transports'), `${at}.transports`).map((one, index) =>
    readPair(one, `${at}.transports[${index}]`),
  );
  return { ...facts, streams, transports, issues: [...facts.issues, ...issues] };
}

function readStream(value: unknown, path: string, issues: ItemIssue[]): Stream {
  const facts = check(streamSchema, value, path);
  const { times, series: all } = readColumns(value, path);
  const series = Object.fromEntries(Object.entries(all).filter(([name]) => KNOWN_SERIES.has(name)));
  for (const name of Object.keys(all)) {
    if (KNOWN_SERIES.has(name)) continue;
    issues.push({
      path: `${path}.series.${name}`,
      message: l10n.t('Not known to this version of Peerscope; left out.'),
    });
  }
  return { ...facts, times, series };
}

function readPair(value: unknown, path: string): CandidatePair {
  const facts = check(pairSchema, value, path);
  if (member(value, 'series') !== undefined) return { ...facts, ...readColumns(value, path) };
  const times = member(value, 'times');
  return times === undefined ? facts : { ...facts, times: readTimes(times, `${path}.times`) };
}

/** Throws `BadInput` for a version of a format that this Peerscope cannot read. */
export function checkVersion(version: unknown, latest: number, name: string): void {
  if (version === latest) return;
  if (typeof version === 'number' && version > latest) {
    throw new CallError(
      'BadInput',
      l10n.t(
        '{name} was saved by a newer Peerscope: its format has version {version}, and this one reads version {latest}. Update Peerscope to open it.',
        { name, version, latest },
      ),
      { field: 'version' },
    );
  }
  throw wrong('version', String(latest), version);
}

/** A column in another unit would be read wrong without a sign of it. */
export function checkUnits(series: Readonly<Record<string, { unit: string }>>): void {
  for (const [name, { unit }] of Object.entries(series)) {
    if (!KNOWN_SERIES.has(name)) continue;
    const expected = seriesInfo(name as keyof typeof SERIES).unit;
    if (unit !== expected) throw wrong(`series.${name}.unit`, `"${expected}"`, unit);
  }
}

/** A list. Throws `BadInput` that names it. */
export function list(value: unknown, path: string): unknown[] {
  if (!Array.isArray(value)) throw wrong(path, l10n.t('a list'), value);
  return value;
}

/** Reads a value by its schema. Throws `BadInput` that names the first field that is wrong, below `path`. */
export function check<T>(schema: z.ZodType<T>, value: unknown, path: string): T {
  const read = schema.safeParse(value);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  if (!issue) throw wrong(path, l10n.t('something else'), value);
  const field = issue.path.reduce<string>(
    (whole, key) => (typeof key === 'number' ? `${whole}[${key}]` : `${whole}${whole && '.'}${String(key)}`),
    path,
  );
  const there = issue.path.reduce<unknown>((inner, key) => member(inner, String(key)), value);
  const text = wrongWords(field || l10n.t('The file'), expectation(issue), found(there));
  throw new CallError('BadInput', text, { field: field || 'file' });
}

const EXPECTED: Readonly<Record<string, string>> = {
  array: l10n.t('a list'),
  string: l10n.t('text'),
  number: l10n.t('a number'),
  object: l10n.t('an object'),
  record: l10n.t('an object'),
  boolean: l10n.t('true or false'),
};

/** More values than this are not told one by one. */
const MOST_VALUES = 6;

function oneOf(values: readonly string[]): string {
  const told = values.slice(0, MOST_VALUES).reduce((all, value) => l10n.t('{0} or {1}', all, value));
  return values.length > MOST_VALUES ? l10n.t('{0} or another known one', told) : told;
}

function expectation(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return EXPECTED[issue.expected] ?? l10n.t('a {type}', { type: issue.expected });
    case 'invalid_value':
      return oneOf(issue.values.map((value) => `"${String(value)}"`));
    case 'custom':
      return issue.message;
    default:
      return l10n.t('another value');
  }
}
