import * as l10n from '@vscode/l10n';
import { pointNumber } from '../core/locale';

/** Values of tables and lists: reached by arrow keys, and what is copied of each. */

/** Where values stand: a table that scrolls, or a list of facts. */
const REGION = '.scroll[tabindex], .facts[tabindex]';
const CELL = 'td, th, dd';
const HINT = 'cell-keys';

/** Stands once on the page, for screen readers: `aria-describedby` of every {@link regionProps}. */
const HINT_TEXT = l10n.t('Arrow keys move through the values. Copy takes the value that has the focus.');

/** Attributes of an element whose values can be reached by arrow keys. */
export function regionProps(label: string | undefined) {
  return { tabIndex: 0, 'aria-label': label, 'aria-describedby': HINT } as const;
}

/** Starts to take arrow keys in tables and lists of facts. */
export function watchCells(): void {
  const hint = document.createElement('p');
  hint.id = HINT;
  hint.hidden = true;
  hint.textContent = HINT_TEXT;
  document.body.append(hint);
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || event.defaultPrevented) return;
    if (!(event.target instanceof HTMLElement)) return;
    const { target } = event;
    const region = target.closest<HTMLElement>(REGION);
    // Keys of a button or a field inside are its own.
    if (!region || (target !== region && !target.matches(CELL))) return;
    if (event.key === 'Escape' && target !== region) region.focus();
    else {
      const next = target === region ? firstCell(region, event.key) : neighbour(region, target, event.key);
      if (!next) return;
      focusCell(next);
    }
    event.preventDefault();
  });
  document.addEventListener('focusout', ({ target, relatedTarget }) => {
    // What opens a menu of VS Code takes the focus out of the page: what was selected is meant.
    if (target instanceof HTMLElement && target.matches(CELL) && relatedTarget) getSelection()?.removeAllRanges();
  });
}

/** A value as it is copied: its text on one line. */
export function cellText(cell: HTMLElement): string {
  return cell.innerText.replace(/\s+/g, ' ').trim();
}

/** The values of a row, or of all rows, as text that spreadsheets paste into cells: numbers with a point in any language. */
export function rowsText(rows: Iterable<HTMLElement>): string {
  return [...rows].map((row) => cellsOf(row, 'td, th, dt, dd').map(pasted).join('\t')).join('\n');
}

function pasted(cell: HTMLElement): string {
  const text = cellText(cell);
  // Of other cells nobody knows what a comma means.
  return cell.matches('.number, [data-value]') ? pointNumber(text) : text;
}

/** The rows of the table or list that an element stands in. */
export function rowsAround(element: HTMLElement): { row?: HTMLElement; rows: HTMLElement[] } {
  const row = element.closest<HTMLElement>('tr, dl > div') ?? undefined;
  const list = row?.closest<HTMLElement>('table, dl');
  return { row, rows: list ? rowsOf(list) : [] };
}

/** Selects its text too, so that VS Code's own Copy takes it. */
function focusCell(cell: HTMLElement): void {
  cell.tabIndex = -1;
  cell.focus();
  getSelection()?.selectAllChildren(cell);
}

function firstCell(region: HTMLElement, key: string): HTMLElement | undefined {
  if (key !== 'ArrowDown' && key !== 'ArrowRight') return undefined;
  return cellsOf(region, 'tbody :is(td, th), dd')[0];
}

function neighbour(region: HTMLElement, cell: HTMLElement, key: string): HTMLElement | undefined {
  const { row, rows } = rowsAround(cell);
  if (!row || !region.contains(row)) return undefined;
  const cells = cellsOf(row, CELL);
  const at = cells.indexOf(cell);
  switch (key) {
    case 'ArrowRight':
      return cells[at + 1];
    case 'ArrowLeft':
      return cells[at - 1];
    case 'Home':
      return cells[0];
    case 'End':
      return cells.at(-1);
    case 'ArrowDown':
      return nearest(rows[rows.indexOf(row) + 1], cell);
    case 'ArrowUp':
      return nearest(rows[rows.indexOf(row) - 1], cell);
    default:
      return undefined;
  }
}

/** The cell of a row that stands below or above another one, whatever spans columns. */
function nearest(row: HTMLElement | undefined, cell: HTMLElement): HTMLElement | undefined {
  const from = cell.getBoundingClientRect().left;
  const away = (each: HTMLElement) => Math.abs(each.getBoundingClientRect().left - from);
  return row && cellsOf(row, CELL).sort((a, b) => away(a) - away(b))[0];
}

function rowsOf(list: HTMLElement): HTMLElement[] {
  return cellsOf(list, list.matches('dl') ? ':scope > div' : 'tr');
}

function cellsOf(within: HTMLElement, selector: string): HTMLElement[] {
  return [...within.querySelectorAll<HTMLElement>(selector)];
}
