import * as l10n from '@vscode/l10n';
import type { JSX } from 'preact';
import { useMemo, useRef, useState } from 'preact/hooks';
import type { Person } from '../../core/presence';
import type { StayList } from '../../protocol/session-messages';
import type { PeopleOrder } from '../../protocol/session-state';
import { handleKey } from '../charts/keys';
import { momentLabel, type TimeReading, timeTicks } from '../charts/ticks';
import { TimeSlider } from '../charts/time-slider';
import { Timeline, type TimeRange } from '../charts/timeline';
import { useCursor, useRange } from '../charts/use-timeline';
import { Section } from '../components/section';
import { useWidth } from '../components/use-width';
import { timeZoneName } from '../format';
import { Icon } from '../icons';
import type { SessionModel } from './model';
import { useSessionPage } from './page';
import { PersonRows } from './person-rows';
import { between, countPath, momentWords, personWords, sortPeople } from './presence-model';
import { useTrackPointer } from './track-pointer';

/** Rows drawn at first; a town hall has hundreds of people. */
const FIRST_PEOPLE = 40;
const ORDERS: readonly [PeopleOrder, string][] = [
  ['join', l10n.t('First join')],
  ['name', l10n.t('Name')],
  ['time', l10n.t('Time in the call')],
];

/** Who was there when: one row for each person, with all their stays on it. */
export function Presence({ model, stays }: { model: SessionModel; stays: StayList }): JSX.Element {
  const { span, most } = model;
  const live = model.session.status === 'live';
  return (
    <Section
      name="presence"
      title={l10n.t('Presence')}
      note={most > 0 ? l10n.t('at most {0} at once', most) : undefined}
    >
      {() => {
        if (span && stays.items.length > 0) return <PresencePlot model={model} span={span} />;
        if (stays.reading) return <p class="empty">{l10n.t('Reading the participants…')}</p>;
        if (stays.error) return <p class="empty">{l10n.t('The participants could not be read.')}</p>;
        return (
          <p class="empty" data-field="nobody">
            {live
              ? l10n.t('Nobody has joined yet.')
              : l10n.t('Nobody joined this session, as far as the provider knows.')}
          </p>
        );
      }}
    </Section>
  );
}

function PresencePlot({ model, span }: { model: SessionModel; span: TimeRange }): JSX.Element {
  const { view, announce } = useSessionPage();
  const timeline = useKeptTimeline(span);
  const range = useRange(timeline);
  const [picked, setPicked] = useState<string>();
  const [all, setAll] = useState(false);
  const overlay = useRef<HTMLDivElement>(null);
  const width = useWidth(overlay);
  const reading = useMemo<TimeReading>(
    () => ({ mode: view.timeMode, origin: model.origin }),
    [view.timeMode, model.origin],
  );
  const people = useMemo(() => sortPeople(model.people, view.people), [model, view.people]);
  const shown = all ? people : people.slice(0, FIRST_PEOPLE);
  const selected = people.find(({ key }) => key === picked);
  const pointer = useTrackPointer(timeline, overlay, setPicked);
  const ticks = timeTicks(range, reading, width);
  const share = (at: number) => `${((at - range[0]) / (range[1] - range[0])) * 100}%`;

  const onKeyDown = (event: KeyboardEvent) => {
    const did = handleKey(event, timeline, (range[1] - range[0]) / 100);
    if (!did) return;
    event.preventDefault();
    const [from, to] = timeline.range;
    announce(
      did === 'moved'
        ? momentWords(model, timeline.cursor ?? from, reading)
        : l10n.t('In view: {0} to {1}', momentLabel(from, reading), momentLabel(to, reading)),
    );
  };

  return (
    <div class="presence">
      <PresenceToolbar timeline={timeline} />
      <ReadOut model={model} timeline={timeline} reading={reading} person={selected} />
      <div class="presence-plots" {...pointer.handlers}>
        <TimeSlider
          class="presence-axis"
          timeline={timeline}
          reading={reading}
          label={l10n.t('Time cursor')}
          description={l10n.t(
            'Left and right move the cursor and say who was there, with Shift further, with Alt the view. Plus and minus zoom, 0 or Escape shows all.',
          )}
          onKeyDown={onKeyDown}
        >
          <div class="ticks">
            {ticks.map(({ at, label }) => (
              <span key={at} class="tick" style={{ left: share(at) }}>
                {label}
              </span>
            ))}
          </div>
        </TimeSlider>
        <div class="person count-row">
          <span class="person-name muted">{l10n.t('At once')}</span>
          <div class="track">
            <svg
              class="count-area"
              viewBox="0 0 1000 100"
              preserveAspectRatio="none"
              role="img"
              aria-label={l10n.t('People at once, at most {0}', model.most)}
            >
              <path d={countPath(model, range)} />
            </svg>
          </div>
          <span class="person-time muted">{l10n.t('max {0}', model.most)}</span>
        </div>
        <PersonRows model={model} people={shown} range={range} reading={reading} picked={picked} onPick={setPicked} />
        <div class="presence-overlay" ref={overlay} aria-hidden="true">
          {ticks.map(({ at }) => (
            <span key={at} class="grid-line" style={{ left: share(at) }} />
          ))}
          {selected?.stays.map(({ from, to, participantId }) => (
            <span
              key={`${participantId} ${from}`}
              class="overlap-shade"
              style={between(Math.max(from, range[0]), Math.min(to, range[1]), range)}
            />
          ))}
          {pointer.selection && <span class="zoom-selection" style={between(...pointer.selection, range)} />}
          <CursorMark timeline={timeline} />
        </div>
      </div>
      {shown.length < people.length && (
        <button type="button" class="text-button show-all" onClick={() => setAll(true)}>
          {l10n.t('Show all {0} rows', people.length)}
        </button>
      )}
    </div>
  );
}

