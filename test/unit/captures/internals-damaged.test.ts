import assert from 'node:assert/strict';
import fc from 'fast-check';
import { isCallError } from '../../../src/core/errors';
import { dump, inboundAudio, read } from './captures';

describe('a webrtc-internals dump', () => {
  it('that was cut off anywhere gives what is complete, and says so', async () => {
    const text = JSON.stringify(
      dump(inboundAudio({ packetsReceived: [0, 1, 2, 3, 4], jitter: [0, 0, 0, 0, 0] })),
      undefined,
      1,
    );
    for (let length = 30; length < text.length; length += 37) {
      const capture = await read(text.slice(0, length)).catch((error: unknown) => error);
      if (capture instanceof Error)
        assert.ok(isCallError(capture) && capture.kind === 'BadInput', `${length}: ${capture.message}`);
      else
        assert.match((capture as Awaited<ReturnType<typeof read>>).issues[0]?.message ?? '', /cut off/, String(length));
    }
  });

  it('may hold anything in any place', async () => {
    const anything = fc.jsonValue({ maxDepth: 3 });
    const values = fc.oneof(
      anything,
      anything.map((value) => JSON.stringify(value)),
      fc.array(fc.double()).map((list) => JSON.stringify(list)),
    );
    const entry = fc.record(
      {
        startTime: anything,
        endTime: anything,
        statsType: fc.oneof(fc.constantFrom('inbound-rtp', 'outbound-rtp', 'candidate-pair', 'transport'), anything),
        values,
      },
      { requiredKeys: [] },
    );
    const key = fc.oneof(
      fc
        .tuple(
          fc.constantFrom('A', 'B', '__proto__', ''),
          fc.constantFrom('timestamp', 'kind', 'packetsLost', 'codecId', 'qualityLimitationDurations', 'constructor'),
        )
        .map((parts) => parts.join('-')),
      fc.string(),
    );
    const connection = fc.oneof(
      anything,
      fc.record(
        {
          stats: fc.oneof(anything, fc.dictionary(key, fc.oneof(entry, anything))),
          updateLog: fc.oneof(
            anything,
            fc.array(
              fc.record({
                type: fc.oneof(fc.constantFrom('onicecandidate', 'setLocalDescription', 'create'), anything),
                value: values,
                timestamp: fc.oneof(fc.double(), anything),
              }),
            ),
          ),
          url: anything,
          rtcConfiguration: values,
        },
        { requiredKeys: [] },
      ),
    );
    const file = fc.record({
      PeerConnections: fc.oneof(anything, fc.dictionary(fc.string(), connection)),
      getUserMedia: fc.oneof(
        anything,
        fc.array(
          fc.record({ timestamp: fc.double(), audio_track_info: values, error: anything }, { requiredKeys: [] }),
        ),
      ),
      UserAgent: anything,
      timestamp: anything,
    });
    await fc.assert(
      fc.asyncProperty(file, async (value) => {
        try {
          const { connections } = await read(value);
          for (const { report } of connections) {
            for (const { times, series } of report.streams) {
              for (const each of Object.values(series)) assert.equal(each.length, times.length);
              for (let i = 1; i < times.length; i++) assert.ok((times[i] as number) > (times[i - 1] as number));
            }
          }
        } catch (error) {
          if (!isCallError(error)) throw error;
        }
      }),
    );
  });
});
