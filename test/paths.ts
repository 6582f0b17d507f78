/** Where tests find files. The build puts the repository's folder in place of the variable. */
import { join } from 'node:path';

/** The repository's folder. */
export const ROOT: string = process.env.PEERSCOPE_ROOT ?? process.cwd();

/** Recorded payloads, each with its origin in the README there. */
export const FIXTURES = join(ROOT, 'test', 'fixtures');

/** What the build writes. */
export const DIST = join(ROOT, 'dist');
