import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { allFormats } from './formats';
import { CANARIES, canaryCall, ME, OTHER, SESSION, USER_AGENT } from './hostile-call';

/** Markdown escapes are taken out, so that an escaped canary is found too. */
function bare(text: string): string {
  return text.replace(/\\([^\n])/g, '$1').toLowerCase();
}

describe('masked exports', () => {
  const masked = allFormats(canaryCall(), true);
  const open = allFormats(canaryCall(), false);

  it('hold none of the canaries, in any format', () => {
    for (const [format, text] of Object.entries(masked)) {
      for (const [what, canary] of Object.entries({
        ...CANARIES,
        userAgent: USER_AGENT,
        family: 'Hummel',
        host: 'mail.example',
      })) {
        assert.ok(!bare(text).includes(canary.toLowerCase()), `${what} in ${format}`);
      }
    }
  });

  it('would hold every canary without masking', () => {
    const text = open.json;
    for (const [what, canary] of Object.entries(CANARIES)) assert.ok(text.includes(canary), what);
    assert.ok(open.markdown.includes('Holds personal data'));
    assert.ok(bare(open.csv).includes(CANARIES.otherName.toLowerCase()));
  });

  it('keep ids of session and stays, figures and what tells of the client', () => {
    const { ref, report, personalData } = JSON.parse(masked.json);
    assert.equal(personalData, 'masked');
    assert.deepEqual(ref, { sessionId: SESSION, participantId: ME });
    assert.equal(report.participant.id, ME);
    assert.equal(report.streams[1].remoteParticipantId, OTHER);
    assert.deepEqual(report.streams[0].series.packetLoss, [0, null, 12.5]);
    assert.deepEqual(report.browser, { name: 'Chrome', version: '126.0.0.0', userAgent: 'Chrome 126 on Android' });
    assert.equal(report.transports[0].local.address, 'public IPv4 1');
    assert.equal(report.transports[0].local.relatedAddress, 'private IPv4 1');
    assert.equal(report.transports[0].remote.address, 'public IPv6 1');
    assert.equal(report.network.country, 'DE');
    assert.ok(report.connectivity[0].sdp[0].includes('a=rtpmap:111 opus/48000/2'));
    const { details } = report.events[0];
    assert.equal(details.error_name, 'NotAllowedError');
    assert.equal(details.code, 1006);
    assert.equal(details.reason, 'kicked by Participant 2 <Participant 1> from public IPv4 1');
  });

  it('give the same person, address and device the same placeholder everywhere', () => {
    const { participantNames, report, findings } = JSON.parse(masked.json);
    assert.deepEqual(participantNames, { [ME]: 'Participant 1', [OTHER]: 'Participant 2' });
    assert.equal(report.participant.name, 'Participant 1');
    assert.equal(report.assumptions[0], 'The clock of Participant 1 is taken for right.');
    assert.equal(report.streams[0].states.encoder[0].value, 'opus by Participant 2');
    assert.equal(report.network.ip, report.transports[1].remote.address);
    assert.equal(report.transports[1].remote.url, 'turn:public IPv4 1:3478?transport=udp');
    assert.deepEqual(
      report.deviceChanges.map(({ label }: { label: string }) => label),
      ['Device 1', 'Device 1'],
    );
    assert.equal(findings[0].evidence[0].value, '•••');
    assert.ok(bare(masked.markdown).includes('also: participant 2'));
    assert.ok(masked.csv.includes('Camera received from Participant 2 (h)'));
  });

  it('hold nobody’s name and no personal fact in whatever language they were read', () => {
    const call = canaryCall();
    call.people = [];
    call.report.streams = call.report.streams.map((stream) =>
      stream.direction === 'send'
        ? stream
        : { ...stream, label: 'Kamera empfangen von Kim Öztürk', remoteName: 'Kim Öztürk' },
    );
    call.report.participant.facts = [
      { label: 'Grund', value: 'wegen Kim Öztürk' },
      { name: 'isp', label: 'Anbieter', value: 'Kleinnetz Hintertal' },
    ];
    const { json, csv, markdown } = allFormats(call, true);
    for (const text of [json, csv, markdown]) {
      assert.ok(!text.includes('Kim'), text);
      assert.ok(!text.includes('Kleinnetz'), text);
    }
    assert.equal(JSON.parse(json).report.streams[1].label, 'Camera received');
    assert.ok(allFormats(call, false).json.includes('Kleinnetz'));
  });

  const name = fc
    .string({ unit: 'grapheme', minLength: 2, maxLength: 30 })
    .filter((text) => /\p{L}{3}/u.test(text) && text === text.trim());
  const octet = fc.integer({ min: 1, max: 254 });
  const ip = fc.tuple(octet, octet, octet, octet).map((parts) => parts.join('.'));

  it('hold no name, address or e-mail address, whatever they are', () => {
    return fc.assert(
      fc.property(name, name, ip, fc.ipV6(), fc.emailAddress(), (mine, other, v4, v6, email) => {
        const call = canaryCall();
        const [first, second] = [`${mine}\u{1F9EA}q7x`, `${other}\u{1F9EA}w8z`];
        const where = `${first}, ${second} <${email}> at ${v4} and [${v6}]:443.`;
        call.report.participant = { ...call.report.participant, name: first, customId: email };
        call.people = [
          { id: ME, name: first },
          { id: OTHER, name: second },
        ];
        call.report.assumptions = [where];
        call.report.issues = [{ path: 'x', message: where }];
        const [event] = call.report.events;
        if (event) event.details = { reason: where, comment: where };
        const [pair] = call.report.transports;
        if (pair) pair.local.address = v6;
        const written = allFormats(call, true);
        for (const text of [written.json, written.csv, written.markdown].map((one) => one.toLowerCase())) {
          for (const secret of [first, second, email, v4]) {
            assert.ok(!text.includes(JSON.stringify(secret).slice(1, -1).toLowerCase()), secret);
          }
        }
        const { report } = JSON.parse(written.json);
        if (v6.length > 4)
          assert.ok(!JSON.stringify([report.assumptions, report.transports]).includes(v6.toLowerCase()), v6);
      }),
      { numRuns: 200 },
    );
  });
});
