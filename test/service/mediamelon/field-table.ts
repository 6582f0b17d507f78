import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CallProvider } from '../../../src/providers/contract';
import { NAMES } from '../../../src/providers/mediamelon/names';
import { FIXTURES } from '../../paths';
import type { Recorded, Scripted } from '../http/server';
import { type Endpoint as CommonEndpoint, type Field, put } from '../realtimekit/field-table';
import { CUSTOMER, signal } from './connection';
import { row, T0 } from './rows';

/** An endpoint of MediaMelon’s table; one that is not used says why. */
export interface Endpoint extends CommonEndpoint {
  /** Tells entries of one path apart. */
  aggby?: string;
  /** The endpoint as a whole is not used. */
  standing?: string;
  reason?: string;
}

const TABLE = join(FIXTURES, 'mediamelon', 'fields.json');
/** The table of every parameter and response field of MediaMelon’s endpoints. */
export const { endpoints: ENDPOINTS } = JSON.parse(readFileSync(TABLE, 'utf8')) as { endpoints: Endpoint[] };
/** Those that are used. */
export const USED = ENDPOINTS.filter(({ standing }) => standing === undefined);

/** Settings under which every option is sent and every known name asked for. */
export const SETTINGS = {
  concurrency: '0',
  businessError: 'false',
  trendGranularity: 'hour',
  extraMetrics: Object.keys(NAMES).join(','),
};
/** The session whose report is asked for. */
export const ref = { connectionId: 'c1', sessionId: 'sessionid-0', participantId: 'sessionid-0' };
const query = {
  pageSize: 7,
  from: T0 * 1000,
  to: (T0 + 9999) * 1000,
  dimensions: [{ name: 'country', values: ['US'] }],
  metrics: [{ name: 'latency', comparison: '>' as const, value: 1 }],
};

/** What the provider's methods are called with, every option set. */
export const CALLS: Record<string, (provider: CallProvider) => Promise<unknown>> = {
  listRooms: (provider) => provider.listRooms(query, signal),
  listSessions: (provider) =>
    provider.listSessions(
      { ...query, roomId: 'm1', personId: 'p', within: 'started', anyStatus: true, sortOrder: 'ascending' },
      signal,
    ),
  getReport: async (provider) => (await provider.getReport(ref, signal)).report,
};

/** Tells the requests of an endpoint. */
export const matches =
  ({ path, aggby }: Endpoint) =>
  (request: Recorded) =>
    request.path === `/mm-apis${path.replace('{customerId}', CUSTOMER)}` && request.query.get('aggby') === aggby;

/** A value for a field that no other field of the endpoint has. */
export function marker({ path, type }: Field, n: number): unknown {
  const name = path.replace(/^.*\./, '');
  switch (type) {
    case 'epoch s':
      return T0 + n;
    case 'count':
      return 2000 + n;
    case 'total':
      return 1;
    case 'number':
    case 'percent':
      return 20 + n / 100;
    case 'id':
    case 'text':
      // The answer to a look-up must hold the id that was asked for.
      return name === 'sessionid' ? ref.sessionId : `${name}-${n}`;
    default:
      throw new Error(`${path}: no marker for ${type}`);
  }
}

/** What the model must hold for a marker. */
export function converted({ as, path }: Field, value: unknown): unknown {
  if (as === undefined) return value;
  if (as === 'seconds to ms') return (value as number) * 1000;
  assert.equal(as, 'figure in words');
  const { unit = '', decimals = 0 } = NAMES[path.replace(/^.*\./, '')] ?? {};
  return `${Number((value as number).toFixed(decimals))}${unit && ` ${unit}`}`;
}

/** An answer in which each field that is shown has a marker, and what the model must hold for each. */
export function answer(endpoint: Endpoint): { body: unknown; expected: Map<string, unknown> } {
  const body: Record<string, unknown> = {};
  const expected = new Map<string, unknown>();
  endpoint.fields.forEach((field, n) => {
    if (!field.shown) return;
    const value = marker(field, n);
    put(body, field.path, value);
    expected.set(field.path, converted(field, value));
  });
  // A trend needs a second point; it has none of the values.
  if (endpoint.aggby === 'timestamp') (body.response as unknown[]).push({ timestamp: T0 + 7200, latency: 1 });
  return { body, expected };
}

/** Answers what belongs to an endpoint; groups by `listsessions` are refused where `metricquery` is meant. */
export function script(endpoint: Endpoint, answered: Scripted): (request: Recorded) => Scripted {
  const ours = matches(endpoint);
  return (request) => {
    if (ours(request)) return answered;
    if (request.query.get('aggby') === 'sessionid')
      return { body: { response: [row(0, { sessionid: ref.sessionId })] } };
    return { status: 400, body: { message: 'aggby must be sessionid' } };
  };
}
