import * as l10n from '@vscode/l10n';
import type { JSX } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { sessionKey } from '../../core/ids';
import type { ReportsState, SessionScreen } from '../../protocol/session-messages';
import { defaultSessionView, type SessionViewSettings } from '../../protocol/session-state';
import { Facts } from '../components/facts';
import { Section } from '../components/section';
import { sessionFactRows } from '../components/session-facts';
import { Loading } from '../components/states';
import { CommonContext } from '../page';
import { SessionFindings } from './findings';
import { SessionHeader } from './header';
import type { SessionLink } from './link';
import { buildSessionModel, type SessionModel } from './model';
import { SessionNotes } from './notes';
import { SessionContext, type SessionPage } from './page';
import { Participants } from './participants';
import { Presence } from './presence';
import { Rooms } from './rooms';
import { FailedBanner, SessionFailed } from './states';

const NO_REPORTS: ReportsState = { outcomes: {}, running: false, done: 0, total: 0 };

/** The whole session page. */
export function SessionApp({ link }: { link: SessionLink }): JSX.Element | null {
  const [screen, setScreen] = useState<SessionScreen>();
  const [reports, setReports] = useState<ReportsState>(NO_REPORTS);
  const [view, setViewState] = useState<SessionViewSettings>(() => link.readState()?.view ?? defaultSessionView());
  const [spoken, announce] = useState('');
  const latest = useRef({ screen, view });
  latest.current = { screen, view };

  const save = () => {
    const { screen: shown, view: settings } = latest.current;
    const { ref, title } = shown?.subject ?? {};
    if (!shown || !ref) return;
    link.writeState({ version: 1, ref, title: title ?? '', pinned: shown.pinned, view: settings });
  };
  const setView = (change: Partial<SessionViewSettings>) => {
    latest.current.view = { ...latest.current.view, ...change };
    save();
    setViewState(latest.current.view);
  };

  useEffect(() => {
    link.start((message) => {
      if (message.type === 'reports') {
        setReports(message.reports);
        return;
      }
      latest.current.screen = message.screen;
      setScreen(message.screen);
      save();
    });
  }, []);

  const page = useMemo<SessionPage>(
    () => ({ link, view, setView, announce, act: (action) => link.act(action) }),
    [view],
  );
  const model = useMemo(
    () => screen?.session && buildSessionModel(screen.session, screen.stays, screen.readAt ?? Date.now()),
    [screen?.session, screen?.stays, screen?.readAt],
  );
  if (!screen) return null;
  const { ref } = screen.subject;
  return (
    <SessionContext.Provider value={page}>
      <CommonContext.Provider value={page}>
        <SessionHeader screen={screen} model={model} />
        {/* What is chosen in one session (filter, zoom) means nothing in the next. */}
        <main key={ref && sessionKey(ref)}>
          <Content screen={screen} model={model} reports={reports} />
        </main>
        <div class="sr-only" role="status" aria-live="polite">
          {spoken}
        </div>
      </CommonContext.Provider>
    </SessionContext.Provider>
  );
}

interface ContentProps {
  screen: SessionScreen;
  model?: SessionModel;
  reports: ReportsState;
}

function Content({ screen, model, reports }: ContentProps): JSX.Element {
  const { error, stays, subject, busy } = screen;
  if (!model) {
    if (error) return <SessionFailed error={error} known={subject.ref !== undefined} />;
    return <Loading text={l10n.t('Reading the session…')} />;
  }
  const { breakoutRooms } = model.session;
  return (
    <>
      {error && <FailedBanner text={l10n.t('The session could not be read again')} error={error} />}
      {stays?.error && !error && (
        <FailedBanner text={l10n.t('Not all participants could be read')} error={stays.error} />
      )}
      {!stays && busy && <Loading text={l10n.t('Reading the participants…')} />}
      {stays && (
        <>
          {reports.diagnosis && <SessionFindings diagnosis={reports.diagnosis} stays={stays} />}
          <Presence model={model} stays={stays} />
          <Participants
            model={model}
            stays={stays}
            reports={reports}
            media={subject.media}
            fixed={subject.saved !== undefined}
          />
        </>
      )}
      {breakoutRooms && breakoutRooms.length > 0 && <Rooms rooms={breakoutRooms} readAt={screen.readAt ?? 0} />}
      <Section name="facts" title={l10n.t('Facts')}>
        {() => (
          <div class="fact-columns">
            <Facts rows={sessionFactRows(model.session)} />
          </div>
        )}
      </Section>
      {stays && <SessionNotes stays={stays} model={model} />}
    </>
  );
}
