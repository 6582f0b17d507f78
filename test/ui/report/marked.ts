/** Reports read by the real providers from answers in which every field that is shown has a value of its own. */
import type { LoadedReport } from '../../../src/panel/services';
import { readReport } from '../../../src/providers/realtimekit/report/read';
import * as hmsConnection from '../../service/hms/connection';
import * as hms from '../../service/hms/field-table';
import { routes } from '../../service/hms/fixtures';
import type { ScriptedServer } from '../../service/http/server';
import * as mediamelonConnection from '../../service/mediamelon/connection';
import * as mediamelon from '../../service/mediamelon/field-table';
import type { Field } from '../../service/realtimekit/field-table';
import * as realtimekit from '../../service/realtimekit/field-table';
import * as wherebyConnection from '../../service/whereby/connection';
import * as whereby from '../../service/whereby/field-table';

/** One endpoint's answer on the page. */
export interface Marked {
  provider: string;
  /** The endpoint, and which way its flags stand. */
  name: string;
  fields: readonly Field[];
  load: (server: ScriptedServer) => Promise<{
    loaded: LoadedReport;
    /** The value that a field has at one of its places. */
    expected: (field: Field, place: string) => unknown;
  }>;
}

const FLAGS = [true, false];
const idOf = (marker: unknown): string => (typeof marker === 'string' ? marker : 'p1');
const never = (): AbortSignal => new AbortController().signal;
const onPage = ({ shown }: Field): boolean => shown?.some((place) => place.startsWith('panel:')) ?? false;

/** What a field of RealtimeKit becomes in the chart of a series that is computed from it. */
const DERIVED: Record<string, (value: number, sibling: (name: string) => number) => number> = {
  bitrate: (bytes) => (bytes * 8) / realtimekit.INTERVAL_S,
  packetLoss: (lost, sibling) => {
    const sent = sibling('packets_sent');
    return Number.isNaN(sent)
      ? (100 * lost) / (lost + sibling('packets_received'))
      : Math.min(100, (100 * lost) / sent);
  },
};

function realtimekitReports(): Marked[] {
  const endpoint = realtimekit.ENDPOINTS.find(({ name }) => name === 'Peer report');
  if (!endpoint) throw new Error('No peer report in the table.');
  return FLAGS.map((flag) => ({
    provider: 'RealtimeKit',
    name: `Peer report, flags ${flag}`,
    fields: endpoint.fields,
    async load() {
      const { body, markers } = realtimekit.markedAnswer(endpoint, flag);
      const raw = new TextEncoder().encode(JSON.stringify(body));
      const report = readReport(raw, { who: 'RealtimeKit', participantId: 'p1', now: Date.UTC(2024, 4, 7) });
      return {
        loaded: { result: { report, raw }, connectionLabel: 'Acme', providerName: 'RealtimeKit' },
        expected(field, place) {
          const sibling = (name: string) => markers.get(field.path.replace(/[^.]+$/, name));
          const series = place.split(':')[2] ?? '';
          const derive = field.model?.includes(`.${series}`) ? undefined : DERIVED[series];
          const value = markers.get(field.path);
          return derive
            ? derive(value as number, (name) => Number(sibling(name)))
            : realtimekit.converted(field, value, sibling);
        },
      };
    },
  }));
}

/** Long enough to hold every time that a field is marked with: the page shows what happened within a stay. */
const LONG_SESSION = {
  ...hms.SESSION,
  created_at: hms.iso(hms.NOW - 12_000_000),
  peers: { p1: { joined_at: hms.iso(hms.NOW - 12_000_000) } },
};

function hmsReports(): Marked[] {
  const endpoints = hms.READ.filter(({ fields }) => fields.some(onPage));
  return endpoints.flatMap((endpoint) =>
    FLAGS.map((flag) => ({
      provider: '100ms',
      name: `${endpoint.name}, flags ${flag}`,
      fields: endpoint.fields,
      async load(server: ScriptedServer) {
        const { body, markers } = hms.answer(endpoint, flag);
        const around = hms.surroundings(endpoint, body);
        if (endpoint.path !== '/sessions/{session_id}') around['/sessions/s1'] = { body: LONG_SESSION };
        server.always(routes(around));
        const { provider } = hmsConnection.connect(server);
        const participantId = idOf(markers.get('peers.*.id'));
        const result = await provider.getReport({ ...hms.session, participantId }, never());
        const listed = endpoint.call === 'listSessions' && (await provider.listSessions({ roomId: 'r1' }, never()));
        const session = listed ? listed.items[0] : await provider.getSession(hms.session, never());
        const { cannotTell } = provider.capabilities;
        return {
          loaded: { result, session, cannotTell, connectionLabel: 'Test', providerName: '100ms' },
          expected: (field: Field) => hms.converted(field, markers.get(field.path)),
        };
      },
    })),
  );
}

function wherebyReports(): Marked[] {
  const endpoints = whereby.READ.filter(({ fields }) => fields.some(onPage));
  return endpoints.map((endpoint) => ({
    provider: 'Whereby',
    name: endpoint.name,
    fields: endpoint.fields,
    async load(server) {
      const { body, markers } = whereby.answer(endpoint);
      const samples = [{ timeStamp: '2024-05-06T10:00:00.000Z', sampleRateMs: 2000, samples: { bitrateSend: [1, 2] } }];
      const own = `/v1${endpoint.path}`;
      server.always(({ path }) => {
        if (path === own) return { body };
        return { body: path.endsWith('/participant') ? samples : { results: [], cursor: null } };
      });
      const { provider } = await wherebyConnection.connect(server);
      const participantId = idOf(markers.get('results[].participantId'));
      const ref = { connectionId: 'c1', roomId: '/r', sessionId: 's1', participantId };
      // Who it was is remembered from the list, which people open before a report.
      await provider.listParticipants(ref, never());
      const result = await provider.getReport(ref, never());
      const start = Date.parse(String(markers.get('[].timeStamp')));
      const { cannotTell } = provider.capabilities;
      return {
        loaded: { result, cannotTell, connectionLabel: 'Test', providerName: 'Whereby' },
        expected: (field) => whereby.converted(field, markers.get(field.path), start),
      };
    },
  }));
}

function mediamelonReports(): Marked[] {
  const endpoints = mediamelon.USED.filter(({ fields }) => fields.some(onPage));
  return endpoints.map((endpoint) => ({
    provider: 'MediaMelon',
    name: endpoint.name,
    fields: endpoint.fields,
    async load(server) {
      const { body, expected } = mediamelon.answer(endpoint);
      server.always(mediamelon.script(endpoint, { body }));
      const { provider } = await mediamelonConnection.connect(server, mediamelon.SETTINGS);
      const result = await provider.getReport(mediamelon.ref, never());
      const session = await provider.getSession(mediamelon.ref, never());
      const { cannotTell } = provider.capabilities;
      return {
        loaded: { result, session, cannotTell, connectionLabel: 'Test', providerName: 'MediaMelon' },
        expected: (field) => expected.get(field.path),
      };
    },
  }));
}

/** Every endpoint of every provider that has something to show on the report page. */
export function markedReports(): Marked[] {
  return [...realtimekitReports(), ...hmsReports(), ...wherebyReports(), ...mediamelonReports()];
}
