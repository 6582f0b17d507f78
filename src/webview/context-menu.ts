import { cellText, rowsAround, rowsText } from './cells';

/** What the menu's commands get, and its `when` clauses read; see `webview/context` in the manifest. */
interface MenuContext {
  /** What was pointed at. */
  webviewSection?: 'value' | 'chart';
  peerscopeValue?: string;
  peerscopeRow?: string;
  peerscopeTable?: string;
  /** Key of the chart's metric. */
  peerscopeChart?: string;
  /** Cut, Copy and Paste stand only where there is something to copy or a field to paste into. */
  preventDefaultContextMenuItems?: true;
}

/** What stands for itself and can be copied. */
const VALUE = 'td, th, dd, [data-field], .sdp-line, .raw-line, .sentences li, h1';

/** Larger tables are exported rather than copied; VS Code hands the text through several processes. */
const MOST_TEXT = 1_000_000;

/**
 * Tells VS Code what its context menu is about, just before it looks: writing it on each value beforehand would double the
 * page. The Menu key and Shift+F10 come here as well, with the element that has the focus.
 */
export function watchContextMenu(): void {
  document.addEventListener(
    'contextmenu',
    ({ target }) => {
      if (target instanceof Element) document.body.dataset.vscodeContext = JSON.stringify(contextOf(target));
    },
    { capture: true },
  );
}

function contextOf(target: Element): MenuContext {
  const context: MenuContext = {};
  const editable = target.closest('input, textarea') !== null;
  if (!editable && (getSelection()?.isCollapsed ?? true)) context.preventDefaultContextMenuItems = true;
  const chart = target.closest<HTMLElement>('[data-chart]')?.dataset.chart;
  if (chart !== undefined) Object.assign(context, { webviewSection: 'chart', peerscopeChart: chart });
  const value = target.closest<HTMLElement>(VALUE);
  if (value && !editable) {
    const text = cellText(value);
    if (text !== '') Object.assign(context, { webviewSection: 'value', peerscopeValue: text.slice(0, MOST_TEXT) });
    const { row, rows } = rowsAround(value);
    if (row) {
      context.peerscopeRow = rowsText([row]).slice(0, MOST_TEXT);
      const table = rowsText(rows);
      if (table.length <= MOST_TEXT) context.peerscopeTable = table;
    }
  }
  return context;
}