function PresenceToolbar({ timeline }: { timeline: Timeline }): JSX.Element {
  const { view, setView } = useSessionPage();
  useRange(timeline);
  return (
    <div class="toolbar-row">
      <fieldset class="segments" aria-label={l10n.t('How time reads')}>
        <button type="button" aria-pressed={view.timeMode === 'clock'} onClick={() => setView({ timeMode: 'clock' })}>
          {l10n.t('Clock')}
        </button>
        <button type="button" aria-pressed={view.timeMode === 'offset'} onClick={() => setView({ timeMode: 'offset' })}>
          {l10n.t('Time into call')}
        </button>
      </fieldset>
      <span class="zone" data-field="timeZone">
        {view.timeMode === 'clock' ? timeZoneName() : l10n.t('from the start')}
      </span>
      <span class="spring" />
      <button
        type="button"
        class="text-button"
        disabled={!timeline.zoomed}
        title={l10n.t('Drag over the timeline to zoom in')}
        onClick={() => timeline.reset()}
      >
        <Icon name="zoomOut" />
        {l10n.t('Reset zoom')}
      </button>
      <label class="pick">
        <span class="muted">{l10n.t('Order')}</span>
        <select
          data-field="order"
          value={view.people}
          onChange={({ currentTarget }) => setView({ people: currentTarget.value as PeopleOrder })}
        >
          {ORDERS.map(([order, label]) => (
            <option key={order} value={order}>
              {label}
            </option>
          ))}
        </select>
      </label>
    </div>
  );
}

interface ReadOutProps {
  model: SessionModel;
  timeline: Timeline;
  reading: TimeReading;
  person?: Person;
}

/** One line that always has its place: who was there under the cursor, or what is known of the row that is chosen. */
function ReadOut({ model, timeline, reading, person }: ReadOutProps): JSX.Element {
  const cursor = useCursor(timeline);
  const text =
    cursor !== undefined
      ? momentWords(model, cursor, reading)
      : person
        ? personWords(model, person, reading)
        : l10n.t('Point at the timeline to see who was there at a moment, at a name to see with whom.');
  return (
    <p class={cursor === undefined && !person ? 'read-out muted' : 'read-out'} data-field="readOut" title={text}>
      {text}
    </p>
  );
}

function CursorMark({ timeline }: { timeline: Timeline }): JSX.Element | null {
  const cursor = useCursor(timeline);
  const [from, to] = useRange(timeline);
  if (cursor === undefined || cursor < from || cursor > to) return null;
  return <span class="presence-cursor" style={{ left: `${((cursor - from) / (to - from)) * 100}%` }} />;
}

/** One axis for as long as the span stays; of a live session the span grows, and a zoom is kept. */
function useKeptTimeline([from, to]: TimeRange): Timeline {
  const kept = useRef<Timeline | undefined>(undefined);
  return useMemo(() => {
    const former = kept.current;
    const timeline = new Timeline([from, to], former?.zoomed ? former.range : undefined);
    timeline.setCursor(former?.cursor);
    kept.current = timeline;
    return timeline;
  }, [from, to]);
}
