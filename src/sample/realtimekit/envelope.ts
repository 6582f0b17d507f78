import type { SampleAnswer } from '../provider';

/** Row positions of a page: 1-based and inclusive, as in every published example. */
export interface Paging {
  total_count: number;
  start_offset: number;
  end_offset: number;
}

/** RealtimeKit's success envelope. `paging` stands beside `data` in most lists. */
export function success(data: unknown, paging?: Paging): SampleAnswer {
  return { status: 200, body: { success: true, data, ...(paging && { paging }) } };
}

/** RealtimeKit's own error envelope: `error` is an object whose code repeats the status. */
export function failure(status: number, message: string): SampleAnswer {
  return { status, body: { success: false, error: { code: status, message } } };
}

/** The error envelope of Cloudflare's gateway, which answers for keys, accounts and routes. */
export function gatewayFailure(status: number, code: number, message: string): SampleAnswer {
  return { status, body: { success: false, errors: [{ code, message }], messages: [], result: null } };
}
