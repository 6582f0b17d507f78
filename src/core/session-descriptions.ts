import * as l10n from '@vscode/l10n';
import type { Connectivity, DescriptionOrigin } from './model';
import { displayText } from './text';

/** A session description of a report, with what is known of it. */
export interface NumberedDescription {
  /** `Local offer 2`: the second one that the report holds of its kind; `SDP 3` where nothing is known of it. */
  name: string;
  text: string;
  /** When it was set, or the check it belongs to was made, epoch ms. */
  at?: number;
  /** Index of the description to compare it with: the last one before it of the same end. Missing for the first. */
  former?: number;
}

/** All session descriptions of a report in the order in which they were recorded. */
export function sessionDescriptions(connectivity: readonly Connectivity[]): NumberedDescription[] {
  const last = new Map<string, number>();
  const counts = new Map<string, number>();
  const found: NumberedDescription[] = [];
  for (const { at, sdp = [], sdpOf = [] } of connectivity) {
    for (const [index, text] of sdp.entries()) {
      const origin = sdpOf[index];
      const kind = origin ? `${origin.end} ${origin.type}` : '';
      const count = (counts.get(kind) ?? 0) + 1;
      counts.set(kind, count);
      const end = origin?.end ?? '';
      found.push({ name: nameOf(origin, count), text, at: origin?.at ?? at, former: last.get(end) });
      last.set(end, found.length - 1);
    }
  }
  return found;
}

function nameOf(origin: DescriptionOrigin | undefined, count: number): string {
  if (!origin) return `SDP ${count}`;
  const type = displayText(origin.type, 33);
  return origin.end === 'local' ? l10n.t('Local {0} {1}', type, count) : l10n.t('Remote {0} {1}', type, count);
}
