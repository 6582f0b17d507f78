import { limitHolds, type SeriesLimit } from '../core/series-limit';
import type { ShownDiagnosis } from '../protocol/messages';
import { episodesOf } from './episodes';
import type { Source } from './report-model';

/** A stretch of a finding, epoch ms. */
export interface Episode {
  from: number;
  to: number;
  title: string;
}

/** What a chart shows of the rules that read its metric. */
export interface Trouble {
  limits: readonly SeriesLimit[];
  episodes: readonly Episode[];
}

export const NO_TROUBLE: Trouble = { limits: [], episodes: [] };

/** The limits of a metric's lines, and when they were beyond them for long enough to be found. */
export function troubleOf(diagnosis: ShownDiagnosis | undefined, metric: string, sources: readonly Source[]): Trouble {
  if (!diagnosis?.limits) return NO_TROUBLE;
  const own = diagnosis.limits.filter((limit) => limit.metric === metric);
  const rules = new Set(own.map(({ ruleId }) => ruleId));
  const shown = new Set(sources.map(({ id }) => id));
  const episodes = diagnosis.findings.flatMap((finding) => {
    if (!rules.has(finding.ruleId)) return [];
    const named = finding.evidence.flatMap(({ streamId }) => streamId ?? []);
    if (named.length > 0 && !named.some((id) => shown.has(id))) return [];
    return episodesOf(finding).map(([from, to]) => ({ from, to, title: finding.title }));
  });
  return {
    limits: distinct(own.filter((limit) => sources.some(({ stream }) => stream && limitHolds(limit, stream)))),
    episodes: episodes.sort((a, b) => a.from - b.from),
  };
}

/** The first limit that the rules have for a stream's metric. */
export function limitFor(
  limits: readonly SeriesLimit[] | undefined,
  metric: string,
  { stream }: Source,
): SeriesLimit | undefined {
  return stream && limits?.find((limit) => limit.metric === metric && limitHolds(limit, stream));
}

/** Loss sent and loss received have rules of their own with the same numbers: one line stands for both. */
function distinct(limits: readonly SeriesLimit[]): SeriesLimit[] {
  const known = new Map(
    limits.map((limit) => [[limit.beyond, limit.warn, limit.bad, limit.streams.source].join(' '), limit]),
  );
  return [...known.values()];
}
