import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FIXTURES } from '../../paths';
import type { Answerer, Scripted } from '../http/server';
import type { Json } from '../json';
import { PREFIX } from './connection';

/** A published payload. */
export function fixture(name: string): Json {
  return JSON.parse(readFileSync(join(FIXTURES, 'hms', `${name}.json`), 'utf8'));
}

/** Answers by path below the prefix, whatever the query; every other path is 404 in 100ms' form. */
export function routes(answers: Readonly<Record<string, Scripted | Answerer>>): Answerer {
  return (request, response) => {
    const answer = answers[request.path.slice(PREFIX.length)];
    if (answer === undefined) return { status: 404, body: { code: 404, message: 'not found', details: ['not found'] } };
    return typeof answer === 'function' ? answer(request, response) : answer;
  };
}

/** An empty page of each kind, for what a test is not about. */
export const NOTHING: Readonly<Record<string, Scripted>> = {
  '/analytics/events': { body: { limit: 0, total: 0, next: '', events: [] } },
  '/analytics/webhooks': { body: { events: [], pagination: { has_next: false }, summary: { total_events: 0 } } },
  '/recordings': { body: { limit: 100, data: null } },
  '/recording-assets': { body: { limit: 100, data: null } },
};

export const STATS = '/analytics/peer-stats';
