import * as l10n from '@vscode/l10n';
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { displayText } from '../../core/text';
import type { SessionScreen } from '../../protocol/session-messages';
import { clock } from '../charts/ticks';
import { HeaderActions } from '../components/header-actions';
import { formatMoment, formatNumber, formatPeriod, timeZoneName } from '../format';
import { Icon } from '../icons';
import { Kept } from './kept';
import { lengthWords, peopleWords, type SessionModel } from './model';
import { useSessionPage } from './page';

const COPIED_MS = 2000;

interface SessionHeaderProps {
  screen: SessionScreen;
  model?: SessionModel;
}

/** Which call, when, how long, how many; and what can be done with the page. */
export function SessionHeader({ screen, model }: SessionHeaderProps): JSX.Element {
  const { subject, session, stays, readAt } = screen;
  const live = session?.status === 'live';
  // One viewer: there is nobody to count.
  const playback = subject.media === 'playback';
  const place = [subject.providerName, subject.connectionLabel, subject.appName]
    .map((each) => displayText(each ?? '', 80))
    .filter(Boolean);
  const minutes = session?.participantMinutes ?? model?.minutes;
  return (
    <header class="header" data-section="header">
      <div class="title-row">
        <h1 data-field="name" title={displayText(subject.title, 400)}>
          {displayText(subject.title, 120)}
        </h1>
        {live && (
          <span class="badge live-badge" data-field="live">
            {l10n.t('Live')}
          </span>
        )}
        <span class="spring" />
        <SessionActions screen={screen} />
      </div>
      <ul class="head-facts">
        {session && !live && <li data-field="status">{l10n.t('ended')}</li>}
        {session?.startedAt !== undefined && (
          <li data-field="when" title={timeZoneName()}>
            {formatPeriod(session.startedAt, session.endedAt)}
          </li>
        )}
        {session && lengthWords(session, readAt ?? 0) && (
          <li data-field="length" title={l10n.t('From the start of the session to its end')}>
            {lengthWords(session, readAt ?? 0)}
          </li>
        )}
        {!playback && model && stays && stays.items.length > 0 && (
          <li data-field="people">{peopleWords(model, stays)}</li>
        )}
        {!playback && minutes !== undefined && (
          <li
            data-field="minutes"
            title={
              session?.participantMinutes === undefined
                ? l10n.t(
                    'The time of all stays together, which is not how long the session lasted. Added up from the stays.',
                  )
                : l10n.t(
                    'The time of all stays together, which is not how long the session lasted. As the provider states it.',
                  )
            }
          >
            {l10n.t('{0} participant-minutes', formatNumber(minutes, minutes < 10 ? 1 : 0))}
          </li>
        )}
        {place.length > 0 && (
          <li data-field="place" class="muted">
            {place.join(' · ')}
          </li>
        )}
        {subject.saved?.at !== undefined && (
          <li class="muted" data-field="saved" title={l10n.t('This page comes from a file. Nobody was asked for it.')}>
            {subject.saved.masked
              ? l10n.t('saved {0}, personal data masked', formatMoment(subject.saved.at))
              : l10n.t('saved {0}', formatMoment(subject.saved.at))}
          </li>
        )}
        {live && !subject.saved && readAt !== undefined && (
          <li class="muted" data-field="asOf">
            {screen.refreshSeconds > 0
              ? l10n.t('as of {0}, read every {1} s', clock(readAt), screen.refreshSeconds)
              : l10n.t('as of {0}, not refreshed by itself', clock(readAt))}
          </li>
        )}
      </ul>
      {session && <Kept keeps={subject.keeps} />}
    </header>
  );
}

function SessionActions({
  screen: { pinned, busy, subject, session },
}: Pick<SessionHeaderProps, 'screen'>): JSX.Element {
  const { link } = useSessionPage();
  const fromFile = subject.saved !== undefined;
  return (
    <HeaderActions thing="Session" pinned={pinned} busy={busy} fixed={!subject.ref} act={(action) => link.act(action)}>
      <CopyButton
        action="copyId"
        label={l10n.t('Copy ID')}
        title={l10n.t("Copy the session's id")}
        disabled={!subject.ref}
      />
      {!fromFile && (
        <>
          {subject.favorite !== undefined && (
            <button
              type="button"
              disabled={!session}
              aria-pressed={subject.favorite}
              title={
                subject.favorite
                  ? l10n.t('Remove from the favorites in the Calls view')
                  : l10n.t('Keep in the Calls view')
              }
              onClick={() => link.act('toggleFavorite')}
            >
              <Icon name={subject.favorite ? 'starred' : 'star'} />
              <span>{l10n.t('Favorite')}</span>
            </button>
          )}
          <CopyButton
            action="copyLink"
            label={l10n.t('Copy Link')}
            title={l10n.t('Copy a link that opens this session in VS Code; it holds ids and no key')}
            disabled={!subject.ref}
          />
          <button
            type="button"
            disabled={!session}
            title={l10n.t("Save facts, everybody's report and findings to one file that opens without the provider")}
            onClick={() => link.act('saveSession')}
          >
            <Icon name="save" />
            <span>{l10n.t('Save')}</span>
          </button>
        </>
      )}
      {subject.dashboard && (
        <button
          type="button"
          title={l10n.t("Open the provider's dashboard in the browser")}
          onClick={() => link.act('openInDashboard')}
        >
          <Icon name="external" />
          <span>{l10n.t('Dashboard')}</span>
        </button>
      )}
    </HeaderActions>
  );
}

interface CopyButtonProps {
  action: 'copyId' | 'copyLink';
  label: string;
  title: string;
  disabled: boolean;
}

/** Copies, and says so for a while. */
function CopyButton({ action, label, title, disabled }: CopyButtonProps): JSX.Element {
  const { link, announce } = useSessionPage();
  const [copied, setCopied] = useState(false);
  const copy = () => {
    link.act(action);
    announce(action === 'copyId' ? l10n.t('ID copied') : l10n.t('Link copied'));
    setCopied(true);
    setTimeout(() => setCopied(false), COPIED_MS);
  };
  return (
    <button type="button" disabled={disabled} title={title} onClick={copy}>
      <Icon name={action === 'copyId' ? 'copy' : 'link'} />
      <span>{copied ? l10n.t('Copied') : label}</span>
    </button>
  );
}
