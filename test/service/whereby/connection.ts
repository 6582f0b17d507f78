import { join } from 'node:path';
import { Redactor } from '../../../src/core/redact';
import type { CallProvider, ProviderServices } from '../../../src/providers/contract';
import { createProvider } from '../../../src/providers/index';
import { startSampleService } from '../../../src/sample/index';
import { DIST } from '../../paths';
import type { ScriptedServer } from '../http/server';

/** Stands for a key; it must be found nowhere but in the Authorization header. */
export const CANARY = 'canary-5e1d0a77-whereby-key';

/** A provider with the lines that it logged. */
export interface TestConnection {
  provider: CallProvider;
  lines: string[];
}

/** A provider that talks to the scripted server. */
export function connect(
  server: ScriptedServer,
  settings: Record<string, string> = {},
  services: Partial<ProviderServices> = {},
): Promise<TestConnection> {
  return make({ baseUrl: `${server.origin}/v1`, ...settings }, { apiKey: CANARY }, services);
}

/** A provider that talks to the sample service of its own, whose clock can be set. */
export async function openSample(now: number) {
  const clock = { now };
  const requests: string[] = [];
  const service = await startSampleService({ now: () => clock.now, onRequest: ({ path }) => requests.push(path) });
  const { settings, secrets } = service.valuesFor('sample-whereby');
  const { provider } = await make(settings, secrets, {});
  return {
    provider,
    clock,
    requests,
    stop: () => service.stop(),
    baseUrl: settings.baseUrl ?? '',
    key: secrets.apiKey ?? '',
  };
}

async function make(
  settings: Record<string, string>,
  secrets: Record<string, string>,
  services: Partial<ProviderServices>,
): Promise<TestConnection> {
  const lines: string[] = [];
  const provider = createProvider(
    'whereby',
    { settings, secrets },
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
