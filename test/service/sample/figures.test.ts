import assert from 'node:assert/strict';
import type { Json } from '../json';
import { appPaths, type Client, openService, participantsOf, reportOf } from './client';

const near = (actual: number, expected: number, tolerance: number, what: string) =>
  assert.ok(Math.abs(actual - expected) <= tolerance, `${what}: ${actual}, expected ${expected}`);
const count = (row: Json, field: string): number => row[field];
const sum = (rows: Json[], field: string): number => rows.reduce((total: number, row) => total + count(row, field), 0);
const average = (values: number[]) => values.reduce((total, value) => total + value, 0) / values.length;

const SIDES = [
  'audio_producer',
  'audio_consumer',
  'video_producer',
  'video_consumer',
  'screenshare_audio_producer',
  'screenshare_audio_consumer',
  'screenshare_video_producer',
  'screenshare_video_consumer',
];

describe('sample service: figures that belong together', () => {
  let client: Client;
  const calls: { app: string; session: Json; people: Json[]; reports: Map<string, Json> }[] = [];
  before(async function () {
    this.timeout(60_000);
    client = await openService();
    const app = (await appPaths(client))['telehealth-prod'] ?? '';
    const seen = new Set<string>();
    for (const session of (await client.get(`${app}/sessions?per_page=100&status=ENDED`)).data.sessions) {
      if (seen.has(session.meeting_display_name) || session.meeting_display_name.startsWith('Live')) continue;
      seen.add(session.meeting_display_name);
      const people = await participantsOf(client, app, session.id);
      const reports = new Map<string, Json>();
      for (const { id } of people) {
        const report = await reportOf(client, app, id);
        if (report) reports.set(id, report);
      }
      calls.push({ app, session, people, reports });
    }
  });
  after(() => client.stop());

  const everyReport = () => calls.flatMap(({ reports }) => [...reports.values()]);

  it('aggregates are the arithmetic of the samples, in ms and percent', () => {
    let compared = 0;
    for (const { quality } of everyReport()) {
      for (const side of SIDES) {
        const rows = quality[side];
        const cumulative = quality[`${side}_cumulative`];
        if (rows.length === 0) {
          assert.deepEqual(cumulative, {});
          continue;
        }
        const producer = side.endsWith('producer');
        const losses = rows
          .map((row: Json) => [
            row.packets_lost,
            producer ? row.packets_sent : count(row, 'packets_lost') + count(row, 'packets_received'),
          ])
          .filter(([, all]: number[]) => (all ?? 0) > 0)
          .map(([lost, all]: number[]) => (100 * (lost ?? 0)) / (all ?? 1));
        if (losses.length === 0) continue;
        near(cumulative.packet_loss.avg, average(losses), 1e-5, `${side} loss`);
        for (const limit of [5, 10, 25, 50]) {
          const share = losses.filter((loss: number) => loss >= limit).length / losses.length;
          near(cumulative.packet_loss[`${limit}_or_greater_event_fraction`], share, 1e-6, `${side} ${limit} %`);
        }
        const latency = producer
          ? rows.map((row: Json) => row.rtt * 1000)
          : rows
              .filter((row: Json) => row.jitter_buffer_emitted_count > 0)
              .map((row: Json) => (1000 * row.jitter_buffer_delay) / row.jitter_buffer_emitted_count);
        const aggregate = producer ? cumulative.rtt : cumulative.jitter_buffer_delay;
        if (latency.length > 0) {
          near(aggregate.avg, average(latency), 1e-4, `${side} latency`);
          for (const limit of [100, 250, 500]) {
            const share = latency.filter((value: number) => value >= limit).length / latency.length;
            near(aggregate[`${limit}ms_or_greater_event_fraction`], share, 1e-6, `${side} ${limit} ms`);
          }
        }
        const scores = rows.map((row: Json) => row.mos_quality).filter((score: unknown) => score !== undefined);
        near(cumulative.quality_mos.avg, average(scores), 1e-5, `${side} MOS`);
        compared++;
      }
    }
    assert.ok(compared > 200, `${compared} aggregates compared`);
  });

  it('durations by reason fill each interval; the first interval begins with the stream', () => {
    for (const { quality } of everyReport()) {
      const last = new Map<string, number>();
      for (const row of quality.video_producer) {
        const key = `${row.producer_id} ${row.ssrc}`;
        const before = last.get(key);
        const at = Date.parse(row.timestamp);
        last.set(key, at);
        if (before === undefined) continue;
        const { none, cpu, bandwidth, other }: Record<'none' | 'cpu' | 'bandwidth' | 'other', number> =
          row.quality_limitation_durations;
        near(none + cpu + bandwidth + other, (at - before) / 1000, 0.003, 'durations');
      }
    }
  });

  it('what one sends is what the others get: packets received and lost add up to what was sent', () => {
    let compared = 0;
    for (const { reports, people } of calls) {
      for (const [id, sender] of reports) {
        const audio = sender.quality.audio_producer;
        if (audio.length < 20) continue;
        for (const [other, receiver] of reports) {
          if (other === id) continue;
          const heard = receiver.quality.audio_consumer.filter((row: Json) => row.peer_id === id);
          if (heard.length < 20) continue;
          // Both ends report every 7 s, each at moments of its own: compare rates over the time that both cover.
          const sent = rate(audio, 'packets_sent', heard);
          const got = rateOf(heard, ['packets_received', 'packets_lost']);
          // Where the receiver itself was cut off it gets nothing, which is no loss.
          const whole = heard.every(
            (row: Json, index: number) =>
              index === 0 || Date.parse(row.timestamp) - Date.parse(heard[index - 1].timestamp) < 9000,
          );
          if (!whole || sent === undefined) continue;
          near(got, sent, 0.03 * sent + 0.5, `${people.length} people, ${id} to ${other}`);
          assert.deepEqual([...new Set(heard.map((row: Json) => row.producer_id))], [audio[0].producer_id]);
          compared++;
        }
      }
    }
    assert.ok(compared > 50, `${compared} directions compared`);
  });

  it('a received picture is one of the sizes that its sender sends', () => {
    for (const { reports } of calls) {
      for (const [id, sender] of reports) {
        const widths = new Set(sender.quality.video_producer.map((row: Json) => row.frame_width));
        for (const [other, receiver] of reports) {
          if (other === id) continue;
          const seen = receiver.quality.video_consumer.filter((row: Json) => row.peer_id === id);
          const known = seen.filter((row: Json) => widths.has(row.frame_width));
          assert.ok(seen.length - known.length <= 0.02 * seen.length, 'sizes');
        }
      }
    }
  });

  it('candidate pairs count exactly what the samples count, with 36 bytes of header a packet', () => {
    for (const { quality, metadata } of everyReport()) {
      for (const [side, pairs, verb] of [
        ['producer', metadata.candidate_pairs.producing_transport, 'sent'],
        ['consumer', metadata.candidate_pairs.consuming_transport, 'received'],
      ]) {
        const rows = SIDES.filter((name) => name.endsWith(side)).flatMap((name) => quality[name]);
        const packets = sum(rows, `packets_${verb}`);
        assert.equal(sum(pairs, `packets_${verb}`), packets);
        assert.equal(sum(pairs, `bytes_${verb}`), sum(rows, `bytes_${verb}`) + 36 * packets);
      }
    }
  });

  it('readings are about 7 s apart and never outside the stay', () => {
    for (const { people, reports } of calls) {
      for (const person of people) {
        const rows = reports.get(person.id)?.quality.audio_producer ?? [];
        const times = rows.map((row: Json) => Date.parse(row.timestamp));
        const gaps = times.slice(1).map((at: number, index: number) => at - times[index]);
        const usual = gaps.filter((gap: number) => gap > 6900 && gap < 7700);
        assert.ok(usual.length >= gaps.length - 1);
        for (const at of times) {
          assert.ok(at >= Date.parse(person.joined_at.replace('"', '')) && at <= Date.parse(person.left_at));
        }
      }
    }
  });

  it('scores follow the formula and stay within 1 to 4.5', () => {
    for (const { quality } of everyReport()) {
      for (const row of quality.audio_producer) {
        if (row.packets_sent === 0) continue;
        // e = rtt/2 + 2 jitter + 10; R = 93.2 - e/40 below 160 ms, less 2.5 for each percent lost.
        const e = row.rtt * 500 + 2000 * row.jitter + 10;
        const base = e < 160 ? 93.2 - e / 40 : 93.2 - (e - 120) / 10;
        const r = Math.min(100, Math.max(0, base - (250 * row.packets_lost) / row.packets_sent));
        const mos = 1 + 0.035 * r + 7e-6 * r * (r - 60) * (100 - r);
        near(row.mos_quality, Math.min(4.5, Math.max(1, mos)), 0.002, 'MOS');
      }
    }
  });

  it('uses only addresses, networks and hosts that are kept for documentation', () => {
    const text = JSON.stringify(everyReport().map(({ metadata }) => metadata));
    const documented = /^(192\.0\.2|198\.51\.100|203\.0\.113)\.\d+$|^2001:db8:/;
    let addresses = 0;
    for (const [, address] of text.matchAll(/"(?:ipv4|\w+_address)":"([^"]+)"/g)) {
      assert.match(address ?? '', documented);
      addresses++;
    }
    assert.ok(addresses > 100);
    for (const [, route] of text.matchAll(/"route":"([^"/]+)/g)) assert.match(route ?? '', documented);
    for (const [, number] of text.matchAll(/"asn":"AS(\d+)"/g))
      assert.ok(Number(number) >= 64496 && Number(number) <= 64511);
    for (const [, host] of text.matchAll(/"(?:turns?|stun):([^:"]+)/g)) assert.match(host ?? '', /\.example$/);
  });
});

/** Packets per second that a stream of rows gives, from its first row to its last. */
function rateOf(rows: Json[], fields: string[]): number {
  const seconds = (Date.parse(rows.at(-1).timestamp) - Date.parse(rows[0].timestamp)) / 1000;
  const later = rows.slice(1);
  return fields.reduce((total, field) => total + sum(later, field), 0) / seconds;
}

/** The same of the sender's rows that lie within the receiver's time; undefined when there are too few. */
function rate(rows: Json[], field: string, heard: Json[]): number | undefined {
  const from = Date.parse(heard[0].timestamp) - 3500;
  const to = Date.parse(heard.at(-1).timestamp) + 3500;
  const within = rows.filter((row) => Date.parse(row.timestamp) >= from && Date.parse(row.timestamp) <= to);
  return within.length < 15 ? undefined : rateOf(within, [field]);
}
