import { randomBytes } from 'node:crypto';
import { CallError } from '../core/errors';
import { SAMPLE_CONNECTIONS } from './catalog';
import { hmsSample } from './hms';
import { mediamelonSample } from './mediamelon';
import type { SampleProvider } from './provider';
import { realtimekitSample } from './realtimekit';
import { listen } from './server';
import { wherebySample } from './whereby';

/** Settings and secrets of a sample connection for one run of the service. */
export interface SampleValues {
  /** Complete, with `baseUrl`. */
  settings: Record<string, string>;
  secrets: Record<string, string>;
}

/** The running sample service. */
export interface SampleService {
  /** What a connection of `SAMPLE_CONNECTIONS` needs during this run. Throws `NotFound` for every other id. */
  valuesFor(connectionId: string): SampleValues;
  /** Closes the port and every open connection. Safe to call twice. */
  stop(): Promise<void>;
}

export interface SampleServiceOptions {
  /** Clock of the service, epoch ms. Default: the real one. */
  now?: () => number;
  /** Called for each request; `path` has its query. */
  onRequest?: (request: { method: string; path: string }) => void;
}

const PROVIDERS: readonly SampleProvider[] = [realtimekitSample, hmsSample, mediamelonSample, wherebySample];

/**
 * Starts the sample call service: a real HTTP server on a random loopback port that asks for a random key, both new at each start.
 * What it serves is the same at every start. Rejects when no port can be opened.
 */
export async function startSampleService(options: SampleServiceOptions = {}): Promise<SampleService> {
  const key = randomBytes(30).toString('base64url');
  const { origin, stop } = await listen({
    providers: PROVIDERS,
    key,
    now: options.now ?? (() => Date.now()),
    ...(options.onRequest && { onRequest: options.onRequest }),
  });
  return {
    valuesFor(connectionId) {
      const connection = SAMPLE_CONNECTIONS.find(({ id }) => id === connectionId);
      const provider = PROVIDERS.find((candidate) => candidate.provider === connection?.provider);
      if (!connection || !provider) throw new CallError('NotFound', 'This is no sample connection.');
      return {
        settings: { ...connection.settings, baseUrl: `${origin}${provider.mount}` },
        secrets: provider.secrets(key),
      };
    },
    stop,
  };
}
