import * as l10n from '@vscode/l10n';
import { CallError, isCallError } from '../../core/errors';
import type { ItemIssue } from '../../core/model';
import { compareText } from '../../core/order';
import { found, member, readRecord } from '../records';
import type { EventParams, HmsClient } from './client';
import { type EventData, eventDataSchema, eventSchema } from './schema';
import { time } from './time';

/** The most that one page of events holds. */
const PAGE = 100;
/** No walk is longer: 5000 events of one peer tell enough. */
const MAX_PAGES = 50;

/** An event with a readable time. */
export interface HmsEvent {
  id: string;
  /** Epoch ms. */
  at: number;
  type: string;
  data: EventData;
  /** All that came in `data`. */
  raw: unknown;
  /** In the answer, for issues. */
  path: string;
}

/**
 * Every event that fits, in the order of time. The walk follows `next` until it is empty or missing; it is a snapshot
 * that expires, so that a walk whose later page is refused begins anew, once. What is cut short is an issue.
 */
export async function readEvents(
  client: HmsClient,
  params: EventParams,
  issues: ItemIssue[],
  signal: AbortSignal,
  maxPages = MAX_PAGES,
): Promise<HmsEvent[]> {
  for (let attempt = 0; ; attempt++) {
    const own: ItemIssue[] = [];
    try {
      const events = await walk(client, params, own, signal, maxPages);
      issues.push(...own);
      return [...events.values()].sort((a, b) => a.at - b.at || compareText(a.id, b.id));
    } catch (error) {
      if (!(error instanceof Expired) || attempt > 0) throw error instanceof Expired ? error.refusal : error;
    }
  }
}

/** A later page was refused: its `next` has expired, or is not known any more. */
class Expired extends Error {
  constructor(readonly refusal: CallError) {
    super(refusal.message);
  }
}

async function walk(
  client: HmsClient,
  params: EventParams,
  issues: ItemIssue[],
  signal: AbortSignal,
  maxPages: number,
): Promise<Map<string, HmsEvent>> {
  const events = new Map<string, HmsEvent>();
  const starts = new Set<string>();
  let start: string | undefined;
  for (let page = 0; page < maxPages; page++) {
    const body = await onePage(client, { ...params, limit: PAGE, start }, signal);
    const list = member(body, 'events');
    const next = member(body, 'next');
    const rows = listOf(list, body, client.who);
    rows.forEach((row, index) => {
      const event = readEvent(row, `events[${page * PAGE + index}]`, issues);
      if (event) events.set(event.id || event.path, event);
    });
    if (typeof next !== 'string' || next === '' || rows.length === 0) return events;
    if (starts.has(next)) {
      issues.push({
        path: 'next',
        message: l10n.t('The events came round to a page that was read before; the walk ends here.'),
      });
      return events;
    }
    starts.add(next);
    start = next;
  }
  issues.push({
    path: 'events',
    message: l10n.t('There are more events than {0}; the rest was not read.', maxPages * PAGE),
  });
  return events;
}

async function onePage(client: HmsClient, params: EventParams, signal: AbortSignal): Promise<unknown> {
  try {
    return await client.events(params, signal);
  } catch (error) {
    const refused = isCallError(error) && [400, 404, 410, 422].includes(error.status ?? 0);
    if (refused && params.start !== undefined) throw new Expired(error);
    throw error;
  }
}

function listOf(list: unknown, body: unknown, who: string): unknown[] {
  if (Array.isArray(list)) return list;
  if (list === null || (list === undefined && member(body, 'limit') !== undefined)) return [];
  const came = list === undefined ? found(body) : found(list);
  throw new CallError(
    'BadResponse',
    l10n.t('{0} answered the request for events without a list ({1} came).', who, came),
  );
}

function readEvent(row: unknown, path: string, issues: ItemIssue[]): HmsEvent | undefined {
  const record = readRecord(eventSchema, row, path, issues);
  if (!record) return undefined;
  const at = time(record.timestamp);
  if (at === undefined) {
    issues.push({ path: `${path}.timestamp`, message: l10n.t('The event has no readable time; left out.') });
    return undefined;
  }
  const data = readRecord(eventDataSchema, record.data ?? {}, `${path}.data`, issues) ?? {};
  return { id: record.id ?? '', at, type: record.type, data, raw: record.data, path };
}
