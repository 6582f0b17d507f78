/** Our plots: the page's own, min-max included. */
import { NO_GAPS } from '../../../src/webview/charts/gap-bands';
import { GUTTER, Plot, RIGHT_MARGIN } from '../../../src/webview/charts/plot';
import { Timeline } from '../../../src/webview/charts/timeline';
import { lineStyle } from '../../../src/webview/line-style';
import { metricOf, type Source } from '../../../src/webview/report-model';
import { NO_TROUBLE } from '../../../src/webview/trouble';
import { benchLines, firstPaint, offer, place, spanOf, WIDTH } from './arrays.mjs';

offer(async (samples) => {
  const charts = benchLines(samples);
  const span = spanOf(charts);
  const places = charts.map(place);
  const ms = await firstPaint(() => {
    const timeline = new Timeline(span);
    charts.forEach((lines, chart) => {
      const sources = lines.map(
        ({ times, values }, line): Source => ({
          id: `${line}`,
          group: 'sent',
          label: `Line ${line}`,
          times,
          series: { rtt: values },
          style: lineStyle(line),
          maxGap: 5000,
        }),
      );
      const reading = { mode: 'clock' as const, origin: span[0] };
      const content = { metric: metricOf('rtt'), sources, marks: [], reading, trouble: NO_TROUBLE, gaps: NO_GAPS };
      new Plot(
        places[chart] as HTMLElement,
        WIDTH + GUTTER + RIGHT_MARGIN,
        content,
        sources,
        timeline,
        () => undefined,
      );
    });
    return undefined;
  });
  return { ms, canvases: document.querySelectorAll('canvas').length };
});
