import assert from 'node:assert/strict';
import { dataIsThin, diagnoseReport, diagnoseSession, findingsMarkdown, verdict } from '../../../src/diagnosis/index';
import { between, event, pair, report, session, stream, T0, withStreams } from './build';

const clock = (at: number) => `+${(at - T0) / 1000}`;

describe('verdict', () => {
  it('is one sentence with side and confidence', () => {
    const { findings } = diagnoseReport(withStreams(stream('send', 'video', { packetLoss: between(0, 20, 49, 8) })));
    const told = verdict(findings);
    assert.equal(told?.sentence, 'Uplink lost packets for 1 min: up to 8 %.');
    assert.deepEqual([told.severity, told.side, told.confidence], ['medium', 'local', 'high']);
    assert.equal(verdict(findings, { clock })?.sentence, 'Uplink lost packets from +38 to +98 (1 min): up to 8 %.');
  });

  it('names the cause rather than its effects', () => {
    const { findings } = diagnoseReport(
      withStreams(
        stream('send', 'video', { qualityLimitationCpu: between(0, 20, 49, 90), fps: between(30, 20, 49, 5) }),
      ),
    );
    assert.ok(findings.some(({ ruleId, severity }) => ruleId === 'rtk.video.fps' && severity === 'high'));
    assert.equal(verdict(findings)?.finding.ruleId, 'rtk.limit.cpu');
  });

  it('tells how many others saw it, and for a session names the sender’s trouble', () => {
    const bad = between(0, 20, 49, 8);
    const sender = { ...withStreams(stream('send', 'audio', { packetLoss: bad })), participant: { id: 'a' } };
    const heard = (id: string) => ({
      ...withStreams(stream('receive', 'audio', { packetLoss: between(0, 20, 49, 12) }, { remoteParticipantId: 'a' })),
      participant: { id },
    });
    const { findings } = diagnoseSession(session(120), [sender, heard('b'), heard('c')]);
    assert.equal(verdict(findings)?.sentence, 'Uplink lost packets for 1 min: up to 8 %; 2 others received it badly.');
  });

  it('is not claimed for context alone, for nothing, or for a slight unsure hint', () => {
    assert.equal(verdict([]), undefined);
    const { findings } = diagnoseReport(
      report({ transports: [pair({ local: { type: 'relay', url: 'turn:t.example' } })] }),
    );
    assert.equal(findings.length, 1);
    assert.equal(verdict(findings), undefined);
    const blurry = diagnoseReport(
      withStreams(stream('send', 'video', { frameWidth: between(1280, 20, 35, 640) })),
    ).findings;
    assert.deepEqual(
      blurry.map(({ severity, confidence }) => [severity, confidence]),
      [['low', 'low']],
    );
    assert.equal(verdict(blurry), undefined);
  });

  it('thin data are told from a clean call', () => {
    assert.equal(dataIsThin(diagnoseReport(report()).notEvaluated, 'rtk'), true);
    const clean = withStreams(
      stream('send', 'video', { packetLoss: 0, rtt: 50, jitter: 3, fps: 30 }),
      stream('receive', 'video', { packetLoss: 0, jitter: 3, fps: 30 }),
    );
    assert.equal(dataIsThin(diagnoseReport(clean).notEvaluated, 'rtk'), false);
  });
});

describe('Markdown of findings', () => {
  const secret = ['192.0.2.77', 'Anna’s AirPods', 'turn.inside.example', 'Meeting of Anna'];
  const call = report({
    participant: { id: 'peer-anna', name: 'Anna' },
    streams: [stream('send', 'audio', { packetLoss: between(0, 20, 49, 12) })],
    transports: [
      pair({ local: { type: 'relay', address: '192.0.2.77', url: 'turns:turn.inside.example:443?transport=tcp' } }),
    ],
    deviceChanges: [
      { at: T0, change: 'selected', kind: 'audioinput', deviceId: 'x', label: 'Anna’s AirPods' },
      { at: T0 + 30_000, change: 'removed', kind: 'audioinput', deviceId: 'x', label: 'Anna’s AirPods' },
    ],
  });

  it('masks personal data by default and gives times into the call', () => {
    const text = findingsMarkdown(diagnoseReport(call), {
      title: 'Meeting of Anna',
      startedAt: T0,
      names: new Map([['peer-anna', 'Anna']]),
    });
    for (const each of [...secret, 'peer-anna', 'Anna']) assert.ok(!text.includes(each), each);
    assert.match(text, /Participant 1/);
    assert.match(text, /When: 0:38 to 1:38/);
    assert.match(text, /`rtk\.loss\.out`/);
    assert.match(text, /•••/);
    assert.match(text, /## Not evaluated/);
  });

  it('holds them when asked to', () => {
    const text = findingsMarkdown(diagnoseReport(call), {
      title: 'Meeting of Anna',
      mask: false,
      names: new Map([['peer-anna', 'Anna']]),
    });
    assert.match(text, /^# Meeting of Anna\n/);
    assert.match(text, /Anna’s AirPods/);
    assert.match(text, /2025-04-01T09:00:38\.000Z/);
  });

  it('lets nothing of the provider be read as markup', () => {
    const hostile = '<img src=x onerror=alert(1)> **b** [l](command:x) $(zap) \u202egnp';
    const bad = report({
      provider: '100ms',
      participant: { id: hostile, name: hostile },
      events: [event(5, 'client.join.failed', { error_name: hostile, is_terminal: false })],
    });
    for (const mask of [true, false]) {
      const text = findingsMarkdown(diagnoseReport(bad), {
        mask,
        title: hostile,
        names: new Map([[hostile, hostile]]),
      });
      assert.doesNotMatch(text, /(?<!\\)<img|(?<!\\)\*\*b|(?<!\\)\[l|(?<!\\)\$\(|\u202e/);
    }
  });

  it('says that nothing was found, and how much was not looked at', () => {
    const text = findingsMarkdown(diagnoseReport(report()));
    assert.match(text, /No problems were found\. \d+ rules could not be evaluated/);
  });
});
