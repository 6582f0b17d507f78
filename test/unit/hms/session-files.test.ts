import assert from 'node:assert/strict';
import { isCallError } from '../../../src/core/errors';
import type { HmsClient } from '../../../src/providers/hms/client';
import { SessionFiles } from '../../../src/providers/hms/kept/session-files';
import type { Recordings, SessionRecordings } from '../../../src/providers/hms/recordings';
import type { Downloads } from '../../../src/providers/http/download';

const signal = new AbortController().signal;
const MADE = '2024-05-06T11:00:00Z';
const MADE_AT = Date.UTC(2024, 4, 6, 11);

/** The files of a session: what the lists say, and the text of each file by its id. */
function files(kept: Partial<SessionRecordings>, texts: Record<string, string> = {}): SessionFiles {
  const recordings = { of: async () => ({ recordings: [], assets: [], issues: [], ...kept }) };
  const client = { presignedUrl: async (id: string) => ({ url: id }) };
  const downloads = {
    bytes: async (link: (signal: AbortSignal) => Promise<string>) =>
      new TextEncoder().encode(texts[await link(signal)]),
  };
  return new SessionFiles(
    client as unknown as HmsClient,
    recordings as unknown as Recordings,
    downloads as unknown as Downloads,
  );
}

const asset = (id: string, type: string, more: object = {}) => ({
  id,
  type,
  status: 'completed',
  created_at: MADE,
  job_id: id,
  ...more,
});

describe('recordings of a 100ms session', () => {
  const list = (kept: Partial<SessionRecordings>) => files(kept).list('s', signal);

  it('began before their file was made, by as long as they are; without a length, when it was', async () => {
    const [short, long, ...rest] = await list({
      assets: [
        asset('short', 'room-composite', { duration: 0 }),
        asset('long', 'room-composite', { duration: 600, size: 5, path: 'a/b/c.mp4?x=/y' }),
        asset('chat', 'chat'),
      ] as never,
    }).then((all) => all.sort((a, b) => (a.durationMs ?? 0) - (b.durationMs ?? 0)));
    assert.deepEqual(rest, [], 'what can be read is no recording');
    assert.deepEqual([short?.startedAt, short?.durationMs, short?.fileName], [MADE_AT, undefined, undefined]);
    assert.deepEqual(
      [long?.startedAt, long?.durationMs, long?.size, long?.fileName],
      [MADE_AT - 600_000, 600_000, 5, 'c.mp4'],
    );
  });

  it('of which little is told stand first, and have a file unless it is said that they are not ready', async () => {
    const all = await list({
      assets: [
        asset('dated', 'track'),
        { id: 'bare', type: 'track', status: null, size: null },
        asset('busy', 'stream', { status: 'processing' }),
        { id: 'untyped' },
      ] as never,
    });
    assert.deepEqual(
      all.map(({ id, status, files }) => [id, status, files.length]),
      [
        ['bare', undefined, 1],
        ['dated', 'completed', 1],
        ['busy', 'processing', 0],
      ],
    );
  });

  it('that run have no file yet', async () => {
    const running = [
      { id: 'r1', status: 'running', started_at: MADE },
      { id: 'r2', status: null, created_at: '2024-05-06T10:00:00Z' },
    ];
    assert.deepEqual(
      (await list({ recordings: running })).map(({ id, status, startedAt, files }) => [id, status, startedAt, files]),
      [
        ['r2', undefined, MADE_AT - 3_600_000, []],
        ['r1', 'running', MADE_AT, []],
      ],
    );
  });

  it('that could not be read at all are an error, not none', async () => {
    const issues = [{ path: 'recordings', message: 'The recordings could not be read.' }];
    await assert.rejects(
      list({ issues }),
      (error) => isCallError(error) && error.kind === 'BadResponse' && error.message.includes('could not be read'),
    );
    assert.deepEqual(await list({}), []);
  });
});

describe('texts of a 100ms session', () => {
  it('a summary: sections with bullets or a paragraph; a section without a title; what is no JSON as it is', async () => {
    const text = async (content: string) =>
      (await files({ assets: [asset('f', 'summary')] as never }, { f: content }).summary('s', signal)).markdown;
    const sections = [{ title: 'Topics', bullets: ['one', 'two'] }, { paragraph: 'All is well' }];
    assert.equal(
      await text(JSON.stringify({ summary: { sections } })),
      '## Topics\n\n- one\n- two\n\n## Summary\n\nAll is well\n',
    );
    assert.match(await text('Just words'), /Just words/);
    assert.match(await text('{"summary":{}}'), /summary/);
  });

  it('a session with more files than anybody reads says how many were', async () => {
    const many = Array.from({ length: 22 }, (_, i) => asset(`f${i}`, 'summary'));
    const texts = Object.fromEntries(many.map(({ id }) => [id, 'x']));
    const { issues } = await files({ assets: many }, texts).summary('s', signal);
    assert.deepEqual(
      issues.map(({ message }) => message),
      ['Only 20 of 22 files were read.'],
    );
  });

  it('of a transcript the format that tells most is read: by what is said of it, else by the file’s name', async () => {
    const SRT = '1\n00:00:01,000 --> 00:00:02,500\nAnn: Hello\n';
    const kept = {
      assets: [
        asset('txt', 'transcript', { job_id: 'j', path: 'a.txt' }),
        asset('unknown', 'transcript', { job_id: 'j' }),
        asset('srt', 'transcript', { job_id: 'j', metadata: { output_mode: 'SRT' }, path: 'a.bin' }),
      ],
      recordings: [{ id: 'r', started_at: MADE }],
    };
    const { lines, origin } = await files(kept, { srt: SRT }).transcript('s', signal);
    assert.equal(origin, MADE_AT);
    assert.deepEqual(
      lines.map(({ from, to, text }) => [from, to, text]),
      [[1000, 2500, 'Hello']],
    );
  });
});
