import type { ProviderDescriptor } from '../descriptor';

/** Everything before the provider's own path. */
export const STANDARD_BASE_URL = 'https://api.cloudflare.com/client/v4';

/** Cloudflare RealtimeKit, as far as it is known without loading it. */
export const realtimekit: ProviderDescriptor = {
  id: 'realtimekit',
  label: 'RealtimeKit',
  words: { room: 'meeting', rooms: 'Meetings' },
  tree: { apps: true, live: true },
  keeps: ['chat', 'transcript', 'summary', 'newSummary', 'recordings'],
  // No deeper page than the list is documented, so none is invented.
  dashboardUrl: ({ accountId }) =>
    accountId
      ? `https://dash.cloudflare.com/${encodeURIComponent(accountId)}/realtime/kit`
      : 'https://dash.cloudflare.com/?to=/:account/realtime/kit',
};
