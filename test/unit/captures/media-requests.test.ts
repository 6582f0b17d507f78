import assert from 'node:assert/strict';
import { readMediaRequest as fromInternals } from '../../../src/captures/internals/media-requests';
import { requestEvents } from '../../../src/captures/report/events';
import { mapClient, mapDevices } from '../../../src/captures/report/facts';
import { DescriptionReader } from '../../../src/captures/rtcstats/descriptions';
import { isMediaRequest, readMediaRequest } from '../../../src/captures/rtcstats/media-requests';
import type { ItemIssue } from '../../../src/core/model';

describe('requests for media in rtcstats files', () => {
  const read = (name: string, value?: unknown) => readMediaRequest(name, value, 5);

  it('what was asked for: true is anything, false and null nothing, constraints as they came', () => {
    assert.deepEqual(read('navigator.mediaDevices.getUserMedia', { audio: true, video: { width: 640 } }), {
      at: 5,
      method: 'getUserMedia',
      kind: 'request',
      audio: '',
      video: '{"width":640}',
    });
    assert.deepEqual(read('getDisplayMedia', { audio: false, video: 'any' }), {
      at: 5,
      method: 'getDisplayMedia',
      kind: 'request',
      audio: undefined,
      video: 'any',
    });
    assert.deepEqual(read('getUserMedia', 'nonsense'), {
      at: 5,
      method: 'getUserMedia',
      kind: 'request',
      audio: undefined,
      video: undefined,
    });
    assert.equal(read('createOffer'), undefined);
    assert.deepEqual(['getUserMedia', 'getUserMediaOnFailure', 'enumerateDevices'].map(isMediaRequest), [
      true,
      true,
      false,
    ]);
  });

  it('the tracks that came: lists of kind, id and label, objects, or a stream with its tracks', () => {
    const expected = [{ kind: 'audio', id: 'a', label: 'Mic' }];
    const tracks = (value: unknown) => read('getUserMediaOnSuccess', value)?.tracks;
    assert.deepEqual(tracks([['audio', 'a', 'Mic', 'stream']]), expected);
    assert.deepEqual(tracks([{ kind: 'audio', id: 'a', label: 'Mic' }]), expected);
    assert.deepEqual(tracks({ id: 'stream', tracks: [{ kind: 'audio', id: 'a', label: 'Mic' }] }), expected);
    assert.deepEqual(tracks([['video', 'v', 7]]), [{ kind: 'video', id: 'v', label: '' }]);
    assert.deepEqual(tracks([['smell', 's'], ['audio'], null, 'x']), []);
    assert.deepEqual(tracks('nonsense'), []);
  });

  it('why there are none: a text, name and message of an error, or whatever came', () => {
    const error = (value?: unknown) => read('getUserMediaOnFailure', value)?.error;
    assert.equal(error('NotAllowedError'), 'NotAllowedError');
    assert.equal(error({ name: 'NotFoundError', message: 'no camera' }), 'NotFoundError: no camera');
    assert.equal(error({ message: 'no camera' }), 'no camera');
    assert.equal(error({ code: 8 }), '{"code":8}');
    assert.equal(error(), 'null');
  });
});

describe('requests for media in webrtc-internals dumps', () => {
  const read = (record: unknown) => {
    const issues: ItemIssue[] = [];
    return { requests: fromInternals(record, 3, issues), issues };
  };

  it('a track without a label, and one without an id, which is none', () => {
    const record = {
      timestamp: 5,
      request_type: 'getDisplayMedia',
      audio_track_info: '{"label":"x"}',
      video_track_info: '{"id":"v"}',
    };
    assert.deepEqual(read(record).requests, [
      { at: 5, method: 'getDisplayMedia', kind: 'success', tracks: [{ kind: 'video', id: 'v', label: '' }] },
    ]);
  });

  it('a stream without tracks is still an answer', () => {
    assert.deepEqual(read({ timestamp: 5, stream_id: 's' }).requests, [
      { at: 5, method: 'getUserMedia', kind: 'success', tracks: [] },
    ]);
  });

  it('a record without a time is left out, and told', () => {
    for (const record of [{}, null, 'x', { timestamp: 'soon' }]) {
      const { requests, issues } = read(record);
      assert.deepEqual([requests.length, issues.map(({ path }) => path)], [0, ['getUserMedia.3']]);
    }
  });
});

