import * as vscode from 'vscode';
import { CallError } from '../../core/errors';
import type { Capabilities, RoomSort, SearchMode } from '../../providers/contract';
import { describeFilter, type ListFilter } from '../../tree/filters';
import { queryChoices } from '../connections/query-steps';

/** Which list is filtered: they offer different things. */
export type FilterTarget = 'sessions' | 'live' | 'rooms' | 'participants';

const TITLES: Readonly<Record<FilterTarget, string>> = {
  sessions: vscode.l10n.t('Filter sessions'),
  live: vscode.l10n.t('Filter live sessions'),
  rooms: vscode.l10n.t('Filter rooms'),
  participants: vscode.l10n.t('Filter participants'),
};

interface Choice extends vscode.QuickPickItem {
  change(filter: ListFilter): ListFilter | undefined | Promise<ListFilter | undefined>;
}

/** Asks how to narrow or sort a list, one thing at a time. Undefined clears the filter; rejects with `Cancelled` on Escape. */
export async function askForFilter(
  target: FilterTarget,
  capabilities: Capabilities,
  present: ListFilter | undefined,
): Promise<ListFilter | undefined> {
  const choices = [...choicesFor(target, capabilities)];
  if (present && describeFilter(present)) {
    choices.push({
      label: vscode.l10n.t('$(clear-all) Clear filter'),
      description: describeFilter(present),
      change: () => undefined,
    });
  }
  const chosen = await vscode.window.showQuickPick(choices, {
    title: TITLES[target],
    placeHolder: vscode.l10n.t(
      'The provider filters and sorts, rows that were not loaded yet included, unless it says otherwise',
    ),
  });
  if (!chosen) throw cancelled();
  return chosen.change(present ?? {});
}

function choicesFor(target: FilterTarget, capabilities: Capabilities): Choice[] {
  switch (target) {
    case 'rooms':
      return roomChoices(capabilities.rooms);
    case 'participants':
      return participantChoices(capabilities.participants);
    default:
      return sessionChoices(capabilities, target === 'live');
  }
}

function sessionChoices({ sessions: can, media }: Capabilities, live: boolean): Choice[] {
  const choices: Choice[] = can.query ? queryChoices(can.query, live ? 'live' : 'sessions') : [];
  choices.push(
    searchChoice(
      can.search
        ? vscode.l10n.t('Room title, room id or session id')
        : vscode.l10n.t('Room title or session id; {0}', LOADED_ONLY),
    ),
  );
  choices.push({ label: vscode.l10n.t('$(watch) At least so long…'), description: LOADED_ONLY, change: askMinMinutes });
  // Of a playback there is one viewer.
  if (media !== 'playback')
    choices.push({
      label: vscode.l10n.t('$(organization) At least so many people…'),
      ...(!can.participantCount && { description: LOADED_ONLY }),
      change: askMinParticipants,
    });
  if (can.participantCount)
    choices.push({ label: vscode.l10n.t('$(person) Number of people…'), change: askParticipants });
  if (can.person && !live)
    choices.push({ label: vscode.l10n.t('$(account) Sessions of one person…'), change: askPerson });
  if (can.timeRange && !live) {
    choices.push(
      timeChoice(vscode.l10n.t('$(calendar) Started after…'), 'from'),
      timeChoice(vscode.l10n.t('$(calendar) Started before…'), 'to'),
    );
    choices.push(
      { label: vscode.l10n.t('$(circle-filled) Live only'), change: (filter) => ({ ...filter, live: true }) },
      { label: vscode.l10n.t('$(circle-outline) Ended only'), change: (filter) => ({ ...filter, live: false }) },
    );
  }
  if (can.sort.includes('createdAt')) {
    choices.push(sortChoice(vscode.l10n.t('Newest first'), { sortBy: 'createdAt', sortOrder: 'descending' }));
    choices.push(sortChoice(vscode.l10n.t('Oldest first'), { sortBy: 'createdAt', sortOrder: 'ascending' }));
  }
  if (can.sort.includes('endedAt')) {
    choices.push(sortChoice(vscode.l10n.t('Last to end first'), { sortBy: 'endedAt', sortOrder: 'descending' }));
  }
  if (can.sort.includes('participants')) {
    choices.push(sortChoice(vscode.l10n.t('Most people first'), { sortBy: 'participants', sortOrder: 'descending' }));
    choices.push(sortChoice(vscode.l10n.t('Fewest people first'), { sortBy: 'participants', sortOrder: 'ascending' }));
  }
  if (can.sort.includes('minutesConsumed')) {
    choices.push(
      sortChoice(vscode.l10n.t('Most participant-minutes first'), {
        sortBy: 'minutesConsumed',
        sortOrder: 'descending',
      }),
    );
    choices.push(
      sortChoice(vscode.l10n.t('Fewest participant-minutes first'), {
        sortBy: 'minutesConsumed',
        sortOrder: 'ascending',
      }),
    );
  }
  return choices;
}

