/** Keeps the figures of a bench for the page that a whole run writes; without such a run nothing is kept. */
import { appendFileSync } from 'node:fs';
import type { Fact, Figure } from './page/render.mjs';

/** Named by `test/run.mjs`: one JSON object a line. */
const FILE = process.env.PEERSCOPE_BENCH_FIGURES;

/** A figure for the page. It is printed by the bench itself. */
export function record(figure: Figure): void {
  keep(figure);
}

/** What else belongs to the machine, such as a browser's version. */
export function recordFact(name: string, value: string): void {
  keep({ name, fact: value });
}

function keep(line: Figure | Fact): void {
  if (FILE) appendFileSync(FILE, `${JSON.stringify(line)}\n`);
}
