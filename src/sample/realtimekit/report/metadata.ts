import { hash } from '../../random';
import { iso } from '../apps';
import type { Client } from '../client';
import { meetingId } from '../ids';
import type { Media } from '../media/call';
import { stayIdentity } from '../participants';
import type { Plan } from '../plan';
import { deviceUpdates } from './devices';
import type { SampleArrays } from './samples';
import { candidatePairs, type Route, routesOf } from './transports';

/** When the pre-call check ended after joining, ms; as published. */
const PRECALL_END = 4800;

/** Everything of a report that is not a sample: client, network, devices, events, transports, as known at `now`. */
export function metadataOf(plan: Plan, media: Media, arrays: SampleArrays, client: Client, now: number) {
  const seed = hash(plan.seed, media.stay.index, 1001);
  const routes = routesOf(media, client, seed).filter(({ from }) => from <= now);
  const { place, network } = client;
  return {
    ...(client.browser && {
      browser_metadata: {
        browser: client.browser,
        browser_version: client.browserVersion,
        engine: client.engine,
        user_agent: client.userAgent,
        webgl_support: client.webgl,
      },
    }),
    device_info: { cpus: client.cpus, is_mobile: client.mobile, os: client.os, os_version: client.osVersion },
    sdk_name: client.sdk.name,
    sdk_type: client.sdk.type,
    sdk_version: client.sdk.version,
    room_view_type: 'groupCall',
    ...(client.encoders && {
      native_metadata: { audio_encoder: client.encoders.audio, video_encoder: client.encoders.video },
    }),
    ip_information: {
      ipv4: client.address,
      ...place,
      org: `${network.asn} ${network.name}`,
      asn: { ...network },
    },
    pc_metadata: connectivity(media, routes, seed, now),
    events: events(plan, media, now),
    ...deviceUpdates(media, client, hash(plan.slot.key.app, plan.slot.meeting, media.stay.person), now),
    candidate_pairs: candidatePairs(media, arrays, routes, client, seed),
  };
}

function connectivity({ stay }: Media, routes: readonly Route[], seed: number, now: number) {
  return routes
    .map((route, index) => ({
      at: index === 0 ? stay.join + PRECALL_END : route.from + 300,
      effective_network_type: route.network === 'cellular' ? '3g' : '4g',
      reflexive_connectivity: route.relay !== 'udp-blocked',
      relay_connectivity: true,
      turn_connectivity: true,
      sdp: [description(hash(seed, index, 5), 'actpass'), description(hash(seed, index, 6), 'passive')],
    }))
    .filter(({ at }) => at <= now)
    .map(({ at, ...rest }) => ({ timestamp: iso(at), ...rest }));
}

/** A short session description (RFC 8866) with one line of each kind that people look for. */
function description(number: number, setup: string): string {
  const user = number.toString(36).slice(0, 4).padEnd(4, 'x');
  return [
    'v=0',
    `o=- ${number} 2 IN IP4 127.0.0.1`,
    's=-',
    't=0 0',
    'a=group:BUNDLE 0 1',
    'm=audio 9 UDP/TLS/RTP/SAVPF 111',
    'c=IN IP4 0.0.0.0',
    `a=ice-ufrag:${user}`,
    `a=setup:${setup}`,
    'a=mid:0',
    'a=rtpmap:111 opus/48000/2',
    'a=fmtp:111 minptime=10;useinbandfec=1;usedtx=1',
    'm=video 9 UDP/TLS/RTP/SAVPF 96',
    'c=IN IP4 0.0.0.0',
    'a=mid:1',
    'a=rtpmap:96 VP8/90000',
    'a=rtcp-fb:96 nack pli',
    '',
  ].join('\r\n');
}

type Scalars = Record<string, string | number | boolean | null>;

function events(plan: Plan, { stay, sending, faults }: Media, now: number) {
  const list: { at: number; name: string; metadata?: Scalars }[] = [];
  const add = (at: number, name: string, metadata?: Scalars) => list.push({ at, name, ...(metadata && { metadata }) });
  const { id, user_id, display_name } = stayIdentity(plan, stay);
  add(stay.join - 3044, 'precall_begin');
  add(stay.join + 220, 'call_join', {
    peer_id: id,
    user_id,
    display_name,
    room_name: meetingId({ app: plan.slot.key.app, meeting: plan.slot.meeting, room: plan.room }),
    room_view_type: 'groupCall',
    meeting_env: plan.slot.key.app === 0 ? 'production' : 'staging',
  });
  add(stay.join + PRECALL_END, 'precall_end', { throughput: 7931, fractional_loss: 0, turn_connectivity: true });
  for (const { from, to } of sending.muted) {
    add(Math.max(from, stay.join + 221), 'audio_off');
    if (to < stay.leave) add(to, 'audio_on');
  }
  const cameras = sending.tracks.filter(({ kind, source }) => kind === 'video' && source === 'camera-mic');
  if (cameras.length === 0) add(stay.join + 222, 'video_off');
  for (const { from, to } of cameras) {
    if (from > stay.join) add(from, 'video_on');
    if (to < stay.leave) add(to, 'video_off');
  }
  const screen = sending.tracks.find(({ kind, source }) => kind === 'video' && source === 'screen');
  if (screen) {
    add(screen.from, 'screenshare_on', {
      audio: sending.tracks.some(({ kind, source }) => kind === 'audio' && source === 'screen'),
    });
    add(screen.to, 'screenshare_off');
  }
  for (const fault of faults) {
    if (fault.kind === 'switch') {
      add(fault.from + 1200, 'transport_disconnected', { transport: 'both' });
      add(fault.to - 900, 'ice_restart', { reason: 'network_changed' });
      add(fault.to, 'transport_connected', { network_type: 'cellular' });
    }
    if (fault.kind === 'backgrounded') {
      add(fault.from, 'tab_change', { is_meetings_tab_active: false });
      add(fault.from, 'browser_backgrounded');
      add(fault.to, 'tab_change', { is_meetings_tab_active: true });
    }
  }
  return list
    .filter(({ at }) => at <= Math.min(now, stay.leave))
    .sort((a, b) => a.at - b.at)
    .map(({ at, ...rest }) => ({ ...rest, timestamp: iso(at) }));
}
