import * as l10n from '@vscode/l10n';
import type { CallReport, Figure } from '../../core/model';
import { compareText } from '../../core/order';
import { round } from '../engine/series-rule';
import type { ReportView } from '../engine/view';
import { type Evidence, type Severity, severityRank } from '../finding';
import { type Hit, type ReportRule, reportRule, type SessionRule, sessionRule, skip } from '../rule';

const NOTE = l10n.t('This is one-way playback, not a call.');

/** A figure as a number; undefined when it is missing, no number, or doubtful. */
export function figureOf({ figures }: CallReport, name: string): number | undefined {
  const figure = figures?.find((one: Figure) => one.name === name);
  return typeof figure?.value === 'number' && figure.flagged === undefined && Number.isFinite(figure.value)
    ? figure.value
    : undefined;
}

interface FigureSpec {
  id: string;
  name: string;
  unit: string;
  words: string;
  /** From the least to the worst: limit (strictly beyond) and what it means. */
  levels: readonly { threshold: string; limit: number; severity: Severity }[];
  beyond: 'above' | 'below';
  title: string;
  explanation: string;
  suggestion: string;
  source: string;
  weight: number;
  side: Hit['side'];
}

function figureRule(spec: FigureSpec): ReportRule {
  return reportRule({
    id: spec.id,
    family: 'mm',
    inputs: [l10n.t('figure {0}', spec.name)],
    thresholds: Object.fromEntries(spec.levels.map(({ threshold, limit }) => [threshold, limit])),
    severity: [spec.levels[0]?.severity ?? 'low', spec.levels.at(-1)?.severity ?? 'high'],
    title: spec.title,
    explanation: `${spec.explanation} ${NOTE}`,
    suggestion: spec.suggestion,
    source: spec.source,
    weight: spec.weight,
    evaluate: (view, thresholds) => {
      const value = figureOf(view.report, spec.name);
      if (value === undefined) return skip(l10n.t('Not in the report: {0}.', spec.words));
      const numbers = thresholds as Readonly<Record<string, number>>;
      const reached = spec.levels.filter(({ threshold }) =>
        spec.beyond === 'above' ? value > (numbers[threshold] as number) : value < (numbers[threshold] as number),
      );
      const worst = [...reached].sort((a, b) => severityRank(a.severity) - severityRank(b.severity))[0];
      if (!worst) return { hits: [] };
      const evidence: Evidence[] = [
        { metric: spec.name, value: round(value), unit: spec.unit, threshold: numbers[worst.threshold] },
      ];
      return { hits: [{ ...times(view), severity: worst.severity, evidence, side: spec.side, confidence: 'high' }] };
    },
  });
}

function times({ report }: ReportView): Pick<Hit, 'start' | 'end'> {
  const { startedAt, endedAt } = report;
  return { ...(startedAt !== undefined && { start: startedAt }), ...(endedAt !== undefined && { end: endedAt }) };
}

const ABANDON = l10n.t('Krishnan and Sitaraman, IMC 2012; further numbers: own');

const fatal = figureRule({
  id: 'mm.fatal',
  name: 'fatalerrors',
  unit: '',
  words: l10n.t('fatal errors'),
  levels: [{ threshold: 'count', limit: 0, severity: 'critical' }],
  beyond: 'above',
  title: l10n.t('Playback failed'),
  explanation: l10n.t('A fatal error ended the playback.'),
  suggestion: l10n.t('Look at what the sessions that failed share: asset, player, CDN, device.'),
  source: 'MediaMelon metrics dictionary',
  weight: 100,
  side: 'unclear',
});

const errors = reportRule({
  id: 'mm.err',
  family: 'mm',
  inputs: [l10n.t('figures errors, fatalerrors')],
  thresholds: { count: 0 },
  severity: ['medium', 'medium'],
  title: l10n.t('Errors during playback'),
  explanation: `${l10n.t('Errors were counted, and none of them was fatal.')} ${NOTE}`,
  suggestion: l10n.t('Look at what the sessions with errors share.'),
  source: 'MediaMelon metrics dictionary',
  weight: 60,
  evaluate: (view, { count }) => {
    const value = figureOf(view.report, 'errors');
    const fatalErrors = figureOf(view.report, 'fatalerrors');
    if (value === undefined) return skip(l10n.t('Not in the report: errors.'));
    if (!(value > count) || (fatalErrors ?? 0) > 0) return { hits: [] };
    const evidence: Evidence[] = [{ metric: 'errors', value, unit: '', threshold: count }];
    return {
      hits: [
        {
          ...times(view),
          severity: 'medium',
          evidence,
          side: 'unclear',
          confidence: fatalErrors === undefined ? 'low' : 'high',
        },
      ],
    };
  },
});

