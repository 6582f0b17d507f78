import * as l10n from '@vscode/l10n';
import type { JSX } from 'preact';
import { MASKED } from '../../core/mask';
import type { CallReport } from '../../core/model';
import { networkWord } from '../../core/network-word';
import { displayText } from '../../core/text';
import { formatDuration } from '../../core/time';
import type { PeerConnectionChoice, ReportStatus, ReportSubject, SavedNote } from '../../protocol/messages';
import { clock } from '../charts/ticks';
import { formatMoment, formatStay, timeZoneName } from '../format';
import { Icon } from '../icons';
import { usePage } from '../page';
import { HeaderActions } from './header-actions';

interface HeaderProps {
  subject: ReportSubject;
  report?: CallReport;
  pinned: boolean;
  busy: boolean;
  readAt?: number;
  status?: ReportStatus;
}

/** Who, in which call, when, with what, from where; and what can be done with the page. */
export function Header({ subject, report, pinned, busy, readAt, status }: HeaderProps): JSX.Element {
  const { host } = usePage();
  const { session } = subject;
  const live =
    !subject.saved &&
    (session?.status === 'live' || (report !== undefined && session === undefined && report.endedAt === undefined));
  const room = displayText(session?.roomName ?? '', 120);
  const playback = (report?.media ?? subject.media) === 'playback';
  const from = report?.participant.joinedAt ?? report?.startedAt;
  const to = report?.participant.leftAt ?? report?.endedAt;
  const place = [subject.providerName, subject.connectionLabel, subject.appName]
    .map((each) => displayText(each ?? '', 80))
    .filter(Boolean);
  return (
    <header class="header" data-section="header">
      <div class="title-row">
        <h1 data-field="name" title={displayText(subject.title, 400)}>
          {displayText(subject.title, 120)}
        </h1>
        {playback && (
          <span class="badge" data-field="media">
            {l10n.t('Video playback by one viewer')}
          </span>
        )}
        {live && (
          <span class="badge" data-field="live">
            {to === undefined
              ? l10n.t('In progress')
              : playback
                ? l10n.t('Playback in progress')
                : l10n.t('Call in progress')}
          </span>
        )}
        {subject.saved && (
          <span class="badge" data-field="savedReport">
            {l10n.t('Saved report')}
          </span>
        )}
        <span class="spring" />
        <HeaderActions
          thing="Report"
          pinned={subject.ofFile ? undefined : pinned}
          busy={busy}
          act={(action) => host.act(action)}
        >
          <button
            type="button"
            disabled={!subject.ref}
            title={playback ? l10n.t('Compare with another session') : l10n.t('Compare with another participant')}
            onClick={() => host.act('compare')}
          >
            <Icon name="compare" />
            <span>{l10n.t('Compare')}</span>
          </button>
          <button
            type="button"
            title={playback ? l10n.t("Copy the session's id") : l10n.t("Copy the participant's id")}
            onClick={() => host.act('copyId')}
          >
            <Icon name="copy" />
            <span>{l10n.t('Copy ID')}</span>
          </button>
        </HeaderActions>
      </div>
      <ul class="head-facts">
        {room && <li data-field="room">{room}</li>}
        {from !== undefined && (
          <li data-field="when" title={timeZoneName()}>
            {formatStay(from, to)}
          </li>
        )}
        {report && <ClientFacts report={report} />}
        {playback && subject.ref && <li data-field="id">{displayText(subject.ref.sessionId, 120)}</li>}
        {place.length > 0 && (
          <li data-field="place" class="muted">
            {place.join(' · ')}
          </li>
        )}
        {live && readAt !== undefined && (
          <li class="muted" data-field="asOf">
            {status?.followsEvery === undefined
              ? l10n.t('as of {0}', clock(readAt))
              : l10n.t('as of {0}, read again every {1}', clock(readAt), formatDuration(status.followsEvery * 1000))}
          </li>
        )}
        {live && readAt !== undefined && status?.problem !== undefined && (
          <li class="muted" data-field="liveProblem">
            <span aria-hidden="true">⚠ </span>
            {l10n.t('Not updated: {0}', displayText(status.problem, 300))}
          </li>
        )}
      </ul>
      {subject.peerConnections && subject.peerConnections.length > 1 && (
        <PeerConnections choices={subject.peerConnections} shown={subject.ref?.participantId} />
      )}
      {subject.saved && <SavedLine saved={subject.saved} />}
    </header>
  );
}

/** Which peer connection of the capture file is shown. */
function PeerConnections({
  choices,
  shown,
}: {
  choices: readonly PeerConnectionChoice[];
  shown: string | undefined;
}): JSX.Element {
  const { host } = usePage();
  return (
    <label class="peer-connections" data-field="peerConnections">
      {l10n.t('Peer connection')}
      <select value={shown} onChange={(event) => host.choosePeerConnection(event.currentTarget.value)}>
        {choices.map(({ id, label }) => (
          <option key={id} value={id}>
            {displayText(label, 120)}
          </option>
        ))}
      </select>
      <span class="muted">{l10n.t('of {0} in this file', choices.length)}</span>
    </label>
  );
}

/** What is to be known of a report that comes from its saved file. */
function SavedLine({ saved: { at, masked, findings } }: { saved: SavedNote }): JSX.Element {
  return (
    <p class="saved-line muted" data-field="saved">
      {[
        l10n.t('Saved on {0}; nothing was asked of the provider since.', formatMoment(at)),
        masked
          ? l10n.t('Personal data were masked when it was saved.')
          : l10n.t('Personal data are included: mind who gets to see the file.'),
        ...(findings ? [l10n.t('The findings are those of that time.')] : []),
      ].join(' ')}
    </p>
  );
}

/** Client, system and network of a report, as items of a list. */
export function ClientFacts({ report: { browser, device, network, transports } }: { report: CallReport }): JSX.Element {
  const client = [browser?.name, browser?.version?.split('.')[0]].filter(Boolean).join(' ');
  const system = [device?.os, device?.osVersion].filter(Boolean).join(' ');
  const used = transports.find(({ nominated }) => nominated) ?? transports[0];
  const from = [network?.city ?? network?.region, network?.country, network?.asn]
    .filter((part) => part && part !== MASKED)
    .join(', ');
  const facts: [string, string | undefined][] = [
    ['browser', client],
    ['os', system],
    ['networkType', networkWord(used?.local.networkType)],
    ['origin', from],
  ];
  return (
    <>
      {facts.map(([field, value]) => {
        const shown = displayText(value ?? '', 120);
        return shown ? (
          <li key={field} data-field={`head.${field}`}>
            {shown}
          </li>
        ) : null;
      })}
    </>
  );
}
