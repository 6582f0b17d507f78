import type { CallReport, Stream } from './model';

/** Id of the one stream of a playback that is not its own: figures over time of all sessions of the asset. */
export const ASSET_TREND_ID = 'asset-trend';

/** Whether a stream of a report tells of something else than the participant's own stay. */
export function isAssetTrend({ media }: Pick<CallReport, 'media'>, { id }: Pick<Stream, 'id'>): boolean {
  return media === 'playback' && id === ASSET_TREND_ID;
}

/** A report's streams without the trend of its asset. */
export function ownStreams(report: Pick<CallReport, 'media' | 'streams'>): Stream[] {
  return report.streams.filter((stream) => !isAssetTrend(report, stream));
}
