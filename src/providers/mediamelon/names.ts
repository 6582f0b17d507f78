/** What a key of a row holds, and how its value is read and shown. */
export interface NameInfo {
  label: string;
  /**
   * `figure` a number with a unit · `time` a moment, epoch seconds · `id` an opaque text that is never a number ·
   * `text` words.
   */
  kind: 'figure' | 'time' | 'id' | 'text';
  /** Of a figure: as shown after the value; empty for a bare number and where MediaMelon states none. */
  unit: string;
  decimals: number;
  /** Which end of the scale is worse; missing where neither is, or where it is not stated. */
  worse?: 'high' | 'low';
  /** Largest sensible value; a larger one is shown and flagged. */
  max?: number;
  /** What it means, in one sentence. */
  meaning: string;
  /** Says something of a person: masked in exports. */
  personal?: true;
}

/**
 * The one table of MediaMelon's names: metrics with their unit and meaning, fields and dimensions of a session. Sources are
 * MediaMelon's "Video Session List API", "Metric and Dimensions Dictionary" and, for the last group of figures, older
 * pages. `watchtime` is in seconds and `playdur` in minutes, as the first of them says. The dictionary is longer than
 * this: a key that is not here is shown as it comes.
 */
export const NAMES: Readonly<Record<string, NameInfo>> = {
  latency: figure('Start-up time', 's', 2, 'high', 'From the request to play to the first frame.'),
  cirrbufferingratio: percent('Rebuffering', 'Share of the watch time spent in rebuffering.'),
  bufferingratio: percent('Buffering', 'Share of the watch time spent in buffering of any kind.'),
  qualityofexperience: {
    ...figure('Playback score', '', 1, 'low', 'Quality of experience from 0 to 100; 100 is the best.'),
    max: 100,
  },
  watchtime: figure('Watch time', 's', 1, undefined, 'How long the viewer watched, in seconds.'),
  playdur: figure('Play time', 'min', 2, undefined, 'Content and advertisements played, in minutes.'),
  errors: count('Errors', 'Errors in the session. An older page of MediaMelon counts fatal ones only here.', 'high'),
  fatalerrors: count('Fatal errors', 'Errors that ended the playback.', 'high'),
  cdn_change_rate: figure('CDN switches', '', 2, undefined, 'Rate of changes of the CDN; MediaMelon states no unit.'),
  viewercount: count('Plays', 'Playbacks that showed a first frame.'),
  attempts: count('Attempts', 'Views that were started, whether or not a frame came.'),
  endedplays: count('Ended plays', 'Plays that ended gracefully.'),
  concurviewavg: count('Concurrent views', 'Concurrent views, or ended views, as MediaMelon counts them.'),
  avg_playtime_by_audience: figure('Play time per viewer', 'min', 2, undefined, 'Mean play time of one viewer.'),
  unique_subscribers: count('Subscribers', 'Different subscribers.'),
  unique_devices: count('Devices', 'Different devices.'),
  anonymous_viewers: count('Anonymous viewers', 'Viewers without a subscriber id.'),
  avg_latency: figure('Start-up time, mean', 's', 2, 'high', 'Mean of the start-up times.'),
  median_latency: figure('Start-up time, median', 's', 2, 'high', 'Half of the start-up times are longer.'),
  p95_latency: figure('Start-up time, p95', 's', 2, 'high', 'One in twenty start-up times is longer.'),
  p99_latency: figure('Start-up time, p99', 's', 2, 'high', 'One in a hundred start-up times is longer.'),
  avg_qualityofexperience: {
    ...figure('Playback score, mean', '', 1, 'low', 'Mean of the playback scores, 0 to 100.'),
    max: 100,
  },
  median_qualityofexperience: {
    ...figure('Playback score, median', '', 1, 'low', 'Half of the playback scores are higher.'),
    max: 100,
  },
  failurerate: percent('Start-up failures', 'Share of attempts that never started.'),
  totalstartupfailure: count('Start-up failures, count', 'Attempts that never started.', 'high'),
  totalduration: figure('Total duration', '', 2, undefined, 'MediaMelon states neither unit nor meaning.'),
  views: count('Views', 'Views as MediaMelon counts them.'),
  uniqueviewercount: count('Viewers', 'Different viewers.'),
  uniquesubscribercount: count('Different subscribers', 'Different subscribers.'),
  playperunique: figure('Plays per viewer', '', 2, undefined, 'Plays of one viewer.'),
  playtimeperunique: figure('Play time per different viewer', '', 2, undefined, 'MediaMelon states no unit.'),
  cbrsize: figure('Data downloaded', '', 0, undefined, 'Data that the player downloaded; MediaMelon states no unit.'),
  adfillrate: {
    ...figure('Ad fill', '%', 2, undefined, 'Share of requested advertisements that were filled.'),
    max: 100,
  },

  starttime: time('Started', 'When the playback session started.'),
  endtime: time('Ended', 'When the playback session ended.'),
  timestamp: time('Time', 'Start of the interval that the figures are of.'),

  sessionid: id('Session ID', 'MediaMelon’s id of the playback session.'),
  assetid: id('Asset ID', 'The customer’s id of what was played.'),
  subscriberid: { ...id('Subscriber', 'The customer’s id of the viewer, or its hash.'), personal: true },
  subscribertag: { ...id('Subscriber tag', 'A tag that the customer gave the viewer.'), personal: true },
  deviceid: { ...id('Device ID', 'The id of the viewer’s device.'), personal: true },
  ipaddress: { ...id('IP address', 'The viewer’s public address.'), personal: true },
  assetname: text('Asset', 'What was played.'),
  sourcetype: text('Source type', 'How the media is delivered: HLS, DASH, MP4.'),
  viewstatus: text('View status', 'LOADED, RUNNING, ENDED, DROPPED and others.'),
  country: text('Country', 'Where the viewer was.'),
  platform: text('Platform', 'Kind of device or system that played.'),
  brand: text('Brand', 'Maker of the device.'),
  model: text('Model', 'Model of the device.'),
  player: text('Player', 'The player software.'),
  cdn: text('CDN', 'The content delivery network.'),
  isp: text('ISP', 'The viewer’s internet service provider.'),
};

