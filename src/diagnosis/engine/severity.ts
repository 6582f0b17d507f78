import { type Severity, severityRank } from '../finding';

/** Share of the call from which on trouble is more than slight, and from which on it is heavy (own values). */
export const SHARES = { medium: 0.05, high: 0.2 } as const;

/**
 * Severity by the share (0..1) of the call that trouble takes, and never more than the rule gives for the level reached.
 * A call of unknown length counts as one that was troubled from 5 to 20 % of the time.
 */
export function severityOf(share: number | undefined, most: Severity): Severity {
  const band =
    share === undefined ? 'medium' : share > SHARES.high ? 'high' : share >= SHARES.medium ? 'medium' : 'low';
  if (most === 'critical') return band === 'high' ? 'critical' : band;
  return severityRank(band) >= severityRank(most) ? band : most;
}
