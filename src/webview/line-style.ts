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

/** CSS colour of a style, for elements. */
export function lineColor(style: LineStyle): string {
  return `var(${LINE_VARIABLES[style.color]})`;
}
