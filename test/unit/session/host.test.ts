import assert from 'node:assert/strict';
import { CallError } from '../../../src/core/errors';
import type { SessionRef } from '../../../src/core/ids';
import type { CallReport, Participant, Session } from '../../../src/core/model';
import { SessionHost } from '../../../src/panel/session-host';
import type { SessionProvider } from '../../../src/panel/session-services';
import type {
  FromSessionPage,
  ReportsState,
  SessionScreen,
  ToSessionPage,
} from '../../../src/protocol/session-messages';
import { at, ended, LIVE, stay } from './people';

const REF: SessionRef = { connectionId: 'c', appId: 'a', sessionId: 's' };
const CANARY = 'canary-token-4711';

const settle = async () => {
  for (let i = 0; i < 20; i++) await new Promise((resolve) => setImmediate(resolve));
};

interface Setting {
  session?: Session;
  people?: Participant[];
  /** Rows a page. */
  page?: number;
  seconds?: number;
}

/** A host on a provider in memory. */
function setUp({
  session = ended(30, { roomName: 'Stand-up' }),
  people = [stay('a', 0, 30)],
  page = 100,
  seconds = 0,
}: Setting = {}) {
  const asked: string[] = [];
  const posted: ToSessionPage[] = [];
  const commands: unknown[][] = [];
  const copied: string[] = [];
  const opened: string[] = [];
  const logged: string[] = [];
  /** How many reports and participants each diagnosis had. */
  const diagnosed: [number, number][] = [];
  const titles: string[] = [];
  const errors = new Map<string, CallError>();
  const world = { session, people, seconds, now: at(60), hold: undefined as Promise<void> | undefined };
  const check = (what: string) => {
    asked.push(what);
    const error = errors.get(what.split(' ')[0] as string);
    if (error) throw error;
  };
  const provider: SessionProvider = {
    async getSession(_ref, signal) {
      check('session');
      await Promise.race([
        world.hold,
        new Promise((_, reject) =>
          signal.addEventListener('abort', () => reject(new CallError('Cancelled', 'Cancelled.'))),
        ),
      ]);
      return world.session;
    },
    async listParticipants({ cursor = '0' }) {
      check(`participants ${cursor}`);
      const end = Number(cursor) + page;
      const items = world.people.slice(Number(cursor), end);
      return { items, total: world.people.length, issues: [], ...(end < world.people.length && { next: `${end}` }) };
    },
    async getReport({ participantId }) {
      check(`report ${participantId}`);
      const report = { participant: { id: participantId }, streams: [] } as unknown as CallReport;
      return { report, raw: new Uint8Array() };
    },
  };
  const host = new SessionHost(
    {
      provider: async () => provider,
      known: () => ({ connectionLabel: 'Acme', providerName: 'RealtimeKit' }),
      dashboardUrl: () => 'https://dash.example/',
      liveRefreshSeconds: () => world.seconds,
      diagnose: async (_session, reports, participants) => {
        diagnosed.push([reports.length, participants.length]);
        return { thin: true, findings: [], notEvaluated: [] };
      },
      log: (level, line) => logged.push(`${level} ${line}`),
      runCommand: async (...args) => commands.push(args),
    },
    {
      post: (message) => posted.push(structuredClone(message)),
      setTitle: (title) => titles.push(title),
      togglePin: () => host.setPinned(!host.pinned),
      copyText: async (text) => {
        copied.push(text);
      },
      openExternal: async (url) => {
        opened.push(url);
      },
    },
    () => world.now,
  );
  const send = (message: FromSessionPage) => host.receive(structuredClone(message));
  const act = (action: Extract<FromSessionPage, { type: 'action' }>['action']) =>
    send({ v: 1, type: 'action', action });
  const ready = () => send({ v: 1, type: 'ready' });
  const screen = (): SessionScreen | undefined =>
    posted.findLast((message): message is Extract<ToSessionPage, { type: 'screen' }> => message.type === 'screen')
      ?.screen;
  const reports = (): ReportsState | undefined =>
    posted.findLast((message): message is Extract<ToSessionPage, { type: 'reports' }> => message.type === 'reports')
      ?.reports;
  return {
    host,
    world,
    asked,
    posted,
    commands,
    copied,
    opened,
    logged,
    diagnosed,
    titles,
    errors,
    send,
    act,
    ready,
    screen,
    reports,
  };
}

