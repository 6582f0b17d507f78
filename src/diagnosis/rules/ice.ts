import * as l10n from '@vscode/l10n';
import type { CandidatePair } from '../../core/model';
import { compareNumbers } from '../../core/order';
import { touches } from '../engine/episodes';
import type { ReportView } from '../engine/view';
import { type Evidence, type Finding, type Interval, isProblem } from '../finding';
import { type Hit, type ReportRule, reportRule, skip } from '../rule';
import { allNominated, lastPacket, nominatedPairs, overTcp, routeOf } from './pairs';

const NO_PAIR = l10n.t('Not in the report: a nominated candidate pair.');
const W3C = 'W3C webrtc-stats';

const relay = reportRule({
  id: 'rtk.ice.relay',
  family: 'rtk',
  inputs: [l10n.t('type of the nominated local candidate')],
  thresholds: {},
  severity: ['info', 'info'],
  title: l10n.t('Media goes through a relay (TURN)'),
  explanation: l10n.t('The nominated pair is relayed. That adds some delay and is fine in itself.'),
  suggestion: l10n.t('Nothing to do unless round trips are long.'),
  source: W3C,
  weight: 2,
  evaluate: (view) => {
    const pairs = allNominated(view).filter(({ local }) => local.type !== undefined);
    if (pairs.length === 0) return skip(NO_PAIR);
    const relayed = pairs.filter(({ local }) => local.type === 'relay');
    if (relayed.length === 0) return { hits: [] };
    return { hits: [{ severity: 'info', evidence: relayed.map(serverOf), side: 'network', confidence: 'high' }] };
  },
});

const RELAY = {
  send: l10n.t('relay, send'),
  receive: l10n.t('relay, receive'),
  both: l10n.t('relay, both directions'),
};

/** The relay of a relayed pair. */
function serverOf(pair: CandidatePair): Evidence {
  return {
    metric: RELAY[pair.direction ?? 'both'],
    value: pair.local.url ?? 'relay',
    unit: '',
    personal: true,
  };
}

/** What a pair over TCP goes through. */
function wayOf(pair: CandidatePair): Evidence {
  if (pair.local.type === 'relay') return serverOf(pair);
  return { metric: l10n.t('protocol'), value: pair.local.protocol as string, unit: '' };
}

const tcp = reportRule({
  id: 'rtk.ice.tcp',
  family: 'rtk',
  inputs: [l10n.t('url and protocol of the nominated local candidate')],
  thresholds: {},
  severity: ['low', 'medium'],
  title: l10n.t('Media goes over TCP'),
  explanation: l10n.t(
    'The nominated pair runs over TCP or TLS: a lost packet holds back all behind it, which makes delay and jitter.',
  ),
  suggestion: l10n.t('Open UDP to the service’s media addresses and TURN servers on the firewall, or leave the VPN.'),
  source: W3C,
  weight: 72,
  phase: 2,
  evaluate: (view, _thresholds, found) => {
    const pairs = allNominated(view).filter((pair) => overTcp(pair) !== undefined);
    if (pairs.length === 0) return skip(NO_PAIR);
    const over = pairs.filter(overTcp);
    if (over.length === 0) return { hits: [] };
    const slow = found.some((one) => ['rtk.jitter', 'rtk.rtt'].includes(one.ruleId) && isProblem(one));
    const hit: Hit = {
      severity: slow ? 'medium' : 'low',
      evidence: over.map(wayOf),
      side: 'network',
      confidence: 'high',
    };
    return { hits: [hit] };
  },
});

