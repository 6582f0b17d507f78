import { useMemo, useRef } from 'preact/hooks';
import { participantKey } from '../core/ids';
import type { ViewSettings } from '../protocol/state';
import { Timeline } from './charts/timeline';
import { useKeptCursor } from './kept-timeline';
import type { ReportModel } from './report-model';

/**
 * The time axis of the report on screen. A report that is read again keeps zoom and cursor as they are at that moment; the
 * first one takes them from `view`. `onRest` is told where the cursor rests, for the next time that the page is made.
 */
export function useReportTimeline(
  model: ReportModel,
  view: Pick<ViewSettings, 'range' | 'cursor'>,
  onRest: (cursor: number | undefined) => void,
): Timeline {
  const kept = useRef<{ timeline: Timeline; key: string } | undefined>(undefined);
  const timeline = useMemo(() => {
    const { ref } = model.subject;
    const key = ref ? participantKey(ref) : '';
    const former = kept.current?.key === key ? kept.current.timeline : undefined;
    const range = former ? (former.zoomed ? former.range : undefined) : view.range;
    const made = new Timeline(model.span, range);
    made.setCursor(former ? former.cursor : view.cursor);
    kept.current = { timeline: made, key };
    return made;
  }, [model]);
  useKeptCursor(timeline, onRest);
  return timeline;
}
