import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { recogniseCapture } from '../../../src/captures/recognise';
import { FIXTURES } from '../../paths';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const looks = (content: string | Uint8Array, name?: string): string => {
  const found = recogniseCapture(typeof content === 'string' ? bytes(content) : content, name);
  return found.kind === 'capture' ? found.format : found.kind === 'packed' ? 'packed' : found.looksLike;
};

describe('what a file looks like', () => {
  it('shows from its beginning', () => {
    assert.equal(looks('{\n "getUserMedia": [],\n "PeerConnections": {'), 'webrtc-internals');
    assert.equal(looks('{"deviceMemory": 8, "timestamp": 1, "PeerConnections": {}}'), 'webrtc-internals');
    assert.equal(looks('RTCStatsDump\n{"fileFormat":3}\n'), 'rtcstats');
    assert.equal(looks('["connectionInfo",null,{"path":"/"},1700000000000]\n'), 'rtcstats');
    assert.equal(looks('[39,"PC_0",{},1700000000000]\n'), 'rtcstats');
    assert.equal(looks(gzipSync('{}')), 'packed');
    assert.equal(looks(''), 'an empty file');
    assert.equal(looks('  \n\n'), 'a file of blanks');
    assert.equal(looks('\u0000\u0001\u0002'), 'a binary file');
    assert.equal(looks('<!doctype html>'), 'a web page or XML');
    assert.equal(
      looks('{"statsSessionId":"x","type":"identity","data":{}}'),
      'statistics of a Jitsi server (JVB, Jicofo or Jigasi), which hold no peer connection',
    );
    assert.equal(looks('hello'), 'text of another kind');
  });

  it('is no capture where a name stands deeper inside', () => {
    assert.equal(looks('{"data": {"PeerConnections": {}, "getUserMedia": []}}'), 'JSON of another kind');
    assert.equal(looks('[{"timeStamp":"2026-01-02"}]'), 'JSON of another kind');
    for (const file of [
      'realtimekit/peer-report.json',
      'hms/peer-stats.json',
      'whereby/participant_2026.schema-values.json',
    ]) {
      assert.equal(looks(readFileSync(join(FIXTURES, file))), 'JSON of another kind', file);
    }
  });

  it('may follow from the name', () => {
    assert.equal(looks('{"UserAgent": "x"}', 'webrtc_internals_dump(1).txt'), 'webrtc-internals');
    assert.equal(looks('{"UserAgent": "x"}', 'x.json'), 'JSON of another kind');
  });

  it('is told of anything', () => {
    fc.assert(fc.property(fc.uint8Array(), fc.string(), (head, name) => void recogniseCapture(head, name)));
    fc.assert(fc.property(fc.string(), (text) => void recogniseCapture(bytes(`{${text}`))));
  });
});
