import * as l10n from '@vscode/l10n';
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { Icon } from '../icons';
import type { StayRow } from './model';
import { useSessionPage } from './page';

/** Which stays are ticked for a comparison, in the order of ticking: two at most. */
export interface CompareChoice {
  ids: readonly string[];
  toggle(id: string): void;
  clear: () => void;
}

/** Keeps two ticks: a third one takes the place of the second. */
export function useCompareChoice(): CompareChoice {
  const [ids, setIds] = useState<readonly string[]>([]);
  return {
    ids,
    toggle: (id) => setIds(ids.includes(id) ? ids.filter((each) => each !== id) : [...ids.slice(0, 1), id]),
    clear: () => setIds([]),
  };
}

/** The tick of one stay. */
export function CompareTick({ choice, row }: { choice: CompareChoice; row: StayRow }): JSX.Element {
  const { id } = row.participant;
  return (
    // A click beside the box is no click on the row, which opens the report.
    // biome-ignore lint/a11y/useKeyWithClickEvents: the box itself is what the keyboard uses.
    <td class="tick-cell" onClick={(event) => event.stopPropagation()}>
      <input
        type="checkbox"
        aria-label={l10n.t('Compare {0}', row.name)}
        title={l10n.t('Tick two to compare them')}
        checked={choice.ids.includes(id)}
        onChange={() => choice.toggle(id)}
      />
    </td>
  );
}

/** What to do with the ticks. */
export function CompareBar({ choice, rows }: { choice: CompareChoice; rows: readonly StayRow[] }): JSX.Element | null {
  const { link } = useSessionPage();
  const ticked = choice.ids.flatMap((id) => rows.find(({ participant }) => participant.id === id) ?? []);
  const [first, second] = ticked;
  if (!first) return null;
  return (
    <span class="compare-bar" role="status" data-field="compareBar">
      <button
        type="button"
        class="secondary"
        disabled={!second}
        onClick={() => second && link.compare([first.participant.id, second.participant.id])}
      >
        <Icon name="compare" />
        {second ? l10n.t('Compare {0} and {1}', first.name, second.name) : l10n.t('Compare {0} with…', first.name)}
      </button>
      {!second && <span class="muted">{l10n.t('Tick another one.')}</span>}
      <button type="button" class="text-button" onClick={choice.clear}>
        {l10n.t('Clear')}
      </button>
    </span>
  );
}
