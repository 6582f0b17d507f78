/**
 * Chart.js set up as its own documentation says for many points: https://www.chartjs.org/docs/latest/general/performance.html
 * (internal data format with `parsing: false`, `normalized`, decimation, no rotation, fixed scales, no animation, no points)
 * and https://www.chartjs.org/docs/latest/configuration/decimation.html (`min-max` keeps peaks). Only the parts that are used
 * are registered.
 */
import { CategoryScale, Chart, Decimation, LinearScale, LineController, LineElement, PointElement } from 'chart.js';
import { benchLines, COLORS, firstPaint, HEIGHT, offer, place, spanOf, WIDTH } from './arrays.mjs';

Chart.register(LineController, LineElement, PointElement, LinearScale, CategoryScale, Decimation);

offer(async (samples) => {
  const charts = benchLines(samples);
  const [min, max] = spanOf(charts);
  // Its internal format: made before the clock starts, as are the canvases.
  const data = charts.map((lines) =>
    lines.map(({ times, values }) => Array.from(times, (x, at) => ({ x, y: values[at] as number }))),
  );
  const canvases = charts.map(() => {
    const canvas = document.createElement('canvas');
    canvas.width = WIDTH;
    canvas.height = HEIGHT;
    place().append(canvas);
    return canvas;
  });
  const ms = await firstPaint(() => {
    canvases.forEach((canvas, chart) => {
      new Chart(canvas, {
        type: 'line',
        data: {
          datasets: (data[chart] ?? []).map((points, line) => ({
            data: points,
            borderColor: COLORS[line],
            borderWidth: 1.5,
            pointRadius: 0,
            pointHitRadius: 0,
          })),
        },
        options: {
          animation: false,
          parsing: false,
          normalized: true,
          responsive: false,
          events: [],
          elements: { line: { tension: 0 }, point: { radius: 0 } },
          plugins: { decimation: { enabled: true, algorithm: 'min-max' } },
          scales: {
            x: { type: 'linear', min, max, ticks: { display: false, sampleSize: 1, minRotation: 0, maxRotation: 0 } },
            y: { type: 'linear', min: 0, max: 100, ticks: { minRotation: 0, maxRotation: 0, maxTicksLimit: 3 } },
          },
        },
      });
    });
    return undefined;
  });
  return { ms, canvases: document.querySelectorAll('canvas').length };
});