const blocked = reportRule({
  id: 'rtk.ice.blocked',
  family: 'rtk',
  inputs: [l10n.t('connectivity: reflexive, relay, turn'), l10n.t('nominated candidate pair')],
  thresholds: {},
  severity: ['medium', 'high'],
  title: l10n.t('The network blocks what calls need'),
  explanation: l10n.t('Neither a STUN server nor a TURN server could be reached.'),
  suggestion: l10n.t('Put the service’s STUN, TURN and media addresses on the firewall’s allow-list.'),
  source: W3C,
  weight: 90,
  evaluate: (view) => {
    const known = view.report.connectivity
      .filter((one) => one.reflexive !== undefined)
      .sort((a, b) => compareNumbers(a.at, b.at));
    if (known.length === 0) return skip(l10n.t('Not in the report: whether STUN servers could be reached.'));
    const shut = known.find(
      ({ reflexive, relay: relayed, turn }) => reflexive === false && (relayed === false || turn === false),
    );
    const flag = (metric: string, value: boolean | undefined, at: number | undefined): Evidence[] =>
      value === undefined
        ? []
        : [{ metric, value: value ? l10n.t('yes') : l10n.t('no'), unit: '', ...(at !== undefined && { at }) }];
    if (shut) {
      const { at, reflexive, relay: relayed, turn } = shut;
      const evidence = [
        ...flag(l10n.t('STUN reachable'), reflexive, at),
        ...flag(l10n.t('relay works'), relayed, at),
        ...flag(l10n.t('TURN reachable'), turn, at),
      ];
      return {
        hits: [
          { ...(at !== undefined && { start: at }), severity: 'high', evidence, side: 'network', confidence: 'high' },
        ],
      };
    }
    // No STUN answer and media over TCP: UDP as a whole does not get out.
    const udp = known.find(({ reflexive }) => reflexive === false);
    if (!udp) return { hits: [] };
    const over = allNominated(view).filter(overTcp);
    if (over.length === 0) return { hits: [] };
    const hit: Hit = {
      severity: 'medium',
      ...(udp.at !== undefined && { start: udp.at }),
      title: l10n.t('UDP is blocked'),
      explanation: l10n.t(
        'No STUN server could be reached over UDP, and media goes over TCP instead, with more delay.',
      ),
      evidence: [...flag(l10n.t('STUN reachable'), udp.reflexive, udp.at), ...over.map(wayOf)],
      side: 'network',
      confidence: 'high',
    };
    return { hits: [hit] };
  },
});

/** Names of events that tell of a lost or renewed connection. */
const RECONNECT = /transport_disconnected|disconnected|ice_?restart|network_?chang|reconnect/i;

interface Change {
  at: number;
  evidence: Evidence[];
}

/** When the local route changed: the last packet of the pair before is all that tells it, or a probe after it. */
function changesOf(view: ReportView): Change[] {
  const list: Change[] = [];
  for (const direction of ['send', 'receive'] as const) {
    const pairs = nominatedPairs(view, direction).filter((pair) => lastPacket(pair) > 0);
    for (let i = 1; i < pairs.length; i++) {
      const before = pairs[i - 1] as CandidatePair;
      const after = pairs[i] as CandidatePair;
      if (routeOf(before) === routeOf(after)) continue;
      const at = lastPacket(before);
      // Both directions move at once: one change.
      if (list.some((one) => Math.abs(one.at - at) < 5000)) continue;
      list.push({
        at,
        evidence: [
          { metric: l10n.t('network before'), value: networkOf(before), unit: '', at },
          { metric: l10n.t('network after'), value: networkOf(after), unit: '' },
        ],
      });
    }
  }
  return list.sort((a, b) => a.at - b.at);
}

function networkOf({ local }: CandidatePair): string {
  return local.networkType ?? local.type ?? l10n.t('unknown');
}

const switched = reportRule({
  id: 'rtk.ice.switch',
  family: 'rtk',
  inputs: [l10n.t('nominated candidate pairs and their last packets'), l10n.t('network events')],
  /** So many changes in so many seconds; or one so many seconds from another finding, an outage, or an event of the connection. */
  thresholds: { changes: 3, seconds: 30, nearSeconds: 10 },
  severity: ['medium', 'medium'],
  title: l10n.t('The network changed during the call'),
  explanation: l10n.t(
    'Media moved to another local network or address, as when a device leaves Wi-Fi for a mobile network.',
  ),
  suggestion: l10n.t('Ask for what happened then: leaving Wi-Fi, a VPN that came or went, a docking station.'),
  source: 'ObserveRTC client monitor',
  weight: 77,
  phase: 2,
  evaluate: (view, { changes: least, seconds, nearSeconds }, found) => {
    if (allNominated(view).length === 0) return skip(NO_PAIR);
    const changes = changesOf(view);
    const hits = changes.map((change): Hit => {
      const within = changes.filter((one) => one.at >= change.at && one.at - change.at <= seconds * 1000).length;
      const burst = within >= least;
      const events = view.events.filter(
        (event) => RECONNECT.test(event.name) && Math.abs(event.at - change.at) <= (nearSeconds + 20) * 1000,
      );
      const gap = outageAt(view, change.at);
      const end = Math.max(change.at, gap?.end ?? 0, ...events.map(({ at }) => at));
      const troubled = burst || events.length > 0 || nearOther({ start: change.at, end }, found, nearSeconds * 1000);
      return {
        start: change.at,
        end,
        severity: troubled ? 'medium' : 'info',
        evidence: [
          ...change.evidence,
          ...events
            .slice(0, 3)
            .map((event): Evidence => ({ metric: l10n.t('event'), value: event.name, unit: '', at: event.at })),
          ...(burst ? [{ metric: l10n.t('changes within the time'), value: within, unit: '', threshold: least }] : []),
        ],
        side: 'local',
        confidence: 'high',
      };
    });
    return { hits };
  },
});

