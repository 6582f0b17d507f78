import * as l10n from '@vscode/l10n';
import type { CandidatePair } from '../../../core/model';
import { type CounterField, EVENTS, type RawStream, TRAFFIC } from './fields';

/** A share of falling changes from which on a counter cannot be a running total: resets are rarer. */
const FALLING_SHARE = 0.2;
/** So many rises of one column without a fall in between are no accident of a ramp. */
const STEADY_RISES = 6;
/** How much nearer to the transport's own total one reading must come to decide, as a ratio. */
const CLEARLY_NEARER = 1.5;

/** Which counters run on through the call, and the sentences that say why. */
export interface CounterReading {
  running: ReadonlySet<CounterField>;
  assumptions: string[];
}

interface Movement {
  falls: number;
  rises: number;
  /** The longest run of rises in one column without a fall in between. */
  steadiest: number;
}

/**
 * Decides for each counter whether samples hold counts per interval or running totals, which RealtimeKit does not
 * document. Evidence, strongest first: falls (a total does not fall), a long rise without one, the transports' own
 * totals. Without any the published report decides: per interval. The media counters are judged together, each event
 * counter follows them unless its own movement speaks against it.
 */
export function readCounters(streams: readonly RawStream[], transports: readonly CandidatePair[]): CounterReading {
  const moved = new Map(TRAFFIC.map((field) => [field, movement(streams, field)] as const));
  const family = sum([...moved.values()]);
  const counted = streams.some((stream) => [...TRAFFIC, ...EVENTS].some((field) => stream.cells[field]));
  if (!counted) return { running: new Set(), assumptions: [] };
  const verdict = judgeFamily(family, streams, transports);
  const running = new Set<CounterField>();
  const exceptions: string[] = [];
  for (const field of [...TRAFFIC, ...EVENTS]) {
    if (!streams.some((stream) => stream.cells[field])) continue;
    const own = moved.get(field as (typeof TRAFFIC)[number]) ?? movement(streams, field);
    const runs = judgeField(own, verdict.running);
    if (runs) running.add(field);
    if (runs !== verdict.running) exceptions.push(exception(field, runs, own));
  }
  return { running, assumptions: [verdict.sentence, ...exceptions] };
}

function judgeFamily(
  { falls, rises, steadiest }: Movement,
  streams: readonly RawStream[],
  transports: readonly CandidatePair[],
): { running: boolean; sentence: string } {
  const changes = falls + rises;
  if (changes > 0 && falls / changes >= FALLING_SHARE) {
    return {
      running: false,
      sentence: l10n.t(
        'Packets, bytes, frames and the other counters of the samples are taken as counts per interval: they fall in {0} of {1} changes, which totals do not.',
        falls,
        changes,
      ),
    };
  }
  if (steadiest >= STEADY_RISES) {
    return {
      running: true,
      sentence: l10n.t(
        'Packets, bytes, frames and the other counters of the samples are taken as running totals, of which the differences are shown: they rise in {0} of {1} changes.',
        rises,
        changes,
      ),
    };
  }
  const check = againstTransports(streams, transports);
  if (check) {
    const { running, unit } = check;
    const values = { ours: Math.round(check.sum), transport: Math.round(check.total) };
    const fit =
      unit === 'packets'
        ? l10n.t('{ours} against {transport} packets of the transport', values)
        : l10n.t('{ours} against {transport} bytes of the transport', values);
    const sentence = running
      ? l10n.t(
          'Packets, bytes, frames and the other counters of the samples are taken as running totals, of which the differences are shown: their last values fit ({0}).',
          fit,
        )
      : l10n.t(
          'Packets, bytes, frames and the other counters of the samples are taken as counts per interval: their sum fits ({0}).',
          fit,
        );
    return { running, sentence };
  }
  return {
    running: false,
    sentence: l10n.t(
      'Packets, bytes, frames and the other counters of the samples are taken as counts per interval: too few changes to tell, and the published report has them so.',
    ),
  };
}

function judgeField({ falls, rises, steadiest }: Movement, family: boolean): boolean {
  if (family) return !(falls >= 3 && falls / (falls + rises) >= FALLING_SHARE);
  return falls === 0 && steadiest >= STEADY_RISES;
}

function exception(field: string, runs: boolean, { falls, rises }: Movement): string {
  return runs
    ? l10n.t('{0} is taken as a running total all the same: it rises {1} times and never falls.', field, rises)
    : l10n.t('{field} is taken as a count per interval all the same: it falls in {falls} of {changes} changes.', {
        field,
        falls,
        changes: falls + rises,
      });
}

function movement(streams: readonly RawStream[], field: CounterField): Movement {
  let falls = 0;
  let rises = 0;
  let steadiest = 0;
  for (const { cells } of streams) {
    const column = cells[field];
    if (!column) continue;
    let run = 0;
    let before = Number.NaN;
    for (const value of column) {
      if (Number.isNaN(value)) continue;
      if (value < before) {
        falls++;
        run = 0;
      } else if (value > before) {
        rises++;
        run++;
        if (run > steadiest) steadiest = run;
      }
      before = value;
    }
  }
  return { falls, rises, steadiest };
}

function sum(parts: readonly Movement[]): Movement {
  const total = { falls: 0, rises: 0, steadiest: 0 };
  for (const part of parts) {
    total.falls += part.falls;
    total.rises += part.rises;
    total.steadiest = Math.max(total.steadiest, part.steadiest);
  }
  return total;
}

/** Compares both readings with what the candidate pairs carried; undefined when neither is clearly nearer. */
function againstTransports(
  streams: readonly RawStream[],
  transports: readonly CandidatePair[],
): { running: boolean; sum: number; total: number; unit: 'packets' | 'bytes' } | undefined {
  const sources = [
    ['send', 'packets_sent', 'packetsSent', 'packets'],
    ['send', 'bytes_sent', 'bytesSent', 'bytes'],
    ['receive', 'packets_received', 'packetsReceived', 'packets'],
    ['receive', 'bytes_received', 'bytesReceived', 'bytes'],
  ] as const;
  for (const [direction, field, member, unit] of sources) {
    const total = transports
      .filter((pair) => pair.direction === direction)
      .reduce((n, pair) => n + (pair[member] ?? 0), 0);
    const columns = streams.flatMap((stream) => stream.cells[field] ?? []);
    if (total <= 0 || columns.length === 0) continue;
    let asCounts = 0;
    let asTotals = 0;
    for (const column of columns) {
      const measured = column.filter((value) => !Number.isNaN(value));
      asCounts += measured.reduce((n, value) => n + value, 0);
      asTotals += measured.at(-1) ?? 0;
    }
    if (asTotals <= 0) continue;
    const far = (value: number) => Math.abs(Math.log(value / total));
    const difference = far(asCounts) - far(asTotals);
    if (Math.abs(difference) < Math.log(CLEARLY_NEARER)) continue;
    return { running: difference > 0, sum: difference > 0 ? asTotals : asCounts, total, unit };
  }
  return undefined;
}
