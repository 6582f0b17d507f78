import * as l10n from '@vscode/l10n';
import { useEffect } from 'preact/hooks';
import { clock } from './charts/ticks';
import type { Timeline } from './charts/timeline';
import { usePage } from './page';

/**
 * From the log to the chart: `goTo` moves the cursor and brings the charts into sight. From the chart to the log: the context
 * menu of the charts knows the cursor's time (VS Code reads it from the attribute), and L on the time axis searches for it.
 */
export function useLogTimes(timeline: Timeline, goTo: { at: number } | undefined): void {
  const { host, announce } = usePage();
  useEffect(() => {
    if (!goTo) return;
    timeline.putCursor(goTo.at);
    chartsSection()?.scrollIntoView({ block: 'nearest' });
    announce(l10n.t('Cursor at {0}.', clock(goTo.at)));
    // Only when it is told anew: a report that is read again keeps its cursor by itself.
  }, [goTo]);
  useEffect(() => {
    const offer = (event: Event) => {
      const charts = chartsSection();
      if (!charts || !(event.target instanceof Node) || !charts.contains(event.target)) return;
      offerTime(charts, timeline.cursor);
    };
    const press = (event: KeyboardEvent) => {
      const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
      const onAxis = event.target instanceof Element && event.target.getAttribute('role') === 'slider';
      if (plain && onAxis && event.key.toLowerCase() === 'l' && timeline.cursor !== undefined) {
        event.preventDefault();
        host.findInLogs(timeline.cursor);
      }
    };
    // Before VS Code's own listener reads the attribute.
    document.addEventListener('contextmenu', offer, true);
    document.addEventListener('keydown', press);
    return () => {
      document.removeEventListener('contextmenu', offer, true);
      document.removeEventListener('keydown', press);
    };
  }, [timeline]);
}

function chartsSection(): HTMLElement | null {
  return document.querySelector<HTMLElement>('[data-section="charts"]');
}

/** What VS Code passes to the commands of the context menu; other members of it are left as they are. */
function offerTime(charts: HTMLElement, at: number | undefined): void {
  const context = JSON.parse(charts.dataset.vscodeContext ?? '{}') as Record<string, unknown>;
  charts.dataset.vscodeContext = JSON.stringify({ ...context, peerscopeAt: at });
}
