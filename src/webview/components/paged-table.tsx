import * as l10n from '@vscode/l10n';
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { regionProps } from '../cells';
import { formatNumber } from '../format';

const PAGE = 100;

/** What stands in one cell: text that is fit to show, or elements. */
export type Cell = string | JSX.Element;

interface PagedTableProps {
  caption: string;
  head: readonly string[];
  numeric: (column: number) => boolean;
  count: number;
  row: (index: number) => Cell[];
}

/** A plain table, a hundred rows at a time: a long call has thousands. */
export function PagedTable({ caption, head, numeric, count, row }: PagedTableProps): JSX.Element {
  const [wanted, setPage] = useState(0);
  const pages = Math.max(1, Math.ceil(count / PAGE));
  const page = Math.min(wanted, pages - 1);
  const start = page * PAGE;
  const rows = Array.from({ length: Math.min(PAGE, count - start) }, (_, index) => start + index);
  const align = (column: number) => (numeric(column) ? 'number' : undefined);
  return (
    <div class="paged">
      <section class="scroll" {...regionProps(caption)}>
        <table>
          <caption class="sr-only">{caption}</caption>
          <thead>
            <tr>
              {head.map((text, column) => (
                <th key={column} scope="col" class={align(column)}>
                  {text}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((index) => (
              <tr key={index}>
                {row(index).map((text, column) =>
                  column === 0 ? (
                    <th key={column} scope="row">
                      {text}
                    </th>
                  ) : (
                    <td key={column} class={align(column)}>
                      {text}
                    </td>
                  ),
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {pages > 1 && (
        <div class="pages">
          <button type="button" disabled={page === 0} onClick={() => setPage(page - 1)}>
            {l10n.t('Previous')}
          </button>
          <span>
            {l10n.t('{from}–{to} of {all}', {
              from: formatNumber(start + 1),
              to: formatNumber(start + rows.length),
              all: formatNumber(count),
            })}
          </span>
          <button type="button" disabled={page === pages - 1} onClick={() => setPage(page + 1)}>
            {l10n.t('Next')}
          </button>
        </div>
      )}
    </div>
  );
}
