import { baseUrlField, type ConnectionField, type ProviderDescriptor } from '../descriptor';
import { refuseToken } from './token-look';

/** Everything before the provider's own path. */
export const STANDARD_BASE_URL = 'https://api.100ms.live/v2';

const DASHBOARD = 'https://dashboard.100ms.live';

/** 100ms, as far as it is known without loading it. */
export const hms: ProviderDescriptor = {
  id: '100ms',
  label: '100ms',
  words: { room: 'room', rooms: 'Rooms' },
  tree: { apps: false, live: true },
  fields: [
    baseUrlField(STANDARD_BASE_URL),
    keyField(
      'managementToken',
      'Management token',
      'From the Developer page of the 100ms dashboard; valid for up to 14 days. It is kept in the secret storage of VS Code only.',
      (value) => refuseToken(value, Date.now()),
    ),
    keyField(
      'accessKey',
      'App access key',
      'From the Developer page of the 100ms dashboard. Tokens that live for an hour are signed with it on this machine.',
    ),
    keyField(
      'appSecret',
      'App secret',
      'Stands beside the app access key. It is kept in the secret storage of VS Code only and never sent.',
    ),
  ],
  alternatives: [
    {
      label: 'Access key and app secret',
      detail: 'Peerscope signs a short-lived management token whenever it needs one.',
      fields: ['accessKey', 'appSecret'],
    },
    {
      label: 'Management token',
      detail: 'Ready made on the dashboard. It has to be entered anew when it expires.',
      fields: ['managementToken'],
    },
  ],
  // The page of a session is not documented, yet in production use by others; no page of a single peer is known.
  dashboardUrl: (_settings, ref) =>
    ref ? `${DASHBOARD}/session-details/${encodeURIComponent(ref.sessionId)}` : `${DASHBOARD}/dashboard`,
};

function keyField(
  name: string,
  label: string,
  hint: string,
  refuse?: (value: string) => string | undefined,
): ConnectionField {
  return {
    name,
    label,
    hint,
    secret: true,
    required: false,
    fromPaste: (text) => bareKey(text),
    validate: (value) => (/\s/.test(value) ? `${label}: must not hold spaces or line breaks.` : refuse?.(value)),
  };
}

/** The key in something pasted: an Authorization header, a line of an .env file, or the key in quotes. */
function bareKey(text: string): string {
  return text
    .trim()
    .replace(/^authorization:\s*/i, '')
    .replace(/^bearer\s+/i, '')
    .replace(/^(?:export\s+)?[A-Z][A-Z0-9_]*\s*=\s*/, '')
    .replace(/^(["'])(.*)\1$/s, '$2')
    .trim();
}
