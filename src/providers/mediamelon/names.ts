import * as l10n from '@vscode/l10n';
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
  latency: figure(l10n.t('Start-up time'), 's', 2, 'high', l10n.t('From the request to play to the first frame.')),
  cirrbufferingratio: percent(l10n.t('Rebuffering'), l10n.t('Share of the watch time spent in rebuffering.')),
  bufferingratio: percent(l10n.t('Buffering'), l10n.t('Share of the watch time spent in buffering of any kind.')),
  qualityofexperience: {
    ...figure(l10n.t('Playback score'), '', 1, 'low', l10n.t('Quality of experience from 0 to 100; 100 is the best.')),
    max: 100,
  },
  watchtime: figure(l10n.t('Watch time'), 's', 1, undefined, l10n.t('How long the viewer watched, in seconds.')),
  playdur: figure(l10n.t('Play time'), 'min', 2, undefined, l10n.t('Content and advertisements played, in minutes.')),
  errors: count(
    l10n.t('Errors'),
    l10n.t('Errors in the session. An older page of MediaMelon counts fatal ones only here.'),
    'high',
  ),
  fatalerrors: count(l10n.t('Fatal errors'), l10n.t('Errors that ended the playback.'), 'high'),
  cdn_change_rate: figure(
    l10n.t('CDN switches'),
    '',
    2,
    undefined,
    l10n.t('Rate of changes of the CDN; MediaMelon states no unit.'),
  ),
  viewercount: count(l10n.t('Plays'), l10n.t('Playbacks that showed a first frame.')),
  attempts: count(l10n.t('Attempts'), l10n.t('Views that were started, whether or not a frame came.')),
  endedplays: count(l10n.t('Ended plays'), l10n.t('Plays that ended gracefully.')),
  concurviewavg: count(
    l10n.t('Concurrent views'),
    l10n.t('Concurrent views, or ended views, as MediaMelon counts them.'),
  ),
  avg_playtime_by_audience: figure(
    l10n.t('Play time per viewer'),
    'min',
    2,
    undefined,
    l10n.t('Mean play time of one viewer.'),
  ),
  unique_subscribers: count(l10n.t('Subscribers'), l10n.t('Different subscribers.')),
  unique_devices: count(l10n.t('Devices'), l10n.t('Different devices.')),
  anonymous_viewers: count(l10n.t('Anonymous viewers'), l10n.t('Viewers without a subscriber id.')),
  avg_latency: figure(l10n.t('Start-up time, mean'), 's', 2, 'high', l10n.t('Mean of the start-up times.')),
  median_latency: figure(
    l10n.t('Start-up time, median'),
    's',
    2,
    'high',
    l10n.t('Half of the start-up times are longer.'),
  ),
  p95_latency: figure(l10n.t('Start-up time, p95'), 's', 2, 'high', l10n.t('One in twenty start-up times is longer.')),
  p99_latency: figure(
    l10n.t('Start-up time, p99'),
    's',
    2,
    'high',
    l10n.t('One in a hundred start-up times is longer.'),
  ),
  avg_qualityofexperience: {
    ...figure(l10n.t('Playback score, mean'), '', 1, 'low', l10n.t('Mean of the playback scores, 0 to 100.')),
    max: 100,
  },
  median_qualityofexperience: {
    ...figure(l10n.t('Playback score, median'), '', 1, 'low', l10n.t('Half of the playback scores are higher.')),
    max: 100,
  },
  failurerate: percent(l10n.t('Start-up failures'), l10n.t('Share of attempts that never started.')),
  totalstartupfailure: count(l10n.t('Start-up failures, count'), l10n.t('Attempts that never started.'), 'high'),
  totalduration: figure(
    l10n.t('Total duration'),
    '',
    2,
    undefined,
    l10n.t('MediaMelon states neither unit nor meaning.'),
  ),
  views: count(l10n.t('Views'), l10n.t('Views as MediaMelon counts them.')),
  uniqueviewercount: count(l10n.t('Viewers'), l10n.t('Different viewers.')),
  uniquesubscribercount: count(l10n.t('Different subscribers'), l10n.t('Different subscribers.')),
  playperunique: figure(l10n.t('Plays per viewer'), '', 2, undefined, l10n.t('Plays of one viewer.')),
  playtimeperunique: figure(
    l10n.t('Play time per different viewer'),
    '',
    2,
    undefined,
    l10n.t('MediaMelon states no unit.'),
  ),
  cbrsize: figure(
    l10n.t('Data downloaded'),
    '',
    0,
    undefined,
    l10n.t('Data that the player downloaded; MediaMelon states no unit.'),
  ),
  adfillrate: {
    ...figure(l10n.t('Ad fill'), '%', 2, undefined, l10n.t('Share of requested advertisements that were filled.')),
    max: 100,
  },

  starttime: time(l10n.t('Started'), l10n.t('When the playback session started.')),
  endtime: time(l10n.t('Ended'), l10n.t('When the playback session ended.')),
  timestamp: time(l10n.t('Time'), l10n.t('Start of the interval that the figures are of.')),

  sessionid: id(l10n.t('Session ID'), l10n.t('MediaMelon’s id of the playback session.')),
  assetid: id(l10n.t('Asset ID'), l10n.t('The customer’s id of what was played.')),
  subscriberid: {
    ...id(l10n.t('Subscriber'), l10n.t('The customer’s id of the viewer, or its hash.')),
    personal: true,
  },
  subscribertag: {
    ...id(l10n.t('Subscriber tag'), l10n.t('A tag that the customer gave the viewer.')),
    personal: true,
  },
  deviceid: { ...id(l10n.t('Device ID'), l10n.t('The id of the viewer’s device.')), personal: true },
  ipaddress: { ...id(l10n.t('IP address'), l10n.t('The viewer’s public address.')), personal: true },
  assetname: text(l10n.t('Asset'), l10n.t('What was played.')),
  sourcetype: text(l10n.t('Source type'), l10n.t('How the media is delivered: HLS, DASH, MP4.')),
  viewstatus: text(l10n.t('View status'), l10n.t('LOADED, RUNNING, ENDED, DROPPED and others.')),
  country: text(l10n.t('Country'), l10n.t('Where the viewer was.')),
  platform: text(l10n.t('Platform'), l10n.t('Kind of device or system that played.')),
  brand: text(l10n.t('Brand'), l10n.t('Maker of the device.')),
  model: text(l10n.t('Model'), l10n.t('Model of the device.')),
  player: text(l10n.t('Player'), l10n.t('The player software.')),
  cdn: text('CDN', l10n.t('The content delivery network.')),
  isp: { ...text('ISP', l10n.t('The viewer’s internet service provider.')), personal: true },
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
