import assert from 'node:assert/strict';
import type { Gap } from '../../../src/core/gaps';
import { chartGaps, gapAt } from '../../../src/webview/charts/gap-bands';
import { Timeline } from '../../../src/webview/charts/timeline';
import { isPanPress, readWheel } from '../../../src/webview/charts/wheel';
import { lineStyle } from '../../../src/webview/line-style';
import { metricOf, type Source } from '../../../src/webview/report-model';
import { groupStreams } from '../../../src/webview/stream-groups';
import { sortFigures, streamFigures, worstFirst } from '../../../src/webview/stream-table-model';
import { troubleOf } from '../../../src/webview/trouble';

function source(id: string, times: number[], rtt: number[], gaps: Gap[] = []): Source {
  const columns = { times: Float64Array.from(times), series: { rtt: Float64Array.from(rtt) } };
  return {
    id,
    group: 'sent',
    label: id,
    ...columns,
    stream: { id, direction: 'send', kind: 'video', source: 'camera-mic', ...columns },
    style: lineStyle(0),
    maxGap: 5000,
    gapsOf: () => gaps,
  };
}

const turn = (more: Partial<Parameters<typeof readWheel>[0]>) =>
  readWheel({ deltaX: 0, deltaY: 0, deltaMode: 0, ctrlKey: false, metaKey: false, shiftKey: false, ...more });

describe('gestures', () => {
  it('leave the plain wheel to the page, and read the others', () => {
    assert.equal(turn({ deltaY: 100 }), undefined);
    assert.deepEqual(turn({ deltaY: 100, ctrlKey: true }), { zoom: 1.25 });
    assert.deepEqual(turn({ deltaY: -100, metaKey: true }), { zoom: 1 / 1.25 });
    assert.deepEqual(turn({ deltaY: 40, shiftKey: true }), { pixels: 40 });
    assert.deepEqual(turn({ deltaX: 40, deltaY: 0, shiftKey: true }), { pixels: 40 });
    assert.deepEqual(turn({ deltaX: -30, deltaY: 5 }), { pixels: -30 });
    assert.deepEqual(turn({ deltaX: 2, deltaMode: 1 }), { pixels: 32 });
  });

  it('move the view with Shift or the middle button', () => {
    assert.deepEqual(
      [
        [0, false],
        [0, true],
        [1, false],
        [2, true],
      ].map(([button, shiftKey]) => isPanPress({ button: button as number, shiftKey: shiftKey as boolean })),
      [false, true, true, false],
    );
  });

  it('never move the view beyond what there is', () => {
    const timeline = new Timeline([0, 100_000], [40_000, 60_000]);
    timeline.moveTo(-5000);
    assert.deepEqual(timeline.range, [0, 20_000]);
    timeline.moveTo(95_000);
    assert.deepEqual(timeline.range, [80_000, 100_000]);
  });
});

describe('gaps in a chart', () => {
  const times = [0, 10, 20, 30, 40, 50, 60];
  const gap = (from: number, to: number, reason: Gap['reason']): Gap => ({ from, to, reason });
  const values = times.map(() => 1);

  it('are bands where no line goes on, and single where some do', () => {
    const one = source('a', times, values, [gap(10, 40, 'muted')]);
    const other = source('b', times, values, [gap(20, 50, 'unknown')]);
    const { bands, single } = chartGaps([one, other], 'rtt');
    assert.deepEqual(bands, [{ from: 20, to: 40, reasons: ['muted', 'unknown'] }]);
    assert.deepEqual(
      single.map(({ source: { id } }) => id),
      ['a', 'b'],
    );
    assert.deepEqual(chartGaps([one], 'rtt'), { bands: [{ from: 10, to: 40, reasons: ['muted'] }], single: [] });
  });

  it('do not count lines that had not begun or were over', () => {
    const late = source('c', [30, 60], [1, 1]);
    const { bands } = chartGaps([source('a', times, values, [gap(10, 40, 'left')]), late], 'rtt');
    assert.deepEqual(bands, [{ from: 10, to: 30, reasons: ['left'] }]);
  });

  it('tell their reason between their ends', () => {
    const one = source('a', times, values, [gap(10, 40, 'muted')]);
    assert.deepEqual(
      [10, 11, 39, 40].map((at) => gapAt(one, 'rtt', at)),
      [undefined, 'muted', 'muted', undefined],
    );
  });
});