describe('what came of requests for media', () => {
  const at = 5;

  it('as events, with what was asked for, what came, or why not', () => {
    const details = requestEvents([
      { at, method: 'getUserMedia', kind: 'request', audio: '', video: 'w'.repeat(400) },
      {
        at,
        method: 'getUserMedia',
        kind: 'success',
        tracks: [
          { kind: 'audio', id: 'a', label: '' },
          { kind: 'video', id: 'v', label: '' },
        ],
      },
      { at, method: 'getUserMedia', kind: 'success' },
      { at, method: 'getDisplayMedia', kind: 'failure', error: 'NotAllowedError' },
      { at, method: 'getDisplayMedia', kind: 'failure' },
    ]).map((event) => [event.name, event.details]);
    assert.deepEqual(details, [
      ['getUserMedia', { audio: 'any', video: 'w'.repeat(300) }],
      ['getUserMediaOnSuccess', { tracks: 'audio, video' }],
      ['getUserMediaOnSuccess', { tracks: '' }],
      ['getDisplayMediaOnFailure', { error: 'NotAllowedError' }],
      ['getDisplayMediaOnFailure', { error: '' }],
    ]);
  });

  it('as devices that were selected: a screen is one, and a device may have no name', () => {
    assert.deepEqual(
      mapDevices([
        { at, method: 'getUserMedia', kind: 'success', tracks: [{ kind: 'audio', id: 'a', label: 'Mic' }] },
        { at, method: 'getDisplayMedia', kind: 'success', tracks: [{ kind: 'video', id: 'v', label: '' }] },
        { at, method: 'getUserMedia', kind: 'request' },
      ]),
      [
        { at, change: 'selected', kind: 'audioinput', label: 'Mic' },
        { at, change: 'selected', kind: 'screen' },
      ],
    );
  });

  it('processors are told without a user agent too', () => {
    assert.deepEqual(mapClient(undefined, 4), { device: { cpus: 4 } });
    assert.deepEqual(mapClient(undefined, undefined), {});
  });
});

describe('session descriptions in rtcstats files', () => {
  const FIRST = 'v=0\r\no=- 1\r\nm=audio 9\r\na=mid:0\r\nm=video 9\r\na=mid:1\r\n';
  /** As it is written where only the last section changed: `v=` and `m=` stand for what was before. */
  const CHANGED = 'v=\nm=\nm=video 0\r\na=inactive\r\n';
  const WHOLE = 'v=0\r\no=- 1\r\nm=audio 9\r\na=mid:0\r\nm=video 0\r\na=inactive\r\n';
  const offer = (sdp: string) => ({ type: 'offer', sdp });

  it('are whole again by what stood before at the same end', () => {
    for (const method of ['setRemoteDescription', 'setLocalDescription']) {
      const reader = new DescriptionReader();
      assert.deepEqual(reader.read(method, offer(FIRST)), offer(FIRST));
      assert.deepEqual(reader.read(method, offer(CHANGED)), offer(WHOLE));
    }
  });

  it('are whole again by the one that was created, until one is set', () => {
    const reader = new DescriptionReader();
    reader.read('createOfferOnSuccess', offer(FIRST));
    assert.deepEqual(reader.read('setLocalDescription', offer(CHANGED)), offer(WHOLE));
    assert.deepEqual(reader.read('createOfferOnSuccess', offer('v=\nm=\nm=\r\n')), offer(WHOLE));
  });

  it('of another end or type have nothing before, and sections that are new stay', () => {
    const reader = new DescriptionReader();
    reader.read('setLocalDescription', offer(FIRST));
    assert.deepEqual(reader.read('setRemoteDescription', offer(CHANGED)), offer(CHANGED));
    const answer = { type: 'answer', sdp: CHANGED };
    assert.deepEqual(reader.read('setLocalDescription', answer), answer);
    const more = new DescriptionReader();
    more.read('setRemoteDescription', offer('v=0\r\nm=audio 9\r\n'));
    assert.deepEqual(more.read('setRemoteDescription', offer('v=\nm=\nm=\r\n')), offer('v=0\r\nm=audio 9\r\nm=\r\n'));
  });

  it('what is no description is left as it is', () => {
    const reader = new DescriptionReader();
    for (const value of [undefined, 'x', { type: 'offer' }, { sdp: FIRST }])
      assert.equal(reader.read('setLocalDescription', value), value);
    const other = offer(FIRST);
    assert.equal(reader.read('createOffer', other), other);
  });
});
