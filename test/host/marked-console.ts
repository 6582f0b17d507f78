/**
 * Side effect on import, before mocha keeps its own reference to `console.log`: marks the lines of the extension host.
 * The window of the server host prints its own log beside them; the launcher names a mark in PEERSCOPE_TEST_MARK and
 * shows the lines that begin with it.
 */
import { format } from 'node:util';

const mark = process.env.PEERSCOPE_TEST_MARK;
if (mark) {
  for (const method of ['log', 'info', 'warn', 'error', 'debug'] as const) {
    const print = console[method].bind(console);
    // VS Code's own forwarding property ignores assignments.
    Object.defineProperty(console, method, { value: (...args: unknown[]) => print(mark + format(...args)) });
  }
}
