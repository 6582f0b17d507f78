import { useMemo, useRef } from 'preact/hooks';
import type { CompareView } from '../../protocol/compare-state';
import { Timeline } from '../charts/timeline';
import { useKeptCursor, useKeptRange } from '../kept-timeline';
import type { CompareModel } from './model';

/** Where the person is on the time axis. */
type Place = Pick<CompareView, 'range' | 'cursor'>;

/**
 * The time axis of the comparison on screen, at the place where the person was: before the page was hidden or reloaded, before
 * a report was read again, and before the two were swapped. `remember` keeps the place.
 */
export function useCompareTimeline(
  model: CompareModel,
  view: Place,
  remember: (place: Partial<CompareView>) => void,
): Timeline {
  const place = useRef<Place>({ range: view.range, cursor: view.cursor });
  const former = useRef<CompareModel | undefined>(undefined);
  const keep = (change: Place) => {
    place.current = { ...place.current, ...change };
    remember(change);
  };
  const timeline = useMemo(() => {
    const shift = former.current ? movedBetween(former.current, model) : 0;
    if (shift !== 0) keep(movedPlace(place.current, shift));
    // With one report only there is less to see: what was in view may lie in the other one.
    if (model.whole) former.current = model;
    const { range, cursor } = place.current;
    const made = new Timeline(model.span, range);
    made.setCursor(cursor);
    return made;
  }, [model]);
  useKeptRange(timeline, (range) => keep({ range }));
  useKeptCursor(timeline, (cursor) => keep({ cursor }));
  return timeline;
}

/** How far the same moment into the call lies apart on two axes, ms. By the clock it stays where it is. */
function movedBetween(former: CompareModel, latter: CompareModel): number {
  const byCall = former.timeMode === 'offset' && latter.timeMode === 'offset' && latter.whole;
  return byCall ? latter.origin - former.origin : 0;
}

function movedPlace({ range, cursor }: Place, shift: number): Place {
  return {
    range: range && [range[0] + shift, range[1] + shift],
    cursor: cursor === undefined ? undefined : cursor + shift,
  };
}
