import assert from 'node:assert/strict';
import { isCallError } from '../../../src/core/errors';
import { queryText } from '../../../src/providers/mediamelon/client';
import { NAMES } from '../../../src/providers/mediamelon/names';
import { checkName, checkValue, filterText, QUERY, qoeFilterText } from '../../../src/providers/mediamelon/query';

const refused = (field: string, reason: RegExp) => (error: unknown) =>
  isCallError(error) && error.kind === 'BadInput' && error.field === field && reason.test(error.text);

describe('MediaMelon: filters', () => {
  it('writes the documented dimension filters', () => {
    assert.equal(filterText([]), undefined);
    assert.equal(filterText([{ name: 'country', values: ['US'] }]), '[country=US]');
    assert.equal(
      filterText([
        { name: 'country', values: ['US', 'Canada'] },
        { name: 'platform', values: ['Android'] },
      ]),
      '[country=US|Canada][platform=Android]',
    );
    assert.equal(filterText([{ name: 'assetname', values: ['A = B, C'] }]), '[assetname=A = B, C]');
  });

  it('writes the documented metric filter', () => {
    assert.equal(qoeFilterText([]), undefined);
    assert.equal(
      qoeFilterText([
        { name: 'latency', comparison: '>', value: 3 },
        { name: 'bufferingratio', comparison: '>', value: 5 },
      ]),
      'latency>3 AND bufferingratio>5',
    );
    assert.equal(qoeFilterText([{ name: 'latency', comparison: '<', value: 0.25 }]), 'latency<0.25');
    assert.equal(qoeFilterText([{ name: 'latency', comparison: '>', value: 1e-7 }]), 'latency>0.0000001');
  });

  for (const sign of ['[', ']', '|']) {
    it(`refuses a value with ${sign} and says why`, () => {
      assert.match(checkValue(`a${sign}b`) ?? '', /no way to write them within a value is documented/);
      assert.throws(
        () => filterText([{ name: 'assetname', values: ['fine', `a${sign}b`] }]),
        refused('dimensions[0].values', /must not hold/),
      );
    });
  }

  it('refuses what is no value, no name, no comparison and no number', () => {
    assert.match(checkValue('  ') ?? '', /must not be empty/);
    assert.match(checkValue('a\nb') ?? '', /line breaks/);
    assert.match(checkValue('x'.repeat(501)) ?? '', /500/);
    assert.equal(checkValue('Größe №5 “x” 100%'), undefined);
    for (const name of ['', 'a b', 'a=b', 'a,b', '[a]', '1a']) assert.ok(checkName(name), name);
    for (const name of ['latency', 'cdn_change_rate', 'p95_latency', 'custom.tag-1'])
      assert.equal(checkName(name), undefined);
    assert.throws(() => filterText([{ name: 'a=b', values: ['x'] }]), refused('dimensions[0].name', /name/));
    assert.throws(() => filterText([{ name: 'a', values: [] }]), refused('dimensions[0].values', /at least one/));
    assert.throws(
      () => qoeFilterText([{ name: 'latency', comparison: '>=' as '>', value: 1 }]),
      refused('metrics[0].comparison', /no other comparison/),
    );
    assert.throws(
      () => qoeFilterText([{ name: 'latency', comparison: '>', value: Number.NaN }]),
      refused('metrics[0].value', /number/),
    );
  });

  it('offers names that the table knows, with its units', () => {
    for (const { name, unit } of QUERY.metrics) assert.equal(NAMES[name]?.unit, unit, name);
    for (const { name } of QUERY.dimensions) assert.ok(NAMES[name] && NAMES[name].kind !== 'figure', name);
    assert.deepEqual(
      QUERY.presets.map(({ query, ask }) => [query.orderBy, query.metrics?.[0]?.name, ask]),
      [
        ['latency', undefined, undefined],
        ['cirrbufferingratio', 'cirrbufferingratio', undefined],
        ['starttime', undefined, 'subscriberid'],
      ],
    );
  });

  it('percent-encodes each value whole, a space as %20', () => {
    const text = queryText({
      period: { start: 1_500_000_000_999, end: 1_500_000_100_001 },
      metrics: ['latency', 'starttime'],
      aggby: 'sessionid',
      filter: '[assetname=A B|C]',
      qoefilter: 'latency>3 AND errors>0',
    });
    // Seconds: the start rounded down and the end up, so that nothing at either end is lost.
    assert.equal(
      text,
      'period=start%3D1500000000%2Cend%3D1500000101&metrics=latency%2Cstarttime&aggby=sessionid' +
        '&filter=%5Bassetname%3DA%20B%7CC%5D&qoefilter=latency%3E3%20AND%20errors%3E0',
    );
  });

  it('states the units that the documentation states', () => {
    const units = {
      latency: 's',
      watchtime: 's',
      playdur: 'min',
      avg_playtime_by_audience: 'min',
      cirrbufferingratio: '%',
    };
    for (const [name, unit] of Object.entries(units)) assert.equal(NAMES[name]?.unit, unit, name);
    const labels = Object.values(NAMES).map(({ label }) => label);
    assert.equal(new Set(labels).size, labels.length, 'a label stands for two names');
  });
});
