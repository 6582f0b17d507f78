import { hash, Random } from '../random';
import { decodeId, encodeId } from '../uuid';
import { ASSETS, type Asset, CDNS, COUNTRIES, DEVICES, type Device, ISPS, VIEWERS } from './catalog';

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;
/** Kind of thing in a sample id. */
const KIND = 9;

/** Playbacks that started longer ago than this are gone, ms. */
export const RETENTION = 35 * DAY;

/** One viewer's playback of one asset, from its place in time. Times are epoch ms, whole seconds. */
export interface Playback {
  id: string;
  asset: Asset;
  viewer: Viewer;
  start: number;
  /** First frame; undefined when none ever came. */
  firstFrame: number | undefined;
  /** In the future while it runs. */
  end: number;
  /** It ended otherwise than by the viewer or at the end of the asset. */
  dropped: boolean;
  cdn: string;
  /** Share of the watch time, %. */
  rebuffering: number;
  buffering: number;
  errors: number;
  businessErrors: number;
  fatalErrors: number;
  cdnChanges: number;
}

export interface Viewer {
  /** Missing for anonymous viewers. */
  subscriberid: string | undefined;
  deviceid: string;
  device: Device;
  country: string;
  isp: string;
  /** From a range kept for documentation (RFC 5737). */
  ipaddress: string;
}

/** Every playback that is kept at `now` and overlaps `from` to `to` (epoch ms), the newest start first. */
export function playbacksBetween(from: number, to: number, now: number): Playback[] {
  const earliest = now - RETENTION;
  const found: Playback[] = [];
  ASSETS.forEach((asset, index) => {
    const longest = asset.minutes * MINUTE + MINUTE;
    const first = Math.floor((Math.max(from - longest, earliest) - asset.spacing) / asset.spacing);
    const last = Math.floor(Math.min(to, now) / asset.spacing);
    for (let slot = Math.max(0, first); slot <= last; slot++) {
      const playback = makePlayback(index, slot);
      if (playback.start <= Math.min(to, now) && playback.start >= earliest && playback.end >= from)
        found.push(playback);
    }
  });
  return found.sort((a, b) => b.start - a.start || (a.id < b.id ? -1 : 1));
}

/** The playback of an id; undefined when it has not begun, is gone, or never was. */
export function findPlayback(id: string, now: number): Playback | undefined {
  const parts = decodeId(id);
  if (parts?.kind !== KIND || !ASSETS[parts.major]) return undefined;
  const playback = makePlayback(parts.major, parts.slot);
  return playback.start <= now && playback.start >= now - RETENTION ? playback : undefined;
}

function makePlayback(index: number, slot: number): Playback {
  const asset = ASSETS[index] as Asset;
  const random = new Random(hash(index, slot, 9001));
  const start = seconds(slot * asset.spacing + random.next() * asset.spacing * 0.9);
  const viewer = viewerOf(random.int(0, VIEWERS - 1));
  const android = viewer.device.platform === 'Android';
  const suffers = asset.trouble === 'android-rebuffering' && android;
  const fatal = random.chance(asset.trouble === 'fatal-errors' ? 0.45 : 0.015);
  const neverStarted = fatal && random.chance(0.5);
  const wait = asset.trouble === 'slow-start' ? random.range(4, 19) : random.range(0.4, 2.6);
  const firstFrame = neverStarted ? undefined : start + Math.round(wait * 1000);
  const part = fatal ? random.range(0.02, 0.2) : random.chance(0.4) ? random.range(0.8, 1) : random.range(0.03, 0.7);
  const end = neverStarted ? start + random.int(5, 20) * 1000 : start + seconds(asset.minutes * MINUTE * part) + 20_000;
  const rebuffering = suffers ? random.range(6, 24) : random.next() ** 4 * 4;
  const errors = random.chance(suffers ? 0.4 : 0.06) ? random.int(1, 4) : 0;
  return {
    id: encodeId({ kind: KIND, group: 0, slot, major: index, minor: 0 }),
    asset,
    viewer,
    start,
    firstFrame,
    end,
    dropped: fatal || random.chance(0.05),
    cdn: random.pick(CDNS),
    rebuffering: neverStarted ? 0 : rebuffering,
    buffering: neverStarted ? 0 : Math.min(100, rebuffering + random.range(0.2, 3)),
    errors: errors + (fatal ? 1 : 0),
    businessErrors: random.chance(0.04) ? 1 : 0,
    fatalErrors: fatal ? 1 : 0,
    cdnChanges: random.chance(0.1) ? random.int(1, 3) : 0,
  };
}

/** The same person keeps device and place from playback to playback. */
function viewerOf(person: number): Viewer {
  const random = new Random(hash(person, 9002));
  return {
    subscriberid: person % 5 === 4 ? undefined : `sub-${random.hex(12)}`,
    deviceid: `dev-${random.hex(16)}`,
    device: random.pick(DEVICES),
    country: random.pick(COUNTRIES),
    isp: random.pick(ISPS),
    ipaddress: `203.0.113.${random.int(2, 250)}`,
  };
}

function seconds(time: number): number {
  return Math.floor(time / 1000) * 1000;
}
