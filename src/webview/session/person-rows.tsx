import * as l10n from '@vscode/l10n';
import type { JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';
import type { Person, Stay } from '../../core/presence';
import { displayText } from '../../core/text';
import { formatDuration } from '../../core/time';
import { momentLabel, type TimeReading } from '../charts/ticks';
import type { TimeRange } from '../charts/timeline';
import { rowName, type SessionModel } from './model';
import { useSessionPage } from './page';
import { between, personWords, timeWords } from './presence-model';

interface PersonRowsProps {
  model: SessionModel;
  people: readonly Person[];
  range: TimeRange;
  reading: TimeReading;
  picked?: string;
  onPick: (person: string | undefined) => void;
}

/** The rows of the timeline. Arrows move between names, Enter opens the report of the longest stay. */
export function PersonRows({ model, people, range, reading, picked, onPick }: PersonRowsProps): JSX.Element {
  const { link } = useSessionPage();
  const list = useRef<HTMLUListElement>(null);
  const [entered, setEntered] = useState<string>();
  // One of the names is in the tab order; arrows go to the others.
  const tabStop = people.some(({ key }) => key === entered) ? entered : people[0]?.key;

  const onKeyDown = (event: KeyboardEvent) => {
    const names = [...(list.current?.querySelectorAll<HTMLButtonElement>('button.person-name') ?? [])];
    const at = names.indexOf(event.target as HTMLButtonElement);
    const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: names.length - 1 }[event.key];
    if (at < 0 || next === undefined) return;
    event.preventDefault();
    names[Math.min(Math.max(0, next), names.length - 1)]?.focus();
  };

  return (
    <ul class="people" ref={list} aria-label={l10n.t('Who was there')}>
      {people.map((person) => {
        const name = rowName(person);
        const longest = longestStay(person);
        const role = displayText(person.role ?? '', 30).toLowerCase();
        return (
          <li
            key={person.key}
            class={`person${person.machine ? ' machine' : ''}${picked === person.key ? ' picked' : ''}`}
            data-person={person.key}
          >
            <button
              type="button"
              class="person-name"
              tabIndex={person.key === tabStop ? 0 : -1}
              aria-label={personWords(model, person, reading)}
              title={name}
              onFocus={() => {
                setEntered(person.key);
                onPick(person.key);
              }}
              onBlur={() => onPick(undefined)}
              onKeyDown={onKeyDown}
              onClick={() => longest && link.openParticipant(longest)}
            >
              {name}
              {person.machine && role !== name.toLowerCase() && <span class="muted"> {role}</span>}
            </button>
            <div class="track">
              {person.stays.map((stay) => (
                <Bar
                  key={`${stay.participantId} ${stay.from}`}
                  stay={stay}
                  name={name}
                  range={range}
                  reading={reading}
                />
              ))}
            </div>
            <span class="person-time">{timeWords(person)}</span>
          </li>
        );
      })}
    </ul>
  );
}

interface BarProps {
  stay: Stay;
  name: string;
  range: TimeRange;
  reading: TimeReading;
}

function Bar({ stay, name, range, reading }: BarProps): JSX.Element | null {
  const { link } = useSessionPage();
  const { from, to, end, participantId } = stay;
  const start = Math.max(from, range[0]);
  const stop = Math.min(to, range[1]);
  if (stop < start) return null;
  return (
    <button
      type="button"
      class={`stay ${end}${to > range[1] ? ' cut' : ''}`}
      tabIndex={-1}
      style={between(start, stop, range)}
      data-stay={participantId}
      title={barTitle(name, stay, reading)}
      aria-hidden="true"
      onClick={() => link.openParticipant(participantId)}
    />
  );
}

function barTitle(name: string, { from, to, end }: Stay, reading: TimeReading): string {
  const joined = momentLabel(from, reading);
  if (end === 'here') return l10n.t('{name}: joined {joined}, still here. Click for the report.', { name, joined });
  const left = momentLabel(to, reading);
  if (end === 'unknown')
    return l10n.t('{name}: joined {joined}, gone by {left}, when is not known. Click for the report.', {
      name,
      joined,
      left,
    });
  return l10n.t('{name}: joined {joined}, left {left} ({length}). Click for the report.', {
    name,
    joined,
    left,
    length: formatDuration(to - from),
  });
}

function longestStay({ stays, participants }: Person): string | undefined {
  const longest = [...stays].sort((a, b) => b.to - b.from - (a.to - a.from))[0];
  return longest?.participantId ?? participants[0]?.id;
}