/** The gap in the samples that begins about when the route changed. */
function outageAt(view: ReportView, at: number): Interval | undefined {
  for (const { gaps } of view.streams) {
    for (const gap of gaps) if (at >= gap.start - 5000 && at <= gap.end) return gap;
  }
  return undefined;
}

function nearOther(change: Interval, found: readonly Finding[], near: number): boolean {
  return found.some(
    ({ ruleId, start, end }) =>
      start !== undefined && ruleId !== 'rtk.net.type' && touches(change, { start, end: end ?? start }, near),
  );
}

const idle = reportRule({
  id: 'rtk.ice.idle',
  family: 'rtk',
  inputs: [l10n.t('times of the last packets of the nominated pairs')],
  thresholds: { seconds: 5 },
  severity: ['high', 'high'],
  title: l10n.t('One-way connection: nothing came back'),
  explanation: l10n.t(
    'Packets went out on the nominated pair and none came back for seconds: the path was dead in one direction.',
  ),
  suggestion: l10n.t('Look at firewalls and NAT time-outs, and at what happened to the network just before.'),
  source: 'ObserveRTC client monitor',
  weight: 82,
  evaluate: (view, { seconds }) => {
    const last = (['send', 'receive'] as const).flatMap((direction) => nominatedPairs(view, direction).at(-1) ?? []);
    const known = [...new Set(last)].filter(
      (pair) => pair.lastPacketSentAt !== undefined && pair.lastPacketReceivedAt !== undefined,
    );
    if (known.length === 0) return skip(l10n.t('Not in the report: when the nominated pair last sent and received.'));
    const hits = known.flatMap((pair): Hit[] => {
      const start = pair.lastPacketReceivedAt as number;
      const end = pair.lastPacketSentAt as number;
      const quiet = (end - start) / 1000;
      if (!(quiet > seconds)) return [];
      const metric = l10n.t('time from the last packet received to the last sent');
      return [
        {
          start,
          end,
          severity: 'high',
          evidence: [{ metric, value: quiet, unit: 's', threshold: seconds, at: end }],
          side: 'network',
          confidence: 'medium',
        },
      ];
    });
    return { hits };
  },
});

const discarded = reportRule({
  id: 'rtk.discard',
  family: 'rtk',
  inputs: [l10n.t('packetsDiscardedOnSend of the candidate pairs')],
  thresholds: { packets: 0 },
  severity: ['medium', 'medium'],
  title: l10n.t('The device could not send packets'),
  explanation: l10n.t(
    'The local socket discarded packets: the machine was overloaded or a network interface went away.',
  ),
  suggestion: l10n.t('Look at a change of network and at the load of the machine at the end of the call.'),
  source: W3C,
  weight: 45,
  evaluate: ({ report }, { packets }) => {
    const known = report.transports.filter((pair) => pair.packetsDiscardedOnSend !== undefined);
    if (known.length === 0) return skip(l10n.t('Not in the report: packets discarded on send.'));
    const sum = known.reduce((total, pair) => total + (pair.packetsDiscardedOnSend as number), 0);
    if (!(sum > packets)) return { hits: [] };
    return {
      hits: [
        {
          severity: 'medium',
          evidence: [
            { metric: l10n.t('packets discarded on send'), value: sum, unit: l10n.t('packets'), threshold: packets },
          ],
          side: 'local',
          confidence: 'high',
        },
      ],
    };
  },
});

export const ICE_RULES: readonly ReportRule[] = [relay, tcp, blocked, switched, idle, discarded];
