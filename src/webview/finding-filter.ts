import * as l10n from '@vscode/l10n';
import type { Finding, Severity } from '../core/finding';
import { confidenceWord, severityWord, sideWord } from '../core/finding-words';
import { displayText } from '../core/text';

/** Which findings are listed. */
export interface FindingFilter {
  /** Every word of it must be in what the list says of a finding. */
  text: string;
  /** Those that are left out. */
  hidden: ReadonlySet<Severity>;
}

export const NO_FILTER: FindingFilter = { text: '', hidden: new Set() };

/** The findings that pass. `aboutOf`: who or what a finding is about, as the list says it. */
export function filterFindings(
  findings: readonly Finding[],
  { text, hidden }: FindingFilter,
  aboutOf: (finding: Finding) => string,
): Finding[] {
  const wanted = text.toLowerCase().split(/\s+/).filter(Boolean);
  return findings.filter((finding) => {
    if (hidden.has(finding.severity)) return false;
    const { title, ruleId, side, severity, confidence, explanation, suggestion } = finding;
    const said = [
      title,
      aboutOf(finding),
      ruleId,
      l10n.t('side: {0}', sideWord(side)),
      severityWord(severity),
      confidenceWord(confidence),
      explanation,
      suggestion,
    ];
    const all = said.map((part) => displayText(part, 600).toLowerCase()).join('\n');
    return wanted.every((word) => all.includes(word));
  });
}
