import assert from 'node:assert/strict';
import type { PlainError } from '../../src/core/errors';
import type { CallNode } from '../../src/tree/nodes';
import { lookOf } from '../../src/tree/present';
import { tooltipOf } from '../../src/tree/tooltip';
import type { FaultCase } from './faults';
import type { Level, Rig } from './rig';

/** What a fault has to come to: the part of a {@link FaultCase} that concerns the person. */
export type Expected = Pick<FaultCase, 'name' | 'outcome' | 'attempts' | 'timeoutMs'>;

/** Turns a fault on and off. */
export interface Switch {
  on(): Promise<void> | void;
  off(): Promise<void> | void;
}

const LOOK = { now: Date.now(), sessionWindowDays: 7 };

/**
 * A level of the tree, opened while the fault lasts: one row says what is the matter and tries again when chosen. Without
 * the fault the rows come; while it is back they stay. The connection past the proxy goes on meanwhile. False: the level
 * asks for nothing.
 */
export async function checkLevel(rig: Rig, level: Level, fault: Expected, turn: Switch): Promise<boolean> {
  const { model } = rig;
  const node = rig.node('through', level);
  const where = `${rig.provider}, ${level}, ${fault.name}`;
  const open = async (): Promise<CallNode[]> => {
    model.setFilter(node, undefined);
    return model.children(node);
  };
  const again = async (): Promise<CallNode[]> => {
    model.refresh(node);
    return model.children(node);
  };
  // Whatever the provider keeps of an earlier load is used up, so that the next one asks.
  await open();
  rig.proxy.reset();
  const good = await open();
  const healthy = rig.proxy.seen;
  assertNoError(good, where);
  // What a level above has told already is not asked for again, so that nothing can fail.
  if (healthy === 0) return false;

  await turn.on();
  const first = await open();
  const seen = rig.proxy.seen;
  assert.ok(seen <= healthy * fault.attempts, `${where}: ${seen} requests where ${healthy} are usual`);
  if (fault.outcome) {
    assert.deepEqual(
      first.map(({ kind }) => kind),
      ['error'],
      where,
    );
    assertError(first[0], fault, where);
  } else {
    assert.deepEqual(keys(first), keys(good), where);
    assertNoError(first, where);
  }
  const other = rig.node('past', level);
  model.refresh(other);
  assertNoError(await model.children(other), `${where}: the other connection`);

  await turn.off();
  const healed = await again();
  assert.deepEqual(keys(healed), keys(good), `${where}: tried again`);

  await turn.on();
  const kept = await again();
  if (fault.outcome) {
    assert.deepEqual(keys(kept.filter(isData)), keys(good.filter(isData)), `${where}: rows stay`);
    assertError(kept.at(-1), fault, where);
  }
  await turn.off();
  assert.deepEqual(keys(await again()), keys(good), `${where}: tried again with rows`);
  return true;
}

/** The report page, opened, tried again and refreshed as {@link checkLevel} does it with a level. */
export async function checkReport(rig: Rig, fault: Expected, turn: Switch): Promise<void> {
  const where = `${rig.provider}, report, ${fault.name}`;
  const page = rig.reportPage();
  const { host, posted } = page;
  const after = async (act: () => void) => {
    posted.length = 0;
    act();
    await until(() =>
      posted.some(({ type, ...rest }) => type === 'failed' || (type === 'report' && !('keep' in rest))),
    );
    // The former report comes again before the word that the new one failed.
    await new Promise((resolve) => setImmediate(resolve));
    return posted.at(-1);
  };
  const open = () => host.open(rig.participant);
  const refresh = () => host.receive({ v: 1, type: 'action', action: 'refresh' });
  const check = (message: (typeof posted)[number] | undefined, keep: boolean) => {
    if (!fault.outcome) {
      assert.equal(message?.type, 'report', where);
      return;
    }
    assert.ok(message?.type === 'failed', `${where}: ${message?.type}`);
    assert.equal(message.keep, keep, where);
    assertTold(message.error, fault, where);
  };

  rig.proxy.reset();
  assert.equal((await after(open))?.type, 'report', where);
  const healthy = rig.proxy.seen;

  await turn.on();
  check(await after(open), false);
  assert.ok(rig.proxy.seen <= healthy * fault.attempts, `${where}: ${rig.proxy.seen} requests, ${healthy} are usual`);

  await turn.off();
  assert.equal((await after(refresh))?.type, 'report', `${where}: tried again`);

  await turn.on();
  check(await after(refresh), true);
  assert.ok(host.loaded, `${where}: the report stays`);

  await turn.off();
  assert.equal((await after(refresh))?.type, 'report', `${where}: tried again with a report`);
  host.dispose();
}

