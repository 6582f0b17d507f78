import assert from 'node:assert/strict';
import { mapClient, mapEvent, muteStates, unmutedMs } from '../../../src/providers/hms/map-event';
import { settleCounters } from '../../../src/providers/hms/report/counters';

type HmsEvent = Parameters<typeof mapEvent>[0];

const event = (type: string, raw: unknown, at = 1000): HmsEvent => ({
  id: type,
  at,
  type,
  raw,
  data: raw ?? {},
  path: 'events[0]',
});

describe('events of 100ms', () => {
  it('stand in the lane of what they tell of', () => {
    const lanes = ['track.add.success', 'client.join.failed', 'peer.join.success', 'beam.started'].map(
      (type) => mapEvent(event(type, {})).lane,
    );
    assert.deepEqual(lanes, ['media', 'network', 'presence', 'other']);
  });

  it('hold their data by dotted names, without ids that all have, links and secrets, to a depth', () => {
    const data = {
      room_id: 'r',
      user_name: '',
      error: { code: 5, inner: { name: 'x' } },
      signed_url: 'https://x',
      auth_token: 's',
      deep: { a: { b: { c: { d: { e: { f: 1 } } } } } },
      gone: null,
    };
    const { details } = mapEvent(event('client.publish.failed', data));
    assert.deepEqual(details, { 'error.code': 5, 'error.inner.name': 'x', gone: null });
  });

  it('without data that are an object have no details', () => {
    for (const raw of [null, undefined, 'x', 7, ['a']])
      assert.equal(mapEvent(event('peer.join.success', raw)).details, undefined);
  });

  it('tell when a track was muted; one that was not muted again counts to the end, or not at all', () => {
    const track = (at: number, type: string, mute?: boolean) =>
      event(`track.${type}.success`, { track_id: 't', mute }, at);
    const states = muteStates([
      track(0, 'add', true),
      track(10, 'update', false),
      track(15, 'update', false),
      track(40, 'update', true),
      track(60, 'update', false),
    ]);
    const changes = states.get('t') ?? [];
    assert.deepEqual(
      changes.map(({ at, value }) => [at, value]),
      [
        [0, 'muted'],
        [10, 'unmuted'],
        [40, 'muted'],
        [60, 'unmuted'],
      ],
    );
    // 10 to 40 and 60 to 100.
    assert.deepEqual([unmutedMs(changes, 100), unmutedMs(changes, undefined), unmutedMs(changes, 50)], [70, 30, 30]);
    assert.equal(muteStates([event('track.add.success', {}), event('peer.join.success', { track_id: 'x' })]).size, 0);
  });

  const agents: [what: string, agent: object, expected: object][] = [
    [
      'a browser',
      {
        sdk: 'web',
        sdk_version: '0.10',
        os: 'web_mac_os',
        os_version: '14',
        device_model: 'Chrome_126.0.0.0',
        framework: 'react',
        framework_version: '18',
      },
      {
        device: { os: 'mac os', osVersion: '14' },
        browser: { name: 'Chrome', version: '126.0.0.0' },
        sdk: { name: 'web', version: '0.10', type: 'react 18' },
      },
    ],
    [
      'a phone',
      { sdk: 'android', os: 'Android', device_model: 'Pixel_7' },
      { device: { os: 'Android', isMobile: true }, sdk: { name: 'android' } },
    ],
    ['a browser of no name', { sdk: 'web', os: 'web_linux' }, { device: { os: 'linux' }, sdk: { name: 'web' } }],
    ['nothing but a framework', { framework: 'react' }, {}],
  ];
  for (const [what, agent, expected] of agents) {
    it(`tell what the client was: ${what}`, () =>
      assert.deepEqual(mapClient([event('client.join.failed', { agent })]), expected));
  }

  it('tell nothing of the client where none names it', () =>
    assert.deepEqual(mapClient([event('client.join.failed', {})]), {}));
});

describe('counters of 100ms', () => {
  const settled = (...columns: number[][]) => {
    const tracks = columns.map((column) => ({ series: { freezeCount: Float64Array.from(column) } }));
    const sentences = settleCounters(tracks as never);
    return { sentences, values: tracks.map(({ series }) => [...series.freezeCount]) };
  };

  it('that never fall run: they become counts of each interval, whose sum is the last total; a hole stays one', () => {
    const { sentences, values } = settled([2, Number.NaN, 5, 5, 9], [0, 1]);
    assert.deepEqual(values, [
      [2, Number.NaN, 3, 0, 4],
      [0, 1],
    ]);
    assert.match(sentences.join(), /read as a running total/);
  });

  it('that fall on any track are counts already', () => {
    const { sentences, values } = settled([2, 5, 9], [3, Number.NaN, 1]);
    assert.deepEqual(values, [
      [2, 5, 9],
      [3, Number.NaN, 1],
    ]);
    assert.match(sentences.join(), /read as the count of each interval/);
  });

  it('that were 0 all along need no word', () => assert.deepEqual(settled([0, 0], [Number.NaN]).sentences, []));
});
