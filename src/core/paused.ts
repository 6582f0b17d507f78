import type { Interval } from './finding';
import type { CallEvent, StateChange } from './model';

/** Events that turn a microphone or camera off and on, as providers name them. */
const SWITCHES: Record<'audio' | 'video', { off: ReadonlySet<string>; on: ReadonlySet<string> }> = {
  audio: {
    off: new Set(['audio_off', 'audioOff', 'mic_off', 'microphone_off', 'audio_muted', 'mute']),
    on: new Set(['audio_on', 'audioOn', 'mic_on', 'microphone_on', 'audio_unmuted', 'unmute']),
  },
  video: {
    off: new Set(['video_off', 'videoOff', 'camera_off', 'video_muted']),
    on: new Set(['video_on', 'videoOn', 'camera_on', 'video_unmuted']),
  },
};

/** Events of a page that goes to the background and comes back. */
const HIDDEN = new Set(['browser_backgrounded', 'meeting_view_backgrounded', 'backgrounded', 'page_hidden']);
const SHOWN = new Set(['browser_foregrounded', 'meeting_view_foregrounded', 'foregrounded', 'page_visible']);

/** When the own microphone or camera was off, by the client's events in the order of time. */
export function pausedIntervals(
  events: readonly CallEvent[],
  kind: 'audio' | 'video',
  start: number | undefined,
  end: number | undefined,
): Interval[] {
  return collect(
    events,
    end,
    (event) => switchOf(event, kind),
    // Where the first that is heard is "on", it was off before.
    start,
  );
}

/** When the page was in the background. */
export function backgroundIntervals(events: readonly CallEvent[], end: number | undefined): Interval[] {
  return collect(events, end, ({ name, details }) => {
    if (HIDDEN.has(name)) return 'off';
    if (SHOWN.has(name)) return 'on';
    if (name !== 'tab_change') return undefined;
    const active = details?.is_meetings_tab_active ?? details?.active;
    return active === false ? 'off' : active === true ? 'on' : undefined;
  });
}

/** What a provider's presence events say of somebody who goes and comes back: `PEER_LEFT`, `left`, `disconnected`. */
const GOES = /(?:^|[_.\s])(?:left|leave|leaving|disconnected|removed|kicked)$/i;
const COMES = /(?:^|[_.\s])(?:joined|join|joining|rejoined|connected|reconnected)$/i;

/** When the participant was out of the call between two stays, by the events of presence in the order of time. */
export function awayIntervals(events: readonly CallEvent[], end: number | undefined): Interval[] {
  return collect(events, end, ({ name, lane }) => {
    if (lane !== 'presence') return undefined;
    return GOES.test(name) ? 'off' : COMES.test(name) ? 'on' : undefined;
  });
}

/** Names under which providers record that a track was muted or paused. */
const MUTE_STATES = ['muted', 'paused', 'mute'] as const;
/** Values of a mute or pause state in which nothing is to be expected of a track; a removed one is gone. */
const MUTED: ReadonlySet<string> = new Set(['true', 'on', 'muted', 'paused', 'removed']);

/** When a track was muted or paused by its own recorded states; `end` closes one that goes on. */
export function mutedIntervals(
  states: Readonly<Record<string, readonly StateChange[]>> | undefined,
  end: number,
): Interval[] {
  return MUTE_STATES.flatMap((name) => onIntervals(states?.[name] ?? [], end));
}

function onIntervals(states: readonly StateChange[], end: number): Interval[] {
  const list: Interval[] = [];
  let since: number | undefined;
  for (const { at, value } of [...states].sort((a, b) => a.at - b.at)) {
    const on = MUTED.has(value);
    if (on && since === undefined) since = at;
    if (!on && since !== undefined) {
      list.push({ start: since, end: at });
      since = undefined;
    }
  }
  if (since !== undefined) list.push({ start: since, end: Math.max(end, since) });
  return list;
}

/** The latest moment that any event tells of. */
export function lastMoment(events: readonly CallEvent[]): number | undefined {
  return events[events.length - 1]?.at;
}

function switchOf({ name, details }: CallEvent, kind: 'audio' | 'video'): 'off' | 'on' | undefined {
  if (SWITCHES[kind].off.has(name)) return 'off';
  if (SWITCHES[kind].on.has(name)) return 'on';
  // 100ms: a track's state at each change; a track that is gone is off.
  if (!name.startsWith('track.') || details?.type !== kind || (details.source ?? 'regular') !== 'regular')
    return undefined;
  if (name === 'track.remove.success') return 'off';
  return details.mute === true ? 'off' : details.mute === false ? 'on' : undefined;
}

function collect(
  events: readonly CallEvent[],
  end: number | undefined,
  read: (event: CallEvent) => 'off' | 'on' | undefined,
  start?: number,
): Interval[] {
  const list: Interval[] = [];
  let since: number | undefined;
  let heard = false;
  for (const event of events) {
    const word = read(event);
    if (word === undefined) continue;
    if (word === 'off') since ??= event.at;
    else {
      if (!heard && since === undefined && start !== undefined && start < event.at) since = start;
      if (since !== undefined) list.push({ start: since, end: event.at });
      since = undefined;
    }
    heard = true;
  }
  if (since !== undefined) list.push({ start: since, end: Math.max(end ?? since, since) });
  return list;
}
