import type { CallReport, Connectivity, ItemIssue } from '../../../core/model';
import { parseTime } from '../../../core/time';
import { readRecords } from '../../records';
import { connectivitySchema, type MetadataRecord } from './metadata-schema';

export const METADATA_PATH = 'data.participant.peer_report.metadata';

/** The parts of a report that describe the client and where it was. */
export function mapClient(record: MetadataRecord): Pick<CallReport, 'device' | 'browser' | 'sdk' | 'network'> {
  const { browser_metadata: browser, device_info: device, native_metadata: native, ip_information: ip } = record;
  return {
    device: filled({
      os: device?.os,
      osVersion: device?.os_version,
      cpus: device?.cpus,
      isMobile: device?.is_mobile,
      audioEncoder: native?.audio_encoder,
      videoEncoder: native?.video_encoder,
    }),
    browser: filled({
      name: browser?.browser,
      version: browser?.browser_version,
      engine: browser?.engine,
      userAgent: browser?.user_agent,
      webgl: browser?.webgl_support,
    }),
    sdk: filled({
      name: record.sdk_name,
      type: record.sdk_type,
      version: record.sdk_version,
      viewType: record.room_view_type,
    }),
    network: filled({
      ip: ip?.ipv4,
      city: ip?.city,
      region: ip?.region,
      country: ip?.country,
      timezone: ip?.timezone,
      organization: ip?.org,
      asn: ip?.asn?.asn,
      asnName: ip?.asn?.name,
      asnDomain: ip?.asn?.domain,
      asnRoute: ip?.asn?.route,
      asnType: ip?.asn?.type,
    }),
  };
}

/** What could be reached, one entry for each time that it was probed. */
export function mapConnectivity(value: unknown, issues: ItemIssue[]): Connectivity[] {
  return readRecords(connectivitySchema, value, `${METADATA_PATH}.pc_metadata`, issues).map((record) => ({
    at: parseTime(record.timestamp),
    effectiveNetworkType: record.effective_network_type ?? undefined,
    reflexive: record.reflexive_connectivity ?? undefined,
    relay: record.relay_connectivity ?? undefined,
    turn: record.turn_connectivity ?? undefined,
    sdp: record.sdp ?? undefined,
  }));
}

/** The object without its empty members; undefined when nothing is left. */
export function filled<T extends object>(value: T): { [K in keyof T]?: NonNullable<T[K]> } | undefined {
  const kept = Object.entries(value).filter(([, one]) => one !== undefined && one !== null && one !== '');
  return kept.length > 0 ? (Object.fromEntries(kept) as { [K in keyof T]?: NonNullable<T[K]> }) : undefined;
}
