import { diffLines } from 'diff';
import type { SessionDescription } from './capture';

/** Descriptions longer than this are compared coarsely, so that a hostile file cannot hold the thread. */
const MAX_EDITS = 4000;

/** Lines of two descriptions that belong together. */
export interface DescriptionChange {
  kind: 'same' | 'added' | 'removed';
  lines: string[];
}

/**
 * What changed from one description to the next, line by line and in order. Undefined where they differ in more than can be
 * compared in a moment.
 */
export function diffDescriptions(before: string, after: string): DescriptionChange[] | undefined {
  const changes = diffLines(unified(before), unified(after), { maxEditLength: MAX_EDITS });
  return changes?.map(({ added, removed, value }) => ({
    kind: added ? 'added' : removed ? 'removed' : 'same',
    lines: value.replace(/\n$/, '').split('\n'),
  }));
}

/**
 * The description that one is to be compared with: the last one before it that the same end set, whether offer or answer;
 * undefined for the first.
 */
export function formerDescription(
  descriptions: readonly SessionDescription[],
  index: number,
): SessionDescription | undefined {
  const one = descriptions[index];
  if (!one) return undefined;
  for (let i = index - 1; i >= 0; i--) {
    const former = descriptions[i] as SessionDescription;
    if (former.end === one.end && former.method.startsWith('set') === one.method.startsWith('set')) return former;
  }
  return undefined;
}

/** One kind of line end, so that it alone is no difference. */
function unified(sdp: string): string {
  return `${sdp.replace(/\r\n?/g, '\n').trimEnd()}\n`;
}
