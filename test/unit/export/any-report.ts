import * as fc from 'fast-check';
import type { CallReport } from '../../../src/core/model';
import { SERIES_NAMES } from '../../../src/core/series';

/** Finite, and without the negative zero that JSON cannot write. */
const finite = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0);
const cell = fc.oneof(finite, fc.constant(Number.NaN), fc.integer());
const text = fc.string({ unit: 'grapheme', maxLength: 12 });
/** JSON.parse keeps `__proto__` as a name like others, schemas leave it out: tested apart. */
const key = fc.string({ maxLength: 8 }).filter((name) => name !== '__proto__');
const plain = { noNullPrototype: true } as const;

function maybe<T>(required: Record<string, fc.Arbitrary<unknown>>, optional: Record<string, fc.Arbitrary<unknown>>) {
  return fc.record(
    { ...required, ...optional },
    { ...plain, requiredKeys: Object.keys(required) },
  ) as unknown as fc.Arbitrary<T>;
}

function dictionary(value: fc.Arbitrary<unknown>) {
  return fc.dictionary(key, value, { ...plain, maxKeys: 3 });
}

function some<T>(value: fc.Arbitrary<T>) {
  return fc.array(value, { maxLength: 3 });
}

const texts = (...names: string[]) => maybe({}, Object.fromEntries(names.map((name) => [name, text])));
const direction = fc.constantFrom('send', 'receive');

const times = (length: number) =>
  fc.array(fc.integer({ min: 1, max: 100_000 }), { minLength: length, maxLength: length }).map((steps) => {
    let at = Date.UTC(2025, 3, 1);
    return Float64Array.from(steps, (step) => (at += step / 8));
  });
const column = (length: number) =>
  fc.array(cell, { minLength: length, maxLength: length }).map((cells) => Float64Array.from(cells, (one) => one + 0));
const columns = (names: fc.Arbitrary<string>) =>
  fc
    .nat(6)
    .chain((length) =>
      fc.record(
        { times: times(length), series: fc.dictionary(names, column(length), { ...plain, maxKeys: 4 }) },
        plain,
      ),
    );

const fact = maybe({ label: text, value: text }, { personal: fc.boolean() });
const event = maybe(
  { at: finite, name: text, lane: fc.constantFrom('presence', 'media', 'page', 'network', 'other') },
  { details: dictionary(fc.oneof(text, finite, fc.boolean(), fc.constant(null))) },
);
const participant = maybe(
  { id: text },
  {
    name: text,
    userId: text,
    customId: text,
    role: text,
    joinedAt: finite,
    leftAt: finite,
    leftTimeUnknown: fc.boolean(),
    createdAt: finite,
    updatedAt: finite,
    durationMs: finite,
    events: some(event),
    facts: some(fact),
  },
);

const stream = fc
  .tuple(
    maybe<object>(
      {
        direction,
        kind: fc.constantFrom('audio', 'video', 'all'),
        source: fc.constantFrom('camera-mic', 'screen', 'all'),
      },
      {
        label: text,
        remoteParticipantId: text,
        layer: text,
        identifiers: dictionary(text),
        scaled: fc.dictionary(fc.constantFrom<string>(...SERIES_NAMES), finite, { ...plain, maxKeys: 2 }),
        states: dictionary(some(fc.record({ at: finite, value: text }, plain))),
      },
    ),
    columns(fc.constantFrom(...SERIES_NAMES)),
  )
  .map(([facts, held]) => ({ ...facts, ...held }));

const candidate = maybe(
  {},
  {
    id: text,
    type: fc.constantFrom('host', 'srflx', 'prflx', 'relay'),
    address: text,
    port: fc.nat(),
    protocol: text,
    url: text,
    networkType: text,
    relatedAddress: text,
    relatedPort: fc.nat(),
  },
);
const figures = [
  'rttMs',
  'totalRttMs',
  'bytesSent',
  'bytesReceived',
  'packetsSent',
  'packetsReceived',
  'bytesDiscardedOnSend',
  'packetsDiscardedOnSend',
  'availableOutgoingBitrate',
  'availableIncomingBitrate',
  'lastPacketSentAt',
  'lastPacketReceivedAt',
];
const pair = fc
  .tuple(
    maybe<object>(
      { local: candidate, remote: candidate },
      {
        direction,
        nominated: fc.boolean(),
        ...Object.fromEntries(figures.map((name) => [name, finite])),
      },
    ),
    fc.option(columns(key), { nil: {} }),
  )
  .map(([facts, held]) => ({ ...facts, ...held }));

const aggregate = maybe(
  {
    direction,
    kind: fc.constantFrom('audio', 'video'),
    source: fc.constantFrom('camera-mic', 'screen'),
    metric: fc.constantFrom(...SERIES_NAMES),
    unit: text,
  },
  {
    avg: finite,
    p50: finite,
    p75: finite,
    p90: finite,
    shares: some(fc.record({ atLeast: finite, fraction: finite }, plain)),
    issues: dictionary(finite),
  },
);
const figure = maybe(
  { name: text, label: text, value: fc.oneof(text, cell), unit: text },
  { decimals: fc.nat(20), worse: fc.constantFrom('high', 'low'), meaning: text, flagged: text },
);

/** Any report that the model allows, with every member there or not. Ids of streams are unique, as the model has it. */
export const anyReport: fc.Arbitrary<CallReport> = maybe<CallReport>(
  {
    provider: fc.constantFrom('realtimekit', '100ms', 'whereby', 'mediamelon'),
    participant,
    streams: some(stream).map((streams) => streams.map((one, index) => ({ id: `s${index}`, ...one }))),
    transports: some(pair),
    connectivity: some(
      maybe(
        {},
        {
          at: finite,
          effectiveNetworkType: text,
          reflexive: fc.boolean(),
          relay: fc.boolean(),
          turn: fc.boolean(),
          sdp: some(text),
        },
      ),
    ),
    deviceChanges: some(
      maybe(
        { at: finite, change: fc.constantFrom('added', 'removed', 'selected') },
        { kind: text, label: text, deviceId: text },
      ),
    ),
    events: some(event),
    aggregates: some(aggregate),
    assumptions: some(text),
    issues: some(fc.record({ path: text, message: text }, plain)),
  },
  {
    media: fc.constantFrom('call', 'playback'),
    startedAt: finite,
    endedAt: finite,
    device: maybe(
      {},
      {
        type: text,
        vendor: text,
        model: text,
        os: text,
        osVersion: text,
        cpus: fc.nat(),
        isMobile: fc.boolean(),
        audioEncoder: text,
        videoEncoder: text,
      },
    ),
    browser: maybe({}, { name: text, version: text, engine: text, userAgent: text, webgl: fc.boolean() }),
    sdk: texts('name', 'type', 'version', 'viewType'),
    network: texts(
      'ip',
      'city',
      'region',
      'country',
      'timezone',
      'organization',
      'asn',
      'asnName',
      'asnDomain',
      'asnRoute',
      'asnType',
    ),
    figures: some(figure),
  },
);
