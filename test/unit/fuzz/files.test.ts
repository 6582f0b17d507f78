import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { readCapture } from '../../../src/captures/read';
import { readKeptBadCalls } from '../../../src/commands/bad-calls/state';
import { diagnoseReport } from '../../../src/diagnosis/index';
import { readSavedSession } from '../../../src/export/read-session';
import { makeSavedSession, sessionParts } from '../../../src/export/session-json';
import { readComparePanelState, readFromComparePage } from '../../../src/protocol/compare-schema';
import { readChat as readHmsChat } from '../../../src/providers/hms/kept/chat';
import { readTranscript as readHmsTranscript } from '../../../src/providers/hms/kept/transcript';
import { readChat } from '../../../src/providers/realtimekit/kept/chat';
import { readTranscript } from '../../../src/providers/realtimekit/kept/transcript';
import { encode } from '../../fuzz/fake-transport';
import { Dice, mutate } from '../../fuzz/mutate';
import { fuzz, reportCount } from '../../fuzz/run';
import { FIXTURES } from '../../paths';
import { dump, internalsStats } from '../captures/captures';

const signal = new AbortController().signal;
const file = (name: string) => readFileSync(join(FIXTURES, name));
const text = (value: string) => new TextEncoder().encode(value);
const REF = { connectionId: 'c', sessionId: 's', participantId: 'p' };

const DUMP = dump(
  internalsStats({
    OT1: { type: 'outbound-rtp', members: { kind: ['video', 'video'], packetsSent: [1, 50], bytesSent: [9, 9000] } },
    IT1: { type: 'inbound-rtp', members: { kind: ['audio', 'audio'], packetsLost: [0, 2], jitter: [0.01, 0.02] } },
    CP1: { type: 'candidate-pair', members: { state: ['succeeded', 'succeeded'], currentRoundTripTime: [0.1, 0.2] } },
  }),
);
const LINES = gunzipSync(file('captures/published/firefox-relay.jsonl.gz')).toString('utf8').split('\n').slice(0, 60);
const CHAT =
  'id,participantId,sessionId,meetingId,displayName,pinned,isEdited,payloadType,payload,createdAt\n' +
  '1,p1,s1,m1,"A, B",false,false,TEXT_MESSAGE,"a ""quoted"" word",2026-01-01T00:00:00Z\n';
const SRT = '1\n00:00:01,000 --> 00:00:02,500\nA: hello\n\n2\n00:00:03,000 --> 00:00:04,000\nB: yes\n';

