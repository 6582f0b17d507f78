/** Thrown for a parameter that cannot be read; the answer is a 400 with this message. */
export class BadParameter extends Error {}

const GRANULARITIES: Readonly<Record<string, number>> = {
  minute: 60_000,
  '5minute': 300_000,
  '10minute': 600_000,
  hour: 3_600_000,
  day: 86_400_000,
};
const DEFAULT_LIMIT = 1000;
/** Asking for more gives this many: clients must count what they got. */
const LARGEST_LIMIT = 1000;

/** The parameters of a request, read. */
export interface Query {
  /** Epoch ms. */
  start: number;
  end: number;
  metrics: readonly string[];
  aggby: string;
  sessiontype: 'ended' | 'started';
  allstatus: boolean;
  filter: readonly { name: string; values: readonly string[] }[];
  qoefilter: readonly { name: string; comparison: '>' | '<'; value: number }[];
  orderby: string | undefined;
  ascending: boolean;
  limit: number;
  offset: number;
  /** Length of an interval, ms; undefined for `auto`. */
  interval: number | undefined;
  concurrency: boolean;
  businesserror: boolean;
}

/** Reads the parameters. Throws {@link BadParameter}. */
export function readQuery(query: URLSearchParams): Query {
  const period = /^start=(\d{1,12}),end=(\d{1,12})$/.exec(required(query, 'period'));
  if (!period) throw new BadParameter('period must be start=<epoch seconds>,end=<epoch seconds>');
  const [start, end] = [Number(period[1]) * 1000, Number(period[2]) * 1000];
  if (start >= end) throw new BadParameter('period must start before it ends');
  const metrics = required(query, 'metrics').split(',');
  if (metrics.includes('')) throw new BadParameter('metrics must be names separated by commas');
  return {
    start,
    end,
    metrics,
    aggby: required(query, 'aggby'),
    sessiontype: word(query, 'sessiontype', ['ended', 'started']) ?? 'ended',
    allstatus: word(query, 'allstatus', ['0', '1']) === '1',
    filter: readFilter(query.get('filter') ?? ''),
    qoefilter: readQoeFilter(query.get('qoefilter') ?? ''),
    orderby: query.get('orderby') ?? undefined,
    ascending: word(query, 'order', ['asc', 'desc']) === 'asc',
    limit: Math.min(count(query, 'limit') || DEFAULT_LIMIT, LARGEST_LIMIT),
    offset: count(query, 'offset') ?? 0,
    interval: GRANULARITIES[word(query, 'granularity', ['auto', ...Object.keys(GRANULARITIES)]) ?? 'auto'],
    concurrency: word(query, 'concurrency', ['0', '1']) === '1',
    businesserror: word(query, 'businesserror', ['true', 'false']) === 'true',
  };
}

/** Groups side by side, each `[name=value|value]`. */
function readFilter(text: string): Query['filter'] {
  if (text === '') return [];
  if (!/^(\[[^[\]=]+=[^[\]]+\])+$/.test(text)) throw new BadParameter('filter must be [dimension=value|value][…]');
  return [...text.matchAll(/\[([^[\]=]+)=([^[\]]+)\]/g)].map(([, name = '', values = '']) => ({
    name,
    values: values.split('|'),
  }));
}

/** Conditions such as `latency>3`, joined by ` AND `. */
function readQoeFilter(text: string): Query['qoefilter'] {
  if (text === '') return [];
  return text.split(' AND ').map((part) => {
    const match = /^(\w+)([<>])(-?\d+(?:\.\d+)?)$/.exec(part);
    if (!match) throw new BadParameter('qoefilter must be metric>number, joined by AND');
    return { name: match[1] as string, comparison: match[2] as '>' | '<', value: Number(match[3]) };
  });
}

function required(query: URLSearchParams, name: string): string {
  const text = query.get(name);
  if (!text) throw new BadParameter(`${name} is required`);
  return text;
}

function count(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name);
  if (text === null) return undefined;
  if (!/^\d{1,9}$/.test(text)) throw new BadParameter(`${name} must be a whole number`);
  return Number(text);
}

function word<Word extends string>(query: URLSearchParams, name: string, allowed: readonly Word[]): Word | undefined {
  const text = query.get(name);
  if (text === null) return undefined;
  const found = allowed.find((candidate) => candidate === text);
  if (found === undefined) throw new BadParameter(`${name} must be one of ${allowed.join(', ')}`);
  return found;
}
