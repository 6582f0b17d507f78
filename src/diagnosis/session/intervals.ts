import { touches } from '../engine/episodes';
import type { Finding, Interval } from '../finding';

/** The episodes of a finding; none for one without a time. */
export function intervalsOf({ start, end, episodes }: Finding): readonly Interval[] {
  if (episodes) return episodes;
  return start === undefined ? [] : [{ start, end: end ?? start }];
}

/** Whether two findings happened less than `near` ms apart. */
export function coincide(a: Finding, b: Finding, near: number): boolean {
  return intervalsOf(a).some((one) => intervalsOf(b).some((other) => touches(one, other, near)));
}
