import * as l10n from '@vscode/l10n';
import type { ComponentChildren, JSX } from 'preact';
import { inSentence } from '../../core/in-sentence';
import { displayText } from '../../core/text';
import { regionProps } from '../cells';
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

/** Whether a row says anything. */
export function isStated({ value, body }: Pick<FactRow, 'value' | 'body'>): boolean {
  return body !== undefined || (value !== undefined && value !== null && value !== '' && value !== MISSING);
}

interface FactsProps {
  title?: string;
  rows: readonly FactRow[];
  /** What is not stated is of no interest. */
  brief?: boolean;
}

/** A list of labelled values; those that are not stated are named below in one line. */
export function Facts({ title, rows, brief }: FactsProps): JSX.Element | null {
  const stated = rows.filter(isStated);
  if (brief && stated.length === 0) return null;
  const others = rows.filter((row) => !isStated(row)).map(({ label }) => label);
  return (
    <section class="facts" {...regionProps(title ?? l10n.t('Facts'))}>
      {title && <h3>{title}</h3>}
      <dl>
        {stated.map(({ label, field, value, body }) => (
          <div key={field}>
            <dt>{displayText(label, 80)}</dt>
            <dd data-field={field}>{body ?? (displayText(value ?? '', 600) || MISSING)}</dd>
          </div>
        ))}
      </dl>
      {!brief && <NotStated labels={stated.length > 0 ? others : []} all={stated.length === 0} />}
    </section>
  );
}

/** What could be known and was not told, in one line. */
export function NotStated({ labels, all }: { labels: readonly string[]; all?: boolean }): JSX.Element | null {
  if (!all && labels.length === 0) return null;
  const named = labels.map((label, index) => (index === 0 || /^\S+[A-Z]/.test(label) ? label : inSentence(label)));
  return (
    <p class="muted not-stated" data-field="notStated">
      {all ? l10n.t('Not stated.') : l10n.t('Not stated: {0}.', named.join(', '))}
    </p>
  );
}
