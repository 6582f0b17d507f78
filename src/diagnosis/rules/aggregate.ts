import * as l10n from '@vscode/l10n';
import type { Aggregate, CallReport } from '../../core/model';
import { compareText } from '../../core/order';
import type { SeriesName } from '../../core/series';
import { round } from '../engine/series-rule';
import { severityOf } from '../engine/severity';
import type { ReportView } from '../engine/view';
import type { Severity, Side } from '../finding';
import type { Hit } from '../rule';

/** The provider's own figures of a series, in one order whatever order they came in. */
export function aggregatesOf({ aggregates }: CallReport, metric: SeriesName): Aggregate[] {
  const key = (row: Aggregate) => JSON.stringify([row.direction, row.kind, row.source, row.avg, row.p50]);
  return aggregates.filter((row) => row.metric === metric).sort((a, b) => compareText(key(a), key(b)));
}

/** Share (0..1) of readings at or above a value; undefined where the provider does not tell. */
export function shareAtLeast({ shares }: Aggregate, atLeast: number): number | undefined {
  return shares?.find((share) => share.atLeast === atLeast)?.fraction;
}

/** Sound and pictures in words, by direction. */
export const MEDIUM: Record<Aggregate['kind'], Record<Aggregate['direction'], string>> = {
  audio: { send: l10n.t('audio sent'), receive: l10n.t('audio received') },
  video: { send: l10n.t('video sent'), receive: l10n.t('video received') },
};

/** Where a picture comes from, in words, by direction. */
const PICTURE: Record<Aggregate['source'], Record<Aggregate['direction'], string>> = {
  'camera-mic': { send: l10n.t('camera sent'), receive: l10n.t('camera received') },
  screen: { send: l10n.t('screen sent'), receive: l10n.t('screen received') },
};

/** A share (0..1) of the time with one of the provider's issues, beyond a limit. */
export interface IssueSpec {
  /** In the provider's words: `no_video_fraction`. */
  name: string;
  limit: number;
  /** In words: `share of the time without a picture`. */
  words: string;
  most: Severity;
  side: (direction: Aggregate['direction']) => Side;
  direction?: Aggregate['direction'];
  source?: Aggregate['source'];
}

/** One hit for each array of samples whose issue is beyond the limit; undefined when no array tells of the issue. */
export function issueHits({ report }: ReportView, spec: IssueSpec): Hit[] | undefined {
  const rows = report.aggregates
    .filter(
      (row) =>
        row.issues?.[spec.name] !== undefined &&
        (!spec.direction || row.direction === spec.direction) &&
        (!spec.source || row.source === spec.source),
    )
    .sort((a, b) => compareText(JSON.stringify(a), JSON.stringify(b)));
  if (rows.length === 0) return undefined;
  return rows.flatMap((row): Hit[] => {
    const share = row.issues?.[spec.name] as number;
    if (!(share > spec.limit)) return [];
    return [
      {
        severity: severityOf(share, spec.most),
        share,
        evidence: [
          {
            metric: `${spec.words}, ${PICTURE[row.source][row.direction]}`,
            value: round(share),
            unit: '',
            threshold: spec.limit,
          },
        ],
        side: spec.side(row.direction),
        confidence: 'medium',
      },
    ];
  });
}
