import type { JSX } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { PlainError } from '../core/errors';
import { participantKey } from '../core/ids';
import type { CallReport } from '../core/model';
import type { ReportStatus, ReportSubject, ShownDiagnosis, ToWebview } from '../protocol/messages';
import { unpackReport } from '../protocol/pack';
import { defaultView, type ViewSettings, viewForNextReport } from '../protocol/state';
import { runChartAction } from './chart-commands';
import { Header } from './components/header';
import { ReportBody } from './components/report-body';
import { Failed, Loading, RefreshFailed } from './components/states';
import type { HostLink } from './host';
import { LineStyles } from './line-style';
import { ChartContext, CommonContext, type Page, PageContext, usePage } from './page';
import { buildModel } from './report-model';

/** What is on screen. */
interface Screen {
  subject: ReportSubject;
  pinned: boolean;
  busy: boolean;
  report?: {
    report: CallReport;
    subject: ReportSubject;
    readAt: number;
    rawBytes: number;
    diagnosis?: ShownDiagnosis;
  };
  error?: PlainError;
  status?: ReportStatus;
  /** Where the cursor is to go; a new object each time that it is told. */
  goTo?: { at: number };
}

/** The whole page. */
export function App({ host }: { host: HostLink }): JSX.Element | null {
  const [screen, setScreen] = useState<Screen>();
  const [view, setViewState] = useState<ViewSettings>(() => host.readState()?.view ?? defaultView());
  const [spoken, announce] = useState('');
  const latest = useRef({ screen, view });
  const styles = useRef(new LineStyles(view.lines));
  latest.current = { screen, view: { ...view, ...drawnElsewhere(latest.current.view) } };

  const save = () => {
    const { screen: shown, view: settings } = latest.current;
    const { ref, title } = shown?.subject ?? {};
    if (!shown || !ref) return;
    host.writeState({ version: 1, ref, title: title ?? '', pinned: shown.pinned, view: settings });
  };
  const remember = (change: Partial<ViewSettings>) => {
    latest.current.view = { ...latest.current.view, ...change };
    save();
  };
  const setView = (change: Partial<ViewSettings>) => {
    remember(change);
    setViewState(latest.current.view);
  };

  useEffect(() => {
    let shown: Screen | undefined;
    const saved = host.readState();
    let key = saved ? participantKey(saved.ref) : '';
    host.start((message) => {
      if (message.type === 'chart') {
        runChartAction(message.chart, message.action);
        return;
      }
      const next = 'subject' in message && message.subject.ref ? participantKey(message.subject.ref) : key;
      if (next !== key) {
        key = next;
        latest.current.view = viewForNextReport(latest.current.view);
        styles.current = new LineStyles();
        setViewState(latest.current.view);
      }
      shown = nextScreen(shown, message);
      latest.current.screen = shown;
      setScreen(shown);
      save();
    });
  }, []);

  const page = useMemo<Page>(
    () => ({
      host,
      requests: host.requests,
      view: { ...view, ...drawnElsewhere(latest.current.view) },
      setView,
      remember,
      announce,
      act: (action) => host.act(action),
    }),
    [view],
  );
  if (!screen) return null;
  return (
    <PageContext.Provider value={page}>
      <CommonContext.Provider value={page}>
        <ChartContext.Provider value={page}>
          {' '}
          <Header
            subject={screen.subject}
            report={screen.report?.report}
            pinned={screen.pinned}
            busy={screen.busy}
            readAt={screen.status?.readAt ?? screen.report?.readAt}
            status={screen.status}
          />
          <main>
            <Content screen={screen} styles={styles.current} />
          </main>
          <div class="sr-only" role="status" aria-live="polite">
            {spoken}
          </div>
        </ChartContext.Provider>
      </CommonContext.Provider>
    </PageContext.Provider>
  );
}

/** What changes without rendering: see `Page.remember`. */
function drawnElsewhere({ range, cursor, lines }: ViewSettings): Pick<ViewSettings, 'range' | 'cursor' | 'lines'> {
  return { range, cursor, lines };
}

function Content({ screen, styles }: { screen: Screen; styles: LineStyles }): JSX.Element {
  const { report, error, subject, status, goTo } = screen;
  const { remember } = usePage();
  const model = useMemo(() => report && buildModel(report.report, report.subject, styles), [report]);
  useEffect(() => {
    // What has ended has the same lines, and so the same looks, whenever it is read.
    if (model?.subject.session?.status === 'live') remember({ lines: styles.given });
  }, [model]);
  if (report && model) {
    return (
      <>
        {error && <RefreshFailed error={error} />}
        <ReportBody
          model={model}
          readAt={report.readAt}
          rawBytes={report.rawBytes}
          diagnosis={report.diagnosis}
          goTo={goTo}
        />
      </>
    );
  }
  return error ? (
    <Failed
      error={error}
      subject={subject}
      followed={status?.followsEvery !== undefined}
      waiting={status?.waiting === true}
    />
  ) : (
    <Loading />
  );
}

/** The screen after a message. */
export function nextScreen(screen: Screen | undefined, message: ToWebview): Screen | undefined {
  switch (message.type) {
    case 'loading': {
      const { subject, pinned, keep } = message;
      return { subject, pinned, busy: true, ...(keep && { report: screen?.report, status: screen?.status }) };
    }
    case 'report': {
      performance.mark('peerscope:data');
      const { subject, pinned, facts, columns, readAt, rawBytes, diagnosis } = message;
      return {
        subject,
        pinned,
        busy: false,
        // A later reading than the former report's is said anew.
        status: screen?.status && { ...screen.status, readAt: undefined },
        report: { report: unpackReport({ facts, columns }), subject, readAt, rawBytes, diagnosis },
      };
    }
    case 'failed': {
      const { subject, pinned, error, keep } = message;
      return { subject, pinned, busy: false, error, ...(keep && { report: screen?.report, status: screen?.status }) };
    }
    case 'pinned':
      return screen && { ...screen, pinned: message.pinned };
    case 'status':
      return screen && { ...screen, status: message.status };
    case 'cursor':
      return screen && { ...screen, goTo: { at: message.at } };
    default:
      return screen;
  }
}
