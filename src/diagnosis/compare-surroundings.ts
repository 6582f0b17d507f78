import { relayWords } from '../core/connection-words';
import type { CallReport } from '../core/model';
import { networkWord } from '../core/network-word';
import { formatDuration } from '../core/time';
import type { Compared, Comparison } from './compare';

/** Adds what differs beside the streams: length of stay, connection, client and network. */
export function compareSurroundings(first: Compared, second: Compared, said: Comparison): void {
  for (const { name, of } of FACTS) {
    const [a, b] = [of(first.report), of(second.report)];
    if (a === undefined && b === undefined) continue;
    if (a === undefined || b === undefined) {
      said.notComparable.push(`${name}: not reported for ${a === undefined ? first.label : second.label}.`);
    } else if (a === b) said.alike.push(`${name}: ${a} for both.`);
    else said.differences.push(`${name}: ${a} for ${first.label}, ${b} for ${second.label}.`);
  }
}

const FACTS: readonly { name: string; of(report: CallReport): string | undefined }[] = [
  {
    name: 'Length of stay',
    of: ({ participant, startedAt, endedAt }) => stay(participant.joinedAt ?? startedAt, participant.leftAt ?? endedAt),
  },
  { name: 'Connection', of: connection },
  {
    name: 'Network type',
    of: ({ transports, connectivity }) =>
      networkWord(nominated(transports)?.local.networkType) ?? connectivity[0]?.effectiveNetworkType,
  },
  { name: 'TURN server', of: ({ connectivity }) => reached(connectivity.map(({ turn }) => turn)) },
  { name: 'Browser', of: ({ browser }) => named(browser?.name, browser?.version) },
  { name: 'Operating system', of: ({ device }) => named(device?.os, device?.osVersion) },
  { name: 'Device', of: ({ device }) => [device?.vendor, device?.model].filter(Boolean).join(' ') || device?.type },
  { name: 'Processors', of: ({ device }) => device?.cpus?.toString() },
  { name: 'SDK', of: ({ sdk }) => named(sdk?.name, sdk?.version) },
  { name: 'Network operator', of: ({ network }) => network?.organization ?? network?.asnName ?? network?.asn },
  { name: 'Country', of: ({ network }) => network?.country },
];

function stay(from: number | undefined, to: number | undefined): string | undefined {
  return from === undefined || to === undefined ? undefined : formatDuration(to - from);
}

/** Two groups of a version tell enough, and four look like an address. */
function named(name: string | undefined, version: string | undefined): string | undefined {
  if (!name) return undefined;
  const short = version?.split('.').slice(0, 2).join('.');
  return short ? `${name} ${short}` : name;
}

function nominated(transports: CallReport['transports']): CallReport['transports'][number] | undefined {
  return transports.find((pair) => pair.nominated) ?? transports[0];
}

function connection({ transports }: CallReport): string | undefined {
  const pair = nominated(transports);
  if (!pair?.local.type && !pair?.local.protocol) return undefined;
  const { local } = pair;
  return relayWords(local) ?? `direct over ${local.protocol?.toUpperCase() ?? 'an unknown protocol'}`;
}

function reached(probes: readonly (boolean | undefined)[]): string | undefined {
  const known = probes.filter((probe) => probe !== undefined);
  if (known.length === 0) return undefined;
  return known.every(Boolean) ? 'answered' : known.some(Boolean) ? 'answered at times' : 'did not answer';
}
