import { join } from 'node:path';
import { Redactor } from '../../../src/core/redact';
import type { CallProvider, ProviderServices } from '../../../src/providers/contract';
import { createProvider } from '../../../src/providers/index';
import { DIST } from '../../paths';
import type { ScriptedServer } from '../http/server';

export const ACCOUNT = '0123456789abcdef0123456789abcdef';
export const APP = 'app-1';
/** Stands for a key; it must be found nowhere but in the Authorization header. */
export const CANARY = 'canary-7f3b9e21-token';
export const PREFIX = `/client/v4/accounts/${ACCOUNT}/realtime/kit`;

/** A provider that talks to the scripted server, with the lines that it logged. */
export interface TestConnection {
  provider: CallProvider;
  lines: string[];
}

/** A provider for the scripted server; its worker is the built one. */
export function connect(
  server: ScriptedServer,
  settings: Record<string, string> = {},
  services: Partial<ProviderServices> = {},
): TestConnection {
  const lines: string[] = [];
  const provider = createProvider(
    'realtimekit',
    {
      settings: { accountId: ACCOUNT, baseUrl: `${server.origin}/client/v4`, ...settings },
      secrets: { apiToken: CANARY },
    },
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