/** The session page: its facts and people stay when a refresh fails, and come when the fault is over. */
export async function checkSession(rig: Rig, fault: Expected, turn: Switch): Promise<void> {
  const where = `${rig.provider}, session page, ${fault.name}`;
  const { host, posted } = rig.sessionPage();
  const screen = () => posted.findLast((message) => message.type === 'screen')?.screen;
  const idle = () => until(() => screen()?.busy === false && screen()?.stays?.reading === false);
  host.open(rig.participant);
  await idle();
  const people = screen()?.stays?.items.length ?? 0;
  assert.ok(screen()?.session && people > 0, `${where}: ${JSON.stringify(screen()?.error)}`);

  await turn.on();
  rig.proxy.seen = 0;
  host.refresh();
  await idle();
  assert.ok(screen()?.session, `${where}: the session stays`);
  assert.equal(screen()?.stays?.items.length, people, `${where}: the people stay`);
  const error = screen()?.error ?? screen()?.stays?.error;
  // A provider that keeps ended sessions asks nothing, so that nothing fails.
  if (fault.outcome && rig.proxy.seen > 0) {
    assert.ok(error, `${where}: nothing is said`);
    assertTold(error, fault, where);
  } else assert.equal(error, undefined, where);

  await turn.off();
  host.receive({ v: 1, type: 'action', action: 'refresh' });
  await idle();
  assert.equal(screen()?.error, undefined, where);
  assert.equal(screen()?.stays?.error, undefined, where);
  host.dispose();
}

/** Waits for a state, for as long as the test may run. */
export async function until(state: () => boolean): Promise<void> {
  while (!state()) await new Promise((resolve) => setTimeout(resolve, 2));
}

function assertError(row: CallNode | undefined, fault: Expected, where: string): void {
  assert.ok(row?.kind === 'error', `${where}: ${row?.kind}`);
  assertTold(row.error, fault, where);
  const look = lookOf(row, LOOK);
  assert.deepEqual(look.command, { id: 'peerscope.refresh', title: 'Retry' }, where);
  assert.ok(look.label && look.description && look.spoken?.includes('Enter to try again'), where);
  assert.ok(tooltipOf(row, LOOK.now), where);
}

function assertTold(error: PlainError, { outcome }: Expected, where: string): void {
  assert.ok(outcome, `${where}: ${error.kind}: ${error.text}`);
  assert.ok(outcome.kinds.includes(error.kind), `${where}: ${error.kind}: ${error.text}`);
  assert.match(error.text, outcome.text, where);
  assert.doesNotMatch(error.text, /undefined|NaN|\[object|canary/, where);
}

function assertNoError(rows: readonly CallNode[], where: string): void {
  const error = rows.find((row) => row.kind === 'error' || row.kind === 'issues');
  assert.ok(rows.length > 0 && !error, `${where}: ${JSON.stringify(error && { ...error, parent: undefined })}`);
}

function isData(row: CallNode): boolean {
  return row.kind !== 'error' && row.kind !== 'loadMore';
}

function keys(rows: readonly CallNode[]): string[] {
  return rows.map(({ key }) => key);
}
