import * as l10n from '@vscode/l10n';
import type { ItemIssue } from '../../../core/model';
import { found } from '../../records';
import type { SegmentRecord } from '../schema';
import { readMoment } from './moment';
import { type Columns, readSamples } from './samples';

/** Whereby's documentation and its client both say so, ms. */
const STANDARD_RATE_MS = 2000;
/** A shorter or longer step between samples is no rate, ms. */
const SHORTEST_RATE_MS = 1;
const LONGEST_RATE_MS = 600_000;

/** One connection of the participant. */
export interface Segment {
  record: SegmentRecord;
  /** Epoch ms of sample 0; NaN when it cannot be told. */
  start: number;
  /** Between two samples, ms. */
  rate: number;
  /** Samples. */
  length: number;
  columns: Columns;
  assumptions: string[];
  path: string;
}

/** Reads one element of the answer. `joinedAt` (epoch ms) stands in for a start that cannot be read. */
export function readSegment(
  record: SegmentRecord,
  path: string,
  joinedAt: number | undefined,
  issues: ItemIssue[],
): Segment {
  const assumptions: string[] = [];
  const { length, columns, others } = readSamples(record.samples, `${path}.samples`, issues);
  const read = readMoment(record.timeStamp);
  if (read === undefined && record.timeStamp !== undefined && record.timeStamp !== null) {
    const message =
      joinedAt === undefined
        ? l10n.t('Expected a time, found {0}.', found(record.timeStamp))
        : l10n.t('Expected a time, found {0}; the time of joining stands in for it.', found(record.timeStamp));
    issues.push({ path: `${path}.timeStamp`, message });
  }
  if (read === undefined && joinedAt !== undefined && length > 0) {
    assumptions.push(l10n.t('The samples do not say when they begin: they are taken to begin with the joining.'));
  }
  if (others.length > 0) {
    assumptions.push(
      l10n.t('The samples hold further series, which are shown in the raw view only: {0}.', others.join(', ')),
    );
  }
  const rate = readRate(record.sampleRateMs, `${path}.sampleRateMs`, issues);
  if (rate === undefined && length > 0) {
    assumptions.push(l10n.t('The samples do not say how far they are apart: 2 s, as documented, is taken.'));
  }
  const start = read ?? joinedAt ?? Number.NaN;
  return { record, start, rate: rate ?? STANDARD_RATE_MS, length, columns, assumptions, path };
}

function readRate(value: unknown, path: string, issues: ItemIssue[]): number | undefined {
  if (value === undefined || value === null) return undefined;
  const rate =
    typeof value === 'number' || (typeof value === 'string' && value.trim() !== '') ? Number(value) : Number.NaN;
  if (rate >= SHORTEST_RATE_MS && rate <= LONGEST_RATE_MS) return rate;
  issues.push({ path, message: l10n.t('Expected milliseconds between samples, found {0}; left out.', found(value)) });
  return undefined;
}
