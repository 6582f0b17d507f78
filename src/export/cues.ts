import type { TranscriptLine } from '../core/talk';

/** A cue without a stated end lasts until the next one begins, at most so long, ms. */
const LONGEST_GUESS_MS = 5000;

/** When each cue ends, ms: as stated, else guessed; always after it began, as WebVTT wants it. */
export function cueEnds(lines: readonly TranscriptLine[]): number[] {
  return lines.map(({ from = 0, to }, index) => {
    const next = lines[index + 1]?.from ?? Number.POSITIVE_INFINITY;
    const guess = Math.min(from + LONGEST_GUESS_MS, next > from ? next : Number.POSITIVE_INFINITY);
    return to !== undefined && Math.round(to) > Math.round(from) ? to : Math.max(guess, from + 1);
  });
}

/** `00:00:01,000`, as SubRip has it. */
export function srtTime(ms: number): string {
  return cueTime(ms, ',');
}

/** `00:00:01.000`, as WebVTT has it. */
export function vttTime(ms: number): string {
  return cueTime(ms, '.');
}

function cueTime(ms: number, point: string): string {
  const total = Math.max(0, Math.round(ms));
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0');
  const seconds = total / 1000;
  const fraction = String(total % 1000).padStart(3, '0');
  return `${two(seconds / 3600)}:${two((seconds / 60) % 60)}:${two(seconds % 60)}${point}${fraction}`;
}
