import * as l10n from '@vscode/l10n';
import type { JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { formatDuration } from '../../core/time';
import type { Lane, LaneBar } from '../lanes';
import { themeColors } from '../theme';
import { paintBars } from './lane-paint';
import { rgbaOf } from './pixel-lines';
import { momentLabel, type TimeReading } from './ticks';
import type { TimeRange } from './timeline';
import { useThemeVersion } from './use-timeline';

/** Bars told by name under the pointer; of more only their number is said. */
const NAMED = 3;

interface LaneStripProps {
  lane: Lane;
  range: TimeRange;
  reading: TimeReading;
  /** CSS pixels. */
  width: number;
}

/** A lane with more bars than elements are good for, as one row of pixels that is stretched to the lane's height. */
export function LaneStrip({ lane, range, reading, width }: LaneStripProps): JSX.Element {
  const canvas = useRef<HTMLCanvasElement>(null);
  const theme = useThemeVersion();
  const [from, to] = range;
  const pixels = Math.max(1, Math.round(width * devicePixelRatio));
  useLayoutEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context) return;
    const image = new ImageData(pixels, 1);
    paintBars(new Uint32Array(image.data.buffer), lane.bars, range, lookColors());
    context.putImageData(image, 0, 0);
  }, [lane, from, to, pixels, theme]);
  const tell = (event: PointerEvent) => {
    const element = canvas.current;
    if (!element) return;
    const { left } = element.getBoundingClientRect();
    const pixel = (to - from) / Math.max(1, width);
    const at = from + (event.clientX - left) * pixel;
    element.title = barsText(lane.bars, at - pixel, at + pixel, reading);
  };
  return (
    <canvas
      ref={canvas}
      class="lane-strip"
      width={pixels}
      height={1}
      role="img"
      aria-label={lane.summary}
      onPointerMove={tell}
    />
  );
}

/** One colour for each look; what is calm stays in the background. */
function lookColors(): Record<LaneBar['look'], number> {
  const { foreground, lines, muted, highContrast } = themeColors();
  const mix = (color: string, percent: number) => rgbaOf(`color-mix(in srgb, ${color} ${percent}%, transparent)`);
  return {
    plain: highContrast ? 0 : mix(foreground, 14),
    off: mix(muted, 40),
    strong: mix(foreground, highContrast ? 100 : 42),
    alert: mix(lines[1] ?? foreground, highContrast ? 100 : 60),
  };
}

/** What a stretch of a lane says. */
function barsText(bars: readonly LaneBar[], from: number, to: number, reading: TimeReading): string {
  const here = bars.filter((bar) => bar.from < to && (bar.to ?? Number.POSITIVE_INFINITY) > from);
  const texts = here.slice(0, NAMED).map(({ label, from: start, to: end }) => {
    const length = end === undefined ? '' : ` (${formatDuration(end - start)})`;
    return `${momentLabel(start, reading)} ${label}${length}`;
  });
  if (here.length > NAMED) texts.push(l10n.t('and {0} more: zoom in to tell them apart', here.length - NAMED));
  return texts.join('\n');
}
