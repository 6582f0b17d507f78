import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Evidence, Finding, Severity } from '../../core/finding';
import { SERIES, type SeriesName } from '../../core/series';
import { displayText } from '../../core/text';
import { formatDuration } from '../../core/time';
import type { ShownDiagnosis } from '../../protocol/messages';
import { clock } from '../charts/ticks';
import type { Timeline, TimeRange } from '../charts/timeline';
import { formatNumber } from '../format';
import { Icon } from '../icons';
import { usePage } from '../page';
import type { ReportModel } from '../report-model';

/** Shown at once; the others on demand. */
const FIRST_EVIDENCE = 6;

interface FindingsProps {
  diagnosis: ShownDiagnosis;
  model: ReportModel;
  timeline: Timeline;
}

/** The verdict in one sentence, and below it what was found: a click shows the episode in every chart. */
export function Findings({ diagnosis, model, timeline }: FindingsProps): JSX.Element {
  const { view, setView } = usePage();
  const [chosen, choose] = useState<Finding>();
  const { findings, notEvaluated } = diagnosis;
  const open = view.sections.findings ?? false;
  useEffect(() => choose(undefined), [diagnosis]);

  const show = (finding: Finding): void => {
    const next = finding === chosen ? undefined : finding;
    choose(next);
    const episodes = next ? episodesOf(next) : [];
    timeline.shade(episodes);
    if (episodes.length > 0) timeline.show(around(episodes));
    else timeline.reset();
  };

  return (
    <section class="findings" data-section="findings" aria-label="Findings">
      <div class="verdict-row">
        <Verdict diagnosis={diagnosis} />
        {findings.length + notEvaluated.length > 0 && (
          <button
            type="button"
            class="fold"
            aria-expanded={open}
            onClick={() => setView({ sections: { ...view.sections, findings: !open } })}
          >
            <span>{findings.length === 1 ? '1 finding' : `${findings.length} findings`}</span>
            <Icon name={open ? 'up' : 'down'} />
          </button>
        )}
      </div>
      {open && (
        <>
          <ul class="finding-list">
            {findings.map((finding) => (
              <Item
                key={`${finding.ruleId} ${finding.subject.label} ${finding.start}`}
                finding={finding}
                model={model}
                chosen={finding === chosen}
                onShow={() => show(finding)}
              />
            ))}
          </ul>
          {notEvaluated.length > 0 && (
            <details class="not-evaluated">
              <summary>{notEvaluated.length} rules could not be evaluated</summary>
              <ul>
                {notEvaluated.map(({ ruleId, reason }) => (
                  <li key={`${ruleId} ${reason}`}>
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
      ? 'Too little was measured to say how good this was.'
      : findings.length > 0
        ? 'Nothing that harmed the call was found.'
        : 'Nothing was found.';
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
      <span class="muted">
        Side: {sideText} · confidence {confidence}
      </span>
    </p>
  );
}

/** The severity as a word, so that colour is never alone. */
function Badge({ severity }: { severity: Severity }): JSX.Element {
  return <span class={`severity severity-${severity}`}>{severity}</span>;
}

interface ItemProps {
  finding: Finding;
  model: ReportModel;
  chosen: boolean;
  onShow(): void;
}

function Item({ finding, model, chosen, onShow }: ItemProps): JSX.Element {
  const { severity, title, subject, side, confidence, explanation, suggestion, source, ruleId } = finding;
  const timed = episodesOf(finding).length > 0;
  const about = model.sources.find(({ id }) => id === subject.streamId)?.label ?? subject.label;
  return (
    <li class={chosen ? 'finding chosen' : 'finding'} data-rule={ruleId}>
      <div class="finding-head">
        <Badge severity={severity} />
        <button
          type="button"
          class="link"
          aria-pressed={chosen}
          disabled={!timed}
          title={timed ? 'Show this episode in every chart' : 'It holds for the whole stay'}
          onClick={onShow}
        >
          {displayText(title, 200)}
        </button>
        <span class="muted">
          {displayText(about, 80)} · {whenText(finding)} · side: {side} · confidence {confidence}
        </span>
      </div>
      <details>
        <summary>Why, and what to do</summary>
        <p>{displayText(explanation, 600)}</p>
        <p>
          <strong>What to do:</strong> {displayText(suggestion, 600)}
        </p>
        <EvidenceList evidence={finding.evidence} />
        <p class="muted">
          Rule <code>{ruleId}</code> · {displayText(source, 200)}
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
        <li key={`${each.metric} ${each.at} ${each.value} ${each.streamId}`}>{evidenceText(each)}</li>
      ))}
      {shown.length < evidence.length && (
        <li>
          <button type="button" class="link" onClick={() => setAll(true)}>
            {evidence.length - shown.length} more
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
  const limit = threshold === undefined ? '' : ` (threshold ${formatNumber(threshold, 2)})`;
  return `${name}: ${figure}${unit && ` ${unit}`}${limit}${at === undefined ? '' : ` at ${clock(at)}`}`;
}

function whenText(finding: Finding): string {
  const episodes = episodesOf(finding);
  const [first] = episodes;
  if (!first) return 'whole stay';
  const spent = episodes.reduce((sum, [start, end]) => sum + (end - start), 0);
  if (episodes.length > 1) return `${episodes.length} times, ${formatDuration(spent)} in all`;
  return first[1] > first[0] ? `${clock(first[0])}–${clock(first[1])}` : clock(first[0]);
}

function episodesOf({ episodes, start, end }: Finding): TimeRange[] {
  if (episodes && episodes.length > 0) return episodes.map((each) => [each.start, each.end]);
  return start === undefined ? [] : [[start, end ?? start]];
}

/** All episodes with some room around them, so that before and after can be compared. */
function around(episodes: readonly TimeRange[]): TimeRange {
  const start = Math.min(...episodes.map(([from]) => from));
  const end = Math.max(...episodes.map(([, to]) => to));
  const room = Math.max(30_000, (end - start) * 0.25);
  return [start - room, end + room];
}
