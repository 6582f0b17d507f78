import { aggregate, between, event, only, report, stream, withStreams } from './build';
import type { Case } from './cases';

/** Pictures, sound, limits of the encoder. */
export const MEDIA_CASES: readonly Case[] = [
  {
    id: 'rtk.video.nodata',
    // Nothing from 40 to 44 s: three samples, 38 to 44 s are 6 s. 6 of 120 s are 5 %.
    fires: withStreams(
      stream('send', 'video', { bytesSent: between(90_000, 20, 22, 0), framesEncoded: between(60, 20, 22, 0) }),
    ),
    expect: { start: 38, end: 44, severity: 'medium', side: 'local', confidence: 'high', value: 0 },
    // Two samples; and a higher layer that stops while the lower one goes on is no missing picture.
    near: withStreams(
      stream(
        'send',
        'video',
        { bytesSent: between(90_000, 20, 21, 0) },
        { layer: '180p', identifiers: { producerId: 'p' } },
      ),
      stream(
        'send',
        'video',
        { bytesSent: between(90_000, 30, 60, 0) },
        { layer: '720p', identifiers: { producerId: 'p' } },
      ),
    ),
    missing: withStreams(stream('send', 'video', { jitter: 1 })),
    reason: /bytes/,
  },
  {
    id: 'rtk.audio.nodata',
    fires: withStreams(stream('send', 'audio', { bytesSent: between(9000, 20, 22, 0) })),
    expect: { start: 38, end: 44, severity: 'high', side: 'local', value: 0 },
    // The same silence, but muted from 36 to 50 s.
    near: report({
      streams: [stream('send', 'audio', { bytesSent: between(9000, 20, 22, 0) })],
      events: [event(36, 'audio_off'), event(50, 'audio_on')],
    }),
    missing: withStreams(stream('receive', 'audio', { bytesReceived: 0 })),
    reason: /no sent audio/,
  },
  {
    id: 'rtk.video.fps',
    // 6 frames from 40 to 48 s: 38 to 48 s are 10 s; below 7 is the second level, 8.3 % of the call medium.
    fires: withStreams(stream('send', 'video', { fps: between(30, 20, 24, 6) })),
    expect: { start: 38, end: 48, severity: 'medium', side: 'local', value: 6, threshold: 7 },
    // 15 is not below 15; a screen of 3 frames is fine; and four samples of 6 frames are 8 s.
    near: withStreams(
      stream('send', 'video', { fps: between(30, 30, 33, 6) }),
      stream('receive', 'video', { fps: 15 }),
      stream('receive', 'video', { fps: 3 }, { source: 'screen', id: 'screen' }),
    ),
    missing: withStreams(stream('send', 'video', { bitrate: 1 })),
    reason: /fps/,
  },
  {
    id: 'rtk.video.freeze',
    // 0 frames in two samples while 80 kB came each: 38 to 42 s.
    fires: withStreams(
      stream(
        'receive',
        'video',
        { framesDecoded: between(60, 20, 21, 0), bytesReceived: 80_000 },
        { remoteParticipantId: 'a' },
      ),
    ),
    expect: { start: 38, end: 42, severity: 'low', value: 0, threshold: 0.5 },
    // Without bytes it is no freeze; and 1 frame in 2 s is 0.5 a second, not below.
    near: withStreams(
      stream('receive', 'video', {
        framesDecoded: { rest: 60, at: { 20: 0, 21: 0, 40: 1, 41: 1 } },
        bytesReceived: between(80_000, 20, 21, 0),
      }),
    ),
    missing: withStreams(stream('receive', 'video', { bytesReceived: 80_000 })),
    reason: /framesDecoded/,
  },
  {
    id: 'rtk.video.drop',
    // 6 of 48 frames are 12.5 %; the loss is 1 %.
    fires: withStreams(
      stream('receive', 'video', {
        framesDropped: between(0, 20, 29, 6),
        framesDecoded: between(60, 20, 29, 42),
        packetLoss: 1,
      }),
    ),
    expect: { start: 38, end: 58, severity: 'medium', side: 'local', value: 12.5, threshold: 10 },
    // As many, but with a loss of 2 %.
    near: withStreams(
      stream('receive', 'video', {
        framesDropped: between(0, 20, 29, 6),
        framesDecoded: between(60, 20, 29, 42),
        packetLoss: 2,
      }),
    ),
    missing: withStreams(stream('receive', 'video', { framesDecoded: 60 })),
    reason: /framesDropped/,
  },
  {
    id: 'rtk.video.lowres',
    // 640 after 1280 from 40 to 70 s: 38 to 70 s are 32 s.
    fires: withStreams(stream('send', 'video', { frameWidth: between(1280, 20, 35, 640) })),
    expect: { start: 38, end: 70, severity: 'low', side: 'local', confidence: 'low', value: 0.5 },
    // 960 is no half; and 640 for 28 s is too short.
    near: withStreams(
      stream('send', 'video', {
        frameWidth: { rest: 1280, at: Object.fromEntries([...Array(14).keys()].map((i) => [20 + i, 640])) },
      }),
      stream('receive', 'video', { frameWidth: between(1280, 20, 60, 960) }),
    ),
    missing: withStreams(stream('send', 'video', { fps: 30 })),
    reason: /frameWidth/,
  },
  {
    id: 'rtk.limit.cpu',
    // 40 % of the interval from 40 to 58 s: 20 of 120 s.
    fires: withStreams(stream('send', 'video', { qualityLimitationCpu: between(0, 20, 29, 40) })),
    expect: { start: 38, end: 58, severity: 'medium', side: 'local', confidence: 'high', value: 40, threshold: 30 },
    near: withStreams(stream('send', 'video', { qualityLimitationCpu: between(0, 20, 29, 30) })),
    missing: withStreams(stream('send', 'video', { fps: 30 })),
    reason: /qualityLimitationCpu/,
  },
  {
    id: 'rtk.limit.bw',
    // Without samples the provider's share of the time decides: 0.21 is beyond 0.2, and more than 20 % of the call.
    fires: report({ aggregates: [aggregate('fps', { issues: { bandwidth_quality_limitation_fraction: 0.21 } })] }),
    expect: { severity: 'high', side: 'local', value: 0.21, threshold: 0.2 },
    near: report({
      streams: [stream('send', 'video', { qualityLimitationBandwidth: between(0, 20, 29, 30) })],
      aggregates: [aggregate('fps', { issues: { bandwidth_quality_limitation_fraction: 0.2 } })],
    }),
    missing: withStreams(stream('send', 'audio', { packetLoss: 0 })),
    reason: /no sent video/,
  },
  {
    id: 'rtk.bwe.low',
    fires: report({
      streams: [stream('send', 'video', { bitrate: 400_000 })],
      transports: [{ direction: 'send', nominated: true, local: {}, remote: {}, availableOutgoingBitrate: 90_000 }],
    }),
    expect: { severity: 'medium', side: 'local', value: 90_000, threshold: 100_000 },
    // 1.1 times 400 kbit/s are 440 kbit/s.
    near: report({
      streams: [stream('send', 'video', { bitrate: 400_000 })],
      transports: [{ direction: 'send', nominated: true, local: {}, remote: {}, availableOutgoingBitrate: 441_000 }],
    }),
    missing: withStreams(stream('send', 'video', { bitrate: 400_000 })),
    reason: /available outgoing bitrate/,
  },
  {
    id: 'rtk.pli.storm',
    // 1 PLI and 1 FIR in 2 s are 1 a second, from 40 to 68 s: 38 to 68 s are 30 s, a quarter of the call.
    fires: withStreams(stream('send', 'video', { pliCount: between(0, 20, 34, 1), firCount: between(0, 20, 34, 1) })),
    expect: { start: 38, end: 68, severity: 'medium', value: 1, threshold: 0.5 },
    // One PLI in 2 s is exactly 0.5; and 1 a second for 28 s is too short.
    near: withStreams(
      stream('send', 'video', { pliCount: { rest: 1, at: {} } }),
      stream('receive', 'video', { firCount: between(0, 20, 33, 2) }),
    ),
    missing: withStreams(stream('send', 'video', { fps: 30 })),
    reason: /pliCount/,
  },
  {
    id: 'rtk.res.flap',
    // 7 changes within a minute: at 62, 66, 70, 74, 78, 82 and 86 s. The seventh makes it 7 in the last 60 s.
    fires: withStreams(
      stream('send', 'video', { qualityLimitationResolutionChanges: only(0, 1, 31, 33, 35, 37, 39, 41, 43) }),
    ),
    expect: { start: 84, severity: 'low', side: 'local', value: 7, threshold: 6 },
    near: withStreams(
      stream('send', 'video', { qualityLimitationResolutionChanges: only(0, 1, 31, 33, 35, 37, 39, 41) }),
    ),
    missing: withStreams(stream('send', 'video', { fps: 30 })),
    reason: /qualityLimitationResolutionChanges/,
  },
];
