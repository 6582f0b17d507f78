/** A UDP relay between two peers on loopback that delays packets and loses some, without any rights on the machine. */
import { createSocket } from 'node:dgram';
import { once } from 'node:events';

const LOOPBACK = '127.0.0.1';

/**
 * @typedef {object} Path  what happens to packets in one direction
 * @property {number} [lossPercent]      share of RTP packets that are dropped; RTCP, DTLS and STUN always pass
 * @property {number} [delayMs]
 * @property {[number, number]} [during] the loss holds only then, seconds after the first RTP packet
 */

/** @typedef {{ rtp: number, dropped: number, other: number }} Applied  packets that came, and those of them that were dropped */

/**
 * Two sockets, one for each peer: `ports.a` stands for peer A as peer B sees it, `ports.b` for B as A sees it.
 * Which packets are lost comes from one seed, so that two runs lose at the same rate.
 * @param {{ aToB?: Path, bToA?: Path, seed?: number }} paths
 */
export async function startRelay({ aToB = {}, bToA = {}, seed = 1 }) {
  const forA = createSocket('udp4');
  const forB = createSocket('udp4');
  for (const socket of [forA, forB]) {
    socket.bind(0, LOOPBACK);
    await once(socket, 'listening');
  }
  /** @type {{ a?: number, b?: number }} */
  const real = {};
  /** @type {Set<NodeJS.Timeout>} */
  const timers = new Set();
  const random = generator(seed);

  /**
   * @param {import('node:dgram').Socket} from  where packets come in
   * @param {import('node:dgram').Socket} out   whose address the receiver sees
   * @param {'a' | 'b'} to
   * @param {Path} path
   * @returns {Applied}
   */
  const forward = (from, out, to, path) => {
    const applied = { rtp: 0, dropped: 0, other: 0 };
    /** @type {number | undefined} */
    let began;
    from.on('message', (packet) => {
      const port = real[to];
      if (port === undefined) return;
      if (isRtp(packet)) {
        began ??= Date.now();
        applied.rtp += 1;
        const second = (Date.now() - began) / 1000;
        const [first, last] = path.during ?? [0, Number.POSITIVE_INFINITY];
        if (second >= first && second < last && random() * 100 < (path.lossPercent ?? 0)) {
          applied.dropped += 1;
          return;
        }
      } else {
        applied.other += 1;
      }
      const send = () => out.send(packet, port, LOOPBACK);
      if (!path.delayMs) return send();
      const timer = setTimeout(() => {
        timers.delete(timer);
        send();
      }, path.delayMs);
      timers.add(timer);
    });
    return applied;
  };
  // What B sends goes to A's stand-in, and reaches A from B's stand-in.
  const applied = { aToB: forward(forB, forA, 'b', aToB), bToA: forward(forA, forB, 'a', bToA) };

  return {
    ports: { a: forA.address().port, b: forB.address().port },
    applied,
    /**
     * Tells where a peer really listens.
     * @param {'a' | 'b'} peer
     * @param {number} port
     */
    listens(peer, port) {
      real[peer] = port;
    },
    close() {
      for (const timer of timers) clearTimeout(timer);
      forA.close();
      forB.close();
    },
  };
}

/**
 * RFC 7983: RTP and RTCP begin with 128..191; RFC 5761: of those RTCP has 64..95 as its payload type.
 * @param {Buffer} packet
 */
function isRtp(packet) {
  const [first = 0, second = 0] = packet;
  const payloadType = second & 0x7f;
  return first >= 128 && first <= 191 && (payloadType < 64 || payloadType > 95);
}

/**
 * Mulberry32, 0..1.
 * @param {number} seed
 */
function generator(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
