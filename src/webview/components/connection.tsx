import type { JSX } from 'preact';
import { endpoint, pathWords, relayWords, typeWords } from '../../core/connection-words';
import type { Candidate, CandidatePair, Connectivity } from '../../core/model';
import { networkWord } from '../../core/network-word';
import { displayText } from '../../core/text';
import { formatBitrate, formatBytes, formatMoment, formatNumber, formatYesNo, MISSING } from '../format';
import { pairLabel, type ReportModel } from '../report-model';
import { isStated, NotStated } from './facts';
import { countNote, Section } from './section';
import { Told } from './told';

/** ICE: which way the media went, all candidate pairs, and what could be reached. */
export function Connection({ model }: { model: ReportModel }): JSX.Element {
  const { transports, connectivity } = model.report;
  return (
    <Section
      name="connection"
      title="Connection"
      note={countNote(transports.length, 'candidate pair', 'candidate pairs')}
    >
      {() => (
        <>
          <Told model={model} part="connection" none="The provider reported no ICE candidate pairs.">
            {transports.length > 0 && <PairTable pairs={transports} />}
          </Told>
          {connectivity.length > 0 && <Reachability connectivity={connectivity} />}
          {connectivity.length === 0 && !model.subject.cannotTell?.connection && (
            <p class="empty">No connectivity checks were recorded.</p>
          )}
        </>
      )}
    </Section>
  );
}

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

/** Pairs side by side: there are few of them, with many facts each. Those in use come first. */
function PairTable({ pairs }: { pairs: readonly CandidatePair[] }): JSX.Element {
  const ordered = pairs
    .map((pair, index) => ({ pair, index }))
    .sort((a, b) => Number(b.pair.nominated === true) - Number(a.pair.nominated === true));
  const stated = PAIR_FIELDS.filter(({ text }) => pairs.some((pair) => isStated({ value: text(pair) })));
  return (
    <>
      <ul class="paths">
        {ordered
          .filter(({ pair }) => pair.nominated)
          .map(({ pair, index }) => (
            <li key={index} data-field="path">
              <span class="muted">{pair.direction === 'receive' ? 'Receiving' : 'Sending'}</span> {pathWords(pair)}
            </li>
          ))}
      </ul>
      <div class="scroll">
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
      </div>
      <NotStated labels={PAIR_FIELDS.filter((field) => !stated.includes(field)).map(({ label }) => label)} />
    </>
  );
}

function Reachability({ connectivity }: { connectivity: readonly Connectivity[] }): JSX.Element {
  return (
    <>
      <h3>Reachability when connections were set up</h3>
      <div class="scroll">
        <table>
          <caption class="sr-only">What could be reached</caption>
          <thead>
            <tr>
              {['Time', 'Effective network type', 'Reflexive (STUN)', 'Relay', 'TURN', 'Session description'].map(
                (text) => (
                  <th key={text} scope="col">
                    {text}
                  </th>
                ),
              )}
            </tr>
          </thead>
          <tbody>
            {connectivity.map(({ at, effectiveNetworkType, reflexive, relay, turn, sdp }, index) => (
              <tr key={index} data-connectivity={index}>
                <th scope="row" data-field="at">
                  {formatMoment(at)}
                </th>
                <td data-field="effectiveNetworkType">{displayText(effectiveNetworkType ?? '', 40) || MISSING}</td>
                <td data-field="reflexive">{formatYesNo(reflexive)}</td>
                <td data-field="relay">{formatYesNo(relay)}</td>
                <td data-field="turn">{formatYesNo(turn)}</td>
                <td data-field="sdp">{sdp && sdp.length > 0 ? <Descriptions sdp={sdp} /> : MISSING}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

function Descriptions({ sdp }: { sdp: readonly string[] }): JSX.Element {
  return (
    <>
      {sdp.map((text, index) => (
        <details key={index}>
          <summary>
            SDP {index + 1} ({formatNumber(text.split(/\r\n|\r|\n/).length)} lines)
          </summary>
          <pre>{sdpText(text)}</pre>
        </details>
      ))}
    </>
  );
}

/** Keeps the lines apart, each fit to show. */
function sdpText(text: string): string {
  return text
    .slice(0, 200_000)
    .split(/\r\n|\r|\n/)
    .map((line) => displayText(line, 2000))
    .join('\n');
}
