import type { ComponentChildren, JSX } from 'preact';
import { displayText } from '../../core/text';
import { MISSING } from '../format';

/** One labelled value. Text is made fit to show here. */
export interface FactRow {
  label: string;
  /** Stable name for tests and scripts. */
  field: string;
  value: string | undefined | null;
  /** Shown in place of the text, for example a foldable. */
  body?: ComponentChildren;
}

/** A list of labelled values; what is not stated shows as a dash. */
export function Facts({ title, rows }: { title?: string; rows: readonly FactRow[] }): JSX.Element {
  return (
    <div class="facts">
      {title && <h3>{title}</h3>}
      <dl>
        {rows.map(({ label, field, value, body }) => (
          <div key={field}>
            <dt>{displayText(label, 80)}</dt>
            <dd data-field={field}>{body ?? (displayText(value ?? '', 600) || MISSING)}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
