/**
 * Mean opinion score from the figures of an interval: the simplified E-model of ITU-T G.107 that call monitors use.
 *
 * @param rtt round trip, ms
 * @param jitter ms
 * @param loss percent of packets, 0..100
 * @returns 1 to 4.5
 */
export function estimateMos(rtt: number, jitter: number, loss: number): number {
  const latency = rtt / 2 + 2 * jitter + 10;
  const rating = (latency < 160 ? 93.2 - latency / 40 : 93.2 - (latency - 120) / 10) - 2.5 * loss;
  const r = Math.min(100, Math.max(0, rating));
  const mos = 1 + 0.035 * r + 7e-6 * r * (r - 60) * (100 - r);
  return Math.min(4.5, Math.max(1, mos));
}