function roomChoices(can: Capabilities['rooms']): Choice[] {
  const choices: Choice[] = can.search && !can.searchModes ? [searchChoice(vscode.l10n.t('Title or id'))] : [];
  if (can.query) choices.push(...queryChoices(can.query, 'rooms'));
  for (const mode of can.searchModes ?? []) choices.push(searchChoice(SEARCH_MODES[mode], mode));
  for (const [roomSort, label] of Object.entries(ROOM_SORTS) as [RoomSort, string][]) {
    if (can.sort?.includes(roomSort)) choices.push(sortChoice(label, { roomSort, sortOrder: 'descending' }));
  }
  if (can.createdRange) {
    choices.push(
      timeChoice(vscode.l10n.t('$(calendar) Created after…'), 'from'),
      timeChoice(vscode.l10n.t('$(calendar) Created before…'), 'to'),
    );
  }
  if (can.template) choices.push({ label: vscode.l10n.t('$(file-code) Made from a template…'), change: askTemplate });
  for (const status of can.status ?? []) {
    choices.push({
      label: vscode.l10n.t('$(circle-outline) {0} only', status.toLowerCase()),
      change: (filter) => ({ ...filter, status }),
    });
  }
  return choices;
}

function participantChoices(can: Capabilities['participants']): Choice[] {
  const choices: Choice[] = can.search ? [searchChoice(vscode.l10n.t('Name, participant id or custom id'))] : [];
  if (can.sort.includes('joinedAt')) {
    choices.push(
      sortChoice(vscode.l10n.t('First joined first'), { participantSort: 'joinedAt', sortOrder: 'ascending' }),
    );
    choices.push(
      sortChoice(vscode.l10n.t('Last joined first'), { participantSort: 'joinedAt', sortOrder: 'descending' }),
    );
  }
  if (can.sort.includes('leftAt')) {
    choices.push(
      sortChoice(vscode.l10n.t('First to leave first'), { participantSort: 'leftAt', sortOrder: 'ascending' }),
    );
    choices.push(
      sortChoice(vscode.l10n.t('Last to leave first'), { participantSort: 'leftAt', sortOrder: 'descending' }),
    );
  }
  if (can.sort.includes('duration')) {
    choices.push(
      sortChoice(vscode.l10n.t('Longest stay first'), { participantSort: 'duration', sortOrder: 'descending' }),
    );
    choices.push(
      sortChoice(vscode.l10n.t('Shortest stay first'), { participantSort: 'duration', sortOrder: 'ascending' }),
    );
  }
  if (can.views) {
    choices.push(
      {
        label: vscode.l10n.t('$(combine) Add up time in breakout rooms'),
        change: (filter) => ({ ...filter, view: 'consolidated' }),
      },
      {
        label: vscode.l10n.t('$(list-flat) Each breakout room on its own'),
        change: (filter) => ({ ...filter, view: 'raw' }),
      },
    );
  }
  return choices;
}

const SEARCH_MODES: Record<SearchMode, string> = {
  contains: vscode.l10n.t('Name contains'),
  startsWith: vscode.l10n.t('Name begins with'),
  exact: vscode.l10n.t('Name is'),
};

const ROOM_SORTS: Record<RoomSort, string> = {
  lastSessionAt: vscode.l10n.t('Latest session first'),
  createdAt: vscode.l10n.t('Newest first'),
  sessions: vscode.l10n.t('Most sessions first'),
  participants: vscode.l10n.t('Most people first'),
  minutesConsumed: vscode.l10n.t('Most participant-minutes first'),
};

function searchChoice(what: string, searchMode?: SearchMode): Choice {
  return {
    label: vscode.l10n.t('$(search) Search…'),
    description: what,
    change: async (filter) => {
      const search = await askText({
        prompt: what,
        value: filter.search,
        placeHolder: vscode.l10n.t('Leave empty to show all'),
      });
      return { ...filter, search: search || undefined, searchMode: search ? searchMode : undefined };
    },
  };
}

function sortChoice(label: string, sort: ListFilter): Choice {
  return {
    label: `$(sort-precedence) ${label}`,
    change: (filter) => ({ ...filter, orderBy: undefined, ...sort }),
  };
}

