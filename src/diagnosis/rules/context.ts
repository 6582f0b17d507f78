import * as l10n from '@vscode/l10n';
import { compareNumbers } from '../../core/order';
import { mergeIntervals, totalLength, touches } from '../engine/episodes';
import { firstAt, type ReportView } from '../engine/view';
import { type Evidence, type Interval, isProblem } from '../finding';
import { type Hit, type ReportRule, reportRule, skip } from '../rule';
import { allNominated } from './pairs';

const SLOW_TYPES = new Set(['slow-2g', '2g', '3g']);

const networkType = reportRule({
  id: 'rtk.net.type',
  family: 'rtk',
  inputs: ['effectiveNetworkType', l10n.t('networkType of the nominated local candidate')],
  thresholds: {},
  severity: ['info', 'low'],
  title: l10n.t('Slow or mobile access network'),
  explanation: l10n.t('The browser took the network for a slow one, or media went over a mobile network.'),
  suggestion: l10n.t('Try Wi-Fi or a cable where there is one.'),
  source: l10n.t('W3C Network Information API; own'),
  weight: 10,
  phase: 2,
  evaluate: (view, _thresholds, found) => {
    const probes = view.report.connectivity.filter((one) => one.effectiveNetworkType !== undefined);
    const pairs = allNominated(view).filter(({ local }) => local.networkType !== undefined);
    if (probes.length === 0 && pairs.length === 0) return skip(l10n.t('Not in the report: the type of the network.'));
    const slow = probes
      .filter((one) => SLOW_TYPES.has(one.effectiveNetworkType as string))
      .sort((a, b) => compareNumbers(a.at, b.at))[0];
    const mobile = pairs.some(({ local }) => local.networkType === 'cellular');
    if (!slow && !mobile) return { hits: [] };
    const evidence: Evidence[] = [
      ...(slow
        ? [
            {
              metric: l10n.t('effective network type'),
              value: slow.effectiveNetworkType as string,
              unit: '',
              ...(slow.at !== undefined && { at: slow.at }),
            },
          ]
        : []),
      ...(mobile ? [{ metric: l10n.t('network'), value: l10n.t('cellular'), unit: '' }] : []),
    ];
    // By itself it is context; beside trouble of the network it is a hint.
    const hint =
      slow !== undefined &&
      found.some(
        (one) => isProblem(one) && /\.(loss|jitter|rtt|jb|limit\.bw|bwe)/.test(one.ruleId) && one.side !== 'remote',
      );
    return { hits: [{ severity: hint ? 'low' : 'info', evidence, side: 'local', confidence: 'medium' }] };
  },
});

/** Oldest major versions that are not remarked on (own; all older ones are out of support). */
const OLDEST = { chrome: 109, edge: 109, firefox: 115, safari: 15 };

const environment = reportRule({
  id: 'rtk.env',
  family: 'rtk',
  inputs: [l10n.t('device'), l10n.t('browser')],
  thresholds: { cpus: 2, ...OLDEST },
  severity: ['info', 'info'],
  title: l10n.t('A weak or old device'),
  explanation: l10n.t(
    'What the device and browser are. Context only: it makes a shortage of processor time more likely.',
  ),
  suggestion: l10n.t('Update the browser; use a stronger machine for many pictures at once.'),
  source: l10n.t('ObserveRTC client monitor; versions: own'),
  weight: 1,
  evaluate: ({ report: { device, browser } }, thresholds) => {
    if (!device && !browser) return skip(l10n.t('Not in the report: device and browser.'));
    const evidence: Evidence[] = [];
    if (device?.cpus !== undefined && device.cpus <= thresholds.cpus) {
      evidence.push({ metric: l10n.t('processor cores'), value: device.cpus, unit: '', threshold: thresholds.cpus });
    }
    if (device?.isMobile === true) evidence.push({ metric: l10n.t('device'), value: l10n.t('mobile'), unit: '' });
    if (browser?.webgl === false) evidence.push({ metric: 'WebGL', value: l10n.t('no'), unit: '' });
    const { name = '', version = '' } = browser ?? {};
    const known = name.toLowerCase();
    const major = Number.parseInt(version, 10);
    const oldest = Object.hasOwn(OLDEST, known) ? thresholds[known as keyof typeof OLDEST] : Number.NaN;
    if (major < oldest)
      evidence.push({ metric: l10n.t('version of {0}', name), value: major, unit: '', threshold: oldest });
    return { hits: evidence.length > 0 ? [{ severity: 'info', evidence, side: 'local', confidence: 'high' }] : [] };
  },
});

/** Gaps of one stream in which no other stream has a sample either. */
function commonGaps({ streams }: ReportView): Interval[] {
  const gaps = streams.flatMap((one) =>
    one.gaps.filter((gap) => streams.every((other) => other === one || silent(other.times, gap))),
  );
  return mergeIntervals(gaps, 0);
}

function silent(times: Float64Array, { start, end }: Interval): boolean {
  const first = firstAt(times, start + 1);
  return first >= times.length || (times[first] as number) >= end;
}

const gap = reportRule({
  id: 'rtk.gap',
  family: 'rtk',
  inputs: [l10n.t('times of the samples')],
  thresholds: {},
  severity: ['info', 'info'],
  title: l10n.t('Nothing was reported for a while'),
  explanation: l10n.t(
    'No samples came for more than twice the usual time: a page in the background, a sleeping device, or an upload that failed. Figures nearby are unreliable.',
  ),
  suggestion: l10n.t('See the events of that time before drawing conclusions.'),
  source: 'ObserveRTC client monitor',
  weight: 3,
  evaluate: (view) => {
    if (!view.streams.some(({ times }) => times.length >= 3))
      return skip(l10n.t('Not enough data: fewer than 3 samples in every stream.'));
    const gaps = commonGaps(view);
    if (gaps.length === 0) return { hits: [] };
    const share = view.length > 0 ? Math.min(1, totalLength(gaps) / view.length) : undefined;
    const hits = gaps.map((one): Hit => {
      const hidden = view.background.some((away) => touches(away, one));
      const lost = view.events.some(
        ({ name, at }) => /disconnect|ice_?restart|reconnect/i.test(name) && at >= one.start && at <= one.end,
      );
      const why = hidden ? l10n.t('page in the background') : lost ? l10n.t('connection lost') : undefined;
      return {
        ...one,
        severity: 'info',
        ...(share !== undefined && { share }),
        evidence: [
          { metric: l10n.t('time without samples'), value: (one.end - one.start) / 1000, unit: 's', at: one.start },
          { metric: l10n.t('reason'), value: why ?? l10n.t('unknown'), unit: '' },
        ],
        side: 'local',
        confidence: why === undefined ? 'low' : 'medium',
      };
    });
    return { hits };
  },
});

export const CONTEXT_RULES: readonly ReportRule[] = [networkType, environment, gap];
