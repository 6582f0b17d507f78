import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import type { SessionRef } from '../../../src/core/ids';
import { whereby } from '../../../src/providers/whereby/descriptor';
import { readWait } from '../../../src/providers/whereby/errors';
import { wherebyForm } from '../../../src/providers/whereby/form';
import { isParticipantAnswer } from '../../../src/providers/whereby/report/recognize';
import { read, segment } from './answers';

describe('the client of a Whereby participant', () => {
  const client = (...agents: unknown[]) =>
    read(agents.map((userAgent, index) => segment({}, { userAgent, timeStamp: 1.7e12 + index * 60_000 })));

  // Browser, version and system as each user agent itself says.
  const webkit = 'AppleWebKit/537.36 (KHTML, like Gecko)';
  const agents: [string, (string | boolean | undefined)[]][] = [
    [
      `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${webkit} Chrome/139.0.0.0 Safari/537.36 Edg/139.0.0.0`,
      ['Microsoft Edge', '139.0.0.0', 'Windows', '10', 'desktop', false],
    ],
    [
      'Mozilla/5.0 (X11; Linux x86_64; rv:141.0) Gecko/20100101 Firefox/141.0',
      ['Firefox', '141.0', 'Linux', undefined, 'desktop', false],
    ],
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1',
      ['Safari', '18.5', 'iOS', '18.5', 'mobile', true],
    ],
    [
      `Mozilla/5.0 (Linux; Android 10; K) ${webkit} Chrome/139.0.0.0 Mobile Safari/537.36`,
      ['Chrome', '139.0.0.0', 'Android', '10', 'mobile', true],
    ],
  ];
  for (const [agent, expected] of agents) {
    it(agent, () => {
      const { browser, device } = client(agent);
      assert.deepEqual(
        [browser?.name, browser?.version, device?.os, device?.osVersion, device?.type, device?.isMobile],
        expected,
      );
      assert.equal(browser?.userAgent, agent);
    });
  }

  it('a frozen version of the system is told to be one', () => {
    const [edge, firefox] = agents.map(([agent]) => agent);
    assert.ok(client(edge).assumptions.some((text) => text.includes('Windows 11 names itself Windows 10')));
    assert.ok(!client(firefox).assumptions.some((text) => text.includes('may be newer')));
  });

  it('the last of several counts, and nothing is made up from nothing', () => {
    const [edge, firefox] = agents.map(([agent]) => agent);
    const report = client(edge, null, firefox, '');
    assert.equal(report.browser?.name, 'Firefox');
    assert.ok(report.assumptions.some((text) => text.includes('2 different user agents')));
    for (const empty of [undefined, null, '', '  ']) {
      const { browser, device } = client(empty);
      assert.deepEqual([browser, device], [undefined, undefined]);
    }
    assert.deepEqual(client('something else').browser, { userAgent: 'something else' });
  });

  it('any text is survived', () => {
    return fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 3000 }), (userAgent) => {
        assert.equal(client(userAgent).browser?.userAgent ?? userAgent, userAgent);
      }),
    );
  });
});

describe('events of a Whereby participant', () => {
  const events = (value: unknown) => read([segment({}, { events: value })]);
  const time = '2025-05-06T10:00:00.000Z';

  it('with a name and a time are on the timeline', () => {
    const report = events([
      { name: 'videoEnabled', timestamp: time, value: false },
      { type: 'rtcConnectionStatus', time: Date.parse(time) + 1000, data: { state: 'failed' } },
    ]);
    assert.deepEqual(report.events, [
      { at: Date.parse(time), name: 'videoEnabled', lane: 'media', details: { value: false } },
      {
        at: Date.parse(time) + 1000,
        name: 'rtcConnectionStatus',
        lane: 'network',
        details: { data: '{"state":"failed"}' },
      },
    ]);
  });

  it('by name are read as well', () => {
    const [event] = events({ audioEnabled: [{ at: time, on: true }] }).events;
    assert.deepEqual([event?.name, event?.lane], ['audioEnabled', 'media']);
  });

  it('in no known form are left to the raw view, and it says so', () => {
    for (const value of [['x', 3], { a: 1 }, 'text', [{ name: 'x' }]]) {
      const report = events(value);
      assert.deepEqual(report.events, []);
      assert.ok(
        report.assumptions.some((text) => text.includes('have no name and time that can be read; see the raw view')),
      );
    }
    for (const value of [undefined, null, [], {}, '']) assert.deepEqual(events(value).events, []);
  });
});

