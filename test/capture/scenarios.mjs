/**
 * The calls that are kept as fixtures. The README beside them tells what the relay did in fact.
 * @type {import('./record.mjs').Scenario[]}
 */
export const SCENARIOS = [
  { name: 'healthy', seconds: 40, aToB: { delayMs: 10 }, bToA: { delayMs: 10 } },
  { name: 'lossy', seconds: 45, aToB: { delayMs: 20, lossPercent: 8 }, bToA: { delayMs: 20 } },
  { name: 'screen-share', seconds: 45, aToB: { delayMs: 200 }, bToA: { delayMs: 200 }, screenShareAt: 15 },
];
