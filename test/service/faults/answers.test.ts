import { checkLevel, checkReport, checkSession } from '../../faults/check';
import { FAULTS, type FaultCase } from '../../faults/faults';
import { openRigs, type Rig } from '../../faults/rig';

const PROVIDERS = ['realtimekit', '100ms', 'whereby', 'mediamelon'] as const;

describe('faults in the answers of a provider', () => {
  let rigs: Rig[] = [];
  let cases = 0;

  before(async function () {
    this.timeout(60_000);
    rigs = await openRigs(PROVIDERS);
  });
  after(async () => {
    await Promise.all(rigs.map((rig) => rig.stop()));
    console.log(`      ${FAULTS.length} faults, ${cases} cases of a provider and a place`);
  });

  beforeEach(() => {
    for (const rig of rigs) {
      rig.proxy.reset();
      rig.timeoutMs = 30_000;
    }
  });

  for (const fault of FAULTS) {
    it(fault.name, async () => {
      const outcomes = await Promise.allSettled(rigs.map((rig) => check(rig, fault)));
      for (const outcome of outcomes) {
        if (outcome.status === 'rejected') throw outcome.reason;
        cases += outcome.value;
      }
    }).timeout(120_000);
  }
});

/** Gives how many places were checked. */
async function check(rig: Rig, fault: FaultCase): Promise<number> {
  const turn = {
    on: () => {
      rig.proxy.reset(fault.fault);
      rig.timeoutMs = fault.timeoutMs ?? 30_000;
    },
    off: () => {
      rig.proxy.reset();
      rig.timeoutMs = 30_000;
    },
  };
  let places = fault.heavy ? 1 : 2;
  for (const level of fault.heavy ? rig.levels.slice(-1) : rig.levels)
    places += (await checkLevel(rig, level, fault, turn)) ? 1 : 0;
  await checkReport(rig, fault, turn);
  if (!fault.heavy) await checkSession(rig, fault, turn);
  return places;
}
