import * as l10n from '@vscode/l10n';
import type { JSX } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { lineTokens, queryPattern, type RawLines } from '../raw-lines';

const LINE_HEIGHT = 18;
/** Browsers cannot lay out elements of any height (about 33 million pixels in Chromium): taller lists scroll in proportion. */
const MAX_HEIGHT = 12_000_000;
const OVERSCAN = 8;

interface RawListProps {
  lines: RawLines;
  query: string;
  /** Brought into view when it changes. */
  line: number | undefined;
}

/** A long list of lines of which only those in view are built. */
export function RawList({ lines, query, line }: RawListProps): JSX.Element {
  const box = useRef<HTMLElement>(null);
  const [scroll, setScroll] = useState(0);
  const [height, setHeight] = useState(0);
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    const measure = () => setHeight(element.clientHeight);
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  const full = lines.count * LINE_HEIGHT;
  const laidOut = Math.min(full, MAX_HEIGHT);
  // Scrolled share of the laid-out height -> the same share of the full height.
  const ratio = laidOut > height ? Math.max(1, (full - height) / (laidOut - height)) : 1;
  const top = scroll * ratio;
  const first = Math.max(0, Math.floor(top / LINE_HEIGHT) - OVERSCAN);
  const last = Math.min(lines.count, Math.ceil((top + height) / LINE_HEIGHT) + OVERSCAN);

  useEffect(() => {
    const element = box.current;
    if (line === undefined || !element) return;
    const at = line * LINE_HEIGHT;
    if (at >= top && at + LINE_HEIGHT <= top + height) return;
    element.scrollTop = Math.max(0, at - height / 3) / ratio;
  }, [line]);

  const rows: JSX.Element[] = [];
  for (let index = first; index < last; index++) {
    rows.push(
      <div
        key={index}
        class={index === line ? 'raw-line current' : 'raw-line'}
        style={{ top: `${scroll + index * LINE_HEIGHT - top}px` }}
      >
        <span class="raw-number" aria-hidden="true">
          {index + 1}
        </span>
        <Line lines={lines} index={index} query={query} />
      </div>,
    );
  }
  return (
    <section
      class="raw-list"
      ref={box}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
      tabIndex={0}
      aria-label={l10n.t('Raw JSON')}
      onScroll={({ currentTarget }) => setScroll(currentTarget.scrollTop)}
    >
      <div class="raw-space" style={{ height: `${laidOut}px` }}>
        {rows}
      </div>
    </section>
  );
}

function Line({ lines, index, query }: { lines: RawLines; index: number; query: string }): JSX.Element {
  const tokens = lineTokens(lines, index);
  const style = { paddingLeft: `${(lines.depth[index] as number) * 2}ch` };
  const text = tokens.map((token) => token.text).join('');
  const found = highlights(text, query);
  if (found.length > 0) {
    return (
      <span class="raw-text" style={style}>
        {found.map(({ from, to }, at) => (
          <>
            {text.slice(found[at - 1]?.to ?? 0, from)}
            <mark>{text.slice(from, to)}</mark>
          </>
        ))}
        {text.slice(found.at(-1)?.to)}
      </span>
    );
  }
  return (
    <span class="raw-text" style={style}>
      {tokens.map((token, at) => (
        <span key={at} class={`json-${token.kind}`}>
          {token.text}
        </span>
      ))}
    </span>
  );
}

function highlights(text: string, query: string): { from: number; to: number }[] {
  const pattern = queryPattern(query);
  if (!pattern) return [];
  return [...text.matchAll(pattern)]
    .slice(0, 50)
    .map((match) => ({ from: match.index, to: match.index + match[0].length }));
}
