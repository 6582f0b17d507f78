import * as l10n from '@vscode/l10n';
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
      const who = a === undefined ? first.label : second.label;
      said.notComparable.push(l10n.t('{0}: not reported for {1}.', name, who));
    } else if (a === b) said.alike.push(l10n.t('{0}: {1} for both.', name, a));
    else
      said.differences.push(
        l10n.t('{name}: {a} for {first}, {b} for {second}.', { name, a, first: first.label, b, second: second.label }),
      );
  }
}

const FACTS: readonly { name: string; of: (report: CallReport) => string | undefined }[] = [
  {
    name: l10n.t('Length of stay'),
    of: ({ participant, startedAt, endedAt }) => stay(participant.joinedAt ?? startedAt, participant.leftAt ?? endedAt),
  },
  { name: l10n.t('Connection'), of: connection },
  {
    name: l10n.t('Network type'),
    of: ({ transports, connectivity }) =>
      networkWord(nominated(transports)?.local.networkType) ?? connectivity[0]?.effectiveNetworkType,
  },
  { name: l10n.t('TURN server'), of: ({ connectivity }) => reached(connectivity.map(({ turn }) => turn)) },
  { name: l10n.t('Browser'), of: ({ browser }) => named(browser?.name, browser?.version) },
  { name: l10n.t('Operating system'), of: ({ device }) => named(device?.os, device?.osVersion) },
  {
    name: l10n.t('Device'),
    of: ({ device }) => [device?.vendor, device?.model].filter(Boolean).join(' ') || device?.type,
  },
  { name: l10n.t('Processors'), of: ({ device }) => device?.cpus?.toString() },
  { name: 'SDK', of: ({ sdk }) => named(sdk?.name, sdk?.version) },
  { name: l10n.t('Network operator'), of: ({ network }) => network?.organization ?? network?.asnName ?? network?.asn },
  { name: l10n.t('Country'), of: ({ network }) => network?.country },
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
  const direct = local.protocol
    ? l10n.t('direct over {0}', local.protocol.toUpperCase())
    : l10n.t('direct over an unknown protocol');
  return relayWords(local) ?? direct;
}

function reached(probes: readonly (boolean | undefined)[]): string | undefined {
  const known = probes.filter((probe) => probe !== undefined);
  if (known.length === 0) return undefined;
  return known.every(Boolean)
    ? l10n.t('answered')
    : known.some(Boolean)
      ? l10n.t('answered at times')
      : l10n.t('did not answer');
}
