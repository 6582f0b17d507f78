import * as l10n from '@vscode/l10n';
import type { Fact, ItemIssue } from '../../core/model';
import { isCount } from '../cursor';
import { member, readRecords } from '../records';
import type { HmsClient, WebhookParams } from './client';
import { facts } from './facts';
import { deliverySchema } from './schema';

const PAGE = 100;
const MAX_PAGES = 10;
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** Deliveries go on for a while after a session: its recordings are announced by them. */
const AFTER_MS = 6 * 3_600_000;
/** 100ms refuses a start that is longer ago, and a longer span than 14 days; a session lasts at most half a day. */
const OLDEST_MS = 30 * DAY_MS - 5 * MINUTE_MS;

/**
 * Webhook deliveries of a session that failed, as a fact; none for a session of which 100ms keeps no deliveries any more.
 * The list is paged by number: `pagination.has_next` says whether there is more.
 */
export async function failedDeliveries(
  client: HmsClient,
  { sessionId, roomId, from, to }: { sessionId: string; roomId: string; from: number; to: number },
  now: number,
  signal: AbortSignal,
): Promise<Fact[]> {
  if (from < now - OLDEST_MS) return [];
  const params: WebhookParams = {
    room_id: roomId,
    status: 'failed',
    start_time: new Date(from - MINUTE_MS).toISOString(),
    end_time: new Date(Math.min(now, to + AFTER_MS)).toISOString(),
    limit: PAGE,
  };
  const reasons = new Map<string, number>();
  const issues: ItemIssue[] = [];
  let count = 0;
  for (let page = 1; page <= MAX_PAGES; page++) {
    const body = await client.webhooks({ ...params, page }, signal);
    for (const { event_name, payload } of readRecords(deliverySchema, member(body, 'events'), 'events', issues)) {
      const session = payload?.event_data?.session_id;
      if (session && session !== sessionId) continue;
      count++;
      const what = `${payload?.original_event_name ?? event_name ?? l10n.t('event')}: ${payload?.error_reason ?? l10n.t('no reason given')}`;
      reasons.set(what, (reasons.get(what) ?? 0) + 1);
    }
    const pagination = member(body, 'pagination');
    const pages = member(pagination, 'total_pages');
    if (member(pagination, 'has_next') !== true || (isCount(pages, 0, 1e9) && page >= pages)) break;
  }
  const told = [...reasons]
    .slice(0, 10)
    .map(([what, times]) => (times > 1 ? l10n.t('{0} ({1} times)', what, times) : what));
  return facts([[l10n.t('Failed webhook deliveries'), count > 0 ? `${count}: ${told.join('; ')}` : undefined]]);
}
