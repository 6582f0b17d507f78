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
  text(pair: CandidatePair): string | undefined;
}

function candidateFields(end: 'local' | 'remote'): PairField[] {
  const name = end === 'local' ? 'Local' : 'Remote';
  const of = (text: (candidate: Candidate) => string | undefined) => (pair: CandidatePair) => text(pair[end]);
  return [
    { label: `${name} type`, field: `${end}.type`, text: of(typeWords) },
    { label: `${name} address`, field: `${end}.address`, text: of(endpoint) },
    { label: `${name} protocol`, field: `${end}.protocol`, text: of(({ protocol }) => protocol?.toUpperCase()) },
    {
      label: `${name} network`,
      field: `${end}.networkType`,
      text: of(({ networkType }) => networkWord(networkType) ?? networkType),
    },
    { label: `${name} relay`, field: `${end}.relay`, text: of((c) => relayWords(c) ?? (c.type && 'not relayed')) },
    { label: `${name} ICE server`, field: `${end}.url`, text: of(({ url }) => url) },
    {
      label: `${name} related address`,
      field: `${end}.related`,
      text: of(({ relatedAddress, relatedPort }) => endpoint({ address: relatedAddress, port: relatedPort })),
    },
    { label: `${name} candidate id`, field: `${end}.id`, text: of(({ id }) => id) },
  ];
}

const PAIR_FIELDS: readonly PairField[] = [
  {
    label: 'Direction',
    field: 'direction',
    text: ({ direction }) => direction && (direction === 'send' ? 'sending' : 'receiving'),
  },
  { label: 'Nominated', field: 'nominated', text: ({ nominated }) => formatYesNo(nominated) },
  ...candidateFields('local'),
  ...candidateFields('remote'),
  { label: 'Round-trip time', field: 'rtt', text: ({ rttMs }) => unit(rttMs, 1, 'ms') },
  { label: 'Total round-trip time', field: 'totalRtt', text: ({ totalRttMs }) => unit(totalRttMs, 1, 'ms') },
  { label: 'Bytes sent', field: 'bytesSent', text: ({ bytesSent }) => formatBytes(bytesSent) },
  { label: 'Bytes received', field: 'bytesReceived', text: ({ bytesReceived }) => formatBytes(bytesReceived) },
  { label: 'Packets sent', field: 'packetsSent', text: ({ packetsSent }) => formatNumber(packetsSent) },
  { label: 'Packets received', field: 'packetsReceived', text: ({ packetsReceived }) => formatNumber(packetsReceived) },
  {
    label: 'Bytes discarded on send',
    field: 'bytesDiscarded',
    text: ({ bytesDiscardedOnSend }) => formatBytes(bytesDiscardedOnSend),
  },
  {
    label: 'Packets discarded on send',
    field: 'packetsDiscarded',
    text: ({ packetsDiscardedOnSend }) => formatNumber(packetsDiscardedOnSend),
  },
  {
    label: 'Available outgoing bitrate',
    field: 'availableOutgoing',
    text: ({ availableOutgoingBitrate }) => formatBitrate(availableOutgoingBitrate),
  },
  {
    label: 'Available incoming bitrate',
    field: 'availableIncoming',
    text: ({ availableIncomingBitrate }) => formatBitrate(availableIncomingBitrate),
  },
  { label: 'Last packet sent', field: 'lastSent', text: ({ lastPacketSentAt }) => formatMoment(lastPacketSentAt) },
  {
    label: 'Last packet received',
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
      <Scroll label="ICE candidate pairs">
        <table class="pairs">
          <caption class="sr-only">ICE candidate pairs at their last reading</caption>
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
