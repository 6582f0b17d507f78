import type { Playback } from './playback';
import type { Query } from './query';

/** A value in an answer. */
export type Value = string | number;

/** What names stand for, of one playback as the query sees it at `now` (epoch ms); undefined where it has no value. */
type Reader = (playback: Playback, query: Query, now: number) => Value | undefined;

/** Dimensions and fields of a session: what can be filtered and grouped by. */
export const DIMENSIONS: Readonly<Record<string, Reader>> = {
  sessionid: ({ id }) => id,
  assetname: ({ asset }) => asset.name,
  assetid: ({ asset }) => asset.id,
  sourcetype: ({ asset }) => asset.sourcetype,
  viewstatus: (playback, _query, now) => statusOf(playback, now),
  country: ({ viewer }) => viewer.country,
  platform: ({ viewer }) => viewer.device.platform,
  brand: ({ viewer }) => viewer.device.brand,
  model: ({ viewer }) => viewer.device.model,
  player: ({ viewer }) => viewer.device.player,
  subscriberid: ({ viewer }) => viewer.subscriberid,
  deviceid: ({ viewer }) => viewer.deviceid,
  ipaddress: ({ viewer }) => viewer.ipaddress,
  isp: ({ viewer }) => viewer.isp,
  cdn: ({ cdn }) => cdn,
};

/** Times and metrics of a session. */
export const METRICS: Readonly<Record<string, Reader>> = {
  starttime: ({ start }) => start / 1000,
  // A playback that goes on has no end yet.
  endtime: ({ end }, _query, now) => (end <= now ? end / 1000 : undefined),
  latency: ({ start, firstFrame }, _query, now) =>
    firstFrame === undefined || firstFrame > now ? undefined : (firstFrame - start) / 1000,
  watchtime: (playback, query, now) => round(watchedMs(playback, query, now) / 1000, 1),
  // Minutes, unlike the watch time.
  playdur: (playback, query, now) => {
    const playing = watchedMs(playback, query, now) * (1 - playback.rebuffering / 100);
    return round(playing / 60_000, 3);
  },
  cirrbufferingratio: started(({ rebuffering }) => round(rebuffering, 2)),
  bufferingratio: started(({ buffering }) => round(buffering, 2)),
  qualityofexperience: started((playback) => round(score(playback), 1)),
  errors: ({ errors, businessErrors }, { businesserror }) => errors + (businesserror ? businessErrors : 0),
  fatalerrors: ({ fatalErrors }) => fatalErrors,
  cdn_change_rate: started(({ cdnChanges }) => cdnChanges),
};

/** `LOADED` until the first frame, `RUNNING` until the end. */
export function statusOf({ firstFrame, end, dropped }: Playback, now: number): string {
  if (end <= now) return dropped ? 'DROPPED' : 'ENDED';
  return firstFrame === undefined || firstFrame > now ? 'LOADED' : 'RUNNING';
}

/** A value that exists once a first frame was shown. */
function started(read: (playback: Playback) => number): Reader {
  return (playback, _query, now) =>
    playback.firstFrame === undefined || playback.firstFrame > now ? undefined : read(playback);
}

/** From the first frame to the end or now; `concurrency=1` counts what lies within the period only. */
function watchedMs({ firstFrame, end }: Playback, { concurrency, start, end: last }: Query, now: number): number {
  if (firstFrame === undefined) return 0;
  const from = concurrency ? Math.max(firstFrame, start) : firstFrame;
  const to = Math.min(end, now, concurrency ? last : Number.POSITIVE_INFINITY);
  return Math.max(0, to - from);
}

function score({ start, firstFrame, rebuffering, errors, fatalErrors }: Playback): number {
  const wait = ((firstFrame ?? start) - start) / 1000;
  return Math.max(0, Math.min(100, 100 - Math.max(0, wait - 1) * 3 - rebuffering * 3 - errors * 2 - fatalErrors * 25));
}

export function round(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