function timeChoice(label: string, field: 'from' | 'to'): Choice {
  return {
    label,
    change: async (filter) => {
      const text = await askText({
        prompt: vscode.l10n.t('A date or a date and time, in your time zone. Leave empty for no limit.'),
        placeHolder: vscode.l10n.t('2026-01-31 or 2026-01-31 14:30'),
        value: filter[field] === undefined ? undefined : localText(filter[field]),
        validateInput: (value) =>
          value.trim() === '' || readLocalTime(value) !== undefined
            ? undefined
            : vscode.l10n.t('Expected a date such as 2026-01-31 or 2026-01-31 14:30.'),
      });
      return { ...filter, [field]: text.trim() === '' ? undefined : readLocalTime(text) };
    },
  };
}

/** Said of what the provider cannot filter by. */
const LOADED_ONLY = vscode.l10n.t('sorts out loaded rows only, the provider cannot');

async function askMinMinutes(filter: ListFilter): Promise<ListFilter> {
  const prompt = vscode.l10n.t(
    'Shortest duration in minutes. Leave empty for any. Rows that were not loaded yet are not looked at.',
  );
  return { ...filter, minMinutes: await askNumber(prompt, filter.minMinutes, false) };
}

async function askMinParticipants(filter: ListFilter): Promise<ListFilter> {
  const prompt = vscode.l10n.t('Smallest number of people. Leave empty for any.');
  return { ...filter, minParticipants: await askNumber(prompt, filter.minParticipants, true) };
}

async function askNumber(prompt: string, present: number | undefined, whole: boolean): Promise<number | undefined> {
  const read = (text: string) => Number(text.trim().replace(',', '.'));
  const isRight = (value: number) => value > 0 && value < 1e6 && (!whole || Number.isInteger(value));
  const text = await askText({
    prompt,
    placeHolder: whole ? '3' : '10',
    value: present === undefined ? undefined : String(present),
    validateInput: (typed) =>
      typed.trim() === '' || isRight(read(typed))
        ? undefined
        : whole
          ? vscode.l10n.t('Expected a whole number above 0.')
          : vscode.l10n.t('Expected a number above 0.'),
  });
  return text.trim() === '' ? undefined : read(text);
}

async function askPerson(filter: ListFilter): Promise<ListFilter> {
  const prompt = vscode.l10n.t('The id that your app gave the person when they joined. Leave empty for everybody.');
  const personId = await askText({ prompt, value: filter.personId });
  return { ...filter, personId: personId.trim() || undefined };
}

async function askTemplate(filter: ListFilter): Promise<ListFilter> {
  const prompt = vscode.l10n.t('Id of the template. Leave empty for any.');
  const templateId = await askText({ prompt, value: filter.templateId });
  return { ...filter, templateId: templateId.trim() || undefined };
}

async function askParticipants(filter: ListFilter): Promise<ListFilter> {
  const { participants } = filter;
  const text = await askText({
    prompt: vscode.l10n.t('Smallest and largest number of people. Leave empty for any.'),
    placeHolder: '2-10',
    value: participants ? `${participants.min}-${participants.max}` : undefined,
    validateInput: (value) =>
      value.trim() === '' || readRange(value)
        ? undefined
        : vscode.l10n.t('Expected two numbers such as 2-10, the smaller one first.'),
  });
  return { ...filter, participants: readRange(text) };
}

async function askText(options: vscode.InputBoxOptions): Promise<string> {
  const text = await vscode.window.showInputBox(options);
  if (text === undefined) throw cancelled();
  return text;
}

function readRange(text: string): { min: number; max: number } | undefined {
  const match = /^\s*(\d{1,6})\s*[-–:]\s*(\d{1,6})\s*$/.exec(text);
  if (!match) return undefined;
  const [min, max] = [Number(match[1]), Number(match[2])];
  return min <= max ? { min, max } : undefined;
}

/** Reads `YYYY-MM-DD[ HH:MM]` in the person's time zone as epoch ms. */
function readLocalTime(text: string): number | undefined {
  const match = /^\s*(\d{4}-\d\d-\d\d)(?:[ T](\d\d:\d\d))?\s*$/.exec(text);
  if (!match) return undefined;
  // Without a zone a date-time is read as local time, a bare date as UTC: so a time is always given.
  const time = Date.parse(`${match[1] as string}T${match[2] ?? '00:00'}`);
  return Number.isNaN(time) ? undefined : time;
}

function localText(time: number): string {
  const date = new Date(time);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ${two(date.getHours())}:${two(date.getMinutes())}`;
}

function cancelled(): CallError {
  return new CallError('Cancelled', vscode.l10n.t('Cancelled.'));
}
