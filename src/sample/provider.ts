import type { ProviderId } from '../core/ids';

/** A request that a provider's part of the service answers. */
export interface SampleRequest {
  method: string;
  /** Path below the provider's mount, percent-decoded by segment. */
  segments: readonly string[];
  query: URLSearchParams;
  /** Value of the `Authorization` header, if any. */
  authorization: string | undefined;
  /** Value of the `X-API-Key` header, if any. */
  apiKey: string | undefined;
  /** The service's clock, epoch ms. */
  now: number;
  /** Where the service is: `http://127.0.0.1:12345`. */
  origin: string;
}

/** An answer: status and a value that is sent as JSON, or with a media type a text that is sent as it is. */
export interface SampleAnswer {
  status: number;
  body: unknown;
  type?: string;
}

/** One provider as the sample service plays it. A new provider is one folder that exports one of these. */
export interface SampleProvider {
  readonly provider: ProviderId;
  /** Path under which it is served, for example `/client/v4`: becomes the end of the connection's `baseUrl`. */
  readonly mount: string;
  /** The secrets of a connection made from the random key of this start. */
  secrets(key: string): Record<string, string>;
  /** Answers one request. `key` is the random key of this start. Never throws for what a client sends. */
  answer(request: SampleRequest, key: string): SampleAnswer;
}
