import assert from 'node:assert/strict';
import type { CallEvent } from '../../../src/core/model';
import { awayIntervals, backgroundIntervals, mutedIntervals, pausedIntervals } from '../../../src/core/paused';

/** `second name`, with details where a rule reads them. */
function events(...list: [second: number, name: string, details?: CallEvent['details']][]): CallEvent[] {
  return list.map(([at, name, details]) => ({ at, name, lane: 'presence', ...(details && { details }) }));
}

const END = 100;
const pairs = (intervals: readonly { start: number; end: number }[]) => intervals.map(({ start, end }) => [start, end]);

describe('when the page was in the background', () => {
  const cases: [what: string, list: CallEvent[], expected: number[][]][] = [
    ['by the browser’s words', events([10, 'browser_backgrounded'], [20, 'browser_foregrounded']), [[10, 20]]],
    [
      'by the meeting’s tab',
      events(
        [10, 'tab_change', { is_meetings_tab_active: false }],
        [20, 'tab_change', { is_meetings_tab_active: true }],
      ),
      [[10, 20]],
    ],
    [
      'by a tab of no name',
      events([10, 'tab_change', { active: false }], [20, 'tab_change', { active: true }]),
      [[10, 20]],
    ],
    [
      'a change of tab that does not say to which',
      events([10, 'tab_change'], [20, 'tab_change', { active: 'yes' }]),
      [],
    ],
    ['until the end, where it did not come back', events([10, 'page_hidden']), [[10, END]]],
    ['coming back without having gone is nothing', events([10, 'page_visible']), []],
    ['going twice is going once', events([10, 'page_hidden'], [15, 'backgrounded'], [20, 'page_visible']), [[10, 20]]],
  ];
  for (const [what, list, expected] of cases) {
    it(what, () => assert.deepEqual(pairs(backgroundIntervals(list, END)), expected));
  }

  it('of a call whose end is not known, a moment', () => {
    assert.deepEqual(pairs(backgroundIntervals(events([10, 'page_hidden']), undefined)), [[10, 10]]);
    assert.deepEqual(
      pairs(backgroundIntervals(events([10, 'page_hidden']), 5)),
      [[10, 10]],
      'no end before its beginning',
    );
  });
});

describe('when somebody was out of the call', () => {
  it('by the presence events of each provider, and by no others', () => {
    const list = events(
      [10, 'PEER_LEFT'],
      [20, 'PEER_JOINED'],
      [30, 'left'],
      [35, 'noise'],
      [40, 'rejoined'],
      [50, 'disconnected'],
    );
    assert.deepEqual(pairs(awayIntervals(list, END)), [
      [10, 20],
      [30, 40],
      [50, END],
    ]);
    assert.deepEqual(
      awayIntervals(
        list.map((event) => ({ ...event, lane: 'other' })),
        END,
      ),
      [],
    );
  });
});

describe('when a microphone or camera was off', () => {
  const audio = (list: CallEvent[], start?: number) => pairs(pausedIntervals(list, 'audio', start, END));

  it('by a client’s events; before the first “on” it was off', () => {
    const list = events([10, 'audio_on'], [30, 'audio_off'], [35, 'video_off'], [40, 'audio_on']);
    assert.deepEqual(audio(list, 0), [
      [0, 10],
      [30, 40],
    ]);
    assert.deepEqual(audio(list), [[30, 40]], 'when the call began is not known');
    assert.deepEqual(audio(list, 10), [[30, 40]], 'it began with it');
    assert.deepEqual(pairs(pausedIntervals(list, 'video', 0, END)), [[35, END]]);
  });

  it('by the state of a track at 100ms: only of the regular track of that kind', () => {
    const track = (name: string, more: CallEvent['details']): [string, CallEvent['details']] => [
      `track.${name}.success`,
      { type: 'audio', ...more },
    ];
    const list = events(
      [10, ...track('add', { mute: true })],
      [20, ...track('update', { mute: false, source: 'regular' })],
      [25, ...track('update', { mute: true, source: 'screen' })],
      [26, ...track('update', { mute: true, type: 'video' })],
      [27, ...track('update', {})],
      [30, ...track('remove', {})],
      [40, ...track('add', { mute: false })],
    );
    assert.deepEqual(audio(list), [
      [10, 20],
      [30, 40],
    ]);
  });

  it('by the recorded states of a track, whatever order they came in', () => {
    const states = {
      muted: [
        { at: 20, value: 'false' },
        { at: 10, value: 'true' },
        { at: 12, value: 'true' },
      ],
      paused: [{ at: 90, value: 'paused' }],
      other: [{ at: 50, value: 'true' }],
    };
    assert.deepEqual(pairs(mutedIntervals(states, END)), [
      [10, 20],
      [90, END],
    ]);
    assert.deepEqual(mutedIntervals(undefined, END), []);
    assert.deepEqual(pairs(mutedIntervals({ mute: [{ at: 90, value: 'on' }] }, 50)), [[90, 90]]);
  });
});