const startup = figureRule({
  id: 'mm.startup',
  name: 'latency',
  unit: 's',
  words: l10n.t('start-up time'),
  levels: [
    { threshold: 'low', limit: 2, severity: 'low' },
    { threshold: 'medium', limit: 5, severity: 'medium' },
    { threshold: 'high', limit: 10, severity: 'high' },
  ],
  beyond: 'above',
  title: l10n.t('Slow start'),
  explanation: l10n.t('The first frame came late. Viewers begin to leave after 2 s.'),
  suggestion: l10n.t('Compare by CDN, country and asset.'),
  source: ABANDON,
  weight: 70,
  side: 'unclear',
});

const rebuffering = figureRule({
  id: 'mm.rebuf',
  name: 'cirrbufferingratio',
  unit: '%',
  words: l10n.t('rebuffering'),
  levels: [
    { threshold: 'medium', limit: 1, severity: 'medium' },
    { threshold: 'high', limit: 5, severity: 'high' },
  ],
  beyond: 'above',
  title: l10n.t('Playback stopped to load'),
  explanation: l10n.t(
    'A noticeable share of the watch time went into waiting for more media; viewers watch less then.',
  ),
  suggestion: l10n.t('Compare by CDN, provider of internet and asset.'),
  source: ABANDON,
  weight: 80,
  side: 'network',
});

const score = figureRule({
  id: 'mm.score',
  name: 'qualityofexperience',
  unit: '',
  words: l10n.t('playback score'),
  levels: [
    { threshold: 'low', limit: 80, severity: 'low' },
    { threshold: 'medium', limit: 60, severity: 'medium' },
    { threshold: 'high', limit: 40, severity: 'high' },
  ],
  beyond: 'below',
  title: l10n.t('Low playback score'),
  explanation: l10n.t('The provider’s score of this playback (0 to 100) was low.'),
  suggestion: l10n.t('See start-up, rebuffering and errors.'),
  source: l10n.t('own'),
  weight: 20,
  side: 'unclear',
});

const exit = reportRule({
  id: 'mm.exit',
  family: 'mm',
  inputs: [l10n.t('figures watchtime, latency')],
  /** Seconds. */
  thresholds: { watched: 10, latency: 2 },
  severity: ['medium', 'medium'],
  title: l10n.t('Left before it really started'),
  explanation: `${l10n.t('The viewer was gone within seconds after a slow start.')} ${NOTE}`,
  suggestion: l10n.t('See the start-up time of others on the same CDN and asset.'),
  source: ABANDON,
  weight: 65,
  evaluate: (view, { watched, latency }) => {
    const time = figureOf(view.report, 'watchtime') ?? seconds(view.report.participant.durationMs);
    const start = figureOf(view.report, 'latency');
    if (time === undefined || start === undefined)
      return skip(l10n.t('Not in the report: watch time and start-up time.'));
    if (view.ended === false || (view.ended === undefined && view.report.endedAt === undefined))
      return skip(l10n.t('Still playing, as far as is known.'));
    if (!(time < watched && start > latency)) return { hits: [] };
    const evidence: Evidence[] = [
      { metric: 'watchtime', value: round(time), unit: 's', threshold: watched },
      { metric: 'latency', value: round(start), unit: 's', threshold: latency },
    ];
    return { hits: [{ ...times(view), severity: 'medium', evidence, side: 'unclear', confidence: 'medium' }] };
  },
});

function seconds(ms: number | undefined): number | undefined {
  return ms === undefined ? undefined : ms / 1000;
}

/** Fewer rows than this have no 95th percentile worth the name. */
const LIST_LEAST = 20;

