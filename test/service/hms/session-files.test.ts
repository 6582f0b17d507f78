import assert from 'node:assert/strict';
import { isCallError } from '../../../src/core/errors';
import type { SessionRef } from '../../../src/core/ids';
import { type Recorded, type Scripted, ScriptedServer } from '../http/server';
import { CANARY_TOKEN, connect, openSample, PREFIX, signal } from './connection';

const NOW = Date.UTC(2025, 8, 10, 15, 20, 33, 512);
const BEGAN = Date.UTC(2026, 2, 4, 9, 30);
const SIGNATURE = 'canary-signature-9a0e';
const ref = { connectionId: 'c1', sessionId: 's1' };
const iso = (ms: number) => new Date(ms).toISOString();

/** Files as the guide "Enable Transcription and Summarisation" and the page "Chat recording" show them. */
const SRT =
  "1\n00:00:01,010 --> 00:00:12,870\nJohn: Hello, hello, hello! How's your day been?\n\n" +
  '2\n00:00:14,230 --> 00:00:17,390\nSarah: Hey, long time no see! What have you been up to?\n';
const TXT =
  "John: Hello, hello, hello! How's your day been?\n\nSarah: Hey, long time no see! What have you been up to?\n";
const JSON_FILE = JSON.stringify({
  words: [{ word: 'Hello', name: 'John', peer_id: 'p1', start_time: '1010', end_time: '1570' }],
  sentences: [
    { sentence: 'Hello!', name: 'John', peer_id: 'p1', start_time: '1010', end_time: '12870' },
    { sentence: 'Hey', name: 'Sarah', peer_id: 'p2', start_time: '14230', end_time: '17390' },
  ],
});
const SUMMARY = JSON.stringify({
  summary: {
    sections: [
      { title: 'Agenda', format: 'bullets', bullets: ['Item *1*', '<b>Item 2</b>'], paragraph: '' },
      { title: 'Short Summary', format: 'paragraph', bullets: [], paragraph: 'Short summary of the meeting here' },
    ],
  },
});
const CHAT =
  'SenderPeerID,SenderName,SenderUserID,Roles,SentAt,Type,Message\n' +
  `p1,John,u1,[],${iso(BEGAN + 5000)},chat,"two\nlines, ""quoted"""\n` +
  `p2,Sarah,u2,[host guest],${iso(BEGAN + 1000)},chat,first\n`;

