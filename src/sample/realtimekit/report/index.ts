import type { SampleAnswer } from '../../provider';
import { hash } from '../../random';
import { presetName } from '../apps';
import { clientOf } from '../client';
import { success } from '../envelope';
import { sessionId } from '../ids';
import { mediaOf } from '../media/call';
import { peerEvents, stayIdentity, stayTimes } from '../participants';
import type { Plan, Stay } from '../plan';
import { BadParameter, flag } from '../query';
import { keyOf } from '../sessions';
import { cumulativeOf } from './cumulative';
import { metadataOf } from './metadata';
import { readingsOf, type SampleArrays, samplesOf } from './samples';

/** Which parts of a report each value of `filters` leaves; the provider does not describe it in more words. */
const FILTERS: Readonly<Record<string, readonly string[]>> = {
  device_info: ['device_info', 'browser_metadata', 'sdk_name', 'sdk_type', 'sdk_version', 'native_metadata'],
  ip_information: ['ip_information'],
  precall_network_information: ['pc_metadata'],
  events: ['events'],
  quality_stats: [],
};

/** `GET …/sessions/peer-report/{peer}`: all that was recorded of one stay, up to `now`. */
export function peerReport(plan: Plan, stay: Stay, query: URLSearchParams, now: number): SampleAnswer {
  const filters = query.get('filters')?.split(',') ?? [];
  for (const filter of filters) if (!FILTERS[filter]) throw new BadParameter(`"filters" does not know ${filter}`);
  const participant = {
    ...stayIdentity(plan, stay),
    role: presetName(stay.person),
    session_id: sessionId(keyOf(plan)),
    ...stayTimes(stay, now),
    ...(flag(query, 'include_peer_events') && { peer_events: peerEvents(plan, stay, now) }),
    ...(plan.meeting.scenario !== 'no-report' && { peer_report: filtered(makeReport(plan, stay, now), filters) }),
  };
  return success({ participant });
}

function makeReport(plan: Plan, stay: Stay, now: number) {
  const media = mediaOf(plan, stay);
  const readings = readingsOf(media, hash(plan.seed, stay.index, 1101), now);
  const arrays = samplesOf(plan, media, readings);
  const cumulative = Object.entries(arrays).map(([kind, rows]): [string, unknown] => [
    `${kind}_cumulative`,
    cumulativeOf(kind as keyof SampleArrays, rows),
  ]);
  const client = clientOf(plan, stay.person);
  return {
    metadata: metadataOf(plan, media, arrays, client, now),
    quality: { ...arrays, ...Object.fromEntries(cumulative) },
  };
}

function filtered(report: ReturnType<typeof makeReport>, filters: readonly string[]) {
  if (filters.length === 0) return report;
  const kept = new Set(filters.flatMap((filter) => FILTERS[filter] ?? []));
  const metadata = Object.fromEntries(Object.entries(report.metadata).filter(([name]) => kept.has(name)));
  return {
    ...(kept.size > 0 && { metadata }),
    ...(filters.includes('quality_stats') && { quality: report.quality }),
  };
}