describe('a file that holds the samples of a Whereby participant', () => {
  it('is told from others', () => {
    assert.ok(isParticipantAnswer([segment({})]));
    assert.ok(isParticipantAnswer({ samples: { packetLossRecv: [] } }));
    for (const other of [
      null,
      [],
      {},
      'x',
      [1],
      { results: [{ roomName: '/a' }] },
      { success: true, data: {} },
      [{ userAgent: 'x' }],
    ]) {
      assert.equal(isParticipantAnswer(other), false, JSON.stringify(other));
    }
  });
});

describe('how long Whereby asks to wait', () => {
  const now = Date.UTC(2026, 0, 2, 10, 0, 0);
  const wait = (body: unknown, reset?: string) =>
    readWait(body, (name) => (name === 'x-ratelimit-reset' ? reset : undefined), now);

  it('by msLeft, else by the reset in any of its forms, a minute at most', () => {
    assert.equal(wait({ data: { msLeft: 38_689 } }, '1'), 38_689);
    assert.equal(wait({ data: { msLeft: '250' } }), 250);
    assert.equal(wait({ data: { msLeft: -5 } }), 0);
    assert.equal(wait({ data: { msLeft: 90_000 } }), 60_000);
    for (const msLeft of [null, 'soon', '', Number.NaN]) assert.equal(wait({ data: { msLeft } }, '7'), 7000);
    assert.equal(wait(undefined, 'Fri, 02 Jan 2026 10:00:30 GMT'), 30_000);
    assert.equal(wait(undefined, '2026-01-02T10:00:20.000Z'), 20_000);
    assert.equal(wait(undefined, String(now / 1000 + 12)), 12_000);
    assert.equal(wait(undefined, String(now + 1500)), 1500);
    assert.equal(wait(undefined, String(now - 1500)), 0);
    for (const reset of [undefined, '', 'soon']) assert.equal(wait('text', reset), undefined);
  });
});

describe('a Whereby connection', () => {
  const field = (name: string) => {
    const found = wherebyForm.fields.find((one) => one.name === name);
    assert.ok(found, name);
    return found;
  };

  it('has the names that scripts rely on', () => {
    assert.deepEqual(
      wherebyForm.fields.filter(({ secret }) => secret).map(({ name }) => name),
      ['apiKey'],
    );
    assert.deepEqual(
      wherebyForm.fields.filter(({ secret }) => !secret).map(({ name, advanced }) => [name, advanced]),
      [
        ['lossUnit', true],
        ['dashboardUrlTemplate', true],
        ['baseUrl', true],
      ],
    );
  });

  it('finds the key in what was pasted', () => {
    for (const text of [
      'k.e-y_1',
      ' k.e-y_1\n',
      '"k.e-y_1"',
      'Bearer k.e-y_1',
      'Authorization: Bearer k.e-y_1',
      '"Authorization: Bearer k.e-y_1"',
    ]) {
      assert.equal(field('apiKey').fromPaste?.(text), 'k.e-y_1', text);
    }
    assert.match(field('apiKey').validate?.('two words') ?? '', /must not hold spaces/);
  });

  it('takes one of three units', () => {
    const { validate, fromPaste } = field('lossUnit');
    assert.equal(validate?.(fromPaste?.(' Percent ') ?? ''), undefined);
    assert.match(validate?.('permille') ?? '', /"auto", "fraction" or "percent"/);
  });

  it('takes a template that leads to one place', () => {
    const { validate } = field('dashboardUrlTemplate');
    for (const good of ['https://x.example/{roomSessionId}', 'https://x.example/a?r={roomName}&p={participantId}#x']) {
      assert.equal(validate?.(good), undefined, good);
    }
    for (const bad of [
      'x',
      'http://x.example/{roomName}',
      'javascript:alert({roomName})',
      'https://{roomName}.example',
      'https://x.example/{id}',
      'https://x@y.example/',
    ]) {
      assert.ok(validate?.(bad), bad);
    }
  });

  it('fills the template for what has all its ids, and has no link otherwise', () => {
    const ref: SessionRef = { connectionId: 'c', roomId: '/a b', sessionId: 's/1' };
    const settings = { dashboardUrlTemplate: 'https://x.example/{roomName}/{roomSessionId}' };
    assert.equal(whereby.dashboardUrl?.(settings, ref), 'https://x.example/%2Fa%20b/s%2F1');
    assert.equal(whereby.dashboardUrl(settings, { ...ref, roomId: undefined }), undefined);
    assert.equal(whereby.dashboardUrl(settings), undefined);
    assert.equal(whereby.dashboardUrl({}, ref), undefined);
    const one = { dashboardUrlTemplate: 'https://x.example/?p={participantId}' };
    assert.equal(whereby.dashboardUrl(one, ref), undefined);
    assert.equal(whereby.dashboardUrl(one, { ...ref, participantId: '/p&q' }), 'https://x.example/?p=%2Fp%26q');
  });
});
