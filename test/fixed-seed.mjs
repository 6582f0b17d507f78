/**
 * Property tests run from one seed, so that a run can be repeated and says the same everywhere. `PEERSCOPE_SEED=random`
 * looks for new cases; a number runs from that one.
 */
import { configureGlobal } from 'fast-check';

const wanted = process.env.PEERSCOPE_SEED ?? '20261122';
const seed = wanted === 'random' ? Math.floor(Math.random() * 2 ** 31) : Number(wanted);
configureGlobal({ seed });
console.log(`Property tests: seed ${seed}`);
