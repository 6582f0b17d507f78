import * as l10n from '@vscode/l10n';
import type { ProviderDescriptor } from '../descriptor';

/** Everything before the provider's own path. */
export const STANDARD_BASE_URL = 'https://api.100ms.live/v2';

const DASHBOARD = 'https://dashboard.100ms.live';

/** 100ms, as far as it is known without loading it. */
export const hms: ProviderDescriptor = {
  id: '100ms',
  label: '100ms',
  words: { room: l10n.t('room'), rooms: l10n.t('Rooms') },
  tree: { apps: false, live: true },
  keeps: ['chat', 'transcript', 'summary', 'recordings'],
  // The page of a session is not documented, yet in production use by others; no page of a single peer is known.
  dashboardUrl: (_settings, ref) =>
    ref ? `${DASHBOARD}/session-details/${encodeURIComponent(ref.sessionId)}` : `${DASHBOARD}/dashboard`,
};
