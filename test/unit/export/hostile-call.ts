import type { Finding } from '../../../src/core/finding';
import type { CallReport, Participant, Session } from '../../../src/core/model';
import type { DocumentSource } from '../../../src/export/document';

export const T0 = Date.UTC(2025, 3, 1, 9, 0, 0);
export const ME = '7d0b9c52-4f1e-4a53-9a4e-0b3c6f6f0a01';
export const OTHER = '7d0b9c52-4f1e-4a53-9a4e-0b3c6f6f0a02';
export const SESSION = '0e5a4c11-9d2b-4d7a-8f4b-2f0d9b1c7e33';

/** Values that say who or where somebody is. Each stands in the call below, most of them in several places. */
export const CANARIES = {
  name: 'Zoë Canary-Hummel',
  otherName: 'Quentin Ölfink',
  email: 'zoe.canary@mail.example',
  customId: 'cust-zoe-4711',
  ip: '203.0.113.77',
  privateIp: '192.168.178.23',
  ipv6: '2001:db8:85a3::8a2e:370:7334',
  mdns: '3f1c9a7e-canary.local',
  device: 'Zoë’s AirPods Max',
  deviceId: 'b1946ac92492d2347c6235b4d2611184b1946ac92492d2347c6235b4d2611184',
  city: 'Kleinkanaria',
  organization: 'Canary Telecom GmbH',
  asn: 'AS64511',
  room: 'Zoë und Quentin: Jour fixe',
  phoneBuild: 'SM-CANARY9',
  cname: 'cnameCanary7',
  password: 'icepwdCanary0123456789',
  comment: 'Frau Kanarienvogel war zu leise',
} as const;

export const USER_AGENT = `Mozilla/5.0 (Linux; Android 14; ${CANARIES.phoneBuild}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Mobile Safari/537.36`;

const SDP = [
  'v=0',
  `o=- 4611 2 IN IP4 ${CANARIES.ip}`,
  's=-',
  'm=audio 9 UDP/TLS/RTP/SAVPF 111',
  `c=IN IP4 ${CANARIES.ip}`,
  `a=candidate:1 1 udp 2122260223 ${CANARIES.mdns} 51234 typ host generation 0 ufrag aBcD`,
  `a=candidate:2 1 udp 1686052607 ${CANARIES.ip} 51234 typ srflx raddr ${CANARIES.privateIp} rport 51234`,
  `a=candidate:3 1 udp 1686052607 ${CANARIES.ipv6} 51234 typ srflx`,
  `a=ice-pwd:${CANARIES.password}`,
  'a=rtpmap:111 opus/48000/2',
  `a=ssrc:1001 cname:${CANARIES.cname}`,
].join('\r\n');

const times = Float64Array.from([T0, T0 + 2000, T0 + 4000]);

