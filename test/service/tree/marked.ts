/** Rooms, sessions and people read by the real providers from answers in which every field that is shown has a value of its own. */
import type { ProviderId } from '../../../src/core/ids';
import * as hmsConnection from '../hms/connection';
import * as hms from '../hms/field-table';
import { routes } from '../hms/fixtures';
import type { ScriptedServer } from '../http/server';
import * as mediamelonConnection from '../mediamelon/connection';
import * as mediamelon from '../mediamelon/field-table';
import type { Field } from '../realtimekit/field-table';
import * as wherebyConnection from '../whereby/connection';
import * as whereby from '../whereby/field-table';

/** One endpoint's answer as rows of the tree. */
export interface MarkedRows {
  provider: ProviderId;
  /** The endpoint. */
  name: string;
  /** The provider's method that reads it. */
  call: string;
  /** Which way its flags stand. */
  flag: boolean;
  fields: readonly Field[];
  load: (server: ScriptedServer) => Promise<{ model: unknown; expected: (field: Field) => unknown }>;
}

const inTree = ({ shown }: Field): boolean => shown?.some((place) => place.startsWith('tree:')) ?? false;

/** Every endpoint of 100ms, Whereby and MediaMelon that has something to show in the tree. */
export function markedRows(): MarkedRows[] {
  const ofHms = hms.READ.flatMap((endpoint) =>
    [true, false].map((flag) => ({
      provider: '100ms' as const,
      name: endpoint.name,
      call: endpoint.call ?? '',
      flag,
      fields: endpoint.fields,
      async load(server: ScriptedServer) {
        const { body, markers } = hms.answer(endpoint, flag);
        server.always(routes(hms.surroundings(endpoint, body)));
        const { provider } = hmsConnection.connect(server);
        return {
          model: await hms.CALLS[endpoint.call ?? '']?.(provider),
          expected: (field: Field) => hms.converted(field, markers.get(field.path)),
        };
      },
    })),
  );
  const ofWhereby = whereby.READ.map((endpoint) => ({
    provider: 'whereby' as const,
    name: endpoint.name,
    call: endpoint.call ?? '',
    flag: true,
    fields: endpoint.fields,
    async load(server: ScriptedServer) {
      const { body, markers } = whereby.answer(endpoint);
      server.always({ body });
      const { provider } = await wherebyConnection.connect(server);
      return {
        model: await whereby.CALLS[endpoint.call ?? '']?.(provider),
        expected: (field: Field) => whereby.converted(field, markers.get(field.path), 0),
      };
    },
  }));
  const ofMediaMelon = mediamelon.USED.map((endpoint) => ({
    provider: 'mediamelon' as const,
    name: endpoint.name,
    call: endpoint.call ?? '',
    flag: true,
    fields: endpoint.fields,
    async load(server: ScriptedServer) {
      const { body, expected } = mediamelon.answer(endpoint);
      server.always(mediamelon.script(endpoint, { body }));
      const { provider } = await mediamelonConnection.connect(server, mediamelon.SETTINGS);
      return {
        model: await mediamelon.CALLS[endpoint.call ?? '']?.(provider),
        expected: (field: Field) => expected.get(field.path),
      };
    },
  }));
  return [...ofHms, ...ofWhereby, ...ofMediaMelon].filter(({ fields }) => fields.some(inTree));
}
