import assert from 'node:assert/strict';
import fc from 'fast-check';
import { isCallError } from '../../../src/core/errors';
import { makeDocument } from '../../../src/export/document';
import { jsonParts } from '../../../src/export/json';
import { isSavedReport, readSavedReport } from '../../../src/export/read-json';
import { anyReport } from './any-report';
import { allFormats, SAVED_AT } from './formats';
import { canaryCall, ME, OTHER, SESSION, T0 } from './hostile-call';

type Saved = Record<string, unknown>;

const open = (): Saved => JSON.parse(allFormats(canaryCall(), false).json);
const read = (value: unknown) => readSavedReport(value, 'call.json');

/** The saved call with the value at a path replaced. */
function changed(path: (string | number)[], value: unknown): Saved {
  const file = open();
  const last = path.at(-1) as string;
  const owner = path.slice(0, -1).reduce<unknown>((inner, key) => (inner as Record<string, unknown>)[key], file);
  (owner as Record<string, unknown>)[last] = value;
  return file;
}

function refusal(value: unknown): { text: string; field?: string } {
  try {
    read(value);
  } catch (error) {
    assert.ok(isCallError(error), String(error));
    assert.equal(error.kind, 'BadInput');
    return { text: error.text, field: error.field };
  }
  throw new assert.AssertionError({ message: 'It was read.' });
}

