import type { JSX } from 'preact';
import { useEffect, useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import type { Source } from '../report-model';
import type { ChartCardProps } from './chart-card';
import { CHARTS } from './frames';
import { chartGaps, NO_GAPS } from './gap-bands';
import { Plot, type PlotContent } from './plot';
import { useThemeVersion } from './use-timeline';

/** Plots this near to the screen are kept drawn, so that scrolling shows no old ones. */
const NEAR = '60px';

interface PlotViewProps extends ChartCardProps {
  /** Every source that the plot may come to show. */
  able: readonly Source[];
  shown: readonly Source[];
  /** Set while there is a plot. */
  plot: { current: Plot | undefined };
  /** What the lines say, in words. */
  summary: string;
}

/** A metric's canvas: drawn at most once a frame, in turns with the others, and only while it is on screen. */
export function PlotView(props: PlotViewProps): JSX.Element {
  const { metric, able, shown, timeline, marks, reading, trouble, width, painted, plot, summary, onDraw } = props;
  const root = useRef<HTMLDivElement>(null);
  const theme = useThemeVersion();
  const ids = shown.map(({ id }) => id).join('\n');
  // Worked out after the first paint: it looks at every sample.
  const gaps = useMemo(() => (painted ? chartGaps(shown, metric.key) : NO_GAPS), [painted, ids, able, metric.key]);
  const content: PlotContent = { metric, sources: shown, marks, reading, trouble, gaps };
  const drawn = useRef(content);
  drawn.current = content;

  useLayoutEffect(() => {
    if (!root.current) return;
    const made = new Plot(root.current, width, drawn.current, able, timeline, onDraw);
    plot.current = made;
    const stop = redrawInView(root.current, made, (redraw) => timeline.listen(redraw, 'range'));
    const { over } = made;
    const move = (event: PointerEvent) => timeline.setCursor(made.timeAt(event));
    const leave = () => timeline.setCursor(undefined);
    over.addEventListener('pointermove', move);
    over.addEventListener('pointerleave', leave);
    return () => {
      stop();
      plot.current = undefined;
      made.destroy();
    };
    // A high-contrast theme has thicker lines, which uPlot takes at the start only.
  }, [timeline, able, theme]);
  useLayoutEffect(() => plot.current?.resize(width), [width]);
  const first = useRef(true);
  useEffect(() => {
    // The plot that was just made has all this.
    if (!first.current) plot.current?.update(drawn.current);
    first.current = false;
  }, [ids, marks, reading.mode, trouble, gaps]);

  return <div class="plot" ref={root} role="img" aria-label={summary} />;
}

/** Redraws soon after a change; a plot that is far from the screen waits until it comes near. */
function redrawInView(element: Element, plot: Plot, listen: (redraw: () => void) => () => void): () => void {
  let near = true;
  let old = false;
  const draw = () => {
    old = !near;
    if (near) plot.redraw();
  };
  const stop = listen(() => CHARTS.add(draw));
  const observer = new IntersectionObserver(
    (entries) => {
      near = entries.at(-1)?.isIntersecting ?? true;
      if (near && old) draw();
    },
    { rootMargin: NEAR },
  );
  observer.observe(element);
  return () => {
    stop();
    observer.disconnect();
    CHARTS.delete(draw);
  };
}