const cdn = reportRule({
  id: 'mm.cdn',
  family: 'mm',
  inputs: [l10n.t('figure cdn_change_rate'), l10n.t('the loaded list')],
  thresholds: { percentile: 95 },
  severity: ['low', 'low'],
  title: l10n.t('The CDN changed often'),
  explanation: `${l10n.t('The CDN was switched more often than in nearly all of the loaded sessions.')} ${NOTE}`,
  suggestion: l10n.t('See rebuffering of the same session.'),
  source: l10n.t('own'),
  weight: 15,
  evaluate: (view, { percentile }) => {
    const value = figureOf(view.report, 'cdn_change_rate');
    if (value === undefined) return skip(l10n.t('Not in the report: CDN switches.'));
    const list = (view.list ?? []).flatMap((row) => figureOf(row, 'cdn_change_rate') ?? []).sort((a, b) => a - b);
    if (list.length < LIST_LEAST)
      return skip(l10n.t('Not enough data: fewer than {0} loaded sessions to compare with.', LIST_LEAST));
    const limit = list[
      Math.min(list.length - 1, Math.ceil((Math.min(percentile, 100) / 100) * list.length) - 1)
    ] as number;
    if (!(value > limit)) return { hits: [] };
    const evidence: Evidence[] = [
      { metric: 'cdn_change_rate', value: round(value), unit: '', threshold: round(limit) },
    ];
    return { hits: [{ ...times(view), severity: 'low', evidence, side: 'service', confidence: 'low' }] };
  },
});

/** What rows can share: name and label of the fact. */
const DIMENSIONS = [
  ['assetname', l10n.t('Asset')],
  ['cdn', l10n.t('CDN')],
  ['platform', l10n.t('Platform')],
  ['model', l10n.t('Model')],
  ['player', l10n.t('Player')],
  ['sourcetype', l10n.t('Source type')],
  ['country', l10n.t('Country')],
  ['isp', l10n.t('ISP')],
] as const;

/** Facts that were saved by earlier versions have no name. */
function dimension({ report }: ReportView, [name, label]: (typeof DIMENSIONS)[number]): string | undefined {
  const facts = report.participant.facts ?? [];
  return facts.find((fact) => fact.name === name || (fact.name === undefined && fact.label === label))?.value;
}

const cluster = sessionRule({
  id: 'mm.cluster',
  family: 'mm',
  inputs: [l10n.t('findings of the loaded sessions'), l10n.t('asset, CDN, device and other dimensions')],
  /** So many bad rows with one value, and so many times the share of bad rows in all. */
  thresholds: { rows: 3, times: 2 },
  severity: ['high', 'high'],
  title: l10n.t('Bad playbacks have something in common'),
  explanation: `${l10n.t('Among the sessions with one value of a dimension, bad ones are far more frequent than in all.')} ${NOTE}`,
  suggestion: l10n.t('Begin there: it is likely to be the common cause.'),
  source: l10n.t('own, after Agora Analytics'),
  weight: 97,
  evaluate: ({ reports }, { rows, times: factor }, found) => {
    const all = [...reports.values()];
    if (all.length < rows) return skip(l10n.t('Not enough data: too few loaded sessions.'));
    if (!all.some((view) => DIMENSIONS.some((one) => dimension(view, one) !== undefined)))
      return skip(l10n.t('Not in the reports: dimensions.'));
    const bad = new Set(
      found
        .filter(({ severity }) => severityRank(severity) <= severityRank('medium'))
        .map(({ subject }) => subject.participantId),
    );
    const isBad = (view: ReportView) => bad.has(view.report.participant.id);
    const base = all.filter(isBad).length / all.length;
    const hits = DIMENSIONS.flatMap((one) => {
      const [, label] = one;
      const values = new Map<string, ReportView[]>();
      for (const view of all) {
        const value = dimension(view, one);
        if (value !== undefined) values.set(value, [...(values.get(value) ?? []), view]);
      }
      return [...values]
        .sort(([a], [b]) => compareText(a, b))
        .flatMap(([value, views]): Hit[] => {
          const hit = views.filter(isBad);
          const rate = hit.length / views.length;
          if (hit.length < rows || !(rate > factor * base)) return [];
          return [
            {
              severity: 'high',
              evidence: [
                { metric: label, value, unit: '' },
                {
                  metric: l10n.t('share of bad sessions with it'),
                  value: round(rate),
                  unit: '',
                  threshold: round(factor * base),
                },
                { metric: l10n.t('bad sessions with it'), value: hit.length, unit: '', threshold: rows },
              ],
              side: 'service',
              confidence: 'medium',
              related: hit.map((view) => view.report.participant.id),
            },
          ];
        });
    });
    return { hits };
  },
});

export const MEDIAMELON_RULES: readonly ReportRule[] = [fatal, errors, startup, rebuffering, score, cdn, exit];
export const MEDIAMELON_SESSION_RULES: readonly SessionRule[] = [cluster];
