import * as l10n from '@vscode/l10n';
import type { ProviderDescriptor } from '../descriptor';

/** Everything before the provider's own path. */
export const STANDARD_BASE_URL = 'https://api.cloudflare.com/client/v4';

/** Cloudflare RealtimeKit, as far as it is known without loading it. */
export const realtimekit: ProviderDescriptor = {
  id: 'realtimekit',
  label: 'RealtimeKit',
  words: { room: l10n.t('meeting'), rooms: l10n.t('Meetings') },
  tree: { apps: true, live: true },
  keeps: ['chat', 'transcript', 'summary', 'newSummary', 'recordings'],
  // No deeper page than the list is documented, so none is invented.
  dashboardUrl: ({ accountId }) =>
    accountId
      ? `https://dash.cloudflare.com/${encodeURIComponent(accountId)}/realtime/kit`
      : 'https://dash.cloudflare.com/?to=/:account/realtime/kit',
};
