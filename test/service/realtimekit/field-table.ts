import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FIXTURES } from '../../paths';

export interface Parameter {
  name: string;
  /** When it is sent. */
  sent?: string;
  standing?: string;
  reason?: string;
}

export interface Field {
  /** In the answer: `data.sessions[].id`; `*` is any key. */
  path: string;
  /** What it holds, with its unit. */
  type?: string;
  /** Places on screen. */
  shown?: string[];
  /** Where it stands in the neutral model: `items[].id`, `aggregates[metric=mos].avg`. */
  model?: string;
  /** How the value changes on its way into the model. */
  as?: string;
  standing?: string;
  reason?: string;
}

export interface Endpoint {
  name: string;
  method: string;
  path: string;
  /** Method of the provider whose result is the model. */
  call?: string;
  parameters: Parameter[];
  fields: Field[];
}

const FOLDER = join(FIXTURES, 'realtimekit');

/** The table of every parameter and response field of the RealtimeKit endpoints. */
export const ENDPOINTS = (JSON.parse(readFileSync(join(FOLDER, 'fields.json'), 'utf8')) as { endpoints: Endpoint[] })
  .endpoints;

/** Paths of all fields in the description of the peer report. */
export function describedReportFields(): string[] {
  return leaves(JSON.parse(readFileSync(join(FOLDER, 'peer-report.types.json'), 'utf8')), '');
}

function leaves(value: unknown, path: string): string[] {
  if (Array.isArray(value)) return leaves(value[0], `${path}[]`);
  if (typeof value !== 'object' || value === null) return [path];
  return Object.entries(value).flatMap(([key, inner]) =>
    leaves(inner, `${path && `${path}.`}${key.replace(/\?$/, '')}`),
  );
}

/** Start of the made-up answers, epoch ms. */
export const START = Date.UTC(2024, 4, 6, 10, 0, 0);
/** Length of the one interval between the two samples of each stream, s. */
export const INTERVAL_S = 10;

const LIMITATION_SECONDS: Record<string, number> = { cpu: 1, bandwidth: 2, other: 3, none: 4 };

/** A value for a field that no other field of the endpoint has, as far as its type allows. */
export function marker({ path, type }: Field, n: number, flag: boolean): unknown {
  const name = path.split('.').at(-1) ?? '';
  const limitation = path.includes('quality_limitation_durations.') ? LIMITATION_SECONDS[name] : undefined;
  if (limitation !== undefined) return limitation;
  if (path.includes('.quality.') && name === 'timestamp') return new Date(START + INTERVAL_S * 1000).toISOString();
  switch (type) {
    case 'time':
    case 'time text':
      return new Date(START + n * 60_000).toISOString();
    case 'epoch ms':
      return START + n;
    case 'count':
      return 2000 + n;
    case 'number':
      return 20 + n / 1000;
    case 'mos':
      return 1 + n / 1000;
    case 'seconds':
      return 0.1 + n / 10_000;
    case 'minutes':
      return 5 + n / 1000;
    case 'ms':
      return 50 + n / 1000;
    case 'percent':
      return 40 + n / 1000;
    case 'fraction':
      return n / 1000;
    case 'flag':
      return flag;
    case 'LIVE or ENDED':
      return flag ? 'LIVE' : 'ENDED';
    case 'candidate type':
      return flag ? 'srflx' : 'prflx';
    case 'id':
    case 'text':
      return `${name}-${n}`;
    default:
      throw new Error(`${path}: no marker for ${type}`);
  }
}

/** What the model must hold for a marker. `sibling` gives the marker of another field of the same record. */
export function converted(field: Field, value: unknown, sibling: (name: string) => unknown): unknown {
  if (field.type === 'time') return Date.parse(value as string);
  switch (field.as) {
    case undefined:
    case 'part of the text':
      return value;
    case 'text':
      return String(value);
    case 'text in seconds':
      return `${value as number} s`;
    case 'yes or no':
      return value ? 'yes' : 'no';
    case 'live or ended':
      return value === 'LIVE' ? 'live' : 'ended';
    case 'seconds to ms':
      return (value as number) * 1000;
    case 'minutes to ms':
      return (value as number) * 60_000;
    case 'fraction to percent':
      return (value as number) * 100;
    case 'over jitter_buffer_emitted_count, to ms':
      return ((value as number) * 1000) / (sibling('jitter_buffer_emitted_count') as number);
    case 'share of the interval':
      return (100 * (value as number)) / INTERVAL_S;
    default:
      throw new Error(`${field.path}: no conversion for ${field.as}`);
  }
}

/** Puts a value at a path; lists get one element. */
export function put(root: Record<string, unknown>, path: string, value: unknown): void {
  const keys = path.split('.');
  let at = root;
  keys.forEach((key, index) => {
    const name = key.replace('[]', '').replace('*', 'anything');
    const last = index === keys.length - 1;
    if (key.endsWith('[]')) {
      at[name] ??= [last ? value : {}];
      at = (at[name] as Record<string, unknown>[])[0] as Record<string, unknown>;
    } else if (last) {
      at[name] = value;
    } else {
      at[name] ??= {};
      at = at[name] as Record<string, unknown>;
    }
  });
}

/** All values at a path of the model: `[]` and `*` take each, `[key=value&…]` those that match. */
export function valuesAt(root: unknown, path: string): unknown[] {
  const keys = path.match(/(?:[^.[]|\[[^\]]*\])+/g) ?? [];
  return keys.reduce<unknown[]>((found, key) => found.flatMap((value) => step(value, key)), [root]);
}

function step(value: unknown, key: string): unknown[] {
  if (typeof value !== 'object' || value === null) return [];
  const [, name = '', filter] = /^([^[]*)(?:\[(.*)\])?$/.exec(key) ?? [];
  const inner = name === '*' ? Object.values(value) : [(value as Record<string, unknown>)[name]];
  if (filter === undefined) return inner;
  const wanted = filter === '' ? [] : filter.split('&').map((condition) => condition.split('='));
  return inner.flatMap((list) => {
    const items: unknown[] = ArrayBuffer.isView(list) ? [...(list as Float64Array)] : Array.isArray(list) ? list : [];
    return items.filter((item) => wanted.every(([k = '', v]) => String((item as Record<string, unknown>)[k]) === v));
  });
}

/** An answer in which each field that is shown has a marker; samples come as two, the first without counts. */
export function markedAnswer(
  { fields }: Endpoint,
  flag: boolean,
): { body: Record<string, unknown>; markers: Map<string, unknown> } {
  const body: Record<string, unknown> = { success: true };
  const markers = new Map<string, unknown>();
  fields.forEach((field, n) => {
    if (!field.shown) return;
    const value = marker(field, n + 1, flag);
    markers.set(field.path, value);
    put(body, field.path, value);
  });
  const [quality] = valuesAt(body, 'data.participant.peer_report.quality');
  for (const samples of Object.values(quality ?? {})) {
    if (Array.isArray(samples)) samples.unshift(sampleBefore(samples[0] as Record<string, unknown>));
  }
  return { body, markers };
}

/** The sample before: the same ids, an interval earlier, nothing counted. */
function sampleBefore(sample: Record<string, unknown>): Record<string, unknown> {
  const entries = Object.entries(sample).map(([key, value]) => {
    if (key === 'timestamp') return [key, new Date(START).toISOString()];
    if (key === 'quality_limitation_durations') return [key, { cpu: 0, bandwidth: 0, other: 0, none: 0 }];
    return [key, typeof value === 'number' && key !== 'ssrc' ? 0 : value];
  });
  return Object.fromEntries(entries) as Record<string, unknown>;
}