describe('reading a saved report', () => {
  it('gives back any report as it was saved', () => {
    fc.assert(
      fc.property(anyReport, (report) => {
        const source = { ...canaryCall(), report };
        const text = [...jsonParts(makeDocument(source, false), SAVED_AT)].join('');
        assert.deepStrictEqual(read(JSON.parse(text)).report, report);
      }),
      { numRuns: 300 },
    );
  });

  it('gives back a masked document as it was masked', () => {
    fc.assert(
      fc.property(anyReport, (report) => {
        const document = makeDocument({ ...canaryCall(), report }, true);
        const back = read(JSON.parse([...jsonParts(document, SAVED_AT)].join('')));
        assert.deepEqual(back.report.streams, document.report.streams);
        assert.deepEqual(back.report.participant.id, document.report.participant.id);
        assert.equal(back.saved.masked, true);
      }),
      { numRuns: 100 },
    );
  });

  it('gives back what stands around it: place, names, session, findings, when', () => {
    const call = canaryCall();
    const { connectionId: _, ...place } = call.ref;
    const { saved, report } = read(open());
    assert.deepEqual(saved, {
      savedAt: SAVED_AT,
      masked: false,
      place,
      participantNames: Object.fromEntries(call.people.map(({ id, name }) => [id, name])),
      session: call.session,
      diagnosis: { findings: call.findings, notEvaluated: call.notEvaluated },
    });
    assert.deepEqual(report, call.report);
    const masked = read(JSON.parse(allFormats(call, true).json)).saved;
    assert.deepEqual(masked.place, { sessionId: SESSION, participantId: ME });
    assert.deepEqual(masked.participantNames, { [ME]: 'Participant 1', [OTHER]: 'Participant 2' });
  });

  it('knows its own files from others', () => {
    assert.equal(isSavedReport(open()), true);
    for (const other of [null, 3, [], {}, { format: 'peerscope.session' }, { data: {} }]) {
      assert.equal(isSavedReport(other), false);
    }
  });

  it('says that a newer version wrote it', () => {
    const { text, field } = refusal(changed(['version'], 2));
    assert.equal(field, 'version');
    assert.match(text, /^call\.json was saved by a newer Peerscope: .*version 2.*reads version 1\. Update Peerscope/);
  });

  const bad: [(string | number)[], unknown, RegExp, string?][] = [
    [['version'], '1', /^version: expected 1, found the text "1"/],
    [['savedAt'], 'yesterday', /^savedAt: expected a date and time in ISO 8601/],
    [['personalData'], 'some', /^personalData: expected "masked" or "included", found the text "some"/],
    [['report'], null, /^report: expected an object, found null/],
    [['report', 'provider'], 'zoom', /^report\.provider: expected "realtimekit" or /],
    [['report', 'participant'], undefined, /^report\.participant: expected an object, found nothing/],
    [['report', 'participant', 'id'], 4, /^report\.participant\.id: expected text, found the number 4/],
    [['report', 'streams'], {}, /^report\.streams: expected a list, found an object/],
    [['report', 'streams', 0, 'direction'], 'up', /^report\.streams\[0\]\.direction: expected "send" or "receive"/],
    [['report', 'streams', 0, 'times'], undefined, /^report\.streams\[0\]\.times: expected a list of numbers/],
    [['report', 'streams', 0, 'times'], [T0, null, T0], /^report\.streams\[0\]\.times\[1\]: expected a time/],
    [['report', 'streams', 0, 'times'], [T0, T0 - 1, T0], /^report\.streams\[0\]\.times\[1\] is earlier/],
    [['report', 'streams', 0, 'series'], [], /^report\.streams\[0\]\.series: expected an object of columns/],
    [
      ['report', 'streams', 0, 'series', 'bitrate', 1],
      '31000',
      /^report\.streams\[0\]\.series\.bitrate\[1\]: expected a number or null, found the text "31000"/,
    ],
    [
      ['report', 'streams', 1, 'series', 'fps'],
      [30],
      /^report\.streams\[1\]\.series\.fps has 1 cells, and its times 3/,
    ],
    [['report', 'streams', 1, 'id'], 'send-audio', /^report\.streams\[1\]\.id is the id of another stream/],
    [['report', 'transports', 0, 'local', 'type'], 'x', /^report\.transports\[0\]\.local\.type: expected "host" or/],
    [['report', 'events', 0, 'at'], null, /^report\.events\[0\]\.at: expected a number, found null/],
    [['findings', 0, 'severity'], 'bad', /^findings\[0\]\.severity: expected "critical" or/],
    [['session', 'status'], 1, /^session\.status: expected "live" or "ended", found the number 1/],
    [['series', 'bitrate', 'unit'], 'kbit/s', /^series\.bitrate\.unit: expected "bit\/s", found the text "kbit\/s"/],
  ];
  for (const [path, value, expected] of bad) {
    it(`names the field that is wrong: ${path.join('.')} = ${JSON.stringify(value)}`, () => {
      const { text, field } = refusal(changed(path, value));
      assert.match(text, expected);
      assert.ok(field && text.startsWith(field), `${field}`);
    });
  }

  it('reads a number that was none as not known, and a measured value that was none as not measured', () => {
    const file = changed(['report', 'startedAt'], null);
    const [finding] = file.findings as { evidence: { value: unknown }[] }[];
    if (finding?.evidence[1]) finding.evidence[1].value = null;
    const { report, saved } = read(file);
    assert.equal(report.startedAt, undefined);
    assert.ok(Number.isNaN(saved.diagnosis?.findings[0]?.evidence[1]?.value));
  });

  it('leaves out a series that it does not know, and says so', () => {
    const { report } = read(changed(['report', 'streams', 0, 'series', 'wobble'], [1, 2, 3]));
    assert.deepEqual(Object.keys(report.streams[0]?.series ?? {}), ['packetLoss', 'bitrate']);
    assert.deepEqual(report.issues.at(-1), {
      path: 'report.streams[0].series.wobble',
      message: 'Not known to this version of Peerscope; left out.',
    });
  });

  it('takes further members for those of a newer writer, and findings that are missing for not known', () => {
    const { findings: _1, notEvaluated: _2, ...file }: Saved = { ...open(), mood: 'fine' };
    assert.equal(read(file).saved.diagnosis, undefined);
  });

  it('never fails with anything but an error of ours, whatever is changed, and never changes a prototype', () => {
    const places = fc.constantFrom<(string | number)[][]>(
      ['report'],
      ['session'],
      ['findings'],
      ['series'],
      ['participantNames'],
      ['report', 'participant'],
      ['report', 'streams', 0],
      ['report', 'streams', 0, 'series'],
      ['report', 'streams', 0, 'states'],
      ['report', 'streams', 0, 'times'],
      ['report', 'transports', 0],
      ['report', 'events', 0, 'details'],
      ['report', 'aggregates'],
    );
    fc.assert(
      fc.property(places, fc.jsonValue(), (path, value) => {
        try {
          read(JSON.parse(JSON.stringify(changed(path, value))));
        } catch (error) {
          assert.ok(isCallError(error) && error.kind === 'BadInput', String(error));
          assert.ok(error.field);
        }
      }),
      { numRuns: 1000 },
    );
    const hostile = JSON.parse(JSON.stringify(open()).replace('"packetLoss":', '"__proto__":[1,2,3],"packetLoss":'));
    read(hostile);
    assert.equal((Object.prototype as { 0?: unknown })[0], undefined);
  });
});
