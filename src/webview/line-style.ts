/**
 * Colour of each line style, by index: the theme's chart colours as the style sheet names them. Red comes last: it reads
 * as an alarm.
 */
export const LINE_VARIABLES = [0, 1, 2, 3, 4, 5].map((index) => `--peerscope-series-${index}`);

/** On/off lengths in pixels; the first is a full line. */
const DASHES: readonly (readonly number[])[] = [
  [],
  [7, 3],
  [2, 2],
  [9, 3, 2, 3],
  [4, 2],
  [12, 4],
  [6, 2, 2, 2, 2, 2],
  [3, 5],
];

/** Look of one line: the same stream has the same wherever it is drawn. */
export interface LineStyle {
  color: number;
  dash: readonly number[];
}

/** Styles in turn: 24 pairs of colour and dash before one comes again. */
export function lineStyle(index: number): LineStyle {
  return { color: index % LINE_VARIABLES.length, dash: DASHES[index % DASHES.length] ?? [] };
}

/**
 * Which line has which look. One that was given a look keeps it, whoever comes later or stands before it in a list; a new one
 * gets the next.
 */
export class LineStyles {
  readonly #given: Map<string, number>;

  /** `given`: what a former page of the same report had given, from {@link given}. */
  constructor(given: Iterable<readonly [string, number]> = []) {
    this.#given = new Map(given);
  }

  /** Ids of lines with the index of their look, in the order in which they came. */
  get given(): [string, number][] {
    return [...this.#given];
  }

  /** The look that some lines share; one that a line of them has already, whichever came first. */
  of(ids: readonly string[]): LineStyle {
    const known = ids.map((id) => this.#given.get(id)).find((index) => index !== undefined);
    const index = known ?? Math.max(-1, ...this.#given.values()) + 1;
    for (const id of ids) if (!this.#given.has(id)) this.#given.set(id, index);
    return lineStyle(index);
  }

  /** Lines in the order in which they came. */
  inOrder<T extends { id: string }>(lines: readonly T[]): T[] {
    const came = [...this.#given.keys()];
    return lines.toSorted((a, b) => came.indexOf(a.id) - came.indexOf(b.id));
  }
}

/** CSS colour of a style, for elements. */
export function lineColor(style: LineStyle): string {
  return `var(${LINE_VARIABLES[style.color] as string})`;
}
