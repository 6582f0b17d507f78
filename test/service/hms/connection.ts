import { join } from 'node:path';
import { SignJWT } from 'jose';
import { Redactor } from '../../../src/core/redact';
import type { CallProvider, ProviderServices } from '../../../src/providers/contract';
import { createProvider } from '../../../src/providers/index';
import { startSampleService } from '../../../src/sample/index';
import { DIST } from '../../paths';
import type { ScriptedServer } from '../http/server';

/** Stand for keys; they must be found nowhere but in the Authorization header, the secret not even there. */
export const CANARY_TOKEN = 'canary-51d0c7aa-token';
export const CANARY_ACCESS_KEY = 'canary-9b1e44f2-access';
export const CANARY_SECRET = 'canary-c3f7e610-app-secret';
export const KEY_PAIR = { accessKey: CANARY_ACCESS_KEY, appSecret: CANARY_SECRET };

export const PREFIX = '/v2';

/** A provider that talks to a server, with the lines that it logged. */
export interface TestConnection {
  provider: CallProvider;
  lines: string[];
}

export function connect(
  server: Pick<ScriptedServer, 'origin'>,
  secrets: Record<string, string> = { managementToken: CANARY_TOKEN },
  services: Partial<ProviderServices> = {},
): TestConnection {
  return make(`${server.origin}${PREFIX}`, secrets, services);
}

function make(baseUrl: string, secrets: Record<string, string>, services: Partial<ProviderServices>): TestConnection {
  const lines: string[] = [];
  const provider = createProvider(
    '100ms',
    { settings: { baseUrl }, secrets },
    {
      connectionId: 'c1',
      log: (_level, line) => lines.push(line),
      redactor: new Redactor(),
      timeoutMs: () => 5000,
      backOffMs: 5,
      reportWorkerPath: join(DIST, 'report-worker.js'),
      ...services,
    },
  );
  return { provider, lines };
}

/** A provider that talks to a sample service of its own, whose clock can be set. */
export async function openSample(now: number) {
  const clock = { now };
  const requests: string[] = [];
  const service = await startSampleService({ now: () => clock.now, onRequest: ({ path }) => requests.push(path) });
  const { settings, secrets } = service.valuesFor('sample-100ms');
  const baseUrl = settings.baseUrl ?? '';
  const { provider } = make(baseUrl, secrets, {});
  return { provider, clock, requests, baseUrl, secrets, stop: () => service.stop() };
}

/** A token as 100ms makes them, of any type and end (epoch s). */
export function makeToken(type: string, exp: number): Promise<string> {
  return new SignJWT({ access_key: CANARY_ACCESS_KEY, type, version: 2 })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setExpirationTime(exp)
    .sign(new TextEncoder().encode(CANARY_SECRET));
}

/** Never fires. */
export const signal = (): AbortSignal => new AbortController().signal;