describe('streams in groups', () => {
  it('stand by medium when sent and by person when received; one alone has its whole name', () => {
    const named = (id: string, group: Source['group'], words: Source['words'], label: string): Source => ({
      ...source(id, [0], [1]),
      group,
      label,
      words,
      stream: {
        ...(source(id, [0], [1]).stream as NonNullable<Source['stream']>),
        direction: group === 'sent' ? 'send' : 'receive',
        kind: words?.what === 'Microphone' ? 'audio' : 'video',
      },
    });
    const groups = groupStreams([
      named('1', 'sent', { what: 'Microphone' }, 'Microphone'),
      named('2', 'sent', { what: 'Camera', layer: '180p' }, 'Camera · 180p (1)'),
      named('3', 'sent', { what: 'Camera', layer: '180p' }, 'Camera · 180p (2)'),
      named('4', 'received', { what: 'Camera', who: 'Caller B' }, 'Caller B · camera'),
      named('5', 'received', { what: 'Microphone', who: 'Caller B' }, 'Caller B · microphone'),
    ]);
    const shown = groups.map(({ title, parts }) => [
      title,
      ...parts.map((part) => [part.title, ...part.members.map(({ name }) => name)]),
    ]);
    assert.deepEqual(shown, [
      ['Sent', [undefined, 'Microphone'], ['Camera', '180p (1)', '180p (2)']],
      ['Received', ['Caller B', 'Camera', 'Microphone']],
    ]);
  });
});

describe('streams compared', () => {
  const limit = {
    ruleId: 'rtk.rtt',
    metric: 'rtt',
    beyond: 'above',
    warn: 300,
    streams: { direction: 'send' },
  } as const;
  const slow = source('slow', [0, 1000, 2000, 3000], [400, 100, 100, 100]);
  const fine = source('fine', [0, 1000, 2000, 3000], [50, 60, 70, 80]);
  const rows = streamFigures([fine, slow], metricOf('rtt'), [limit]);

  it('have median, worst and the share of time beyond the limit', () => {
    assert.deepEqual(
      rows.map(({ median, worst, beyond, measured }) => [median, worst, beyond, measured]),
      [
        [65, 80, 0, 4000],
        [100, 400, 0.25, 4000],
      ],
    );
    assert.equal(streamFigures([fine], metricOf('rtt'), undefined)[0]?.beyond, undefined);
  });

  it('sort by any column, what is not known last', () => {
    const order = (column: Parameters<typeof sortFigures>[1]['column'], descending: boolean, list = rows) =>
      sortFigures(list, { column, descending }).map(({ source: { id } }) => id);
    assert.deepEqual(order('beyond', true), ['slow', 'fine']);
    assert.deepEqual(order('name', false), ['fine', 'slow']);
    const unknown = [{ ...(rows[0] as (typeof rows)[0]), beyond: undefined }, rows[1] as (typeof rows)[0]];
    assert.deepEqual(order('beyond', true, unknown), ['slow', 'fine']);
    assert.deepEqual(order('beyond', false, unknown), ['slow', 'fine']);
    assert.deepEqual([worstFirst('worst', { worse: 'high' }), worstFirst('worst', { worse: 'low' })], [true, false]);
  });

  it('have limits and episodes of the rules that read their metric', () => {
    const finding = {
      ruleId: 'rtk.rtt',
      title: 'Long round trips',
      start: 5,
      end: 9,
      evidence: [{ streamId: 'slow' }],
    };
    const other = { ...finding, ruleId: 'rtk.jitter' };
    const diagnosis = { findings: [finding, other], notEvaluated: [], thin: false, limits: [limit] } as never;
    assert.deepEqual(troubleOf(diagnosis, 'rtt', [slow]), {
      limits: [limit],
      episodes: [{ from: 5, to: 9, title: 'Long round trips' }],
    });
    // The stream in which it was is not shown.
    assert.deepEqual(troubleOf(diagnosis, 'rtt', [fine, source('x', [0], [1])]).episodes, []);
    assert.deepEqual(troubleOf(diagnosis, 'jitter', [slow]), { limits: [], episodes: [] });
  });
});