describe('one session page, host side', () => {
  it('reads the session and its participants, and posts nothing before the page is ready', async () => {
    const { host, asked, posted, ready, screen, titles } = setUp();
    host.open(REF);
    await settle();
    assert.deepEqual(asked.toSorted(), ['participants 0', 'session']);
    assert.deepEqual(posted, []);
    ready();
    const shown = screen();
    assert.equal(shown?.subject.title, 'Stand-up');
    assert.deepEqual([shown.busy, shown.stays?.items.length, shown.stays?.more], [false, 1, false]);
    assert.equal(titles.at(-1), 'Stand-up');
    host.dispose();
  });

  it('reads up to 200 participants by itself, then asks', async () => {
    const people = Array.from({ length: 450 }, (_, index) => stay(`p${index}`, 0, 30));
    const { host, asked, ready, screen, act } = setUp({ people });
    ready();
    host.open(REF);
    await settle();
    const first = screen()?.stays;
    assert.deepEqual([first?.items.length, first?.total, first?.more, first?.reading], [200, 450, true, false]);
    assert.equal(asked.filter((what) => what.startsWith('participants')).length, 2);
    act('loadMore');
    await settle();
    assert.equal(screen()?.stays?.items.length, 400);
    act('loadMore');
    await settle();
    assert.deepEqual([screen()?.stays?.items.length, screen()?.stays?.more], [450, false]);
    asked.length = 0;
    act('refresh');
    await settle();
    assert.equal(screen()?.stays?.items.length, 450, 'a refresh reads as many as were there');
    assert.equal(asked.length, 1 + 5);
    host.dispose();
  });

  it('shows the facts when only the participants fail, and nothing when the session fails', async () => {
    const { host, errors, ready, screen, act } = setUp();
    ready();
    errors.set('participants', new CallError('TimedOut', 'Too late.'));
    host.open(REF);
    await settle();
    assert.deepEqual(
      [screen()?.session?.id, screen()?.stays?.error?.kind, screen()?.error],
      ['s', 'TimedOut', undefined],
    );
    errors.clear();
    act('refresh');
    await settle();
    assert.equal(screen()?.stays?.error, undefined);
    errors.set('session', new CallError('NotFound', 'Gone.'));
    act('refresh');
    await settle();
    const kept = screen();
    assert.deepEqual(
      [kept?.error?.kind, kept?.session?.id, kept?.stays?.items.length],
      ['NotFound', 's', 1],
      'kept on screen',
    );
    host.open({ ...REF, sessionId: 'other' });
    await settle();
    assert.deepEqual([screen()?.error?.kind, screen()?.session], ['NotFound', undefined]);
    host.dispose();
  });

  it('can be cancelled while it reads, and another session takes its place', async () => {
    const { host, world, ready, screen, act } = setUp();
    ready();
    world.hold = new Promise(() => undefined);
    host.open(REF);
    await settle();
    assert.equal(screen()?.busy, true);
    act('cancel');
    await settle();
    assert.deepEqual([screen()?.busy, screen()?.error?.kind], [false, 'Cancelled']);
    host.open({ ...REF, sessionId: 'second' });
    world.hold = undefined;
    host.open({ ...REF, sessionId: 'third' });
    await settle();
    assert.deepEqual([screen()?.subject.ref?.sessionId, screen()?.error, screen()?.busy], ['third', undefined, false]);
    host.dispose();
  });

  it('opens only participants and rooms that it shows', async () => {
    const room = { id: 'room-1', status: 'ended' as const };
    const { host, send, ready, commands } = setUp({ session: ended(30, { breakoutRooms: [room] }) });
    ready();
    host.open(REF);
    await settle();
    send({ v: 1, type: 'openParticipant', participantId: 'a' });
    send({ v: 1, type: 'openParticipant', participantId: CANARY });
    send({ v: 1, type: 'openSession', sessionId: 'room-1' });
    send({ v: 1, type: 'openSession', sessionId: CANARY });
    assert.deepEqual(commands, [
      ['peerscope.openParticipant', { ...REF, participantId: 'a' }],
      ['peerscope.openSession', { connectionId: 'c', appId: 'a', sessionId: 'room-1' }],
    ]);
    host.dispose();
  });

  it('does what its buttons say', async () => {
    const { host, act, ready, commands, copied, opened } = setUp();
    ready();
    host.open(REF);
    await settle();
    for (const action of ['editConnection', 'showLog', 'showCalls', 'copyId', 'openInDashboard', 'togglePin'] as const)
      act(action);
    await settle();
    assert.deepEqual(commands, [
      ['peerscope.editConnection', { id: 'c' }],
      ['peerscope.showLog'],
      ['peerscope.calls.focus'],
    ]);
    assert.deepEqual([copied, opened, host.pinned], [['s'], ['https://dash.example/'], true]);
    host.dispose();
  });

  it('opens what was said, written and recorded, as a person does: about the page in front, errors shown', async () => {
    const { host, act, ready, commands } = setUp();
    ready();
    host.open(REF);
    await settle();
    for (const action of ['openTranscript', 'openChat', 'openSummary', 'openRecordings'] as const) act(action);
    assert.deepEqual(commands, [
      ['peerscope.openTranscript'],
      ['peerscope.openChat'],
      ['peerscope.openSummary'],
      ['peerscope.openRecordings'],
    ]);
    host.dispose();
  });

  it('reads reports on demand, and only those that lack', async () => {
    const people = ['a', 'b', 'c', 'd', 'e'].map((id) => stay(id, 0, 30));
    const { host, asked, act, ready, reports, errors, diagnosed } = setUp({ people });
    ready();
    host.open(REF);
    await settle();
    assert.equal(asked.filter((what) => what.startsWith('report')).length, 0, 'not before it is asked for');
    act('readReports');
    await settle();
    assert.deepEqual([reports()?.running, reports()?.done, reports()?.total], [false, 5, 5]);
    assert.deepEqual(Object.keys(reports()?.outcomes ?? {}), ['a', 'b', 'c', 'd', 'e']);
    assert.deepEqual(diagnosed, [[5, 5]], 'all reports are looked at together');
    assert.equal(reports()?.diagnosis?.thin, true);
    asked.length = 0;
    errors.set('report', new CallError('RateLimited', 'Too many requests.'));
    act('readReports');
    await settle();
    assert.deepEqual(asked, ['report a', 'report b', 'report c', 'report d'], 'all again, and stopped');
    assert.match(reports()?.stopped ?? '', /^Stopped after 0 of 5\. Too many requests\./);
    host.open({ ...REF, sessionId: 'other' });
    assert.deepEqual(reports()?.outcomes, {}, 'another session begins without');
    host.dispose();
  });

  it('is silent after it was disposed, and drops what is no message of ours', async () => {
    const { host, posted, ready, logged, send } = setUp();
    ready();
    host.receive({ v: 1, type: 'action', action: CANARY });
    host.receive(null);
    assert.equal(logged.length, 2);
    assert.doesNotMatch(logged.join(), new RegExp(CANARY));
    host.open({ ...REF, apiToken: CANARY } as SessionRef);
    host.dispose();
    await settle();
    assert.doesNotMatch(JSON.stringify(posted), new RegExp(CANARY));
    posted.length = 0;
    send({ v: 1, type: 'ready' });
    assert.deepEqual(posted, []);
  });

  it('tells a page of another version to be opened again', () => {
    const { host, screen } = setUp();
    host.receive({ v: 2, type: 'ready' });
    assert.match(screen()?.error?.text ?? '', /another version/);
    host.dispose();
  });
});

