import * as l10n from '@vscode/l10n';
import type { JSX } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { CompareScreen } from '../../protocol/compare-messages';
import { type ComparePanelState, type CompareView, defaultCompareView } from '../../protocol/compare-state';
import { unpackReport } from '../../protocol/pack';
import { ErrorActions } from '../components/states';
import { ChartContext, CommonContext } from '../page';
import { CompareExplorer } from './explorer';
import { CompareHeader, Sides } from './header';
import type { CompareLink } from './link';
import { buildCompareModel, type Reports, sideNames, usualTimeMode } from './model';
import { CompareContext, type ComparePage } from './page';
import { Words } from './words';

/** The whole page. */
export function CompareApp({ link }: { link: CompareLink }): JSX.Element | null {
  const [screen, setScreen] = useState<CompareScreen>();
  const [reports, setReports] = useState<Reports>([undefined, undefined]);
  const [view, setViewState] = useState<CompareView>(() => link.readState()?.view ?? defaultCompareView());
  const [spoken, announce] = useState('');
  const latest = useRef({ screen, view });
  latest.current = { screen, view: { ...view, ...drawnElsewhere(latest.current.view) } };

  const save = () => {
    const state = stateOf(latest.current.screen, latest.current.view);
    if (state) link.writeState(state);
  };
  const remember = (change: Partial<CompareView>) => {
    latest.current.view = { ...latest.current.view, ...change };
    save();
  };
  const setView = (change: Partial<CompareView>) => {
    remember(change);
    setViewState(latest.current.view);
  };

  useEffect(() => {
    link.start((message) => {
      if (message.type === 'sideReport') {
        const { side, facts, columns } = message;
        const report = unpackReport({ facts, columns });
        setReports(([first, second]) => (side === 0 ? [report, second] : [first, report]));
        return;
      }
      latest.current.screen = message.screen;
      setScreen(message.screen);
      save();
    });
  }, []);

  const timeMode = view.timeMode ?? (screen ? usualTimeMode(screen) : 'clock');
  const page = useMemo<ComparePage>(
    () => ({
      link,
      requests: link.requests,
      view: { ...view, timeMode },
      setView,
      remember,
      announce,
      act: (action) => {
        if (action !== 'editConnection') link.act(action);
      },
    }),
    [view, timeMode],
  );
  // Every message is a copy: what it says decides, or each would draw the charts anew.
  const told = JSON.stringify([screen?.comparison?.pairs, screen?.wanted, screen && sideNames(screen)]);
  const model = useMemo(() => screen && buildCompareModel(screen, reports, timeMode), [told, reports, timeMode]);
  if (!screen) return null;
  const known = screen.sides.every(({ subject }) => subject.ref);
  return (
    <CompareContext.Provider value={page}>
      <CommonContext.Provider value={page}>
        <ChartContext.Provider value={page}>
          <CompareHeader screen={screen} known={known} />
          <main>
            {screen.error && (
              <div class="state" data-state={screen.error.kind} role="alert">
                <h2>{known ? l10n.t('The two could not be compared') : l10n.t('This comparison cannot be shown')}</h2>
                <p data-field="error">{screen.error.text}</p>
                <ErrorActions error={screen.error} primary known={known} />
              </div>
            )}
            {known && <Sides screen={screen} reports={reports} />}
            {known && <Words screen={screen} />}
            {model && <CompareExplorer model={model} />}
          </main>
          <div class="sr-only" role="status" aria-live="polite">
            {spoken}
          </div>
        </ChartContext.Provider>
      </CommonContext.Provider>
    </CompareContext.Provider>
  );
}

/** What changes without rendering: see `ComparePage.remember`. */
function drawnElsewhere({ range, cursor }: CompareView): Pick<CompareView, 'range' | 'cursor'> {
  return { range, cursor };
}

function stateOf(screen: CompareScreen | undefined, view: CompareView): ComparePanelState | undefined {
  const [first, second] = screen?.sides.map(({ subject }) => subject) ?? [];
  if (!first?.ref || !second?.ref) return undefined;
  return {
    version: 1,
    refs: [first.ref, second.ref],
    titles: [first.title, second.title],
    stream: screen?.stream,
    view,
  };
}
