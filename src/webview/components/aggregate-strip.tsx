import * as l10n from '@vscode/l10n';
import type { JSX } from 'preact';
import type { AggregateRow, Compared, Point } from '../aggregate-model';
import { formatNumber } from '../format';

const WIDTH = 168;
const HEIGHT = 18;
/** Room at either end for a mark at the very end of the scale. */
const PAD = 6;

/** Which of a figure's two readings is drawn. */
export type Reading = 'provider' | 'computed';

/**
 * One reading of an aggregate on the scale that both share: a line from the least to the largest sample, a box from the median
 * to the 90th percentile with the 75th in it, and the average as a diamond. What is drawn stands in the row as figures, save
 * the ends of the line, which the label says.
 */
export function AggregateStrip({ row, reading }: { row: AggregateRow; reading: Reading }): JSX.Element | null {
  const value = (point: Point) => row.points[point][reading];
  const known = Object.values<Compared>(row.points).flatMap(({ provider, computed }) => [provider, computed]);
  const all = [...known, ...(row.range ?? [])].filter((each) => each !== undefined);
  if (all.length === 0) return null;
  const low = Math.min(...all);
  const { factor, decimals, unit } = row.shown;
  const whole = Math.max(...all) - low;
  // What reads the same stands at the same place.
  const span = whole * factor < 2 * 10 ** -decimals ? 0 : whole;
  const x = (at: number) => PAD + (span > 0 ? ((at - low) / span) * (WIDTH - 2 * PAD) : (WIDTH - 2 * PAD) / 2);
  const range = reading === 'computed' ? row.range : undefined;
  const [avg, p50, p75, p90] = [value('avg'), value('p50'), value('p75'), value('p90')];
  const middle = HEIGHT / 2;
  const number = (at: number) => formatNumber(at * factor, decimals);
  const says = range
    ? l10n.t('Samples from {0} to {1}', number(range[0]), `${number(range[1])}${unit && ` ${unit}`}`)
    : l10n.t('The provider’s figures on the same scale');
  return (
    <svg
      class={`strip ${reading}`}
      width={WIDTH}
      height={HEIGHT}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="img"
      aria-label={says}
    >
      <title>{says}</title>
      <path class="strip-scale" d={`M${PAD} ${HEIGHT - 1.5}H${WIDTH - PAD}`} />
      {range && <path class="strip-range" d={`M${x(range[0])} ${middle}H${x(range[1])}`} />}
      {p50 !== undefined && p90 !== undefined && (
        <rect
          class="strip-box"
          x={x(Math.min(p50, p90))}
          y={middle - 4}
          width={Math.max(1, Math.abs(x(p90) - x(p50)))}
          height={8}
        />
      )}
      {[p50, p75, p90].map(
        (at, index) => at !== undefined && <path key={index} class="strip-tick" d={`M${x(at)} ${middle - 4}v8`} />,
      )}
      {avg !== undefined && <path class="strip-average" d={`M${x(avg)} ${middle - 4.5}l4.5 4.5-4.5 4.5-4.5-4.5z`} />}
    </svg>
  );
}

/** A share of one, and what is said of it. */
export interface Portion {
  text: string;
  share: number;
}

/** Shares of one as bars with their text. */
export function ShareBars({ shares }: { shares: readonly Portion[] }): JSX.Element {
  return (
    <span class="portions">
      {shares.map(({ text, share }) => (
        <span key={text} class="portion">
          <span class="portion-fill" aria-hidden="true" style={{ width: percent(share) }} />
          <span class="portion-text">{text}</span>
        </span>
      ))}
    </span>
  );
}

/** Shares that add up to one, side by side, each with its own pattern and named below. */
export function StackedShares({ parts }: { parts: readonly Portion[] }): JSX.Element {
  return (
    <span class="stacked">
      <span class="stacked-bar" aria-hidden="true">
        {parts.map(({ text, share }, index) => (
          <span key={text} class={`pattern-${index}`} style={{ width: percent(share) }} />
        ))}
      </span>
      <span class="stacked-key">
        {parts.map(({ text }, index) => (
          <span key={text}>
            <span class={`stacked-swatch pattern-${index}`} aria-hidden="true" />
            {text}
          </span>
        ))}
      </span>
    </span>
  );
}

function percent(share: number): string {
  return `${Math.min(100, Math.max(0, share * 100))}%`;
}
