import { join } from 'node:path';
import { Redactor } from '../../../src/core/redact';
import type { CallProvider, ProviderServices } from '../../../src/providers/contract';
import { createProvider } from '../../../src/providers/index';
import { DIST } from '../../paths';
import type { ScriptedServer } from '../http/server';

export const CUSTOMER = '412233';
/** Stands for a key; it must be found nowhere but in the X-API-Key header. */
export const CANARY = 'canary-51c0de77-key';
export const LIST = `/mm-apis/listsessions/${CUSTOMER}`;
export const QUERY = `/mm-apis/metricquery/${CUSTOMER}`;

/** A provider that talks to a server, with the lines that it logged. */
export interface TestConnection {
  provider: CallProvider;
  lines: string[];
}

/** A connection to a scripted server. */
export function connect(
  server: ScriptedServer,
  settings: Record<string, string> = {},
  services: Partial<ProviderServices> = {},
): Promise<TestConnection> {
  const own = { customerId: CUSTOMER, baseUrl: `${server.origin}/mm-apis`, ...settings };
  return connectTo(own, CANARY, services);
}

/** A connection with these settings and this key. */
export async function connectTo(
  settings: Record<string, string>,
  apiKey: string,
  services: Partial<ProviderServices> = {},
): Promise<TestConnection> {
  const lines: string[] = [];
  const values = { settings, secrets: { apiKey } };
  const provider = createProvider('mediamelon', values, {
    connectionId: 'c1',
    log: (_level, line) => lines.push(line),
    redactor: new Redactor(),
    timeoutMs: () => 5000,
    backOffMs: 5,
    reportWorkerPath: join(DIST, 'report-worker.js'),
    ...services,
  });
  return { provider, lines };
}

/** Never fires. */
export const signal = new AbortController().signal;
