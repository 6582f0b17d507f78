import type { CallReport, Figure } from '../../../src/core/model';
import { LENGTH, report, session } from './build';
import type { Case } from './cases';

function playback(figures: Record<string, number>, id = 'me', facts: Record<string, string> = {}): CallReport {
  const list: Figure[] = Object.entries(figures).map(([name, value]) => ({ name, label: name, value, unit: '' }));
  return report({
    provider: 'mediamelon',
    media: 'playback',
    participant: { id, facts: Object.entries(facts).map(([label, value]) => ({ label, value })) },
    figures: list,
  });
}

/** 20 loaded rows with rates 1 to 20: the 95th percentile is the 19th. */
const LIST = Array.from({ length: 20 }, (_, i) => playback({ cdn_change_rate: i + 1 }, `row ${i}`));

/** Four rows of one CDN, of which `bad` failed, among six others that did not. */
function rows(bad: number): CallReport[] {
  return Array.from({ length: 10 }, (_, i) =>
    playback({ fatalerrors: i < bad ? 1 : 0 }, `row ${i}`, { CDN: i < 4 ? 'one' : 'two' }),
  );
}

/** MediaMelon. */
export const PLAYBACK_CASES: readonly Case[] = [
  {
    id: 'mm.fatal',
    fires: playback({ fatalerrors: 1 }),
    expect: { severity: 'critical', value: 1, start: 0, end: LENGTH / 1000 },
    near: playback({ fatalerrors: 0 }),
    missing: playback({ errors: 1 }),
    reason: /fatal errors/,
  },
  {
    id: 'mm.err',
    fires: playback({ errors: 2, fatalerrors: 0 }),
    expect: { severity: 'medium', value: 2, confidence: 'high' },
    near: playback({ errors: 2, fatalerrors: 1 }),
    missing: playback({ fatalerrors: 0 }),
    reason: /errors/,
  },
  {
    id: 'mm.startup',
    fires: playback({ latency: 5.1 }),
    expect: { severity: 'medium', value: 5.1, threshold: 5 },
    near: playback({ latency: 2 }),
    missing: playback({}),
    reason: /start-up time/,
  },
  {
    id: 'mm.rebuf',
    fires: playback({ cirrbufferingratio: 5.5, bufferingratio: 9 }),
    expect: { severity: 'high', value: 5.5, threshold: 5 },
    // The other ratio is context only.
    near: playback({ cirrbufferingratio: 1, bufferingratio: 9 }),
    missing: playback({ bufferingratio: 9 }),
    reason: /rebuffering/,
  },
  {
    id: 'mm.score',
    fires: playback({ qualityofexperience: 39 }),
    expect: { severity: 'high', value: 39, threshold: 40 },
    near: playback({ qualityofexperience: 80 }),
    missing: playback({}),
    reason: /playback score/,
  },
  {
    id: 'mm.exit',
    fires: playback({ watchtime: 9, latency: 2.1 }),
    expect: { severity: 'medium', value: 9, threshold: 10 },
    near: playback({ watchtime: 10, latency: 2.1 }),
    missing: playback({ latency: 2.1 }),
    reason: /watch time/,
  },
  {
    id: 'mm.cdn',
    fires: { report: playback({ cdn_change_rate: 19.5 }), list: LIST },
    expect: { severity: 'low', value: 19.5, threshold: 19 },
    near: { report: playback({ cdn_change_rate: 19 }), list: LIST },
    missing: { report: playback({ cdn_change_rate: 19.5 }), list: LIST.slice(1) },
    reason: /fewer than 20/,
  },
  {
    id: 'mm.cluster',
    // 3 of the 4 on one CDN are 75 %; 3 of 10 in all are 30 %; twice that are 60 %.
    fires: { session: session(120), reports: rows(3) },
    expect: { severity: 'high', side: 'service', value: 'one', related: ['row 0', 'row 1', 'row 2'] },
    near: { session: session(120), reports: rows(2) },
    missing: { session: session(120), reports: rows(3).slice(0, 2) },
    reason: /too few/,
  },
];
