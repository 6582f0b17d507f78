/** Orders of rows that do not depend on the user's language or on the order they came in. */

/** Compares two texts by their UTF-16 code units; a missing one is before all others. */
export function compareText(a = '', b = ''): number {
  if (a < b) return -1;
  return a > b ? 1 : 0;
}

/** Compares two amounts or moments (epoch ms); an unknown one is as 0, before all moments. */
export function compareNumbers(a = 0, b = 0): number {
  return a - b;
}

/** The smallest of those that are known; undefined where none is. */
export function smallest(values: readonly (number | undefined)[]): number | undefined {
  return values.filter((value) => value !== undefined).reduce(pick(Math.min), undefined);
}

/** The largest of those that are known; undefined where none is. */
export function largest(values: readonly (number | undefined)[]): number | undefined {
  return values.filter((value) => value !== undefined).reduce(pick(Math.max), undefined);
}

function pick(of: (a: number, b: number) => number) {
  return (one: number | undefined, other: number): number => (one === undefined ? other : of(one, other));
}
