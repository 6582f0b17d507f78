import assert from 'node:assert/strict';
import { type Diagnosis, diagnoseReport, diagnoseSession, type Finding } from '../../../src/diagnosis/index';
import { RULES } from '../../../src/diagnosis/table';
import { T0 } from './build';
import type { Case, Expected, Given } from './cases';
import { ACROSS_CASES } from './cases-across';
import { CONNECTION_CASES } from './cases-connection';
import { MEDIA_CASES } from './cases-media';
import { NETWORK_CASES } from './cases-network';
import { PLAYBACK_CASES } from './cases-playback';
import { PROVIDER_CASES } from './cases-providers';

const CASES: readonly Case[] = [
  ...NETWORK_CASES,
  ...MEDIA_CASES,
  ...CONNECTION_CASES,
  ...PROVIDER_CASES,
  ...PLAYBACK_CASES,
  ...ACROSS_CASES,
];

function diagnose(given: Given): Diagnosis {
  if ('streams' in given) return diagnoseReport(given);
  if ('report' in given) return diagnoseReport(given.report, given);
  return diagnoseSession(given.session, given.reports ?? [], given);
}

function of(id: string, { findings }: Diagnosis): Finding[] {
  return findings.filter(({ ruleId }) => ruleId === id);
}

function check(found: readonly Finding[], expected: Expected): void {
  assert.equal(found.length, expected.count ?? 1, JSON.stringify(found, null, 1));
  const [first] = found;
  assert.ok(first);
  const into = (at: number | undefined) => (at === undefined ? undefined : (at - T0) / 1000);
  const [proof] = first.evidence;
  const actual = {
    severity: first.severity,
    side: first.side,
    confidence: first.confidence,
    title: first.title,
    start: into(first.start),
    end: into(first.end),
    value: proof?.value,
    threshold: proof?.threshold,
    share: first.share === undefined ? undefined : Number(first.share.toFixed(4)),
    subject: first.subject.participantId,
    related: first.relatedParticipantIds,
  };
  for (const [name, value] of Object.entries(expected)) {
    if (name !== 'count') assert.deepEqual(actual[name as keyof typeof actual], value, name);
  }
  assert.ok(first.explanation && first.suggestion && first.source && first.evidence.length > 0);
}

describe('diagnosis: every rule', () => {
  it('has its cases, each once', () => {
    assert.deepEqual(CASES.map(({ id }) => id).sort(), RULES.map(({ id }) => id).sort());
  });

  for (const one of CASES) {
    it(`${one.id} fires`, () => check(of(one.id, diagnose(one.fires)), one.expect));

    it(`${one.id} leaves a near miss alone`, () => {
      const diagnosis = diagnose(one.near);
      assert.deepEqual(of(one.id, diagnosis), []);
      const whole = diagnosis.notEvaluated.filter(({ ruleId, streamIds }) => ruleId === one.id && !streamIds);
      assert.deepEqual(whole, [], 'it was evaluated');
    });

    it(`${one.id} says so when data are missing`, () => {
      const diagnosis = diagnose(one.missing);
      assert.deepEqual(of(one.id, diagnosis), []);
      const reasons = diagnosis.notEvaluated.filter(({ ruleId }) => ruleId === one.id).map(({ reason }) => reason);
      assert.ok(
        reasons.some((reason) => one.reason.test(reason)),
        `reasons: ${reasons.join(' | ')}`,
      );
    });
  }
});

describe('the table of rules', () => {
  it('is complete in every row', () => {
    for (const rule of RULES) {
      for (const text of [rule.title, rule.explanation, rule.suggestion, rule.source])
        assert.ok(text.length > 2, rule.id);
      assert.ok(rule.inputs.length > 0, rule.id);
      assert.match(rule.id, new RegExp(`^${rule.family}\\.`));
      for (const [name, value] of Object.entries(rule.thresholds))
        assert.ok(Number.isFinite(value), `${rule.id}.${name}`);
    }
  });

  it('holds the whole catalogue', () => {
    const catalogue = [
      'rtk.loss.in rtk.loss.out rtk.loss.dist rtk.jitter rtk.rtt rtk.rtt.rise rtk.jb.delay rtk.conceal rtk.mos.low rtk.video.nodata',
      'rtk.audio.nodata rtk.video.fps rtk.video.freeze rtk.video.drop rtk.video.lowres rtk.limit.cpu rtk.limit.bw rtk.bwe.low',
      'rtk.pli.storm rtk.res.flap rtk.ice.relay rtk.ice.tcp rtk.ice.blocked rtk.ice.switch rtk.ice.idle rtk.discard rtk.dev.removed',
      'rtk.dev.flap rtk.net.type rtk.env rtk.join.slow rtk.join.never rtk.churn rtk.left.abrupt rtk.gap',
      'hms.rejoin hms.short hms.overlap hms.alone hms.mass.leave hms.open hms.host.gap hms.err hms.loss hms.rtt hms.jitter hms.fps',
      'hms.freeze hms.layer wb.loss.send wb.loss.recv wb.bitrate.stall wb.bitrate.drop wb.oneway wb.both wb.short wb.rejoin wb.len',
      'mm.fatal mm.err mm.startup mm.rebuf mm.score mm.cdn mm.exit mm.cluster x.blame x.cascade x.worst x.share',
    ].join(' ');
    const ids = new Set(RULES.map(({ id }) => id));
    assert.deepEqual(
      catalogue.split(' ').filter((id) => !ids.has(id)),
      [],
    );
  });
});
