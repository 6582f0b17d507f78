import * as l10n from '@vscode/l10n';
import type { JSX } from 'preact';
import { useId, useMemo, useState } from 'preact/hooks';
import { FILE_CONNECTION } from '../../core/ids';
import { momentLabel, type TimeReading } from '../charts/ticks';
import type { Timeline } from '../charts/timeline';
import { useCursor } from '../charts/use-timeline';
import { Icon } from '../icons';
import { usePage } from '../page';
import type { Metric, ReportModel, Source } from '../report-model';
import { groupStreams, type StreamPart } from '../stream-groups';
import { StreamItem } from './stream-item';

interface StreamListProps {
  model: ReportModel;
  metrics: readonly Metric[];
  hidden: ReadonlySet<string>;
  timeline: Timeline;
  reading: TimeReading;
  painted: boolean;
  onHide: (ids: string[]) => void;
}

/** Which streams are drawn, and what they measured at the cursor. */
export function StreamList(props: StreamListProps): JSX.Element {
  const { model, hidden, timeline, reading } = props;
  const id = useId();
  const [folded, setFolded] = useState(false);
  const { sources } = model;
  const groups = useMemo(() => groupStreams(sources), [sources]);
  const shown = sources.filter((source) => !hidden.has(source.id)).length;
  return (
    <nav class={folded ? 'streams folded' : 'streams'} data-section="streams" aria-label={l10n.t('Streams')}>
      <h2>
        <button
          type="button"
          class="fold only-narrow"
          aria-expanded={!folded}
          aria-controls={id}
          onClick={() => setFolded(!folded)}
        >
          <Icon name={folded ? 'right' : 'down'} />
          {l10n.t('Streams')} <span class="note">{l10n.t('{0} of {1} shown', shown, sources.length)}</span>
        </button>
        <span class="only-wide">{l10n.t('Streams')}</span>
        {sources.length > 0 && <ReadAt timeline={timeline} reading={reading} />}
      </h2>
      <div id={id} class="stream-groups">
        {sources.length === 0 && <p class="empty">{l10n.t('No streams in this report.')}</p>}
        {groups.map(({ group, title, parts }) => (
          <section class="stream-group" key={group} aria-label={title}>
            {/* One line that sums up all of them has the heading's name itself. */}
            <h3 class={parts.every((part) => part.members[0]?.name === title) ? 'sr-only' : undefined}>{title}</h3>
            {parts.map((part) => (
              <Part key={part.members[0]?.source.id} part={part} {...props} />
            ))}
          </section>
        ))}
      </div>
    </nav>
  );
}

/** What the figures in the list stand for. */
function ReadAt({ timeline, reading }: Pick<StreamListProps, 'timeline' | 'reading'>): JSX.Element {
  const cursor = useCursor(timeline);
  return (
    <span class="read-at" data-field="readAt">
      {cursor === undefined ? l10n.t('median') : l10n.t('at {0}', momentLabel(cursor, reading))}
    </span>
  );
}

interface PartProps extends StreamListProps {
  part: StreamPart;
}

/** What belongs together, with a heading that hides and shows all of it. */
function Part({ part, model, hidden, onHide, ...rest }: PartProps): JSX.Element {
  const { host } = usePage();
  const { title, members } = part;
  const sources = members.map(({ source }) => source);
  const allShown = sources.every(({ id }) => !hidden.has(id));
  const toggle = (some: readonly Source[], hide: boolean) => {
    const others = [...hidden].filter((id) => !some.some((source) => source.id === id));
    onHide(hide ? [...others, ...some.map(({ id }) => id)] : others);
  };
  const isolate = (some: readonly Source[]) => {
    const others = model.sources.filter((each) => !some.includes(each)).map(({ id }) => id);
    const alone = some.every(({ id }) => !hidden.has(id)) && others.every((id) => hidden.has(id));
    onHide(alone ? model.hiddenAtFirst : others);
  };
  return (
    <>
      {title && (
        <div class="part-head">
          <h4>
            <button
              type="button"
              class="part-name"
              aria-pressed={allShown}
              title={allShown ? l10n.t('Hide all {0}', members.length) : l10n.t('Show all {0}', members.length)}
              onClick={() => toggle(sources, allShown)}
            >
              {title}
            </button>
          </h4>
          <button
            type="button"
            class="icon-button quiet"
            aria-label={l10n.t('Isolate {0}, all {1}; again: show the usual ones', title, members.length)}
            title={l10n.t('Show only these {0}', members.length)}
            onClick={() => isolate(sources)}
          >
            <Icon name="only" />
          </button>
        </div>
      )}
      <ul class={title ? 'part' : undefined}>
        {members.map(({ source, name }) => (
          <StreamItem
            key={source.id}
            source={source}
            name={name}
            period={source.replaced ? periodOf(source, rest.reading) : undefined}
            visible={!hidden.has(source.id)}
            metrics={rest.metrics}
            timeline={rest.timeline}
            painted={rest.painted}
            onToggle={() => toggle([source], !hidden.has(source.id))}
            onIsolate={() => isolate([source])}
            onCompare={hasOtherEnd(model, source) ? () => host.compareEnds(source.id) : undefined}
          />
        ))}
      </ul>
    </>
  );
}

/** Whether somebody sent it whose report the connection can read; a file holds one report. */
function hasOtherEnd({ subject }: ReportModel, { stream }: Source): boolean {
  if (subject.ref === undefined || subject.ref.connectionId === FILE_CONNECTION) return false;
  return stream?.direction === 'receive' && stream.remoteParticipantId !== undefined;
}

/** From when on a track was there that replaced another one, or was replaced. */
function periodOf({ times: [first] }: Source, reading: TimeReading): string | undefined {
  if (first === undefined) return undefined;
  return l10n.t({ message: 'from {0}', args: [momentLabel(first, reading)], comment: ['since a moment'] });
}
