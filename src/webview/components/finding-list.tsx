import * as l10n from '@vscode/l10n';
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Evidence, Finding, Severity } from '../../core/finding';
import { confidenceWord, severityWord, sideWord } from '../../core/finding-words';
import { SERIES, type SeriesName, unitWord } from '../../core/series';
import { displayText } from '../../core/text';
import { formatDuration } from '../../core/time';
import type { ShownDiagnosis } from '../../protocol/messages';
import { clock } from '../charts/ticks';
import { episodesOf } from '../episodes';
import { filterFindings, NO_FILTER } from '../finding-filter';
import { formatNumber } from '../format';
import { Icon } from '../icons';
import { useCommonPage } from '../page';
import { FindingFilterBar } from './finding-filter';

/** Shown at once; the others on demand. */
const FIRST_EVIDENCE = 6;

interface FindingListProps {
  diagnosis: ShownDiagnosis;
  /** Who or what a finding is about, for people. */
  aboutOf: (finding: Finding) => string;
  /** The one that is looked at. */
  chosen?: Finding;
  /** What a click on a finding does, and its hint; missing where it does nothing. */
  onShow?: (finding: Finding) => void;
  showHint?: string;
}

/** The verdict in one sentence, and below it what was found, which folds. */
export function FindingList({ diagnosis, aboutOf, chosen, onShow, showHint }: FindingListProps): JSX.Element {
  const { view, setView } = useCommonPage();
  const { findings, notEvaluated } = diagnosis;
  const open = view.sections.findings ?? false;
  const [filter, setFilter] = useState(NO_FILTER);
  const shown = filterFindings(findings, filter, aboutOf);
  return (
    <section class="findings" data-section="findings" aria-label={l10n.t('Findings')}>
      <div class="verdict-row">
        <Verdict diagnosis={diagnosis} />
        {findings.length + notEvaluated.length > 0 && (
          <button
            type="button"
            class="fold"
            aria-expanded={open}
            onClick={() => setView({ sections: { ...view.sections, findings: !open } })}
          >
            <span>{findings.length === 1 ? l10n.t('1 finding') : l10n.t('{0} findings', findings.length)}</span>
            <Icon name={open ? 'up' : 'down'} />
          </button>
        )}
      </div>
      {open && (
        <>
          <FindingFilterBar findings={findings} shown={shown.length} filter={filter} onFilter={setFilter} />
          {shown.length === 0 && findings.length > 0 && <p class="empty">{l10n.t('No finding matches the filter.')}</p>}
          <ul class="finding-list">
            {shown.map((finding) => (
              <Item
                key={[finding.ruleId, finding.subject.participantId, finding.subject.label, finding.start].join(' ')}
                finding={finding}
                about={aboutOf(finding)}
                chosen={finding === chosen}
                showHint={showHint}
                onShow={onShow}
              />
            ))}
          </ul>
          {notEvaluated.length > 0 && (
            <details class="not-evaluated">
              <summary>
                {notEvaluated.length === 1
                  ? l10n.t('1 rule could not be evaluated')
                  : l10n.t('{0} rules could not be evaluated', notEvaluated.length)}
              </summary>
              <ul>
                {notEvaluated.map(({ ruleId, reason, participantId }) => (
                  <li key={`${ruleId} ${participantId ?? ''} ${reason}`}>
                    <code>{ruleId}</code> {displayText(reason, 300)}
                  </li>
                ))}
              </ul>
            </details>
          )}
        </>
      )}
    </section>
  );
}

function Verdict({ diagnosis: { verdict, thin, findings } }: { diagnosis: ShownDiagnosis }): JSX.Element {
  if (!verdict) {
    const text = thin
      ? l10n.t('Too little was measured to say how good this was.')
      : findings.length > 0
        ? l10n.t('Nothing that harmed the call was found.')
        : l10n.t('Nothing was found.');
    return (
      <p class="verdict" data-field="verdict">
        {text}
      </p>
    );
  }
  const { sentence, severity, sideText, confidence } = verdict;
  return (
    <p class="verdict" data-field="verdict" data-severity={severity}>
      <Badge severity={severity} /> <strong>{displayText(sentence, 400)}</strong>{' '}
      <span class="muted">{l10n.t('Side: {0} · confidence {1}', sideText, confidenceWord(confidence))}</span>
    </p>
  );
}

