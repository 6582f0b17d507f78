/** What holds for every provider's table of parameters and fields. */
import assert from 'node:assert/strict';
import { SERIES } from '../../src/core/series';
import { type Endpoint, type Field, valuesAt } from './realtimekit/field-table';

/**
 * Each parameter is sent, or stands aside for a reason; each field is shown at known places, or stands aside for a reason.
 * Group 4 of `place` is the name of a series.
 */
export function checkLines({ name, parameters, fields }: Endpoint, place: RegExp): void {
  for (const { sent, standing, reason, ...one } of parameters) {
    const aside = standing === 'not used' && (reason?.length ?? 0) > 10;
    assert.ok(sent ? !standing : aside, `${name}: ${one.name}`);
  }
  for (const field of fields) {
    const aside = /^(not used|raw view only)$/.test(field.standing ?? '') && (field.reason?.length ?? 0) > 10;
    const shown = field.shown?.length && field.model && field.type;
    assert.ok(shown ? !field.standing : aside, `${name}: ${field.path}`);
    for (const one of field.shown ?? []) {
      assert.match(one, place, field.path);
      const series = place.exec(one)?.[4];
      if (series) assert.ok(series in SERIES, one);
    }
  }
}

/** The fields that are said to be shown and are not in the model with the value expected, in words. */
export function lostFields(
  fields: readonly Field[],
  model: unknown,
  expectedOf: (field: Field) => unknown,
  same: (actual: unknown, expected: unknown, field: Field) => boolean,
): string[] {
  return fields.flatMap((field) => {
    if (!field.shown) return [];
    const expected = expectedOf(field);
    const values = valuesAt(model, field.model ?? '');
    const there = values.some((value) => same(value, expected, field));
    return there ? [] : [`${field.path} (${String(expected)}) is not at ${field.model}: ${String(values)}`];
  });
}
