import assert from 'node:assert/strict';
import { parse } from 'csv-parse/sync';
import * as fc from 'fast-check';
import { Masker } from '../../../src/core/mask';
import type { Chat, ChatMessage, TranscriptLine } from '../../../src/core/talk';
import { chatParts } from '../../../src/export/chat';
import { maskTalk } from '../../../src/export/mask-talk';
import {
  CHAT_FORMATS,
  entryAt,
  entryAtTime,
  TRANSCRIPT_FORMATS,
  type TranscriptDocument,
  type TranscriptFormat,
  timesOf,
  type WrittenTalk,
  writeTalk,
} from '../../../src/export/talk-document';
import { transcriptParts } from '../../../src/export/transcript';
import { readSrt, readVtt } from './cue-grammar';

const START = Date.UTC(2026, 2, 4, 9, 30);
const clock = {
  date: (at: number) => new Date(at).toISOString().slice(0, 10),
  time: (at: number) => new Date(at).toISOString().slice(11, 19),
  zone: 'UTC',
};
const subject = { title: 'Weekly', provider: 'RealtimeKit', sessionId: 's1', startedAt: START };
const pause = async () => undefined;

function document(lines: TranscriptLine[], more: Partial<TranscriptDocument['transcript']> = {}): TranscriptDocument {
  return { kind: 'transcript', subject, transcript: { lines, origin: START, assumptions: [], issues: [], ...more } };
}

function written(lines: TranscriptLine[], format: TranscriptFormat, more = {}): Promise<WrittenTalk> {
  return writeTalk(transcriptParts(document(lines, more), format, clock), lines.length, pause);
}

const LINES: TranscriptLine[] = [
  { from: 1000, to: 2500, speaker: 'Alice', participantId: 'p1', userId: 'u1', customId: 'c1', text: 'Hello everyone' },
  { from: 3000, speaker: 'Bob', text: 'Hi,\n"Alice" & <all> --> you' },
  { from: 3_723_004, text: '=1+1' },
];

describe('a transcript in its formats', () => {
  it('as text: clock, time into the session, speaker, text, a line each', async () => {
    const { text } = await written(LINES, 'text', { assumptions: [`${'word '.repeat(30)}end`] });
    assert.equal(
      text,
      [
        'Transcript: Weekly',
        '2026-03-04 · RealtimeKit · 3 sentences of 3 speakers',
        'Clock time (UTC), time into the session, speaker.',
        `Note: ${'word '.repeat(18)}`.trimEnd(),
        `      ${'word '.repeat(12)}end`,
        '',
        '09:30:01     0:01  Alice:           Hello everyone',
        '09:30:03     0:03  Bob:             Hi, "Alice" & <all> --> you',
        '10:32:03  1:02:03  Unknown speaker: =1+1',
        '',
      ].join('\n'),
    );
  });

  it('without times: speaker and text', async () => {
    const { text } = await written([{ speaker: 'A', text: 'x' }], 'text', { origin: undefined });
    assert.match(text, /\n\nA: x\n$/);
    assert.match((await written([], 'text')).text, /0 sentences of 0 speakers\n\n$/);
  });

  it('as SRT, as the published example has it', async () => {
    const published: TranscriptLine[] = [
      { from: 1000, to: 2500, speaker: 'Alice', text: 'Hello everyone' },
      { from: 3000, to: 4500, speaker: 'Bob', text: 'Hi Alice' },
    ];
    assert.equal(
      (await written(published, 'srt')).text,
      '1\n00:00:01,000 --> 00:00:02,500\nAlice: Hello everyone\n\n2\n00:00:03,000 --> 00:00:04,500\nBob: Hi Alice\n\n',
    );
  });

  it('as WebVTT, with the speaker in a voice span', async () => {
    assert.equal(
      (await written(LINES.slice(0, 2), 'vtt', { assumptions: ['guessed --> so'] })).text,
      [
        'WEBVTT',
        '',
        'NOTE guessed -> so',
        '',
        '1',
        '00:00:01.000 --> 00:00:02.500',
        '<v Alice>Hello everyone',
        '',
        '2',
        '00:00:03.000 --> 00:00:08.000',
        '<v Bob>Hi, "Alice" &amp; &lt;all&gt; --&gt; you',
        '',
        '',
      ].join('\n'),
    );
  });

  it('as JSON, a sentence a line', async () => {
    const { text, starts } = await written(LINES, 'json');
    const value = JSON.parse(text);
    assert.deepEqual(
      [value.format, value.version, value.sessionId, value.origin, value.lines.length],
      ['peerscope.transcript', 1, 's1', START, 3],
    );
    assert.deepEqual(value.lines[0], { ...LINES[0], at: '2026-03-04T09:30:01.000Z' });
    assert.equal(JSON.parse(text.split('\n')[starts[2] as number] as string).text, '=1+1');
    assert.deepEqual(JSON.parse((await written([], 'json')).text).lines, []);
  });

  it('as CSV, no cell of which runs as a formula', async () => {
    const { text } = await written(LINES, 'csv');
    const rows = parse(text);
    assert.deepEqual(rows[0], ['time', 'fromMs', 'toMs', 'speaker', 'participantId', 'userId', 'customId', 'text']);
    assert.deepEqual(rows[1], [
      '2026-03-04T09:30:01.000Z',
      '1000',
      '2500',
      'Alice',
      'p1',
      'u1',
      'c1',
      'Hello everyone',
    ]);
    assert.equal(rows[3]?.at(-1), "'=1+1");
  });
});

