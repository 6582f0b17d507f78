import type { Participant } from '../../../src/core/model';
import { type diagnoseSession, type Finding, isProblem } from '../../../src/diagnosis/index';
import type { Raw } from './calls';

type Row = Record<string, number> & { quality_limitation_durations?: Record<string, number> };

/** A tenth of the loss: the worst episodes lose 26 % of the packets, so that at most 2.6 % are left. */
const TENTH = 0.1;
/** Time under a limitation brought to 28 % of it: of an interval that was limited all through, less than 30 % are left. */
const LESS = 0.28;

/** The samples of an array. */
function rows(raw: Raw, name: string): Row[] {
  return raw.data.participant.peer_report.quality[name];
}

const PRODUCERS = ['audio_producer', 'video_producer'];
const CONSUMERS = ['audio_consumer', 'video_consumer'];

/** A copy without what no longer fits the changed samples: the provider's sums over them, and scores. */
function copy(raw: Raw): Raw {
  const twin = structuredClone(raw);
  const { quality } = twin.data.participant.peer_report;
  for (const name of Object.keys(quality)) {
    if (name.endsWith('_cumulative')) quality[name] = {};
    else for (const row of quality[name]) delete row.mos_quality;
  }
  return twin;
}

/** The widest picture of each stream: what it sends or shows when nothing is wrong. */
function widest(list: readonly Row[]): Map<number | undefined, Row> {
  const found = new Map<number | undefined, Row>();
  for (const row of list)
    if ((row.frame_width ?? 0) > (found.get(row.ssrc)?.frame_width ?? 0)) found.set(row.ssrc, row);
  return found;
}

function fullSize(list: readonly Row[]): void {
  const best = widest(list);
  for (const row of list) {
    const full = best.get(row.ssrc);
    row.frame_width = full?.frame_width ?? 0;
    row.frame_height = full?.frame_height ?? 0;
  }
}

function lessLoss(row: Row): void {
  const lost = row.packets_lost ?? 0;
  const left = Math.floor(lost * TENTH);
  row.packets_lost = left;
  if (row.packets_received !== undefined) row.packets_received += lost - left;
  for (const name of ['concealment_events', 'pli_count', 'fir_count']) {
    if (row[name] !== undefined) row[name] = Math.floor((row[name] ?? 0) * TENTH);
  }
}

/** The picture as it is with so little loss: at least 20 frames a second. */
function moving(row: Row): void {
  row.frames_per_second = Math.max(row.frames_per_second ?? 0, 20);
  if (row.frames_decoded !== undefined) row.frames_decoded = Math.max(row.frames_decoded, 140);
}

function lessLimited(row: Row, reason: 'cpu' | 'bandwidth'): void {
  const spent = row.quality_limitation_durations;
  if (!spent) return;
  const left = (spent[reason] ?? 0) * LESS;
  spent.none = (spent.none ?? 0) + (spent[reason] ?? 0) - left;
  spent[reason] = left;
}

