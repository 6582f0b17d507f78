import { join } from 'node:path';
import type { ProviderId } from '../../src/core/ids';
import { Redactor } from '../../src/core/redact';
import type { CallProvider } from '../../src/providers/contract';
import { HttpClient, type HttpRequest } from '../../src/providers/http/client';
import { createProvider } from '../../src/providers/index';
import { SAMPLE_CONNECTIONS } from '../../src/sample/catalog';
import { startSampleService } from '../../src/sample/index';
import { DIST } from '../paths';

/** An answer as it was recorded. */
export interface Recorded {
  path: string;
  body: unknown;
}

// eslint-disable-next-line @typescript-eslint/unbound-method -- put back as it was, never called from here
const real = HttpClient.prototype.bytes;

/** Puts a function in the place of the network until {@link restoreTransport}: it gives the value that is sent as JSON. */
export function fakeTransport(answer: (request: HttpRequest) => unknown): void {
  HttpClient.prototype.bytes = async (request) => encode(answer(request));
}

export function restoreTransport(): void {
  HttpClient.prototype.bytes = real;
}

/** A provider that has asked nothing yet. */
export function freshProvider(provider: ProviderId, values = SAMPLE_VALUES[provider]): CallProvider {
  return createProvider(provider, values, {
    connectionId: 'c1',
    log: () => undefined,
    redactor: new Redactor(),
    timeoutMs: () => 5000,
    backOffMs: 1,
    reportWorkerPath: join(DIST, 'report-worker.js'),
  });
}

const baseUrl = 'https://provider.example';
const SAMPLE_VALUES = {
  realtimekit: { settings: { accountId: 'a'.repeat(32), appId: 'app', baseUrl }, secrets: { apiToken: 'token' } },
  '100ms': { settings: { baseUrl }, secrets: { managementToken: 'token' } },
  whereby: { settings: { baseUrl }, secrets: { apiKey: 'key' } },
  mediamelon: { settings: { baseUrl, customerId: '1' }, secrets: { apiKey: 'key' } },
};

/** What the sample service answers while `walk` asks. */
export async function record(
  provider: ProviderId,
  walk: (asked: CallProvider) => Promise<unknown>,
): Promise<Recorded[]> {
  const now = Date.now();
  const service = await startSampleService({ now: () => now });
  const recorded: Recorded[] = [];
  HttpClient.prototype.bytes = async function (this: HttpClient, request, signal) {
    const bytes = await real.call(this, request, signal);
    recorded.push({ path: request.path, body: JSON.parse(new TextDecoder().decode(bytes)) });
    return bytes;
  };
  try {
    const { id } = SAMPLE_CONNECTIONS.find((one) => one.provider === provider) ?? { id: '' };
    await walk(freshProvider(provider, service.valuesFor(id) as (typeof SAMPLE_VALUES)['realtimekit']));
  } finally {
    restoreTransport();
    await service.stop();
  }
  return recorded;
}

/** JSON in UTF-8; what JSON cannot hold is left out, and what is too deep for it is null. */
export function encode(value: unknown): Uint8Array {
  let text: string | undefined;
  try {
    text = JSON.stringify(value);
  } catch {
    // Circles and big integers are no JSON.
  }
  return new TextEncoder().encode(text ?? 'null');
}
