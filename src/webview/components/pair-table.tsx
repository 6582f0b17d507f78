import * as l10n from '@vscode/l10n';
import type { JSX } from 'preact';
import { endpoint, relayWords, typeWords } from '../../core/connection-words';
import type { Candidate, CandidatePair } from '../../core/model';
import { networkWord } from '../../core/network-word';
import { displayText } from '../../core/text';
import { formatBitrate, formatBytes, formatMoment, formatNumber, formatYesNo, MISSING } from '../format';
import { pairLabel } from '../report-model';
import { isStated, NotStated } from './facts';
import { Scroll } from './scroll';

interface PairField {
  label: string;
  field: string;
  text: (pair: CandidatePair) => string | undefined;
}

const CANDIDATE = {
  local: {
    type: l10n.t('Local type'),
    address: l10n.t('Local address'),
    protocol: l10n.t('Local protocol'),
    network: l10n.t('Local network'),
    relay: l10n.t('Local relay'),
    server: l10n.t('Local ICE server'),
    related: l10n.t('Local related address'),
    id: l10n.t('Local candidate id'),
  },
  remote: {
    type: l10n.t('Remote type'),
    address: l10n.t('Remote address'),
    protocol: l10n.t('Remote protocol'),
    network: l10n.t('Remote network'),
    relay: l10n.t('Remote relay'),
    server: l10n.t('Remote ICE server'),
    related: l10n.t('Remote related address'),
    id: l10n.t('Remote candidate id'),
  },
};

function candidateFields(end: 'local' | 'remote'): PairField[] {
  const labels = CANDIDATE[end];
  const of = (text: (candidate: Candidate) => string | undefined) => (pair: CandidatePair) => text(pair[end]);
  return [
    { label: labels.type, field: `${end}.type`, text: of(typeWords) },
    { label: labels.address, field: `${end}.address`, text: of(endpoint) },
    { label: labels.protocol, field: `${end}.protocol`, text: of(({ protocol }) => protocol?.toUpperCase()) },
    {
      label: labels.network,
      field: `${end}.networkType`,
      text: of(({ networkType }) => networkWord(networkType) ?? networkType),
    },
    { label: labels.relay, field: `${end}.relay`, text: of((c) => relayWords(c) ?? (c.type && l10n.t('not relayed'))) },
    { label: labels.server, field: `${end}.url`, text: of(({ url }) => url) },
    {
      label: labels.related,
      field: `${end}.related`,
      text: of(({ relatedAddress, relatedPort }) => endpoint({ address: relatedAddress, port: relatedPort })),
    },
    { label: labels.id, field: `${end}.id`, text: of(({ id }) => id) },
  ];
}

const PAIR_FIELDS: readonly PairField[] = [
  {
    label: l10n.t('Direction'),
    field: 'direction',
    text: ({ direction }) => direction && (direction === 'send' ? l10n.t('sending') : l10n.t('receiving')),
  },
  { label: l10n.t('Nominated'), field: 'nominated', text: ({ nominated }) => formatYesNo(nominated) },
  ...candidateFields('local'),
  ...candidateFields('remote'),
  { label: l10n.t('Round-trip time'), field: 'rtt', text: ({ rttMs }) => unit(rttMs, 1, 'ms') },
  { label: l10n.t('Total round-trip time'), field: 'totalRtt', text: ({ totalRttMs }) => unit(totalRttMs, 1, 'ms') },
  { label: l10n.t('Bytes sent'), field: 'bytesSent', text: ({ bytesSent }) => formatBytes(bytesSent) },
  { label: l10n.t('Bytes received'), field: 'bytesReceived', text: ({ bytesReceived }) => formatBytes(bytesReceived) },
  { label: l10n.t('Packets sent'), field: 'packetsSent', text: ({ packetsSent }) => formatNumber(packetsSent) },
  {
    label: l10n.t('Packets received'),
    field: 'packetsReceived',
    text: ({ packetsReceived }) => formatNumber(packetsReceived),
  },
  {
    label: l10n.t('Bytes discarded on send'),
    field: 'bytesDiscarded',
    text: ({ bytesDiscardedOnSend }) => formatBytes(bytesDiscardedOnSend),
  },
  {
    label: l10n.t('Packets discarded on send'),
    field: 'packetsDiscarded',
    text: ({ packetsDiscardedOnSend }) => formatNumber(packetsDiscardedOnSend),
  },
  {
    label: l10n.t('Available outgoing bitrate'),
    field: 'availableOutgoing',
    text: ({ availableOutgoingBitrate }) => formatBitrate(availableOutgoingBitrate),
  },
  {
    label: l10n.t('Available incoming bitrate'),
    field: 'availableIncoming',
    text: ({ availableIncomingBitrate }) => formatBitrate(availableIncomingBitrate),
  },
  {
    label: l10n.t('Last packet sent'),
    field: 'lastSent',
    text: ({ lastPacketSentAt }) => formatMoment(lastPacketSentAt),
  },
  {
    label: l10n.t('Last packet received'),
    field: 'lastReceived',
    text: ({ lastPacketReceivedAt }) => formatMoment(lastPacketReceivedAt),
  },
];

function unit(value: number | undefined, decimals: number, name: string): string | undefined {
  return value === undefined ? undefined : `${formatNumber(value, decimals)} ${name}`;
}

/** Pairs side by side: there are few of them, with many facts each. */
export function PairTable({ pairs }: { pairs: readonly CandidatePair[] }): JSX.Element {
  const ordered = pairs.map((pair, index) => ({ pair, index })).sort(byNomination);
  const stated = PAIR_FIELDS.filter(({ text }) => pairs.some((pair) => isStated({ value: text(pair) })));
  return (
    <>
      <Scroll label={l10n.t('ICE candidate pairs')}>
        <table class="pairs">
          <caption class="sr-only">{l10n.t('ICE candidate pairs at their last reading')}</caption>
          <thead>
            <tr>
              <td />
              {ordered.map(({ pair, index }) => (
                <th key={index} scope="col">
                  {pairLabel(pair, pairs)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {stated.map(({ label, field, text }) => (
              <tr key={field}>
                <th scope="row" class="pair-field">
                  {label}
                </th>
                {ordered.map(({ pair, index }) => (
                  <td key={index} data-field={field} data-pair={index}>
                    {displayText(text(pair) ?? '', 300) || MISSING}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
      <NotStated labels={PAIR_FIELDS.filter((field) => !stated.includes(field)).map(({ label }) => label)} />
    </>
  );
}

/** Those in use come first. */
export function byNomination(a: { pair: CandidatePair }, b: { pair: CandidatePair }): number {
  return Number(b.pair.nominated === true) - Number(a.pair.nominated === true);
}