/** Texts with everything that means something to a format. */
const hostile = fc.string({
  unit: fc.constantFrom(...Array.from('ab:,;"\'=+-@<>&|\n\r\t \u2028\u202E\u0000\uD800$(){}1')),
  maxLength: 40,
});
const anyLine = fc.record(
  {
    from: fc.nat(400_000_000),
    to: fc.nat(400_000_000),
    speaker: hostile,
    participantId: hostile,
    text: fc.oneof(hostile, fc.constant('a\n\n00:00:01,000 --> 00:00:02,000\nb'), fc.string()),
  },
  { requiredKeys: ['text', 'from'] },
);
const anyLines = fc
  .array(anyLine, { maxLength: 20 })
  .map((lines) => lines.sort((a, b) => a.from - b.from) as TranscriptLine[]);

describe('whatever is said', () => {
  it('SRT and WebVTT keep to their grammar, and hold a cue for each sentence in order', async () => {
    await fc.assert(
      fc.asyncProperty(anyLines, async (lines) => {
        for (const cues of [readSrt((await written(lines, 'srt')).text), readVtt((await written(lines, 'vtt')).text)]) {
          assert.deepEqual(
            cues.map(({ from }) => from),
            lines.map(({ from }) => from),
          );
          cues.forEach(({ to }, index) => {
            const stated = lines[index]?.to ?? 0;
            if (stated > (lines[index]?.from ?? 0)) assert.equal(to, stated);
          });
        }
      }),
    );
  });

  it('CSV and JSON come back as they went, but for what is not fit to show', async () => {
    await fc.assert(
      fc.asyncProperty(anyLines, async (lines) => {
        const rows = parse((await written(lines, 'csv')).text).slice(1);
        const { lines: told } = JSON.parse((await written(lines, 'json')).text);
        assert.equal(rows.length, lines.length);
        rows.forEach((row, index) => {
          assert.equal(row.length, 8);
          assert.equal(row[1], String(lines[index]?.from));
          for (const cell of row.slice(3)) assert.doesNotMatch(cell, /^[=+\-@\t\r]/);
          const said: string = told[index].text;
          assert.equal(row[7], /^[=+\-@＝＋－＠]/.test(said) ? `'${said}` : said);
        });
      }),
    );
  });

  it('a line of any format belongs to the sentence that begins there', async () => {
    await fc.assert(
      fc.asyncProperty(anyLines, fc.constantFrom(...TRANSCRIPT_FORMATS), async (lines, format) => {
        const { text, starts } = await written(lines, format);
        const rows = text.split('\n');
        const first = format === 'text' ? /^\d\d:\d\d:\d\d {2}/ : /^\d+$/;
        starts.forEach((line, entry) => {
          assert.equal(entryAt(starts, line), entry);
          if (format === 'text' || format === 'srt' || format === 'vtt') assert.match(rows[line] ?? '', first);
          if (format === 'csv') assert.match(rows[line] ?? '', /^\d{4}-\d\d-\d\dT/);
          if (format === 'json')
            assert.equal(JSON.parse((rows[line] ?? '').replace(/,$/, '')).from, lines[entry]?.from);
        });
        assert.equal(entryAt(starts, -1), undefined);
      }),
    );
  });

  it('no document holds control or bidi characters', async () => {
    await fc.assert(
      fc.asyncProperty(anyLines, async (lines) => {
        const messages = lines.map(
          ({ text, speaker }): ChatMessage => ({ kind: 'text', text, sender: speaker, at: START }),
        );
        for (const format of TRANSCRIPT_FORMATS) clean((await written(lines, format)).text);
        for (const format of CHAT_FORMATS) clean((await writtenChat(messages, format)).text);
      }),
    );
  });
});

