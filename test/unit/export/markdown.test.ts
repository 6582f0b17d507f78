import assert from 'node:assert/strict';
import { allFormats } from './formats';
import { canaryCall, ME, OTHER } from './hostile-call';

describe('Markdown export', () => {
  const text = allFormats(canaryCall(), true).markdown;

  it('says who, when, what went wrong, how the streams were and over what connection', () => {
    assert.match(text, /^# Call report: Participant 1\n/);
    assert.match(text, /\*\*When\*\*: 2025-04-01T09:00:00\.000Z to 2025-04-01T09:10:00\.000Z \(10 min\)/);
    assert.match(text, /\*\*Client\*\*: Chrome 126/);
    assert.match(text, /### HIGH: The microphone in use was unplugged/);
    assert.match(text, /Evidence: packetLoss: 12\\\.5 % \\\(limit 5 %\\\)/);
    // Medians of 0 and 12.5, and of 30 and 29, by hand.
    assert.match(text, /\| Microphone sent \| Packet loss \| 6\.25 % \| 12\.5 % \|/);
    assert.match(text, /\| Microphone sent \| Bitrate \| 31 kbit\/s \| 30 kbit\/s \|/);
    assert.match(text, /\| Camera received from Participant 2 \\\(h\\\) \| Frame rate \| 29\.5 fps \| 29 fps \|/);
    assert.match(text, /In use: public IPv4 1\\:51234 \\\(Wi\\-Fi, srflx, UDP\\\)/);
    assert.match(text, /## Assumptions\n\n- The clock of Participant 1/);
    assert.match(text, /_Personal data are masked\._\n$/);
  });

  it('reads nothing of a hostile name as markup', () => {
    const hostile =
      '</td><img src=x onerror=alert(1)> [x](command:evil) | `code` **b** $(zap) @everyone #1\u202e\n# Heading';
    const call = canaryCall();
    call.report.participant = { ...call.report.participant, name: hostile, role: hostile };
    call.people = [
      { id: ME, name: hostile },
      { id: OTHER, name: hostile },
    ];
    call.session = { id: 'x`y', status: 'ended', roomName: hostile };
    call.ref = { ...call.ref, sessionId: 'a`b` <b>', participantId: '``` # x' };
    call.report.assumptions = [hostile];
    call.report.browser = { name: hostile };
    const open = allFormats(call, false).markdown;
    const outside = open.replace(/`[^`\n]*`/g, '');
    assert.doesNotMatch(outside, /(?<!\\)[<>`$@]|(?<!\\)\]\(/);
    assert.doesNotMatch(open, /^# Heading/m);
    assert.ok(!open.includes('\u202e'));
    const rows = open.split('\n').filter((line) => line.startsWith('|'));
    for (const row of rows) assert.equal(row.replace(/\\\|/g, '').split('|').length, 6, row);
    assert.ok(open.includes('onerror'), 'the name is still there to be read');
  });

  it('tells a report without streams and findings in plain words', () => {
    const call = canaryCall();
    call.report.streams = [];
    call.findings = [];
    const { markdown } = allFormats(call, true);
    assert.match(markdown, /No problems were found/);
    assert.match(markdown, /No stream was measured\./);
  });
});
