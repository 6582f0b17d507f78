import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { isTransient, networkError } from '../../../src/providers/http/failures';
import { backOffMs, parseRetryAfter, waitInWords } from '../../../src/providers/http/retry';
import { requestUrl, segment } from '../../../src/providers/http/url';
import { StampReader } from '../../../src/providers/realtimekit/report/stamps';
import { eventLane } from '../../../src/providers/realtimekit/report/timeline';

describe('HTTP, without a network', () => {
  it('reads Retry-After as seconds or as an HTTP date', () => {
    const now = Date.UTC(2026, 0, 2, 10, 0, 0);
    const cases: [string | undefined, number | undefined][] = [
      ['0', 0],
      ['7', 7000],
      [' 7 ', 7000],
      ['Fri, 02 Jan 2026 10:00:30 GMT', 30_000],
      ['Thu, 01 Jan 2026 10:00:30 GMT', 0],
      [undefined, undefined],
      ['', undefined],
      ['-5', undefined],
      ['soon', undefined],
      ['1e9', undefined],
    ];
    for (const [value, ms] of cases) assert.equal(parseRetryAfter(value, now), ms, String(value));
  });

  it('backs off twice as long each time, with jitter in the upper half', () => {
    assert.deepEqual(
      [0, 1, 2].map((attempt) => backOffMs(100, attempt, () => 0)),
      [50, 100, 200],
    );
    assert.deepEqual(
      [0, 1, 2].map((attempt) => backOffMs(100, attempt, () => 1)),
      [100, 200, 400],
    );
  });

  it('says a wait in words', () => {
    assert.deepEqual([1, 1000, 40_000, 300_000, 4 * 3_600_000].map(waitInWords), [
      '1 second',
      '1 second',
      '40 seconds',
      '5 minutes',
      '4 hours',
    ]);
  });

  it('says what to check when there is no connection', () => {
    const cases: [string, RegExp][] = [
      ['ENOTFOUND', /name api\.example could not be found.*DNS and the base URL/],
      ['ECONNREFUSED', /refused the connection.*base URL/],
      ['CERT_HAS_EXPIRED', /certificate of api\.example was not accepted/],
      ['DEPTH_ZERO_SELF_SIGNED_CERT', /certificate/],
      ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', /certificate/],
      ['ERR_TLS_CERT_ALTNAME_INVALID', /certificate/],
      ['ENETUNREACH', /cannot be reached from this network.*VPN/],
      ['ETIMEDOUT', /did not answer the connection attempt/],
      ['HPE_INVALID_CONSTANT', /not HTTP.*base URL/],
      ['ECONNRESET', /broke \(ECONNRESET\).*proxy/],
      ['', /broke \(no reason given\)/],
    ];
    for (const [code, text] of cases) {
      const error = networkError(code, 'api.example', undefined);
      assert.equal(error.kind, 'Network');
      assert.match(error.text, text);
    }
    assert.deepEqual(
      ['ECONNRESET', 'EAI_AGAIN', 'CERT_HAS_EXPIRED', 'ENOTFOUND', 'HPE_INVALID_CONSTANT'].map(isTransient),
      [true, true, false, false, false],
    );
  });

  it('makes an address that stays within the base, whatever the id', () => {
    const id = fc.string({ unit: 'binary', minLength: 1 }).filter((text) => text !== '.' && text !== '..');
    const joined = fc.property(id, id, (one, other) => {
      const url = requestUrl('https://api.example/v1/', `/a/${segment(one)}/b`, { q: other });
      assert.equal(url.origin, 'https://api.example');
      assert.ok(url.pathname.startsWith('/v1/a/') && url.pathname.endsWith('/b'));
      assert.equal(url.pathname.split('/').length, 5);
      assert.equal(url.searchParams.get('q'), other.toWellFormed());
    });
    return fc.assert(joined);
  });
});

describe('timestamps of samples', () => {
  it('are read like any ISO date, row after row', () => {
    const reader = new StampReader();
    const moments = fc.array(fc.integer({ min: 0, max: Date.UTC(9999, 0, 1) }));
    const same = fc.property(moments, (list) => {
      for (const moment of list) assert.equal(reader.read(new Date(moment).toISOString()), moment);
    });
    return fc.assert(same);
  });

  it('are NaN when they are none, in the usual length too', () => {
    const reader = new StampReader();
    const none = [
      '2024-05-06T10:00:60.000Z',
      '2024-02-31T25:00:00.000Z',
      '2024-0a-06T10:00:00.000Z',
      '2024-13-06T10:00:00.000Z',
    ];
    for (const value of [...none, '', 'null', 'x'.repeat(24), null, undefined, 5]) {
      assert.ok(Number.isNaN(reader.read(value)), String(value));
    }
  });
});

describe('the lane of an event', () => {
  it('follows its name, known or not', () => {
    const lanes: Record<string, string> = {
      precall_begin: 'network',
      precall_end: 'network',
      call_join: 'presence',
      PEER_LEAVING: 'presence',
      audio_off: 'media',
      video_on: 'media',
      screenshare_start: 'media',
      tab_change: 'page',
      browser_backgrounded: 'page',
      meeting_view_backgrounded: 'page',
      network_change: 'network',
      something_new: 'other',
    };
    for (const [name, lane] of Object.entries(lanes)) assert.equal(eventLane(name), lane, name);
  });
});