function clean(text: string): void {
  assert.ok(text.isWellFormed());
  assert.doesNotMatch(text, /(?!\n|\r|\t)\p{Cc}|[\u202A-\u202E\u2066-\u2069\u2028\u2029]/u);
}

function writtenChat(messages: ChatMessage[], format: 'text' | 'json' | 'csv', more: Partial<Chat> = {}) {
  const chat = { messages, assumptions: [], issues: [], ...more };
  return writeTalk(chatParts({ kind: 'chat', subject, chat }, format, clock), messages.length, pause);
}

describe('a chat in its formats', () => {
  const messages: ChatMessage[] = [
    { at: START, sender: 'Alice', kind: 'text', text: 'one\n\n  two', pinned: true, roles: ['host'] },
    { sender: '', participantId: 'p7', kind: 'file', text: 'plan.pdf', edited: true },
  ];

  it('as text: further lines are set in', async () => {
    const { text, starts } = await writtenChat(messages, 'text');
    assert.equal(
      text,
      [
        'Chat: Weekly',
        '2026-03-04 · RealtimeKit · 2 messages',
        'Clock time (UTC), sender.',
        '',
        '09:30:00  Alice: [pinned, to host] one',
        '            ',
        '            two',
        'p7: [file, edited] plan.pdf',
        '',
      ].join('\n'),
    );
    assert.deepEqual([...starts], [4, 7]);
    assert.deepEqual([entryAt(starts, 3), entryAt(starts, 6), entryAt(starts, 7)], [undefined, 0, 1]);
  });

  it('as CSV and JSON, with line breaks kept', async () => {
    const rows = parse((await writtenChat(messages, 'csv')).text);
    assert.deepEqual(rows[1], ['2026-03-04T09:30:00.000Z', 'Alice', '', '', 'host', 'text', 'yes', '', 'one\n\n  two']);
    const value = JSON.parse((await writtenChat(messages, 'json')).text);
    assert.equal(value.messages[0].text, 'one\n\n  two');
    assert.equal(value.messages[1].time, undefined);
  });
});

describe('a moment of a transcript', () => {
  it('belongs to the sentence that had begun', () => {
    const times = timesOf(document(LINES));
    assert.deepEqual(times, [START + 1000, START + 3000, START + 3_723_004]);
    const cases: [number, number][] = [
      [START - 5, 0],
      [START + 1000, 0],
      [START + 2999, 0],
      [START + 3000, 1],
      [START + 9e9, 2],
    ];
    for (const [at, entry] of cases) assert.equal(entryAtTime(times, at), entry, String(at - START));
    assert.equal(entryAtTime([undefined, undefined], START), undefined);
  });
});

describe('an exported transcript', () => {
  it('names nobody: speakers by placeholder, in texts too', async () => {
    const lines: TranscriptLine[] = [
      { from: 0, speaker: 'Bo Winter', participantId: 'p1', userId: 'user-1', text: 'I am Bo Winter, bo@example.com' },
      { from: 1, speaker: 'Ada Summer', participantId: 'p2', text: 'Hello Bo Winter, it is 198.51.100.7' },
      { from: 2, speaker: 'Bo Winter', participantId: 'p3', userId: 'user-1', text: 'back again' },
    ];
    const masked = maskTalk(document(lines), new Masker());
    assert.deepEqual(
      masked.transcript.lines.map(({ speaker }) => speaker),
      ['Participant 1', 'Participant 2', 'Participant 1'],
    );
    const { text } = await writeTalk(transcriptParts(masked, 'json', clock), 3, pause);
    assert.doesNotMatch(text, /Winter|Summer|example\.com|198\.51|Weekly/);
    assert.match(text, /I am Participant 1, e-mail 1/);
    const chat = { messages: [{ kind: 'text' as const, sender: 'Bo Winter', text: 'Bo Winter here' }] };
    const told = maskTalk({ kind: 'chat', subject, chat: { ...chat, assumptions: [], issues: [] } }, new Masker());
    assert.deepEqual(told.chat.messages[0], { kind: 'text', sender: 'Participant 1', text: 'Participant 1 here' });
  });
});
