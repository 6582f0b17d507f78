import type { Scripted } from '../http/server';

/** Start of the made-up sessions, epoch seconds. */
export const T0 = 1_760_000_000;

/** A finished playback as a row of an answer; `n` makes it differ from others. */
export function row(n: number, more: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    starttime: T0 + n * 60,
    sessionid: `session-${n}`,
    endtime: T0 + n * 60 + 45,
    assetname: `Asset ${n % 3}`,
    watchtime: 40.5,
    sourcetype: 'HLS',
    viewstatus: 'ENDED',
    latency: 1.25,
    cirrbufferingratio: 0.5,
    qualityofexperience: 97.5,
    errors: 0,
    fatalerrors: 0,
    totalpages: 1,
    ...more,
  };
}

/** An answer in the newer envelope. */
export function answerOf(rows: readonly unknown[], totalrecords = rows.length): Scripted {
  return { body: { totalcount: rows.length, pagecount: 1, totalrecords, response: rows } };
}
