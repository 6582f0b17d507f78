/** Nothing shorter than this is a gap, ms. */
const SHORTEST_GAP_MS = 5000;
/** So many steps give the median; of more, evenly spread ones stand for all. */
const MEDIAN_OF = 1000;

/**
 * The step between two samples from which on something is missing: longer than twice the median step and than 5 s.
 * A line is broken there and a rate over it is not computed. `times` are rising, epoch ms. Infinity for fewer than two.
 */
export function gapThreshold(times: Float64Array): number {
  if (times.length < 2) return Number.POSITIVE_INFINITY;
  const stride = Math.ceil((times.length - 1) / MEDIAN_OF);
  const steps = new Float64Array(Math.ceil((times.length - 1) / stride));
  for (let i = 0; i < steps.length; i++) steps[i] = (times[i * stride + 1] as number) - (times[i * stride] as number);
  steps.sort();
  return Math.max(SHORTEST_GAP_MS, 2 * (steps[steps.length >> 1] as number));
}