/** One participant's call with a canary wherever a provider may put something personal. */
export function canaryCall(): DocumentSource {
  const participant: Participant = {
    id: ME,
    name: CANARIES.name,
    userId: CANARIES.email,
    customId: CANARIES.customId,
    role: 'host',
    joinedAt: T0,
    leftAt: T0 + 600_000,
    facts: [
      { label: 'Rating comment', value: CANARIES.comment, personal: true },
      { label: 'Left', value: `because ${CANARIES.otherName} asked` },
    ],
  };
  const report: CallReport = {
    provider: 'realtimekit',
    participant,
    startedAt: T0,
    endedAt: T0 + 600_000,
    streams: [
      {
        id: 'send-audio',
        direction: 'send',
        kind: 'audio',
        source: 'camera-mic',
        label: 'Microphone sent',
        times,
        series: {
          packetLoss: Float64Array.from([0, Number.NaN, 12.5]),
          bitrate: Float64Array.from([32_000, 31_000, 30_000]),
        },
        states: { encoder: [{ at: T0, value: `opus by ${CANARIES.otherName}` }] },
        identifiers: { producerId: OTHER, cname: `x ${CANARIES.email}` },
      },
      {
        id: 'recv-video',
        direction: 'receive',
        kind: 'video',
        source: 'camera-mic',
        label: `Camera from ${CANARIES.otherName}`,
        remoteParticipantId: OTHER,
        layer: 'h',
        times,
        series: { fps: Float64Array.from([30, 29, Number.NaN]) },
      },
    ],
    transports: [
      {
        direction: 'send',
        nominated: true,
        rttMs: 42,
        local: {
          type: 'srflx',
          address: CANARIES.ip,
          port: 51234,
          protocol: 'udp',
          relatedAddress: CANARIES.privateIp,
          networkType: 'wifi',
        },
        remote: { type: 'host', address: CANARIES.ipv6, port: 3478, protocol: 'udp' },
        times,
        series: { availableOutgoingBitrate: Float64Array.from([1e6, Number.NaN, 2e6]) },
      },
      {
        local: { type: 'host', address: CANARIES.mdns, protocol: 'udp' },
        remote: { type: 'relay', address: CANARIES.ip, protocol: 'udp', url: `turn:${CANARIES.ip}:3478?transport=udp` },
      },
    ],
    connectivity: [{ at: T0, effectiveNetworkType: '4g', relay: true, turn: true, sdp: [SDP] }],
    device: { type: 'mobile', os: 'Android', osVersion: '14' },
    browser: { name: 'Chrome', version: '126.0.0.0', userAgent: USER_AGENT },
    sdk: { name: 'web-core', version: '1.2.3' },
    network: {
      ip: CANARIES.ip,
      city: CANARIES.city,
      country: 'DE',
      organization: CANARIES.organization,
      asn: CANARIES.asn,
      timezone: 'Europe/Berlin',
    },
    deviceChanges: [
      { at: T0, change: 'selected', kind: 'audioinput', label: CANARIES.device, deviceId: CANARIES.deviceId },
      { at: T0 + 1000, change: 'selected', kind: 'audioinput', label: CANARIES.device, deviceId: CANARIES.deviceId },
    ],
    events: [
      {
        at: T0,
        name: 'PEER_JOINED',
        lane: 'presence',
        details: {
          display_name: CANARIES.name,
          'peer.user_email': CANARIES.email,
          note: CANARIES.comment,
          reason: `kicked by ${CANARIES.otherName} <${CANARIES.email}> from ${CANARIES.ip}`,
          error_name: 'NotAllowedError',
          code: 1006,
          muted: false,
          agent_type: USER_AGENT,
          phone: 491_511_234_567,
        },
      },
    ],
    aggregates: [],
    figures: [
      { name: 'subscriberid', label: 'Subscriber', value: CANARIES.customId, unit: '' },
      { name: 'startuptime', label: 'Start-up time', value: 1.5, unit: 's' },
    ],
    assumptions: [`The clock of ${CANARIES.name} is taken for right.`],
    issues: [{ path: 'data.ip', message: `Not readable: "${CANARIES.ipv6}" of ${CANARIES.email}` }],
  };
  const finding: Finding = {
    ruleId: 'rtk.dev.lost',
    severity: 'high',
    title: 'The microphone in use was unplugged',
    subject: { type: 'participant', participantId: ME, label: 'Participant' },
    start: T0 + 1000,
    end: T0 + 9000,
    evidence: [
      { metric: 'device', value: CANARIES.device, unit: '', personal: true, participantId: OTHER },
      { metric: 'packetLoss', value: 12.5, unit: '%', threshold: 5, streamId: 'send-audio' },
    ],
    explanation: 'It went away.',
    suggestion: `Ask ${CANARIES.otherName}.`,
    source: 'own',
    confidence: 'high',
    side: 'local',
    relatedParticipantIds: [OTHER],
  };
  const session: Session = {
    id: SESSION,
    roomId: CANARIES.room,
    roomName: CANARIES.room,
    status: 'ended',
    startedAt: T0,
    facts: [{ label: 'Metadata', value: CANARIES.comment }],
  };
  return {
    ref: { connectionId: 'c1', roomId: CANARIES.room, sessionId: SESSION, participantId: ME },
    report,
    session,
    people: [
      { id: ME, name: CANARIES.name },
      { id: OTHER, name: CANARIES.otherName },
    ],
    findings: [finding],
    notEvaluated: [{ ruleId: 'rtk.mos', reason: `No MOS for ${CANARIES.name}.` }],
  };
}
