import type { ChartAction } from '../protocol/messages';

const charts = new Map<string, (action: ChartAction) => void>();

/** Takes what VS Code's menu asks of a chart, by the key of its metric. Returns the function that ends it. */
export function onChartAction(chart: string, run: (action: ChartAction) => void): () => void {
  charts.set(chart, run);
  return () => {
    if (charts.get(chart) === run) charts.delete(chart);
  };
}

/** Hands on what the menu asked; a chart that is gone is left alone. */
export function runChartAction(chart: string, action: ChartAction): void {
  charts.get(chart)?.(action);
}