describe('a live session on screen', () => {
  /** Lets timers of up to some milliseconds run. */
  const pass = async (ms: number) => {
    await new Promise((resolve) => setTimeout(resolve, ms));
    await settle();
  };
  const SECONDS = 0.02;
  const sessions = (asked: string[]) => asked.filter((what) => what === 'session').length;
  const until = async (test: () => boolean) => {
    for (let i = 0; i < 500 && !test(); i++) await pass(5);
    assert.ok(test());
  };

  it('is read again while it is visible, without a sign of it', async () => {
    const { host, asked, world, ready, screen, posted } = setUp({ session: LIVE, seconds: SECONDS });
    ready();
    host.open(REF);
    await settle();
    posted.length = 0;
    world.people = [...world.people, stay('b', 10)];
    await until(() => screen()?.stays?.items.length === 2);
    assert.ok(sessions(asked) >= 2);
    assert.ok(
      posted.every((message) => message.type !== 'screen' || !message.screen.busy),
      'never busy',
    );
    host.dispose();
  });

  it('costs nothing while it is hidden, and is read when it is shown', async () => {
    const { host, asked, ready } = setUp({ session: LIVE, seconds: SECONDS });
    ready();
    host.open(REF);
    await settle();
    host.setVisible(false);
    const before = asked.length;
    await pass(120);
    assert.equal(asked.length, before);
    host.setVisible(true);
    ready();
    await until(() => asked.length > before);
    host.dispose();
  });

  it('is not read again when it has ended, when the setting is 0, or when the key is refused', async () => {
    const off = setUp({ session: LIVE, seconds: 0 });
    off.host.open(REF);
    const over = setUp({ session: LIVE, seconds: SECONDS });
    over.host.open(REF);
    await settle();
    over.world.session = ended(30);
    await until(() => sessions(over.asked) === 2);
    const refused = setUp({ session: LIVE, seconds: SECONDS });
    refused.host.open(REF);
    await settle();
    refused.errors.set('session', new CallError('Auth', 'No.'));
    await until(() => sessions(refused.asked) === 2);
    const counts = [off, over, refused].map(({ asked }) => asked.length);
    await pass(120);
    assert.deepEqual(
      [off, over, refused].map(({ asked }) => asked.length),
      counts,
    );
    for (const { host } of [off, over, refused]) host.dispose();
  });
});
