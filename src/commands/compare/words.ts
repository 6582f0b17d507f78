import { FILE_CONNECTION } from '../../core/ids';
import { displayText } from '../../core/text';
import type { ComparedSide } from '../../panel/compare-side';
import type { ShownComparison } from '../../protocol/compare-messages';

/** A comparison of two reports in words, with the streams that belong together. The rules are loaded on first use. */
export async function shownComparison(first: ComparedSide, second: ComparedSide): Promise<ShownComparison> {
  const { compareReports, pairStreams, sharedTime } = await import('../../diagnosis/index');
  const [one, other] = [compared(first), compared(second)];
  const names = new Map([...namesOf(first), ...namesOf(second)]);
  const { pairs } = pairStreams(one, other, { names });
  const ownClocks = [first, second].some(({ ref }) => ref.connectionId === FILE_CONNECTION);
  return {
    ...compareReports(one, other, { names }),
    ...sharedTime(one, other, { ownClocks }),
    pairs: pairs.map(({ key, what, ends, ...streams }) => ({
      key,
      what,
      ends,
      streams: [streams.first.map(({ id }) => id), streams.second.map(({ id }) => id)],
    })),
  };
}

function compared({ label, loaded }: ComparedSide) {
  return { label: displayText(label, 60), report: loaded.result.report, findings: loaded.diagnosis?.findings };
}

/** Names of everybody whom a report can name, by id. */
function namesOf({ label, loaded }: ComparedSide): [string, string][] {
  const { participantNames: names = {}, result } = loaded;
  const shown = Object.entries(names).map(([id, name]): [string, string] => [id, displayText(name, 60)]);
  return [...shown, [result.report.participant.id, displayText(label, 60)]];
}
