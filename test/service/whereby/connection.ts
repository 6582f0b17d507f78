import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as esbuild from 'esbuild';
import { Redactor } from '../../../src/core/redact';
import type { CallProvider, ProviderServices } from '../../../src/providers/contract';
import { createProvider } from '../../../src/providers/index';
import { startSampleService } from '../../../src/sample/index';
import { ROOT } from '../../paths';
import type { ScriptedServer } from '../http/server';

/** Stands for a key; it must be found nowhere but in the Authorization header. */
export const CANARY = 'canary-5e1d0a77-whereby-key';

/** A provider with the lines that it logged. */
export interface TestConnection {
  provider: CallProvider;
  lines: string[];
}

let built: Promise<string> | undefined;

/** Builds the worker's bundle once for all tests of a run, as the extension's own build does. */
export function workerBundle(): Promise<string> {
  built ??= build();
  return built;
}

async function build(): Promise<string> {
  const outfile = join(tmpdir(), `peerscope-test-whereby-${process.pid}`, 'report-worker.js');
  const entry = join(ROOT, 'src/providers/report-worker.ts');
  const options = { bundle: true, platform: 'node', target: 'node20', logLevel: 'error' } as const;
  await esbuild.build({ ...options, entryPoints: [entry], outfile });
  return outfile;
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
      reportWorkerPath: await workerBundle(),
      ...services,
    },
  );
  return { provider, lines };
}