describe('100ms: files of a session', () => {
  const api = new ScriptedServer();
  const storage = new ScriptedServer();
  before(async () => {
    await api.start();
    await storage.start();
  });
  after(async () => {
    await api.stop();
    await storage.stop();
  });
  beforeEach(() => {
    api.reset();
    storage.reset();
    api.always(answers([]));
  });

  const asset = (id: string, type: string, output_mode?: string, more: object = {}) => ({
    id,
    type,
    status: 'completed',
    job_id: 'j1',
    created_at: iso(BEGAN + 600_000),
    metadata: output_mode ? { output_mode } : {},
    ...more,
  });
  const recording = { id: 'r1', status: 'completed', started_at: iso(BEGAN), stopped_at: iso(BEGAN + 590_000) };
  const answers =
    (assets: object[], recordings: object[] = assets.length > 0 ? [recording] : []) =>
    ({ path }: Recorded): Scripted => {
      if (path === `${PREFIX}/recordings`) return { body: { limit: 100, data: recordings } };
      if (path === `${PREFIX}/recording-assets`) return { body: { limit: 100, data: assets } };
      const id = /recording-assets\/(\w+)\/presigned-url$/.exec(path)?.[1];
      return { body: { id, url: `${storage.origin}/${id}?signature=${SIGNATURE}`, expiry: 300 } };
    };
  const serve = (files: Record<string, string>) =>
    storage.always(({ path }) => ({ status: path.slice(1) in files ? 200 : 404, body: files[path.slice(1)] ?? '' }));

  it('reads the transcript that tells most, without the token', async () => {
    api.always(
      answers([asset('t', 'transcript', 'txt'), asset('s', 'transcript', 'srt'), asset('j', 'transcript', 'json')]),
    );
    serve({ j: JSON_FILE });
    const { provider, lines } = connect(api);
    const transcript = await provider.getTranscript?.(ref, signal());
    assert.deepEqual(transcript?.lines, [
      { from: 1010, to: 12_870, speaker: 'John', participantId: 'p1', text: 'Hello!' },
      { from: 14_230, to: 17_390, speaker: 'Sarah', participantId: 'p2', text: 'Hey' },
    ]);
    assert.equal(transcript.origin, BEGAN);
    assert.ok(api.requests.every(({ headers }) => headers.authorization === `Bearer ${CANARY_TOKEN}`));
    assert.equal(storage.requests.length, 1);
    assert.ok(!JSON.stringify(storage.requests.map(({ headers }) => headers)).includes(CANARY_TOKEN));
    assert.ok(!lines.join('\n').includes(SIGNATURE));
  });

  it('reads SRT and text where there is nothing else', async () => {
    serve({ s: SRT, t: TXT });
    api.always(answers([asset('t', 'transcript', 'txt'), asset('s', 'transcript', 'srt')]));
    const srt = await connect(api).provider.getTranscript?.(ref, signal());
    assert.deepEqual(srt?.lines, [
      { from: 1010, to: 12_870, speaker: 'John', text: "Hello, hello, hello! How's your day been?" },
      { from: 14_230, to: 17_390, speaker: 'Sarah', text: 'Hey, long time no see! What have you been up to?' },
    ]);
    api.always(answers([asset('t', 'transcript', 'txt')]));
    const text = await connect(api).provider.getTranscript?.(ref, signal());
    assert.deepEqual(
      text?.lines.map(({ from, speaker }) => [from, speaker]),
      [
        [undefined, 'John'],
        [undefined, 'Sarah'],
      ],
    );
    assert.match(text.assumptions.join(), /no times/);
  });

  it('puts the transcripts of two recordings after each other', async () => {
    const second = { ...recording, id: 'r2', started_at: iso(BEGAN + 900_000), stopped_at: iso(BEGAN + 1_500_000) };
    const late = { job_id: 'j2', created_at: iso(BEGAN + 1_600_000) };
    api.always(answers([asset('a', 'transcript', 'srt'), asset('b', 'transcript', 'srt', late)], [recording, second]));
    serve({ a: SRT, b: SRT });
    const transcript = await connect(api).provider.getTranscript?.(ref, signal());
    assert.deepEqual(
      transcript?.lines.map(({ from }) => from),
      [1010, 14_230, 901_010, 914_230],
    );
  });

  it('reads the chat by its columns, and the summary as Markdown in which nothing is markup', async () => {
    api.always(answers([asset('c', 'chat'), asset('z', 'summary', 'json')]));
    serve({ c: CHAT, z: SUMMARY });
    const { provider } = connect(api);
    const chat = await provider.getChat?.(ref, signal());
    assert.deepEqual(chat?.messages, [
      {
        at: BEGAN + 1000,
        sender: 'Sarah',
        participantId: 'p2',
        userId: 'u2',
        roles: ['host', 'guest'],
        kind: 'text',
        text: 'first',
      },
      {
        at: BEGAN + 5000,
        sender: 'John',
        participantId: 'p1',
        userId: 'u1',
        kind: 'text',
        text: 'two\nlines, "quoted"',
      },
    ]);
    const summary = await provider.getSummary?.(ref, signal());
    assert.equal(
      summary?.markdown,
      '## Agenda\n\n- Item \\*1\\*\n- \\<b\\>Item 2\\</b\\>\n\n## Short Summary\n\nShort summary of the meeting here\n',
    );
  });

  it('asks once more for a link that has expired', async () => {
    api.always(answers([asset('c', 'chat')]));
    storage.next({ status: 403, body: '<Error><Message>Request has expired</Message></Error>' }, { body: CHAT });
    assert.equal((await connect(api).provider.getChat?.(ref, signal()))?.messages.length, 2);
    assert.equal(api.requests.filter(({ path }) => path.endsWith('presigned-url')).length, 2);
  });

  it('says in a sentence why there is nothing', async () => {
    const why = async () => {
      try {
        await connect(api).provider.getTranscript?.(ref, signal());
      } catch (error) {
        assert.ok(isCallError(error));
        return `${error.kind}: ${error.text}`;
      }
      return assert.fail('There was a transcript.');
    };
    assert.match(await why(), /^NotYetAvailable: There is no transcript: nothing was recorded/);
    api.always(answers([], [{ ...recording, status: 'running' }]));
    assert.match(await why(), /^NotYetAvailable: There is no transcript yet: the recording still runs/);
    api.always(answers([asset('c', 'chat')]));
    assert.match(await why(), /^NotYetAvailable: .*"Transcribe Recordings"/);
    api.always({ status: 403, body: { code: 403, message: 'no' } });
    assert.match(await why(), /^BadResponse: The recordings could not be read/);
  });

  describe('on the sample service', () => {
    let sample: Awaited<ReturnType<typeof openSample>>;
    let recorded: SessionRef;
    before(async () => {
      sample = await openSample(NOW);
      const { items } = await sample.provider.listSessions(
        { live: false, from: NOW - 86_400_000, pageSize: 60 },
        signal(),
      );
      for (const { id } of items) {
        const candidate = { connectionId: 'c1', sessionId: id };
        const summary = await sample.provider.getSummary?.(candidate, signal()).catch(() => undefined);
        if (summary) recorded = candidate;
        if (summary) break;
      }
      assert.ok(recorded, 'a session with a summary');
    });
    after(() => sample.stop());

    it('everything can be read, and lies within the session', async () => {
      const { provider } = sample;
      const { startedAt = 0, endedAt = 0 } = await provider.getSession(recorded, signal());
      const transcript = await provider.getTranscript?.(recorded, signal());
      assert.ok(transcript && transcript.lines.length > 0 && transcript.origin !== undefined);
      for (const { from = Number.NaN } of transcript.lines) {
        assert.ok(transcript.origin + from >= startedAt && transcript.origin + from <= endedAt);
      }
      const people = new Set(
        (await provider.listParticipants({ ...recorded, pageSize: 100 }, signal())).items.map(({ id }) => id),
      );
      assert.ok(transcript.lines.every(({ participantId = '' }) => people.has(participantId)));
      const chat = await provider.getChat?.(recorded, signal());
      assert.ok(chat?.messages.every(({ at = 0 }) => at >= startedAt && at <= endedAt));
      const [recording] = (await provider.listRecordings?.(recorded, signal())) ?? [];
      const link = await provider.recordingLink?.(recorded, recording?.files[0]?.id ?? '', signal());
      assert.equal((await fetch(link ?? '')).status, 200);
    });

    it('a link expires, opens nothing when it was changed, and is refused together with a key', async () => {
      const { provider, clock, secrets } = sample;
      const [recording] = (await provider.listRecordings?.(recorded, signal())) ?? [];
      const link = (await provider.recordingLink?.(recorded, recording?.files[0]?.id ?? '', signal())) ?? '';
      const authorization = `Bearer ${secrets.appSecret}`;
      assert.equal((await fetch(link, { headers: { authorization } })).status, 400);
      assert.equal((await fetch(link.replace(/Signature=./, 'Signature=x'))).status, 403);
      clock.now = NOW + 6 * 60_000;
      const late = await fetch(link);
      assert.deepEqual([late.status, (await late.text()).includes('Request has expired')], [403, true]);
      clock.now = NOW;
    });
  });
});
