import * as l10n from '@vscode/l10n';
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Finding } from '../../core/finding';
import type { ShownDiagnosis } from '../../protocol/messages';
import type { Timeline, TimeRange } from '../charts/timeline';
import { episodesOf } from '../episodes';
import type { ReportModel } from '../report-model';
import { FindingList } from './finding-list';

interface FindingsProps {
  diagnosis: ShownDiagnosis;
  model: ReportModel;
  timeline: Timeline;
}

/** What was found in a report: a click shows the episode in every chart. */
export function Findings({ diagnosis, model, timeline }: FindingsProps): JSX.Element {
  const [chosen, choose] = useState<Finding>();
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
    <FindingList
      diagnosis={diagnosis}
      aboutOf={({ subject }) => model.sources.find(({ id }) => id === subject.streamId)?.label ?? subject.label}
      chosen={chosen}
      showHint={l10n.t('Show this episode in every chart')}
      onShow={show}
    />
  );
}

/** All episodes with some room around them, so that before and after can be compared. */
function around(episodes: readonly TimeRange[]): TimeRange {
  const start = Math.min(...episodes.map(([from]) => from));
  const end = Math.max(...episodes.map(([, to]) => to));
  const room = Math.max(30_000, (end - start) * 0.25);
  return [start - room, end + room];
}
