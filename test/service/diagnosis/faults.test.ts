import assert from 'node:assert/strict';
import type { CallReport } from '../../../src/core/model';
import { diagnoseSession, type Finding, type Side } from '../../../src/diagnosis/index';
import { faultsOf } from '../../../src/sample/realtimekit/faults';
import type { Plan } from '../../../src/sample/realtimekit/plan';
import { guestOf, participantsOf, plansOf, rawOf, readRaw, sessionOf } from './calls';
import { noReturns, problemsOf, slowReturns, TWINS } from './twins';

const SEEDS = 50;
/** For one scene: 100 reports are made and read twice. */
const TIMEOUT_MS = 120_000;
/** Findings follow samples, which lie 7 s apart, and need three of them. */
const NEAR_MS = 25_000;

interface Scene {
  title: string;
  rule: string;
  side: Side;
  /** What else the fault brings about at the same participant. Everything else above `info` is a false alarm. */
  effects: readonly string[];
  /** The other end is read too, to tell whose side it was. */
  both?: boolean;
  /** Holds for the whole stay, so that times do not matter. */
  whole?: boolean;
}

const SCENES: readonly Scene[] = [
  {
    title: 'Lossy uplink',
    rule: 'rtk.loss.out',
    side: 'local',
    effects: ['rtk.loss.dist', 'rtk.mos.low', 'rtk.pli.storm', 'x.blame'],
    both: true,
  },
  {
    title: 'Lossy downlink',
    rule: 'rtk.loss.in',
    side: 'local',
    effects: [
      'rtk.loss.dist',
      'rtk.mos.low',
      'rtk.conceal',
      'rtk.video.fps',
      'rtk.video.lowres',
      'rtk.video.freeze',
      'x.blame',
    ],
    both: true,
  },
  {
    title: 'CPU-limited sender',
    rule: 'rtk.limit.cpu',
    side: 'local',
    effects: ['rtk.video.fps', 'rtk.video.drop', 'rtk.video.lowres'],
  },
  {
    title: 'Bandwidth-limited uplink',
    rule: 'rtk.limit.bw',
    side: 'local',
    effects: ['rtk.rtt.rise', 'rtk.video.lowres', 'rtk.res.flap', 'rtk.bwe.low'],
  },
  { title: 'TURN over TCP', rule: 'rtk.ice.tcp', side: 'network', effects: [], whole: true },
  { title: 'UDP blocked', rule: 'rtk.ice.blocked', side: 'network', effects: ['rtk.ice.tcp'], whole: true },
  { title: 'Headset unplugged', rule: 'rtk.dev.removed', side: 'local', effects: ['rtk.audio.nodata'] },
  { title: 'Network switch with ICE restart', rule: 'rtk.ice.switch', side: 'local', effects: [] },
];

interface Score {
  calls: number;
  episodes: number;
  hits: number;
  misses: string[];
  wrongSide: number;
  falseAlarms: string[];
  twins: string[];
}

function overlaps({ start, end }: Finding, from: number, to: number): boolean {
  return start !== undefined && start <= to + NEAR_MS && (end ?? start) >= from - NEAR_MS;
}

/** Looks at one call and its twin. */
function judge(scene: Scene, plan: Plan, score: Score): void {
  const guest = guestOf(plan);
  const host = plan.stays.find(({ person }) => person === 0);
  const raws = [guest, ...(scene.both && host ? [host] : [])].map((stay) => rawOf(plan, stay));
  const id = raws[0].data.participant.id;
  const diagnose = (reports: CallReport[]) => problemsOf(diagnoseSession(sessionOf(plan), reports), id);
  const found = diagnose(raws.map(readRaw));
  const main = found.filter(({ ruleId }) => ruleId === scene.rule);
  const faults = faultsOf(plan);
  score.calls++;
  for (const { from, to } of faults) {
    score.episodes++;
    const hit = main.find((one) => scene.whole || overlaps(one, from, to));
    if (!hit) score.misses.push(`${plan.slot.key.slot}: ${(to - from) / 1000} s`);
    else if (hit.side !== scene.side) score.wrongSide++;
    else score.hits++;
  }
  for (const one of found) {
    const expected = one.ruleId === scene.rule || scene.effects.includes(one.ruleId);
    const timed = scene.whole || one.start === undefined || faults.some(({ from, to }) => overlaps(one, from, to));
    if (!expected || !timed) score.falseAlarms.push(`${one.ruleId} ${one.severity}`);
  }
  const twin = TWINS[scene.title];
  assert.ok(twin);
  const twins = diagnose([readRaw(twin(raws[0]))]);
  // What goes over TCP still does when STUN answers.
  score.twins.push(
    ...twins
      .filter(({ ruleId }) => !(scene.title === 'UDP blocked' && ruleId === 'rtk.ice.tcp'))
      .map(({ ruleId }) => ruleId),
  );
}

const table: string[] = [];

function tell(title: string, score: Score): void {
  table.push(
    `${title}: ${score.calls} calls, ${score.episodes} episodes, ${score.hits} hits, ${score.misses.length} misses, ${score.wrongSide} on the wrong side, ${score.falseAlarms.length} false alarms; near-miss twins: ${score.twins.length} findings`,
  );
}

function empty(): Score {
  return { calls: 0, episodes: 0, hits: 0, misses: [], wrongSide: 0, falseAlarms: [], twins: [] };
}

