import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isCallError } from '../../../src/core/errors';
import { FIXTURES } from '../../paths';
import { type Scripted, ScriptedServer } from '../http/server';
import { APP, CANARY, connect, PREFIX } from './connection';

const never = () => new AbortController().signal;
const ref = { connectionId: 'c1', appId: APP, sessionId: 's1' };
const START = Date.UTC(2026, 2, 4, 9, 30);
const SESSION = {
  success: true,
  data: {
    id: 's1',
    associated_id: 'bbb6f6a2-0c5e-4f0e-9d5b-7a2f4f0f6a11',
    status: 'ENDED',
    started_at: new Date(START).toISOString(),
    ended_at: new Date(Date.now() - 2 * 86_400_000).toISOString(),
  },
};
/** Part of a link; found anywhere but in the request for the file it has leaked. */
const SIGNATURE = 'canary-signature-41cc';

describe('RealtimeKit: files of a session', () => {
  const api = new ScriptedServer();
  /** Another origin, as where the files are kept. */
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
    storage.always({ status: 404 });
    api.always(answers());
  });

  const link = (file: string) => `${storage.origin}/bucket/${file}?X-Amz-Signature=${SIGNATURE}`;
  const answers =
    (more: Record<string, Scripted | (() => Scripted)> = {}) =>
    ({ path, method }: { path: string; method: string }): Scripted => {
      const known: typeof more = {
        'GET /sessions/s1': { body: SESSION },
        'GET /sessions/s1/chat': { body: data({ chat_download_url: link('chat.csv') }) },
        'GET /sessions/s1/transcript': { body: data({ transcript_download_url: link('transcript') }) },
        'GET /sessions/s1/summary': { body: data({ summaryDownloadUrl: link('summary.txt') }) },
        ...more,
      };
      const found = known[`${method} ${path.slice(PREFIX.length + APP.length + 1)}`];
      return (typeof found === 'function' ? found() : found) ?? { status: 404, body: { success: false } };
    };
  const data = (value: object) => ({ success: true, data: value });
  const fixture = (name: string) => readFileSync(join(FIXTURES, 'realtimekit', name));
  const asked = (path: string) => api.requests.filter((one) => one.path.endsWith(path)).length;
  async function failure(work: () => Promise<unknown> | undefined) {
    try {
      await work();
    } catch (error) {
      assert.ok(isCallError(error), String(error));
      assert.ok(!`${error.stack} ${JSON.stringify(error)}`.includes(SIGNATURE));
      return error;
    }
    return assert.fail('It did not fail.');
  }

  it('reads the published transcripts, JSON and CSV, without the token', async () => {
    const { provider, lines } = connect(api);
    storage.next({ body: fixture('transcript.json') }, { body: fixture('transcript.csv') });
    const json = await provider.getTranscript?.(ref, never());
    assert.deepEqual(json?.lines, [
      {
        from: 1000,
        to: 2500,
        speaker: 'Alice',
        participantId: 'peer-123',
        userId: 'user-456',
        customId: 'cust-789',
        text: 'Hello everyone',
      },
    ]);
    assert.equal(json.origin, START);
    const csv = await provider.getTranscript?.(ref, never());
    assert.deepEqual(csv?.lines, [
      {
        from: 1000,
        participantId: 'peer-123',
        userId: 'user-456',
        customId: 'cust-789',
        speaker: 'Alice',
        text: 'Hello everyone',
      },
      {
        from: 3000,
        participantId: 'peer-234',
        userId: 'user-567',
        customId: 'cust-890',
        speaker: 'Bob',
        text: 'Hi Alice',
      },
    ]);
    assert.deepEqual(csv.issues, []);
    for (const { headers } of storage.requests) {
      assert.ok(!JSON.stringify(headers).includes(CANARY));
      assert.equal(headers.authorization, undefined);
    }
    assert.equal(storage.requests.length, 2);
    assert.ok(lines.some((line) => line.includes('the transcript')));
    assert.ok(!lines.join('\n').includes(SIGNATURE) && !lines.join('\n').includes('bucket'), lines.join('\n'));
  });

  it('follows the storage to another host, without the token there either', async () => {
    const elsewhere = new ScriptedServer();
    await elsewhere.start();
    try {
      elsewhere.always({ body: fixture('transcript.csv') });
      storage.next({ status: 307, headers: { location: `${elsewhere.origin}/there?X-Amz-Signature=${SIGNATURE}` } });
      const transcript = await connect(api).provider.getTranscript?.(ref, never());
      assert.equal(transcript?.lines.length, 2);
      assert.ok(!JSON.stringify(elsewhere.requests.map(({ headers }) => headers)).includes(CANARY));
    } finally {
      await elsewhere.stop();
    }
  });

  for (const [name, refused] of Object.entries<Scripted>({
    'S3, 403': { status: 403, body: `<Error><Message>Request has expired</Message></Error>` },
    'gone, 410': { status: 410, body: '' },
    'GCS, 400': { status: 400, body: '<Error><Code>ExpiredToken</Code></Error>' },
  })) {
    it(`asks once more for a link that has expired (${name})`, async () => {
      storage.next(refused, { body: '"1","p","u","c","Alice","Hi"\n' });
      const transcript = await connect(api).provider.getTranscript?.(ref, never());
      assert.equal(transcript?.lines[0]?.text, 'Hi');
      assert.equal(asked('/transcript'), 2);
    });

    it(`gives up when the new link is refused too (${name})`, async () => {
      storage.always({ ...refused, body: `${refused.body} ${SIGNATURE}` });
      const error = await failure(() => connect(api).provider.getTranscript?.(ref, never()));
      assert.equal(error.kind, 'NotFound');
      assert.match(error.text, /link to the transcript was refused \(4\d\d\), and so was a new one/);
      assert.equal(storage.requests.length, 2);
    });
  }

  it('tries a storage that is busy again, and says what failed', async () => {
    storage.next({ status: 503 }, { body: '"1","p","u","c","Alice","Hi"\n' });
    assert.equal((await connect(api).provider.getTranscript?.(ref, never()))?.lines.length, 1);
    storage.always({ status: 500, body: SIGNATURE });
    const error = await failure(() => connect(api).provider.getTranscript?.(ref, never()));
    assert.equal(error.text, 'The storage that holds the transcript answered 500. Try again later.');
  });

  it('opens a transcript of 10 MB, JSON and CSV with quotes and line breaks', async () => {
    const text = `She said "now",\nthen ${'went on '.repeat(12)}`;
    const count = 70_000;
    const csv = Array.from(
      { length: count },
      (_, n) => `"${n * 1000}","peer-${n % 5}","u","c","Alice, ""the"" host","${text.replaceAll('"', '""')}"\n`,
    ).join('');
    const peerData = { id: 'peer-1', userId: 'u', displayName: 'Alice', cpi: 'c', joinedAt: '', leftAt: '' };
    const json = JSON.stringify(
      Array.from({ length: count }, (_, n) => ({
        startTime: n * 1000,
        endTime: n * 1000 + 900,
        sentence: text,
        peerData,
      })),
    );
    for (const body of [csv, json]) {
      assert.ok(body.length > 10_000_000, String(body.length));
      storage.next({ body });
      const transcript = await connect(api).provider.getTranscript?.(ref, never());
      assert.equal(transcript?.lines.length, count);
      const last = transcript.lines.at(-1);
      assert.equal(last?.text, text);
      assert.equal(last.from, (count - 1) * 1000);
      assert.deepEqual(transcript.issues, []);
    }
  }).timeout(20_000);

  it('reads what is left of damaged files', async () => {
    storage.next(
      {
        body: '\uFEFF"1000","p","u","c","A","one"\n"too","few"\n2000,p,u,c,A,two, with a comma\n"3000","p","u","c","A","never closed',
      },
      { body: '[{"startTime": 5, "sentence": "a", "peerData": null}, {"startTime": "x"}, 7]' },
      { body: '[{"startTime": 5, "sent' },
      { body: '' },
    );
    const { provider } = connect(api);
    const read = async () => {
      const transcript = await provider.getTranscript?.(ref, never());
      return [transcript?.lines.map(({ text }) => text), transcript?.issues.length];
    };
    assert.deepEqual(await read(), [['one', 'two, with a comma'], 2]);
    assert.deepEqual(await read(), [['a'], 2]);
    assert.deepEqual(await read(), [[], 1]);
    assert.deepEqual(await read(), [[], 0]);
  });

  it('reads times of day as such, and puts lines in order', async () => {
    storage.next({ body: `"${START + 9000}","p","u","c","A","later"\n"${START + 1000}","p","u","c","A","sooner"\n` });
    const transcript = await connect(api).provider.getTranscript?.(ref, never());
    assert.deepEqual(
      transcript?.lines.map(({ from, text }) => [from, text]),
      [
        [1000, 'sooner'],
        [9000, 'later'],
      ],
    );
    assert.equal(transcript.origin, START);
    assert.match(transcript.assumptions.join(), /times of day/);
  });

  it('reads a chat by the documented columns, in whatever order they come', async () => {
    const head = 'createdAt,payload,displayName,id,participantId,sessionId,meetingId,pinned,isEdited,payloadType';
    const row = (time: string, text: string, type = 'TEXT_MESSAGE') =>
      `${time},"${text.replaceAll('"', '""')}",Alice,m1,p1,s1,x,true,false,${type}`;
    const rows = [
      row('2026-03-04T09:31:00.000Z', 'second\r\nline, "quoted"'),
      row('2026-03-04T09:30:30.000Z', 'first'),
      row('2026-03-04T09:32:00.000Z', `https://files.example/a/plan%20b.pdf?sig=${SIGNATURE}`, 'FILE_MESSAGE'),
      row('2026-03-04T09:33:00.000Z', '{"message":"in JSON"}'),
    ];
    storage.next({ body: `${[head, ...rows].join('\r\n')}\r\n` });
    const chat = await connect(api).provider.getChat?.(ref, never());
    assert.deepEqual(
      chat?.messages.map(({ at, kind, text }) => [at, kind, text]),
      [
        [START + 30_000, 'text', 'first'],
        [START + 60_000, 'text', 'second\r\nline, "quoted"'],
        [START + 120_000, 'file', 'plan b.pdf'],
        [START + 180_000, 'text', 'in JSON'],
      ],
    );
    assert.deepEqual(chat.messages[0], {
      id: 'm1',
      at: START + 30_000,
      sender: 'Alice',
      participantId: 'p1',
      kind: 'text',
      text: 'first',
      pinned: true,
    });
    assert.deepEqual([chat.assumptions, chat.issues], [[], []]);
  });

  it('says in a sentence why there is nothing, and what to do', async () => {
    const ended = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();
    const session = (change: object) => ({ body: data({ ...SESSION.data, ...change }) });
    const cases: [string, object, RegExp][] = [
      ['getTranscript', { status: 'LIVE', ended_at: null }, /no transcript yet: the call is still going on/],
      ['getTranscript', { ended_at: ended(9) }, /no transcript any more: .* 7 days, and this call ended 9 days ago/],
      ['getTranscript', { ended_at: ended(2) }, /transcription was not turned on.*transcribe_on_end/],
      ['getTranscript', { ended_at: ended(0.01) }, /try again in a few minutes/],
      ['getChat', { ended_at: ended(2) }, /no chat: nobody wrote anything, or chats are not kept/],
      ['getChat', { ended_at: ended(9) }, /unless the meeting has persist_chat/],
      ['getSummary', { ended_at: ended(2) }, /"Generate Summary"/],
    ];
    for (const [method, change, expected] of cases) {
      api.always(({ path }) => (path.endsWith('/s1') ? session(change) : { status: 404, body: { success: false } }));
      const { provider } = connect(api);
      const error = await failure(() => provider[method as 'getChat']?.(ref, never()));
      assert.equal(error.kind, 'NotYetAvailable');
      assert.match(error.text, expected);
    }
    // The session itself is not known: that is what to say.
    api.always({ status: 404, body: { success: false } });
    assert.equal((await failure(() => connect(api).provider.getChat?.(ref, never()))).kind, 'NotFound');
    // An answer without a link counts as nothing.
    api.always(({ path }) => (path.endsWith('/s1') ? session({}) : { body: data({ chat_download_url: '' }) }));
    assert.equal((await failure(() => connect(api).provider.getChat?.(ref, never()))).kind, 'NotYetAvailable');
  });

  it('follows no link to this machine when the provider is elsewhere, and none without encryption', async () => {
    const hostile = ['http://files.example/x', 'file:///etc/passwd', 'command:x', 'nonsense', 7];
    for (const url of hostile) {
      api.always(answers({ 'GET /sessions/s1/chat': { body: data({ chat_download_url: url }) } }));
      const error = await failure(() => connect(api).provider.getChat?.(ref, never()));
      assert.match(error.text, url === 7 ? /no chat/ : /no usable link to the chat: only https/, String(url));
    }
    assert.equal(storage.requests.length, 0);
  });

  it('has a summary made with one POST, waits for it, and can be stopped', async () => {
    let looks = 0;
    const making = answers({
      'POST /sessions/s1/summary': { body: data({ session_id: 's1', status: 'IN_PROGRESS' }) },
      'GET /sessions/s1/summary': () =>
        ++looks < 3
          ? { status: 404, body: { success: false } }
          : { body: data({ summaryDownloadUrl: link('summary.txt') }) },
    });
    api.always(making);
    storage.always({ body: '## Summary\r\n\r\n- a\u202E point\r\n' });
    const summary = await connect(api).provider.makeSummary?.(ref, never());
    assert.equal(summary?.markdown, '## Summary\n\n- a point\n');
    assert.deepEqual(
      api.requests.filter(({ method }) => method === 'POST').map(({ path }) => path.slice(-11)),
      ['/s1/summary'],
    );
    looks = Number.NEGATIVE_INFINITY;
    const controller = new AbortController();
    const work = connect(api, {}, { backOffMs: 50 }).provider.makeSummary?.(ref, controller.signal);
    setTimeout(() => controller.abort(), 120);
    assert.equal((await failure(() => work)).kind, 'Cancelled');
  });

  it('says what a summary needs when it is refused, and never asks twice for one', async () => {
    api.always(
      answers({
        'POST /sessions/s1/summary': {
          status: 400,
          body: { success: false, error: { message: 'no transcript here' } },
        },
      }),
    );
    const error = await failure(() => connect(api).provider.makeSummary?.(ref, never()));
    assert.equal(error.kind, 'NotYetAvailable');
    assert.match(error.text, /needs a transcript\. It said: "no transcript here"/);
    api.always(answers({ 'POST /sessions/s1/summary': { status: 503, body: '' } }));
    api.reset();
    assert.equal((await failure(() => connect(api).provider.makeSummary?.(ref, never()))).kind, 'BadResponse');
    assert.equal(api.requests.length, 1);
  });

  it('lists the recordings of the session only, and links to their files when asked', async () => {
    const row = (id: string, more: object) => ({
      id,
      session_id: 's1',
      status: 'UPLOADED',
      invoked_time: new Date(START + 1000).toISOString(),
      download_url: link(`${id}.mp4`),
      ...more,
    });
    const rows = [
      row('late', { started_time: new Date(START + 60_000).toISOString(), recording_duration: 90, file_size: 5e6 }),
      row('other', { session_id: 's2' }),
      row('unnamed', { session_id: null, download_url: [link('a'), link('b')], audio_download_url: link('c') }),
      row('unnamed-other', { session_id: null, invoked_time: new Date(START - 3_600_000).toISOString() }),
      row('running', { status: 'RECORDING', download_url: null, started_time: new Date(START + 70_000).toISOString() }),
    ];
    api.always(
      answers({
        'GET /recordings': {
          body: { success: true, data: rows, paging: { total_count: 5, start_offset: 1, end_offset: 5 } },
        },
        'GET /recordings/unnamed': { body: { success: true, data: rows[2] } },
        'GET /recordings/running': { body: { success: true, data: rows[4] } },
      }),
    );
    const { provider, lines } = connect(api);
    const recordings = (await provider.listRecordings?.(ref, never())) ?? [];
    assert.deepEqual(
      recordings.map(({ id, files }) => [id, files.map(({ label }) => label)]),
      [
        ['unnamed', ['Track 1', 'Track 2', 'Audio']],
        ['late', ['Video']],
        ['running', []],
      ],
    );
    assert.equal(recordings[1]?.durationMs, 90_000);
    assert.ok(!JSON.stringify(recordings).includes(SIGNATURE));
    const links = await Promise.all(
      (recordings[0]?.files ?? []).map(async ({ id }) => provider.recordingLink?.(ref, id, never())),
    );
    assert.deepEqual(links, [link('a'), link('b'), link('c')]);
    assert.ok(!lines.join('\n').includes(SIGNATURE));
    assert.equal(
      (await failure(() => provider.recordingLink?.(ref, 'running/video', never()))).kind,
      'NotYetAvailable',
    );
    assert.equal(asked('/recordings'), 1);
  });
});
