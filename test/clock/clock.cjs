/**
 * The clock of the tests. What the sample calls serve follows the clock, so a test that passes at one hour may meet other
 * calls at another. Each file of tests therefore begins at the same moment (host tests, which share one window, all together),
 * in every process that takes part: mocha's own or the launcher's leads, the extension host and the pages in the browser
 * follow. A desktop VS Code and one with Peerscope's package keep the machine's clock.
 *
 * `PEERSCOPE_TEST_CLOCK` chooses another moment (ISO 8601), or `real`.
 */

/** Tells a process that follows how far its clock is ahead of the real one, ms. */
const AHEAD = 'PEERSCOPE_CLOCK_AHEAD';

/** The middle of a working day, UTC. */
const MOMENT = '2026-11-18T13:40:00Z';

const wanted = process.env.PEERSCOPE_TEST_CLOCK || MOMENT;
const begin = wanted === 'real' ? undefined : Date.parse(wanted);
if (Number.isNaN(begin)) throw new Error(`PEERSCOPE_TEST_CLOCK=${wanted} is neither an ISO 8601 time nor "real".`);

const realNow = Date.now.bind(Date);
/** @type {{ ahead: number }} ms */
const clock = { ahead: 0 };
let leading = false;

/**
 * Puts a `Date` in place whose present is another; times that are given stay what they are. Also runs in pages: it knows
 * nothing of this file.
 * @param {{ ahead: number }} clock  ms; may change later
 */
function moveClock(clock) {
  const Real = Date;
  const now = () => Real.now() + clock.ahead;
  const Moved = new Proxy(Real, {
    construct: (target, args, newTarget) => Reflect.construct(target, args.length > 0 ? args : [now()], newTarget),
    apply: () => new Real(now()).toString(),
    get: (target, name) => (name === 'now' ? now : Reflect.get(target, name)),
  });
  Object.assign(globalThis, { Date: Moved });
}

/** The folder of the extension that makes an extension host follow, absolute. */
exports.EXTENSION = __dirname;

/** Makes this process the one that says what time it is. */
exports.lead = () => {
  if (begin === undefined) return;
  leading = true;
  moveClock(clock);
  exports.beginAgain();
};

/** Sets the clock of a process that leads back to the moment; nothing elsewhere. */
exports.beginAgain = () => {
  if (leading && begin !== undefined) clock.ahead = begin - realNow();
};

/** Goes by the clock of the process that leads, which put it into this one's environment. */
exports.follow = () => {
  clock.ahead = Number(process.env[AHEAD] ?? 0);
  if (clock.ahead !== 0) moveClock(clock);
};

/** What a process needs in its environment to follow. */
exports.environment = () => ({ [AHEAD]: String(clock.ahead) });

/** The script that makes a page follow; it runs before the page's own. */
exports.pageScript = () => `(${moveClock.toString()})({ ahead: ${String(clock.ahead)} });`;
