import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isCallError } from '../../../src/core/errors';
import type { CallReport } from '../../../src/core/model';
import { diagnoseReport } from '../../../src/diagnosis/index';
import { makeDocument } from '../../../src/export/document';
import { jsonParts } from '../../../src/export/json';
import { isSavedReport, readSavedReport } from '../../../src/export/read-json';
import { packReport, unpackReport } from '../../../src/protocol/pack';
import { readReport as readHms } from '../../../src/providers/hms/report/read';
import { readPlayback } from '../../../src/providers/mediamelon/report';
import { readReport as readRealtimeKit } from '../../../src/providers/realtimekit/report/read';
import { readJsonFile, recognizeAnswer } from '../../../src/providers/saved-answer';
import { readReport as readWhereby } from '../../../src/providers/whereby/report/read';
import { encode } from '../../fuzz/fake-transport';
import { Dice, millionKeys, mutate } from '../../fuzz/mutate';
import { fuzz, reportCount } from '../../fuzz/run';
import { FIXTURES } from '../../paths';

const NOW = Date.UTC(2026, 10, 22);
const fixture = (path: string) => JSON.parse(readFileSync(join(FIXTURES, path), 'utf8')) as unknown;
const context = { who: 'A provider', participantId: 'p1', now: NOW };

/** One reader of reports, with published answers. */
interface Reader {
  name: string;
  answers: readonly unknown[];
  read: (body: Uint8Array) => CallReport;
}

const PLAYBACK = {
  totalcount: 1,
  response: [
    {
      sessionid: 'p1',
      starttime: 1795262004,
      endtime: 1795262904,
      assetname: 'News',
      viewstatus: 'COMPLETE',
      playdur: 15,
      watchtime: 880,
      latency: 1.5,
      cirrbufferingratio: 0.7,
      isp: 'Example Net',
      country: 'BR',
      platform: 'Android',
    },
  ],
};
const TREND = {
  response: [
    { timestamp: 1795262000, latency: 1.5, viewercount: 10 },
    { timestamp: 1795262060, latency: 1.7, viewercount: 12 },
  ],
};
const period = { start: 1795262000_000, end: 1795263000_000 };
const trendOf = (body: Uint8Array) => ({
  body,
  metrics: ['latency', 'viewercount'],
  asset: 'News',
  granularity: 'minute',
  period,
  ungrouped: false,
});

const READERS: readonly Reader[] = [
  {
    name: 'realtimekit peer report',
    answers: ['peer-report.json', 'peer-report.types.json', 'peer-report.dyte-v2.json'].map((name) =>
      fixture(`realtimekit/${name}`),
    ),
    read: (body) => readRealtimeKit(body, context),
  },
  { name: '100ms peer statistics', answers: [fixture('hms/peer-stats.json')], read: (body) => readHms(body, context) },
  {
    name: 'whereby samples',
    answers: [fixture('whereby/participant_2026.schema-values.json')],
    read: (body) => readWhereby(body, context),
  },
  {
    name: 'mediamelon playback',
    answers: [PLAYBACK],
    read: (body) => readPlayback(body, { ...context, metrics: [], trend: trendOf(encode(TREND)) }),
  },
  {
    name: 'mediamelon trend',
    answers: [TREND],
    read: (body) => readPlayback(encode(PLAYBACK), { ...context, metrics: [], trend: trendOf(body) }),
  },
];

describe('fuzz: reports', () => {
  reportCount();

  for (const { name, answers, read } of READERS) {
    fuzz({ name, tryCase: (seed) => use(read(encode(mutate(new Dice(seed).pick(answers), seed)))) });

    fuzz({
      name: `${name}, damaged text`,
      tryCase: (seed) => {
        const dice = new Dice(seed);
        const text = JSON.stringify(dice.pick(answers));
        const at = dice.below(text.length);
        const cut = dice.pick([
          text.slice(0, at),
          text.slice(at),
          text.slice(0, at) + dice.pick(['\u0000', '"', '}', ',,', '1e999', '\\ud800', '-', 'NaN']) + text.slice(at),
        ]);
        use(read(new TextEncoder().encode(cut)));
      },
    });

    if (name !== 'mediamelon trend')
      it(`${name}: a million keys`, () => {
        const answer = structuredClone(answers[0]) as Record<string, unknown>;
        spread(answer);
        try {
          use(read(encode(answer)));
        } catch (error) {
          assert.ok(isCallError(error), String(error));
        }
      }).timeout(60_000);
  }

  fuzz({
    name: 'a saved answer',
    tryCase: (seed) => {
      const dice = new Dice(seed);
      const body = encode(mutate(dice.pick(dice.pick(READERS).answers), seed));
      const { provider } = recognizeAnswer(readJsonFile(body, 'file.json'), body, 'file.json');
      assert.ok(['realtimekit', '100ms', 'whereby', 'mediamelon'].includes(provider));
    },
  });

  describe('saved by Peerscope', () => {
    const saved = READERS.map(({ read, answers }) => {
      const report = read(encode(answers[0]));
      const { findings, notEvaluated } = diagnoseReport(report);
      const ref = { connectionId: 'c1', sessionId: 's1', participantId: 'p1' };
      const document = makeDocument({ report, ref, people: [], findings, notEvaluated }, false);
      return JSON.parse([...jsonParts(document, NOW)].join('')) as unknown;
    });

    fuzz({
      name: 'a saved report',
      tryCase: (seed) => {
        const value: unknown = JSON.parse(new TextDecoder().decode(encode(mutate(new Dice(seed).pick(saved), seed))));
        if (isSavedReport(value)) use(readSavedReport(value, 'file.json').report);
      },
    });
  });
});

/** Puts a million keys into the innermost object that is met first. */
function spread(value: Record<string, unknown>): void {
  const inner = Object.values(value).find((one) => typeof one === 'object' && one !== null && !Array.isArray(one));
  if (inner) spread(inner as Record<string, unknown>);
  else Object.assign(value, millionKeys());
}

/** All that is made of a report before it is shown; what must hold for every one. */
function use(report: CallReport): void {
  for (const { id, times, series } of report.streams) {
    for (let at = 1; at < times.length; at++) {
      assert.ok((times[at] as number) >= (times[at - 1] as number), `${id}: times fall`);
    }
    for (const [metric, column] of Object.entries(series)) {
      assert.equal(column.length, times.length, `${id} ${metric}: length`);
      assert.ok(
        column.every((value) => Number.isNaN(value) || Number.isFinite(value)),
        `${id} ${metric}: infinite`,
      );
    }
  }
  const { findings } = diagnoseReport(report);
  for (const finding of findings) {
    assert.doesNotMatch(`${finding.title} ${finding.explanation} ${finding.suggestion}`, /undefined|\bNaN\b|\[object/);
  }
  const again = unpackReport(structuredClone(packReport(report)));
  assert.equal(again.streams.length, report.streams.length);
}