describe('fuzz: files', () => {
  reportCount();

  const read = async (bytes: Uint8Array) => {
    const capture = await readCapture({ bytes }, { name: 'capture.json' });
    for (const { report } of capture.connections) {
      for (const { id, times, series } of report.streams) {
        for (const column of Object.values(series)) assert.equal(column.length, times.length, id);
      }
      diagnoseReport(report);
    }
  };
  fuzz({ name: 'a webrtc-internals dump', tryCase: (seed) => read(encode(mutate(DUMP, seed))) });
  fuzz({
    name: 'a webrtc-internals dump, damaged text',
    tryCase: (seed) => read(text(damaged(JSON.stringify(DUMP), new Dice(seed)))),
  });
  fuzz({
    name: 'an rtcstats file',
    tryCase: (seed) => {
      const dice = new Dice(seed);
      const lines = [...LINES];
      for (let count = 0; count < 3; count++) {
        const at = 1 + dice.below(lines.length - 2);
        lines[at] = changedLine(lines[at] ?? '', dice, seed + count);
      }
      return read(text(lines.join('\n')));
    },
  });

  fuzz({
    name: 'the chat of RealtimeKit',
    tryCase: (seed) => readChat(text(damaged(CHAT, new Dice(seed))), signal),
  });
  fuzz({
    name: 'the chat of 100ms',
    tryCase: (seed) => readHmsChat(text(damaged(CHAT, new Dice(seed))), [], signal),
  });
  for (const name of ['transcript.csv', 'transcript.json']) {
    const whole = file(`realtimekit/${name}`).toString('utf8');
    fuzz({
      name: `a RealtimeKit ${name}`,
      tryCase: (seed) => {
        const dice = new Dice(seed);
        const mutated = name.endsWith('json') && dice.next() < 0.5;
        const bytes = mutated ? encode(mutate(JSON.parse(whole), seed)) : text(damaged(whole, dice));
        return readTranscript(bytes, 0, signal);
      },
    });
  }
  for (const format of ['json', 'srt', 'txt']) {
    const whole =
      format === 'json'
        ? '{"sentences":[{"peer_id":"p","name":"A","sentence":"hello","start_time":1.5,"end_time":2.5,"words":[]}]}'
        : SRT;
    fuzz({
      name: `a 100ms transcript as ${format}`,
      tryCase: (seed) => readHmsTranscript(text(damaged(whole, new Dice(seed))), format, []),
    });
  }

  fuzz({
    name: 'a saved session',
    tryCase: (seed) => {
      const session = { id: 's', status: 'ended', startedAt: 1, endedAt: 2 } as const;
      const source = {
        ref: REF,
        session,
        participants: [{ id: 'p', name: 'A' }],
        reports: [],
        findings: [],
        notEvaluated: [],
      };
      const saved = [...sessionParts(makeSavedSession(source as never, false, 0))].join('');
      readSavedSession(JSON.parse(new TextDecoder().decode(encode(mutate(JSON.parse(saved), seed)))), 'file.json');
    },
  });

  const messages = [
    { v: 1, type: 'ready', client: 'page' },
    { v: 1, type: 'action', action: 'swap' },
    { v: 1, type: 'side', side: 1, action: 'retry' },
  ];
  for (const message of messages) {
    it(`a message of the comparison page: ${message.type}, as it should be`, () =>
      assert.deepEqual(readFromComparePage(message), message));
    fuzz({
      name: `a message of the comparison page: ${message.type}`,
      tryCase: (seed) => void readFromComparePage(mutate(message, seed, { inMemory: true })),
    });
  }
  const state = {
    version: 1,
    refs: [REF, REF],
    titles: ['A', 'B'],
    view: { sections: {}, timeMode: 'clock', extraMetrics: [] },
  };
  it('the state of a comparison, as it should be', () => assert.deepEqual(readComparePanelState(state), state));
  fuzz({
    name: 'the state of a comparison',
    tryCase: (seed) => void readComparePanelState(mutate(state, seed, { inMemory: true })),
  });
  fuzz({
    name: 'the kept outcome of a search for bad calls',
    tryCase: (seed) => {
      const kept = {
        query: { connectionId: 'c', days: 7 },
        calls: [{ ref: REF, title: 'Room', state: 'bad', startedAt: 1, problems: [{ severity: 'high', title: 'x' }] }],
        total: 1,
      };
      const stored = mutate(kept, seed, { inMemory: true });
      readKeptBadCalls({ get: () => stored, update: async () => undefined });
    },
  });
});

/** One line of an rtcstats file, mutated as JSON or cut. */
function changedLine(line: string, dice: Dice, seed: number): string {
  if (dice.next() < 0.3) return damaged(line, dice);
  try {
    return new TextDecoder().decode(encode(mutate(JSON.parse(line), seed)));
  } catch {
    return line.slice(0, dice.below(line.length + 1));
  }
}

/** A text cut, doubled, or with something odd in it. */
function damaged(whole: string, dice: Dice): string {
  const at = dice.below(whole.length + 1);
  const odd = dice.pick(['\u0000', '"', '\n', ',', '\\', '{', ']', '\u202e', '\ud800', '1e999', '-->', ':', ' ']);
  return dice.pick([
    () => whole.slice(0, at),
    () => whole.slice(at),
    () => whole.slice(0, at) + odd + whole.slice(at),
    () => whole + whole,
    () => whole.slice(0, at) + odd.repeat(500) + whole.slice(at),
  ])();
}
