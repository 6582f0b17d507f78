import { createHash, timingSafeEqual } from 'node:crypto';
import { SAMPLE_CONNECTIONS } from '../catalog';
import type { SampleAnswer, SampleProvider, SampleRequest } from '../provider';
import { BadParameter, readQuery } from './query';
import { allRows } from './rows';

const CUSTOMER = SAMPLE_CONNECTIONS.find(({ provider }) => provider === 'mediamelon')?.settings.customerId;

/** `listsessions` and `metricquery` take the same parameters; one page of the documentation lets both group. */
const ENDPOINTS: ReadonlySet<string> = new Set(['listsessions', 'metricquery']);

/** MediaMelon SmartSight as the sample service plays it. */
export const mediamelonSample: SampleProvider = {
  provider: 'mediamelon',
  mount: '/mm-apis',
  secrets: (key) => ({ apiKey: key }),
  answer(request, key) {
    const { segments, apiKey, method } = request;
    const [endpoint = '', customer] = segments;
    if (segments.length !== 2 || !ENDPOINTS.has(endpoint))
      return failure(404, `No such endpoint: /${segments.join('/')}`);
    if (apiKey === undefined || !sameText(apiKey, key)) return failure(401, 'Missing or invalid API key');
    if (customer !== CUSTOMER) return failure(403, 'This API key does not belong to this customer id');
    if (method !== 'GET') return failure(405, 'Only GET is allowed');
    try {
      return list(request);
    } catch (error) {
      if (error instanceof BadParameter) return failure(400, error.message);
      throw error;
    }
  },
};

/**
 * One page in the envelope of MediaMelon's newer documentation: `totalcount` rows in this answer, `pagecount` pages in
 * all, `totalrecords` rows in all. Every row carries the bookkeeping of the published answers.
 */
function list({ query, now }: SampleRequest): SampleAnswer {
  const read = readQuery(query);
  const rows = allRows(read, now);
  const page = rows.slice(read.offset, read.offset + read.limit);
  const pagecount = Math.ceil(rows.length / read.limit);
  return {
    status: 200,
    body: {
      totalcount: page.length,
      pagecount,
      totalrecords: rows.length,
      response: page.map((row) => ({ ...row, totalpages: pagecount })),
    },
  };
}

/** No error body is documented: this is one of those that clients have to be ready for. */
function failure(status: number, message: string): SampleAnswer {
  return { status, body: { status, message } };
}

function sameText(a: string, b: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}
