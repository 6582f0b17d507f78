import type { JSX } from 'preact';
import { type Finding, SEVERITIES, type Severity } from '../../core/finding';
import { type FindingFilter, NO_FILTER } from '../finding-filter';

interface FindingFilterBarProps {
  findings: readonly Finding[];
  /** How many pass. */
  shown: number;
  filter: FindingFilter;
  onFilter(filter: FindingFilter): void;
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
        placeholder="Filter by text, rule or side"
        aria-label="Filter findings"
        value={text}
        onInput={({ currentTarget }) => onFilter({ ...filter, text: currentTarget.value })}
      />
      <fieldset class="segments" aria-label="Severities that are listed">
        {present.map((severity) => (
          <button
            key={severity}
            type="button"
            aria-pressed={!hidden.has(severity)}
            title={`${hidden.has(severity) ? 'Show' : 'Hide'} findings of ${severity} severity`}
            onClick={() => toggle(severity)}
          >
            {severity} {findings.filter((finding) => finding.severity === severity).length}
          </button>
        ))}
      </fieldset>
      <span class="muted" role="status" data-field="findingMatches">
        {shown < findings.length ? `${shown} of ${findings.length}` : ''}
      </span>
      {shown < findings.length && (
        <button type="button" class="text-button" onClick={() => onFilter(NO_FILTER)}>
          Clear filter
        </button>
      )}
    </div>
  );
}
