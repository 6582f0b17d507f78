/**
 * Runs in the page: a call between two peer connections whose candidates lead to a relay.
 * @param {{ ports: { a: number, b: number }, seconds: number, screenShareAt?: number, pollMs: number }} options
 * @returns {Promise<{ a: object[], b: object[] }>} getStats of both ends, one entry a poll
 */
async function holdCall({ ports, seconds, screenShareAt, pollMs }) {
  // One transport for everything: the relay has one port for each end.
  const a = new RTCPeerConnection({ bundlePolicy: 'max-bundle' });
  const b = new RTCPeerConnection({ bundlePolicy: 'max-bundle' });
  /** Candidates wait for the descriptions of the first negotiation. */
  let negotiated = () => {};
  const ready = new Promise((resolve) => {
    negotiated = () => resolve(undefined);
  });
  const wait = (/** @type {number} */ ms) => new Promise((resolve) => setTimeout(resolve, ms));

  /** The one candidate on loopback, with the relay's port in place of its own; the page's script tells the relay which that was. */
  const pass = (/** @type {RTCPeerConnection} */ to, /** @type {'a' | 'b'} */ name) => {
    return async (/** @type {RTCPeerConnectionIceEvent} */ { candidate }) => {
      if (candidate?.address !== '127.0.0.1' || candidate.protocol !== 'udp' || !candidate.port) return;
      // @ts-expect-error: the script exposes it.
      await globalThis.listensAt(name, candidate.port);
      const rewritten = candidate.candidate.replace(` ${candidate.port} typ `, ` ${ports[name]} typ `);
      await ready;
      await to.addIceCandidate({ ...candidate.toJSON(), candidate: rewritten });
    };
  };
  a.onicecandidate = pass(b, 'a');
  b.onicecandidate = pass(a, 'b');
  b.ontrack = ({ streams: [stream] }) => show(stream);
  a.ontrack = ({ streams: [stream] }) => show(stream);

  /** Media is decoded only where it is shown. */
  function show(/** @type {MediaStream | undefined} */ stream) {
    if (!stream) return;
    const video = document.createElement('video');
    video.muted = true;
    video.autoplay = true;
    video.srcObject = stream;
    document.body.append(video);
  }

  /** Descriptions without candidates: those of the description would lead past the relay. */
  const bare = (/** @type {RTCSessionDescription | null} */ description) => ({
    type: /** @type {RTCSdpType} */ (description?.type),
    sdp: description?.sdp.replace(/^a=(candidate:.*|end-of-candidates)\r\n/gm, '') ?? '',
  });
  const negotiate = async () => {
    await a.setLocalDescription();
    await b.setRemoteDescription(bare(a.localDescription));
    await b.setLocalDescription();
    await a.setRemoteDescription(bare(b.localDescription));
  };

  const channel = a.createDataChannel('chat');
  channel.onopen = () => channel.send('hello');
  b.ondatachannel = ({ channel: other }) => {
    other.onmessage = () => other.send('hello yourself');
  };
  for (const peer of [a, b]) {
    const stream = await navigator.mediaDevices.getUserMedia({
      audio: true,
      video: { width: 640, height: 360, frameRate: 30 },
    });
    for (const track of stream.getTracks()) peer.addTrack(track, stream);
  }
  await negotiate();
  negotiated();
  await new Promise((resolve, reject) => {
    const look = () => {
      if (a.connectionState === 'connected' && b.connectionState === 'connected') resolve(undefined);
      if (a.connectionState === 'failed') reject(new Error('The peers did not connect.'));
    };
    a.addEventListener('connectionstatechange', look);
    b.addEventListener('connectionstatechange', look);
  });

  /** What the tests compare; all types would be ten times as much. */
  const kept = ['inbound-rtp', 'outbound-rtp', 'remote-inbound-rtp', 'candidate-pair'];
  /** @type {{ a: object[], b: object[] }} */
  const stats = { a: [], b: [] };
  const began = performance.now();
  let shared = false;
  while (performance.now() - began < seconds * 1000) {
    for (const [name, peer] of /** @type {const} */ ([
      ['a', a],
      ['b', b],
    ])) {
      const entries = [...(await peer.getStats()).values()];
      stats[name].push(entries.filter(({ type }) => kept.includes(type)));
    }
    if (screenShareAt !== undefined && !shared && performance.now() - began > screenShareAt * 1000) {
      shared = true;
      const stream = await navigator.mediaDevices.getDisplayMedia({ video: { frameRate: 5 } });
      for (const track of stream.getTracks()) a.addTrack(track, stream);
      await negotiate();
    }
    await wait(pollMs);
  }
  return stats;
}

Object.assign(globalThis, { holdCall });
