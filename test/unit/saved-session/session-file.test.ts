import assert from 'node:assert/strict';
import { isCallError } from '../../../src/core/errors';
import type { SavedSession } from '../../../src/core/saved-session';
import { isSavedSession, readSavedSession } from '../../../src/export/read-session';
import { makeSavedSession, type SessionSource, sessionParts } from '../../../src/export/session-json';
import { CANARIES, canaryCall, ME, OTHER, SESSION, USER_AGENT } from '../export/hostile-call';

const SAVED_AT = Date.UTC(2025, 3, 2, 8, 0, 0);

function source(): SessionSource {
  const { report, session, people, findings, notEvaluated } = canaryCall();
  assert.ok(session);
  return {
    provider: 'realtimekit',
    place: { appId: 'app', roomId: CANARIES.room, sessionId: SESSION },
    cannotTell: { events: 'It tells of no events.' },
    session,
    participants: [report.participant, ...people.filter(({ id }) => id !== ME)],
    reports: [report],
    unread: [{ participantId: OTHER, reason: `No report of ${CANARIES.otherName}.` }],
    findings: [...findings],
    notEvaluated: [...notEvaluated],
    talk: {
      chat: {
        messages: [{ kind: 'text', sender: CANARIES.name, text: `Is ${CANARIES.otherName} there?`, at: SAVED_AT }],
        assumptions: [],
        issues: [],
      },
      transcript: {
        lines: [{ from: 0, to: 900, speaker: CANARIES.otherName, text: `I am, ${CANARIES.name}.` }],
        assumptions: [],
        issues: [],
      },
      summary: { markdown: `${CANARIES.name} asked for ${CANARIES.otherName}.`, issues: [] },
    },
  };
}

const write = (saved: SavedSession) => [...sessionParts(saved)].join('');
const written = (mask: boolean) => write(makeSavedSession(source(), mask, SAVED_AT));
const readBack = (text: string) => readSavedSession(JSON.parse(text), 'session.json');

describe('a session in a file', () => {
  it('comes back as it was, every column included', () => {
    const text = written(false);
    assert.ok(isSavedSession(JSON.parse(text)));
    const saved = readBack(text);
    assert.deepEqual([saved.savedAt, saved.masked], [SAVED_AT, false]);
    const before = source();
    // What JSON has no word for (undefined) is left out on both sides.
    const plain = (value: unknown) =>
      JSON.parse(JSON.stringify(value, (_key, one) => (ArrayBuffer.isView(one) ? [...(one as never)] : one)));
    const { savedAt: _at, masked: _masked, ...rest } = saved;
    assert.deepEqual(plain(rest), plain(before));
    const [report] = saved.reports;
    assert.ok(report?.streams[0]?.times instanceof Float64Array);
    assert.deepEqual(report.streams[0].series.packetLoss, before.reports[0]?.streams[0]?.series.packetLoss);
  });

  it('begins with its format, and never names the connection', () => {
    const text = written(false);
    assert.match(text, /^\{\s*"format": "peerscope.session",\s*"version": 1,/);
    assert.ok(!text.includes('connectionId'));
  });

  it('holds none of the canaries when it is masked, and all of them when it is not', () => {
    const masked = written(true).toLowerCase();
    const open = written(false);
    for (const [what, canary] of Object.entries({ ...CANARIES, userAgent: USER_AGENT })) {
      assert.ok(!masked.includes(canary.toLowerCase()), what);
      assert.ok(open.includes(JSON.stringify(canary).slice(1, -1)), what);
    }
  });

  it('gives a person one placeholder in the list, the reports and the reasons', () => {
    const { participants, reports, unread, masked, session, place } = readBack(written(true));
    assert.equal(masked, true);
    assert.equal(participants[0]?.name, reports[0]?.participant.name);
    const other = participants.find(({ id }) => id === OTHER)?.name ?? '';
    assert.match(other, /^Participant \d$/);
    assert.equal(unread[0]?.reason, `No report of ${other}.`);
    assert.match(session.roomName ?? '', /^Room \d$/);
    assert.equal(place.roomId, undefined);
  });

  it('is refused with the field that is wrong', () => {
    const wrong = (change: (file: ReturnType<typeof JSON.parse>) => void, field: string, words: RegExp) => {
      const file = JSON.parse(written(true));
      change(file);
      assert.throws(
        () => readSavedSession(file, 'bad.json'),
        (error) => {
          assert.ok(isCallError(error), String(error));
          assert.equal(error.kind, 'BadInput');
          assert.equal(error.field, field);
          assert.match(error.text, words);
          return true;
        },
      );
    };
    wrong((file) => delete file.session, 'session', /session: expected an object, found nothing/);
    wrong((file) => delete file.version, 'version', /version: expected 1, found nothing/);
    wrong((file) => Object.assign(file, { version: 2 }), 'version', /newer Peerscope/);
    wrong((file) => Object.assign(file, { provider: 'zoom' }), 'provider', /provider: expected "realtimekit" or/);
    wrong((file) => delete file.participants[0].id, 'participants[0].id', /expected text, found nothing/);
    wrong((file) => Object.assign(file, { reports: 'none' }), 'reports', /expected a list/);
    wrong(
      (file) => {
        file.reports[0].streams[0].series.packetLoss[1] = 'x';
      },
      'reports[0].streams[0].series.packetLoss[1]',
      /expected a number or null, found the text "x"/,
    );
    wrong((file) => file.reports[0].streams[0].times.pop(), 'reports[0].streams[0].series.packetLoss', /cells/);
    wrong((file) => Object.assign(file.findings[0], { severity: 'awful' }), 'findings[0].severity', /expected/);
  });
});