/** Names of {@link NAMES} by what a key folds to. */
const BY_FOLDED = new Map(Object.keys(NAMES).map((name) => [fold(name), name]));

/** The table's name for a key however it is written (`sessionId`, `session_id`); the key itself when it is not there. */
export function canonicalName(key: string): string {
  return BY_FOLDED.get(fold(key)) ?? key;
}

/** What is known of a name; undefined for one that is not in the table. */
export function nameInfo(name: string): NameInfo | undefined {
  return Object.hasOwn(NAMES, name) ? NAMES[name] : undefined;
}

function fold(key: string): string {
  return key.replaceAll('_', '').toLowerCase();
}

function figure(label: string, unit: string, decimals: number, worse: NameInfo['worse'], meaning: string): NameInfo {
  return { label, kind: 'figure', unit, decimals, worse, meaning };
}

/** 0..100: MediaMelon writes "%", and an old answer has 100.0 for all. */
function percent(label: string, meaning: string): NameInfo {
  return { ...figure(label, '%', 2, 'high', meaning), max: 100 };
}

function count(label: string, meaning: string, worse?: NameInfo['worse']): NameInfo {
  return figure(label, '', 0, worse, meaning);
}

function time(label: string, meaning: string): NameInfo {
  return { label, kind: 'time', unit: '', decimals: 0, meaning };
}

function id(label: string, meaning: string): NameInfo {
  return { label, kind: 'id', unit: '', decimals: 0, meaning };
}

function text(label: string, meaning: string): NameInfo {
  return { label, kind: 'text', unit: '', decimals: 0, meaning };
}