/** The severity as a word, so that colour is never alone. */
function Badge({ severity }: { severity: Severity }): JSX.Element {
  return <span class={`severity severity-${severity}`}>{severityWord(severity)}</span>;
}

interface ItemProps extends Pick<FindingListProps, 'onShow' | 'showHint'> {
  finding: Finding;
  about: string;
  chosen: boolean;
}

function Item({ finding, about, chosen, onShow, showHint }: ItemProps): JSX.Element {
  const { severity, title, side, confidence, explanation, suggestion, source, ruleId } = finding;
  const able = onShow !== undefined && episodesOf(finding).length > 0;
  return (
    <li class={chosen ? 'finding chosen' : 'finding'} data-rule={ruleId}>
      <div class="finding-head">
        <Badge severity={severity} />
        {able ? (
          <button type="button" class="link" aria-pressed={chosen} title={showHint} onClick={() => onShow(finding)}>
            {displayText(title, 200)}
          </button>
        ) : (
          <span>{displayText(title, 200)}</span>
        )}
        <span class="muted">
          {[
            displayText(about, 80),
            whenText(finding),
            l10n.t('side: {0}', sideWord(side)),
            l10n.t('confidence {0}', confidenceWord(confidence)),
          ].join(' · ')}
        </span>
      </div>
      <details>
        <summary>{l10n.t('Why, and what to do')}</summary>
        <p>{displayText(explanation, 600)}</p>
        <p>
          <strong>{l10n.t('What to do:')}</strong> {displayText(suggestion, 600)}
        </p>
        <EvidenceList evidence={finding.evidence} />
        <p class="muted">
          {l10n.t('Rule')} <code>{ruleId}</code> · {displayText(source, 200)}
        </p>
      </details>
    </li>
  );
}

function EvidenceList({ evidence }: { evidence: readonly Evidence[] }): JSX.Element {
  const [all, setAll] = useState(false);
  const shown = all ? evidence : evidence.slice(0, FIRST_EVIDENCE);
  return (
    <ul class="evidence">
      {shown.map((each) => (
        <li key={[each.metric, each.at, each.value, each.streamId].join(' ')}>{evidenceText(each)}</li>
      ))}
      {shown.length < evidence.length && (
        <li>
          <button type="button" class="link" onClick={() => setAll(true)}>
            {l10n.t('{0} more', evidence.length - shown.length)}
          </button>
        </li>
      )}
    </ul>
  );
}

/** "Packet loss 8.10 % (threshold 3) at 10:58:07". */
function evidenceText({ metric, value, unit, threshold, at }: Evidence): string {
  const info = metric in SERIES ? SERIES[metric as SeriesName] : undefined;
  const name = info?.label ?? displayText(metric, 80);
  const figure = typeof value === 'number' ? formatNumber(value, info?.decimals ?? 2) : displayText(value, 160);
  const measured = `${name}: ${figure}${unit && ` ${unitWord(unit)}`}`;
  if (threshold === undefined) {
    return at === undefined ? measured : l10n.t('{measured} at {time}', { measured, time: clock(at) });
  }
  const limit = formatNumber(threshold, Number.isInteger(threshold) ? 0 : 2);
  return at === undefined
    ? l10n.t('{measured} (threshold {limit})', { measured, limit })
    : l10n.t('{measured} (threshold {limit}) at {time}', { measured, limit, time: clock(at) });
}

function whenText(finding: Finding): string {
  const episodes = episodesOf(finding);
  const [first] = episodes;
  if (!first) return l10n.t('whole stay');
  const spent = episodes.reduce((sum, [start, end]) => sum + (end - start), 0);
  if (episodes.length > 1) return l10n.t('{0} times, {1} in all', episodes.length, formatDuration(spent));
  return first[1] > first[0] ? `${clock(first[0])}–${clock(first[1])}` : clock(first[0]);
}
