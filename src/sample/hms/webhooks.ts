import type { SampleAnswer } from '../provider';
import { noise } from '../random';
import type { Plan } from '../realtimekit/plan';
import { opaqueId } from '../uuid';
import { moment, number, ok, Refused } from './answers';
import { identity, plansBetween, roomIndex } from './sessions';
import { goTime, peerId, roomOf, sessionId } from './workspace';

const DAY = 86_400_000;

/** One delivery. */
interface Delivery {
  at: number;
  plan: Plan;
  event: string;
  /** Index of the stay. */
  peer?: number;
  failed: boolean;
  number: number;
}

/** `GET /analytics/webhooks`: pages by number, the newest first. */
export function listDeliveries(query: URLSearchParams, now: number): SampleAnswer {
  const from = moment(query, 'start_time') ?? now - DAY;
  const to = moment(query, 'end_time') ?? now;
  if (from < now - 30 * DAY) throw new Refused(400, 'start_time must be within the last 30 days');
  if (to - from > 14 * DAY) throw new Refused(400, 'end_time must be within 14 days after start_time');
  const status = query.get('status') ?? 'all';
  if (!['all', 'failed', 'success'].includes(status)) throw new Refused(400, 'invalid value for status');
  const names = query.getAll('event_names');
  const size = number(query, 'limit', 50, 1, 100);
  const current = number(query, 'page', 1, 1, 1_000_000);
  const rows = plansBetween(from - DAY, to, now, roomIndex(query.get('room_id')))
    .flatMap(deliveriesOf)
    .filter(
      ({ at, failed, event }) =>
        at >= from &&
        at <= Math.min(to, now) &&
        (status === 'all' || failed === (status === 'failed')) &&
        (names.length === 0 || names.includes(event)),
    )
    .sort((a, b) => b.at - a.at || a.number - b.number);
  const pages = Math.ceil(rows.length / size);
  return ok({
    events: rows.slice((current - 1) * size, current * size).map(row),
    pagination: {
      current_page: current,
      page_size: size,
      total_pages: pages,
      total_items: rows.length,
      has_next: current < pages,
      has_prev: current > 1,
    },
    summary: { total_events: rows.length },
  });
}

function deliveriesOf(plan: Plan): Delivery[] {
  const moments = [
    { at: plan.start + 400, event: 'session.open.success' },
    ...plan.stays.flatMap(({ index, join, leave }) => [
      { at: join + 350, event: 'peer.join.success', peer: index },
      { at: leave + 350, event: 'peer.leave.success', peer: index },
    ]),
    { at: plan.end + 900, event: 'session.close.success' },
  ];
  return moments.map((one, index) => ({ ...one, plan, number: index, failed: noise(plan.seed, index, 95) < 0.04 }));
}

function row({ at, plan, event, peer, failed, number: count }: Delivery) {
  const stay = peer === undefined ? undefined : plan.stays[peer];
  return {
    event_id: opaqueId(plan.seed, count, 96),
    event_name: failed ? 'reporter.webhook.delivery.failed' : 'reporter.webhook.delivery.success',
    room_id: roomOf(plan).id,
    event_timestamp: goTime(at),
    payload: {
      event_data: {
        session_id: sessionId(plan),
        ...(stay && { peer_id: peerId(plan, stay.index), user_id: identity(plan, stay).user_id }),
      },
      webhook_url: 'https://hooks.example/100ms',
      original_event_name: event,
      ...(failed && { error_reason: noise(plan.seed, count, 97) < 0.5 ? 'timeout' : 'status 502' }),
    },
  };
}
