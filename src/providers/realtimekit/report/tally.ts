import type { ItemIssue } from '../../../core/model';

/** How many bad ones there are, and where the first one is. */
export class Tally {
  #count = 0;
  #first = 0;

  /** `place` in the list; places come rising. */
  add(place: number): void {
    if (this.#count === 0) this.#first = place;
    this.#count++;
  }

  /** One issue for all of them, at the first; none when there were none. */
  report(issues: ItemIssue[], path: string, field: string, problem: (count: number) => string): void {
    if (this.#count === 0) return;
    issues.push({ path: `${path}[${this.#first}]${field}`, message: problem(this.#count) });
  }
}
