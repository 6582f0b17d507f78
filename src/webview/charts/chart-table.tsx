import * as l10n from '@vscode/l10n';
import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { localNumber } from '../../core/locale';
import { PagedTable } from '../components/paged-table';
import { displayUnit, formatNumber, MISSING } from '../format';
import type { Metric, Source } from '../report-model';
import { chartTable, withRaw } from './csv';
import { momentLabel, type TimeReading } from './ticks';
import type { Timeline } from './timeline';
import { useRange } from './use-timeline';

interface ChartTableProps {
  metric: Metric;
  sources: readonly Source[];
  timeline: Timeline;
  reading: TimeReading;
}

/** A chart's values in view, as a table. */
export function ChartTableView({ metric, sources, timeline, reading }: ChartTableProps): JSX.Element {
  const range = useRange(timeline);
  const table = useMemo(() => chartTable(sources, metric.key, range), [sources, metric, range]);
  const columns = useMemo(() => withRaw(table, metric.key, ({ label }) => label), [table]);
  const { unit, factor, decimals } = displayUnit(metric);
  return (
    <PagedTable
      caption={`${metric.label}${unit && ` (${unit})`}`}
      head={[l10n.t('Time'), ...columns.map(({ head }) => head)]}
      numeric={(column) => column > 0}
      count={table.times.length}
      row={(index) => [
        momentLabel(table.times[index] as number, reading),
        ...columns.map(({ values, raw }) => {
          const value = values[index] as number;
          // A value as it came has the digits that it came with.
          if (raw) return Number.isNaN(value) ? MISSING : localNumber(value);
          return formatNumber(value * factor, decimals);
        }),
      ]}
    />
  );
}
