/** What goes wrong with the playbacks of an asset, so that there is something to find. */
export type Trouble = 'none' | 'slow-start' | 'android-rebuffering' | 'fatal-errors';

/** Something that can be played. */
export interface Asset {
  name: string;
  id: string;
  /** How the media is delivered. */
  sourcetype: 'HLS' | 'DASH' | 'MP4';
  /** Length of the whole, minutes; viewers see part of it. */
  minutes: number;
  /** Time from one playback to the next, ms. */
  spacing: number;
  trouble: Trouble;
}

const MINUTE = 60_000;

/** A title that must be shown as text, not as markup, icons or reordered. */
const HOSTILE = '<img src=x onerror=alert(1)> $(zap) **bold** [link](https://example.invalid) \u202Eesrever';

export const ASSETS: readonly Asset[] = [
  asset('Harbour Lights: The Pilot', 'vod-1001', 'HLS', 52, 11),
  asset('Harbour Lights: Low Tide', 'vod-1002', 'HLS', 49, 13),
  asset('City News', 'live-2001', 'HLS', 180, 8),
  asset('Night Match Replay', 'vod-1003', 'DASH', 105, 9, 'android-rebuffering'),
  asset('The Long Winter', 'vod-1004', 'DASH', 121, 16, 'slow-start'),
  asset('Kitchen Basics: Bread', 'vod-1005', 'MP4', 14, 20),
  asset('Kitchen Basics: Stock', 'vod-1006', 'MP4', 12, 21),
  asset('Orbit', 'vod-1007', 'DASH', 97, 15),
  asset('Broken Encode', 'vod-1008', 'HLS', 44, 25, 'fatal-errors'),
  asset('Music Channel', 'live-2002', 'HLS', 240, 19),
  // Its name holds what a filter cannot.
  asset('[4K] Coral Reef | Director’s Cut', 'vod-1009', 'DASH', 64, 28),
  asset(HOSTILE, 'vod-1010', 'MP4', 8, 36),
  asset('Parliament Today', 'live-2003', 'HLS', 150, 23),
  asset('Small Hours', 'vod-1011', 'HLS', 38, 18),
];

function asset(
  name: string,
  id: string,
  sourcetype: Asset['sourcetype'],
  minutes: number,
  spacing: number,
  trouble: Trouble = 'none',
): Asset {
  return { name, id, sourcetype, minutes, spacing: spacing * MINUTE, trouble };
}

/** What a viewer plays on. */
export interface Device {
  platform: string;
  brand: string;
  model: string;
  player: string;
}

export const DEVICES: readonly Device[] = [
  { platform: 'Android', brand: 'Example', model: 'Phone 8', player: 'ExoPlayer' },
  { platform: 'Android', brand: 'Sample', model: 'Tab 11', player: 'ExoPlayer' },
  { platform: 'iOS', brand: 'Example', model: 'Phone i5', player: 'AVPlayer' },
  { platform: 'Web', brand: 'Chrome', model: 'Desktop', player: 'hls.js' },
  { platform: 'Web', brand: 'Firefox', model: 'Desktop', player: 'dash.js' },
  { platform: 'SmartTV', brand: 'Sample', model: 'Panel 55', player: 'Shaka Player' },
];

export const COUNTRIES = ['US', 'Canada', 'Brazil', 'India', 'Germany', 'Kenya'];
export const CDNS = ['cdn-east', 'cdn-west'];
export const ISPS = ['Example Broadband', 'Example Fibre', 'Example Mobile'];

/** How many people watch; one in five has no subscriber id. */
export const VIEWERS = 80;
