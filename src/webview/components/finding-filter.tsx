import * as l10n from '@vscode/l10n';
import type { JSX } from 'preact';
import { type Finding, SEVERITIES, type Severity } from '../../core/finding';
import { severityWord } from '../../core/finding-words';
import { type FindingFilter, NO_FILTER } from '../finding-filter';

interface FindingFilterBarProps {
  findings: readonly Finding[];
  /** How many pass. */
  shown: number;
  filter: FindingFilter;
  onFilter: (filter: FindingFilter) => void;
}

/** A box for words, and a button for each severity that there is. */
export function FindingFilterBar({ findings, shown, filter, onFilter }: FindingFilterBarProps): JSX.Element | null {
  if (findings.length < 2) return null;
  const { text, hidden } = filter;
  const present = SEVERITIES.filter((severity) => findings.some((finding) => finding.severity === severity));
  const toggle = (severity: Severity) => {
    const next = new Set(hidden);
    if (!next.delete(severity)) next.add(severity);
    onFilter({ ...filter, hidden: next });
  };
  return (
    <div class="finding-filter" data-field="findingFilter">
      <input
        type="search"
        class="filter"
        placeholder={l10n.t('Filter by text, rule or side')}
        aria-label={l10n.t('Filter findings')}
        value={text}
        onInput={({ currentTarget }) => onFilter({ ...filter, text: currentTarget.value })}
      />
      <fieldset class="segments" aria-label={l10n.t('Severities that are listed')}>
        {present.map((severity) => (
          <button
            key={severity}
            type="button"
            aria-pressed={!hidden.has(severity)}
            title={
              hidden.has(severity)
                ? l10n.t('Show findings of {0} severity', severityWord(severity))
                : l10n.t('Hide findings of {0} severity', severityWord(severity))
            }
            onClick={() => toggle(severity)}
          >
            {severityWord(severity)} {findings.filter((finding) => finding.severity === severity).length}
          </button>
        ))}
      </fieldset>
      <span class="muted" role="status" data-field="findingMatches">
        {shown < findings.length ? l10n.t('{0} of {1}', shown, findings.length) : ''}
      </span>
      {shown < findings.length && (
        <button type="button" class="text-button" onClick={() => onFilter(NO_FILTER)}>
          {l10n.t('Clear filter')}
        </button>
      )}
    </div>
  );
}