describe(`diagnosis of the sample calls, ${SEEDS} seeds each`, () => {
  after(() => console.log(table.map((line) => `      ${line}`).join('\n')));

  for (const scene of SCENES) {
    it(`${scene.title}: found, on the ${scene.side} side, and its twin is not`, () => {
      const score = empty();
      for (const plan of plansOf(scene.title, SEEDS)) judge(scene, plan, score);
      tell(scene.title, score);
      assert.equal(score.calls, SEEDS);
      assert.ok(score.episodes >= SEEDS);
      assert.deepEqual(score.misses, []);
      assert.equal(score.hits, score.episodes);
      assert.deepEqual(score.falseAlarms, []);
      assert.deepEqual(score.twins, []);
    }).timeout(TIMEOUT_MS);
  }

  it('Rejoin churn: found at the one who has it, on the local side, and its twin is not', () => {
    const score = empty();
    for (const plan of plansOf('Rejoin churn', SEEDS)) {
      const people = participantsOf(plan);
      const own = people.filter(({ userId }) => userId === people[plan.stays.indexOf(guestOf(plan))]?.userId);
      const found = problemsOf(diagnoseSession(sessionOf(plan), [], { participants: people, provider: 'realtimekit' }));
      score.calls++;
      score.episodes++;
      const hit = found.find(
        ({ ruleId, subject }) => ruleId === 'rtk.churn' && own.some(({ id }) => id === subject.participantId),
      );
      if (!hit) score.misses.push(String(plan.slot.key.slot));
      else if (hit.side !== 'local') score.wrongSide++;
      else score.hits++;
      score.falseAlarms.push(...found.filter((one) => one !== hit).map(({ ruleId }) => ruleId));
      const twin = diagnoseSession(sessionOf(plan), [], { participants: slowReturns(people), provider: 'realtimekit' });
      score.twins.push(...problemsOf(twin).map(({ ruleId }) => ruleId));
    }
    tell('Rejoin churn', score);
    assert.deepEqual({ ...score, calls: 0, episodes: 0 }, { ...empty(), hits: SEEDS });
  });

  it('Mass leave: found on the side of the service, and its twin is not', () => {
    const score = empty();
    for (const plan of plansOf('Mass leave', SEEDS)) {
      const people = participantsOf(plan);
      const found = problemsOf(diagnoseSession(sessionOf(plan), [], { participants: people, provider: 'realtimekit' }));
      score.calls++;
      score.episodes++;
      const hit = found.find(({ ruleId }) => ruleId === 'rtk.mass.leave');
      if (!hit) score.misses.push(String(plan.slot.key.slot));
      else if (hit.side !== 'service') score.wrongSide++;
      else score.hits++;
      score.falseAlarms.push(...found.filter((one) => one !== hit).map(({ ruleId }) => ruleId));
      const twin = diagnoseSession(sessionOf(plan), [], { participants: noReturns(people), provider: 'realtimekit' });
      score.twins.push(...problemsOf(twin).map(({ ruleId }) => ruleId));
    }
    tell('Mass leave', score);
    assert.deepEqual({ ...score, calls: 0, episodes: 0 }, { ...empty(), hits: SEEDS });
  });

  it('Healthy call: nothing above info, at anyone', () => {
    const alarms: string[] = [];
    let reports = 0;
    for (const [index, plan] of plansOf('Healthy call', SEEDS).entries()) {
      // Everyone in some calls, host and first guest in all.
      const stays = plan.stays.filter(({ person }) => index % 5 === 0 || person <= 1);
      const read = stays.map((stay) => readRaw(rawOf(plan, stay)));
      reports += read.length;
      const found = problemsOf(diagnoseSession(sessionOf(plan), read, { participants: participantsOf(plan) }));
      alarms.push(...found.map(({ ruleId, severity }) => `${plan.slot.key.slot}: ${ruleId} ${severity}`));
    }
    table.push(`Healthy call: ${SEEDS} calls, ${reports} reports, ${alarms.length} false alarms`);
    assert.deepEqual(alarms, []);
  }).timeout(TIMEOUT_MS);

  it('ordinary calls without a fault: nothing above info, with mutes, cameras off, late joins and phones', () => {
    const alarms: string[] = [];
    let calls = 0;
    for (const plan of plansOf('Patient call 4411', 14)) {
      if (faultsOf(plan).length > 0) continue;
      calls++;
      const read = plan.stays.map((stay) => readRaw(rawOf(plan, stay)));
      const found = problemsOf(diagnoseSession(sessionOf(plan), read, { participants: participantsOf(plan) }));
      alarms.push(...found.map(({ ruleId, severity }) => `${plan.slot.key.slot}: ${ruleId} ${severity}`));
    }
    table.push(`Ordinary calls without a fault: ${calls} calls, ${alarms.length} false alarms`);
    assert.ok(calls >= 5);
    assert.deepEqual(alarms, []);
  }).timeout(TIMEOUT_MS);

  it('both ends: the loss of a sender is called remote at the receiver, by the pairing of their streams', () => {
    for (const plan of plansOf('Lossy uplink', 3)) {
      const reports = plan.stays.map((stay) => readRaw(rawOf(plan, stay)));
      const guest = reports[plan.stays.indexOf(guestOf(plan))]?.participant.id;
      const { findings } = diagnoseSession(sessionOf(plan), reports, { participants: participantsOf(plan) });
      const received = findings.filter(({ ruleId }) => ruleId === 'rtk.loss.in');
      assert.ok(received.length >= 3);
      for (const one of received) {
        assert.equal(one.side, 'remote');
        assert.equal(one.confidence, 'high');
        assert.deepEqual(one.relatedParticipantIds, [guest]);
      }
      const blame = findings.filter(({ ruleId }) => ruleId === 'x.blame');
      assert.deepEqual([...new Set(blame.map(({ subject }) => subject.participantId))], [guest]);
      assert.ok(blame.every(({ side }) => side === 'local'));
    }
  });
});
