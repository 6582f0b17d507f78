/**
 * ECharts set up as its own documentation says for many points: the parts that are used only
 * (https://echarts.apache.org/handbook/en/basics/import), typed arrays as data and `sampling`
 * (https://echarts.apache.org/en/option.html#series-line.sampling, `minmax` keeps peaks), no symbols, no animation, silent.
 */
import { LineChart } from 'echarts/charts';
import { GridComponent } from 'echarts/components';
import * as echarts from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import { benchLines, COLORS, firstPaint, HEIGHT, offer, place, spanOf, WIDTH } from './arrays.mjs';

echarts.use([LineChart, GridComponent, CanvasRenderer]);

offer(async (samples) => {
  const charts = benchLines(samples);
  const [min, max] = spanOf(charts);
  // The flat form of typed data: made before the clock starts.
  const data = charts.map((lines) =>
    lines.map(({ times, values }) => {
      const flat = new Float64Array(times.length * 2);
      times.forEach((x, at) => {
        flat[at * 2] = x;
        flat[at * 2 + 1] = values[at] as number;
      });
      return flat;
    }),
  );
  const places = charts.map(place);
  const ms = await firstPaint(() =>
    Promise.all(
      places.map((element, chart) => {
        const made = echarts.init(element, null, { renderer: 'canvas', width: WIDTH, height: HEIGHT });
        const rendered = new Promise((resolve) => made.on('rendered', resolve));
        made.setOption({
          animation: false,
          silent: true,
          grid: { left: 50, right: 14, top: 7, bottom: 7 },
          xAxis: { type: 'value', min, max, axisLabel: { show: false }, axisTick: { show: false } },
          yAxis: { type: 'value', min: 0, max: 100, splitNumber: 2 },
          series: (data[chart] ?? []).map((points, line) => ({
            type: 'line',
            data: points,
            sampling: 'minmax',
            showSymbol: false,
            silent: true,
            lineStyle: { width: 1.5, color: COLORS[line] },
          })),
        });
        return rendered;
      }),
    ),
  );
  return { ms, canvases: document.querySelectorAll('canvas').length };
});
