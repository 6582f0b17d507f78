import { LINE_VARIABLES, type LineStyle } from './line-style';

/** Colours that the canvas needs: it does not inherit CSS. */
export interface ThemeColors {
  lines: readonly string[];
  foreground: string;
  muted: string;
  grid: string;
  mark: string;
  /** Of a first level, and of a second one and what went beyond. */
  warning: string;
  alarm: string;
  background: string;
  font: string;
  highContrast: boolean;
}

let current: ThemeColors | undefined;
const listeners = new Set<() => void>();

/** The colours of the present theme. */
export function themeColors(): ThemeColors {
  current ??= readColors();
  return current;
}

/** A line's colour for the canvas. */
export function lineColorOf({ style }: { style: LineStyle }): string {
  return themeColors().lines[style.color] ?? themeColors().foreground;
}

/** Calls back when VS Code changes the theme. Returns the function that ends it. */
export function onThemeChange(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Starts to watch: VS Code marks the theme on `body` and sets its variables on the root element. */
export function watchTheme(): void {
  const reread = () => {
    const before = JSON.stringify(current);
    current = readColors();
    if (JSON.stringify(current) !== before) for (const listener of [...listeners]) listener();
  };
  const observer = new MutationObserver(reread);
  observer.observe(document.body, { attributes: true, attributeFilter: ['class', 'data-vscode-theme-id'] });
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['style', 'class'] });
  matchMedia('(forced-colors: active)').addEventListener('change', reread);
}

function readColors(): ThemeColors {
  const style = getComputedStyle(document.body);
  const read = (...names: string[]): string => {
    for (const name of names) {
      const value = style.getPropertyValue(name).trim();
      if (value) return value;
    }
    return style.color;
  };
  const highContrast = document.body.classList.contains('vscode-high-contrast');
  return {
    lines: LINE_VARIABLES.map((name) => read(name, '--vscode-charts-foreground')),
    foreground: read('--vscode-foreground', '--vscode-editor-foreground'),
    muted: highContrast ? read('--vscode-foreground') : read('--vscode-descriptionForeground', '--vscode-foreground'),
    grid: read('--peerscope-line', '--vscode-charts-lines'),
    mark: read('--vscode-charts-foreground', '--vscode-foreground'),
    warning: read('--vscode-editorWarning-foreground', '--vscode-charts-yellow'),
    alarm: read('--vscode-charts-red', '--vscode-editorError-foreground'),
    background: read('--vscode-editor-background'),
    font: read('--vscode-font-family'),
    highContrast,
  };
}
