import * as l10n from '@vscode/l10n';
import type { JSX } from 'preact';
import type { CandidatePair, Connectivity } from '../../core/model';
import { sessionDescriptions } from '../../core/session-descriptions';
import { displayText } from '../../core/text';
import { formatMoment, formatNumber, formatYesNo, MISSING } from '../format';
import { reachWords } from '../ice-path';
import type { ReportModel } from '../report-model';
import { byNomination, PairTable } from './pair-table';
import { PairPath } from './path-drawing';
import { Scroll } from './scroll';
import { SdpViewer } from './sdp-viewer';
import { countNote, Section } from './section';
import { Told } from './told';

/** Pairs that are drawn; a long call with many restarts has more, which the table holds. */
const MOST_DRAWN = 12;

const CHECKED = [
  l10n.t('Time'),
  l10n.t('Effective network type'),
  l10n.t('Reflexive (STUN)'),
  l10n.t('Relay'),
  'TURN',
  l10n.t('Session descriptions'),
];

/** ICE: which way the media went, all candidate pairs, and what could be reached. */
export function Connection({ model }: { model: ReportModel }): JSX.Element {
  const { transports, connectivity } = model.report;
  return (
    <Section
      name="connection"
      title={l10n.t('Connection')}
      note={countNote(transports.length, l10n.t('1 candidate pair'), l10n.t('{0} candidate pairs', transports.length))}
    >
      {() => (
        <>
          <Told model={model} part="connection" none={l10n.t('The provider reported no ICE candidate pairs.')}>
            {transports.length > 0 && <Pairs pairs={transports} connectivity={connectivity} />}
          </Told>
          {connectivity.length > 0 && <Reachability connectivity={connectivity} />}
          {connectivity.length === 0 && !model.subject.cannotTell?.connection && (
            <p class="empty">{l10n.t('No connectivity checks were recorded.')}</p>
          )}
        </>
      )}
    </Section>
  );
}

interface PairsProps {
  pairs: readonly CandidatePair[];
  connectivity: readonly Connectivity[];
}

function Pairs({ pairs, connectivity }: PairsProps): JSX.Element {
  const ordered = pairs.map((pair, index) => ({ pair, index })).sort(byNomination);
  const used = ordered.filter(({ pair }) => pair.nominated);
  // Where nothing tells which pair is in use, each may be.
  const shown = (used.length > 0 ? used : ordered).slice(0, MOST_DRAWN);
  const others = ordered.filter((each) => !shown.includes(each)).slice(0, MOST_DRAWN);
  const sentences = reachWords(pairs, connectivity);
  return (
    <>
      {shown.map(({ pair, index }) => (
        <PairPath key={index} pair={pair} pairs={pairs} />
      ))}
      {sentences.length > 0 && (
        <ul class="sentences" data-field="reach">
          {sentences.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      )}
      {others.length > 0 && (
        <details>
          <summary>{l10n.t('Paths that were not nominated ({0})', formatNumber(others.length))}</summary>
          {others.map(({ pair, index }) => (
            <PairPath key={index} pair={pair} pairs={pairs} />
          ))}
        </details>
      )}
      <h3>{l10n.t('Candidate pairs at their last reading')}</h3>
      <PairTable pairs={pairs} />
    </>
  );
}

function Reachability({ connectivity }: { connectivity: readonly Connectivity[] }): JSX.Element {
  const descriptions = sessionDescriptions(connectivity);
  return (
    <>
      <h3>{l10n.t('Reachability when connections were set up')}</h3>
      <Scroll label={l10n.t('Reachability')}>
        <table>
          <caption class="sr-only">{l10n.t('What could be reached')}</caption>
          <thead>
            <tr>
              {CHECKED.map((text) => (
                <th key={text} scope="col">
                  {text}
                </th>
              ))}
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
                <td data-field="sdpCount">{sdp && sdp.length > 0 ? formatNumber(sdp.length) : MISSING}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
      {descriptions.length > 0 && (
        <>
          <h3>{l10n.t('Session descriptions')}</h3>
          {descriptions.map((one, index) => (
            <SdpViewer key={index} index={index} {...one} former={descriptions[one.former ?? -1]?.name} />
          ))}
        </>
      )}
    </>
  );
}
