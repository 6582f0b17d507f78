import * as l10n from '@vscode/l10n';
import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';
import { pathWords } from '../../core/connection-words';
import type { CandidatePair } from '../../core/model';
import { type IcePath, icePath, type PathEdge, pairFigures } from '../ice-path';
import { pairName } from '../report-model';
import { useWidth } from './use-width';

/** CSS pixels. Text is drawn at 11 px; a letter of the usual interface fonts is at most this wide on average. */
const LETTER = 6.3;
const LINE = 15;
const PAD = 9;
/** Holds `TURN over TLS on TCP`. */
const EDGE = 136;
const DOWN = 38;
const MAX_LETTERS = 34;

/** The way of one pair's media: drawn, and the same in words. */
export function PairPath({ pair, pairs }: { pair: CandidatePair; pairs: readonly CandidatePair[] }): JSX.Element {
  const root = useRef<HTMLDivElement>(null);
  const width = useWidth(root);
  const path = icePath(pair);
  const figures = pairFigures(pair);
  return (
    <figure class="path" data-nominated={pair.nominated === true}>
      <figcaption>
        <span class="path-name">{pairName(pair, pairs)}</span>{' '}
        {pair.nominated ? (
          <span class="badge" data-field="nominatedMark">
            {l10n.t('✓ nominated')}
          </span>
        ) : (
          <span class="muted">
            {pair.nominated === false ? l10n.t('not nominated') : l10n.t('whether it was nominated is not stated')}
          </span>
        )}
        <span data-field="path">{pathWords(pair)}</span>
        {figures.length > 0 && (
          <span class="muted" data-field="pathFigures">
            {figures.join(' · ')}
          </span>
        )}
      </figcaption>
      <div ref={root}>{width > 0 && <Drawing path={path} pair={pair} width={width} />}</div>
    </figure>
  );
}

interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

function Drawing({ path, pair, width }: { path: IcePath; pair: CandidatePair; width: number }): JSX.Element {
  const { nodes, edges, stun } = path;
  const texts = nodes.map(({ title, lines }) => [title, ...lines]);
  const sizes = texts.map(sizeOf);
  const wide = sizes.reduce((sum, { width: each }) => sum + each, EDGE * edges.length) <= width - 4;
  const stunText = stun && [l10n.t('STUN server'), stun.server, l10n.t('told the address')];
  if (!wide && stun) texts[stun.node]?.push(l10n.t('told by {0}', stun.server));
  const boxes = wide ? inRow(sizes) : inColumn(texts.map(sizeOf), width - 4);
  const below = wide && stunText ? stunBox(boxes[stun.node] as Box, sizeOf(stunText)) : undefined;
  const all = below ? [...boxes, below] : boxes;
  const right = Math.max(...all.map((box) => box.x + box.width)) + 2;
  const bottom = Math.max(...all.map((box) => box.y + box.height)) + 2;
  const words = pathWords(pair);
  return (
    <svg width={right} height={bottom} viewBox={`0 0 ${right} ${bottom}`} role="img" aria-label={words}>
      <title>{words}</title>
      {edges.map((edge, index) => (
        <Edge
          key={index}
          edge={edge}
          from={boxes[index] as Box}
          to={boxes[index + 1] as Box}
          direction={pair.direction}
          wide={wide}
        />
      ))}
      {boxes.map((box, index) => (
        <Node key={index} box={box} texts={texts[index] as string[]} />
      ))}
      {below && stunText && (
        <>
          <path class="path-hint" d={line(boxes[stun.node] as Box, below)} />
          <Node box={below} texts={stunText} look="path-stun" />
        </>
      )}
    </svg>
  );
}

function Node({ box, texts, look = '' }: { box: Box; texts: readonly string[]; look?: string }): JSX.Element {
  return (
    <g class={`path-node ${look}`}>
      <rect x={box.x} y={box.y} width={box.width} height={box.height} rx={4} />
      {texts.map((text, index) => (
        <text
          key={index}
          class={index === 0 ? 'path-title' : undefined}
          x={box.x + PAD}
          y={box.y + PAD + LINE * index + 9}
        >
          {shortened(text)}
        </text>
      ))}
    </g>
  );
}

interface EdgeProps {
  edge: PathEdge;
  from: Box;
  to: Box;
  direction: CandidatePair['direction'];
  wide: boolean;
}

function Edge({ edge, from, to, direction, wide }: EdgeProps): JSX.Element {
  const [start, end] = wide
    ? [
        { x: from.x + from.width, y: from.y + from.height / 2 },
        { x: to.x, y: from.y + from.height / 2 },
      ]
    : [
        { x: from.x + 24, y: from.y + from.height },
        { x: from.x + 24, y: to.y },
      ];
  const head = (at: { x: number; y: number }, way: 1 | -1) =>
    wide
      ? `M${at.x - 6 * way} ${at.y - 4}l${6 * way} 4l${-6 * way} 4`
      : `M${at.x - 4} ${at.y - 6 * way}l4 ${6 * way}l4 ${-6 * way}`;
  return (
    <g class={edge.slow ? 'path-edge slow' : 'path-edge'}>
      <path d={`M${start.x} ${start.y}L${end.x} ${end.y}`} />
      {direction !== 'receive' && <path class="path-head" d={head(end, 1)} />}
      {direction !== 'send' && <path class="path-head" d={head(start, -1)} />}
      <text
        x={wide ? (start.x + end.x) / 2 : start.x + 12}
        y={wide ? start.y - 6 : (start.y + end.y) / 2 + 4}
        text-anchor={wide ? 'middle' : 'start'}
      >
        {edge.text}
      </text>
    </g>
  );
}

function sizeOf(texts: readonly string[]): Pick<Box, 'width' | 'height'> {
  const longest = Math.max(...texts.map((text) => shortened(text).length));
  return { width: Math.round(Math.max(96, longest * LETTER + 2 * PAD)), height: LINE * texts.length + 2 * PAD - 4 };
}

function inRow(sizes: readonly Pick<Box, 'width' | 'height'>[]): Box[] {
  const height = Math.max(...sizes.map((size) => size.height));
  let x = 1;
  return sizes.map(({ width }) => {
    const box = { x, y: 1, width, height };
    x += width + EDGE;
    return box;
  });
}

function inColumn(sizes: readonly Pick<Box, 'width' | 'height'>[], most: number): Box[] {
  const width = Math.min(most, Math.max(...sizes.map((size) => size.width)));
  let y = 1;
  return sizes.map(({ height }) => {
    const box = { x: 1, y, width, height };
    y += height + DOWN;
    return box;
  });
}

function stunBox(node: Box, size: Pick<Box, 'width' | 'height'>): Box {
  return { ...size, x: Math.max(1, node.x + node.width / 2 - size.width / 2), y: node.y + node.height + 22 };
}

function line(from: Box, to: Box): string {
  const x = from.x + from.width / 2;
  return `M${x} ${from.y + from.height}V${to.y}`;
}

/** The middle goes: both ends of an address tell it from others. */
function shortened(text: string): string {
  if (text.length <= MAX_LETTERS) return text;
  return `${text.slice(0, MAX_LETTERS - 14)}…${text.slice(-13)}`;
}