/** For each fault the same call with the fault just too small, or just not there. */
export const TWINS: Record<string, (raw: Raw) => Raw> = {
  'Lossy uplink': (raw) => {
    const twin = copy(raw);
    for (const name of [...PRODUCERS, ...CONSUMERS]) for (const row of rows(twin, name)) lessLoss(row);
    for (const row of rows(twin, 'video_consumer')) moving(row);
    return twin;
  },
  'Lossy downlink': (raw) => {
    const twin = copy(raw);
    for (const name of [...PRODUCERS, ...CONSUMERS]) for (const row of rows(twin, name)) lessLoss(row);
    for (const row of rows(twin, 'video_consumer')) moving(row);
    fullSize(rows(twin, 'video_consumer'));
    return twin;
  },
  'CPU-limited sender': (raw) => {
    const twin = copy(raw);
    for (const row of rows(twin, 'video_producer')) {
      lessLimited(row, 'cpu');
      // 15 frames a second are not fewer than 15.
      row.frames_per_second = Math.max(row.frames_per_second ?? 0, 15);
    }
    for (const row of rows(twin, 'video_consumer')) {
      row.frames_per_second = Math.max(row.frames_per_second ?? 0, 15);
      // At most 23 % were dropped; 8 % are left.
      row.frames_dropped = Math.floor((row.frames_dropped ?? 0) * 0.3);
    }
    fullSize(rows(twin, 'video_producer'));
    return twin;
  },
  'Bandwidth-limited uplink': (raw) => {
    const twin = copy(raw);
    for (const row of rows(twin, 'video_producer')) {
      lessLimited(row, 'bandwidth');
      row.quality_limitation_resolution_changes = 0;
    }
    fullSize(rows(twin, 'video_producer'));
    fullSize(rows(twin, 'video_consumer'));
    return twin;
  },
  'TURN over TCP': (raw) => {
    const twin = structuredClone(raw);
    for (const pair of pairs(twin)) pair.local_candidate_url = 'turn:turn.calls.example:3478?transport=udp';
    return twin;
  },
  // STUN answers, so that it is not UDP as a whole that is blocked.
  'UDP blocked': (raw) => {
    const twin = structuredClone(raw);
    for (const probe of twin.data.participant.peer_report.metadata.pc_metadata) probe.reflexive_connectivity = true;
    return twin;
  },
  'Headset unplugged': (raw) => {
    const twin = structuredClone(raw);
    const { metadata } = twin.data.participant.peer_report;
    // Another device goes, which was not in use, and the microphone goes on.
    for (const name of ['audio_devices_updates', 'speaker_devices_updates']) {
      for (const update of metadata[name])
        update.removed = update.removed.map((one: Raw) => ({ ...one, device_id: 'another' }));
    }
    for (const row of rows(twin, 'audio_producer')) {
      row.packets_sent = Math.max(row.packets_sent ?? 0, 1);
      row.bytes_sent = Math.max(row.bytes_sent ?? 0, 18);
    }
    return twin;
  },
  'Network switch with ICE restart': (raw) => {
    const twin = structuredClone(raw);
    // Renewed on the same network: the connection was lost, and came back where it was.
    for (const list of Object.values<Raw[]>(twin.data.participant.peer_report.metadata.candidate_pairs)) {
      for (const pair of list.slice(1)) {
        for (const name of ['type', 'address', 'network_type', 'related_address']) {
          pair[`local_candidate_${name}`] = list[0][`local_candidate_${name}`];
        }
      }
    }
    return twin;
  },
};

function pairs(raw: Raw): Raw[] {
  const { producing_transport: out, consuming_transport: back } =
    raw.data.participant.peer_report.metadata.candidate_pairs;
  return [...out, ...back];
}

/** Everyone who comes back does so after 61 s. */
export function slowReturns(people: readonly Participant[]): Participant[] {
  const left = new Map<string, number>();
  return [...people]
    .sort((a, b) => (a.joinedAt ?? 0) - (b.joinedAt ?? 0))
    .map((one) => {
      const before = left.get(one.userId ?? '');
      const joinedAt =
        before === undefined ? (one.joinedAt as number) : Math.max(one.joinedAt as number, before + 61_000);
      const leftAt = Math.max(one.leftAt as number, joinedAt + 1000);
      left.set(one.userId ?? '', leftAt);
      return { ...one, joinedAt, leftAt };
    });
}

/** Nobody comes back: only the first stay of each person is left. */
export function noReturns(people: readonly Participant[]): Participant[] {
  const seen = new Set<string | undefined>();
  return [...people]
    .sort((a, b) => (a.joinedAt ?? 0) - (b.joinedAt ?? 0))
    .filter(({ userId }) => !seen.has(userId) && seen.add(userId));
}

/** The findings above `info` of one participant, or of the session where none is named. */
export function problemsOf(diagnosis: ReturnType<typeof diagnoseSession>, participantId?: string): Finding[] {
  return diagnosis.findings.filter(
    (one) => isProblem(one) && (participantId === undefined || one.subject.participantId === participantId),
  );
}
