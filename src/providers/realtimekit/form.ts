import * as l10n from '@vscode/l10n';
import { baseUrlField, type ConnectionForm } from '../form';
import { STANDARD_BASE_URL } from './descriptor';

const ACCOUNT_ID = /[0-9a-f]{32}/;

/** What a person enters for RealtimeKit. */
export const realtimekitForm: ConnectionForm = {
  fields: [
    {
      name: 'accountId',
      label: l10n.t('Account ID'),
      hint: l10n.t('Your Cloudflare account ID, or any dashboard link that holds it.'),
      secret: false,
      required: true,
      placeholder: l10n.t('32 hexadecimal digits, or a link to dash.cloudflare.com'),
      fromPaste: (text) => ACCOUNT_ID.exec(text.trim().toLowerCase())?.[0] ?? text.trim(),
      validate: (value) =>
        new RegExp(`^${ACCOUNT_ID.source}$`).test(value)
          ? undefined
          : l10n.t(
              'Account ID: expected 32 hexadecimal digits (0-9, a-f). Copy it from the address of your Cloudflare dashboard.',
            ),
    },
    {
      name: 'appId',
      label: l10n.t('App ID'),
      hint: l10n.t('Shows one app only. Leave empty to browse every app of the account.'),
      secret: false,
      required: false,
      validate: (value) =>
        /[/?#\s]/.test(value) ? l10n.t('App ID: must not hold spaces, slashes, ? or #.') : undefined,
    },
    baseUrlField(STANDARD_BASE_URL),
    {
      name: 'apiToken',
      label: l10n.t('API token'),
      hint: l10n.t(
        'A Cloudflare API token with the Realtime permission. It is kept in the secret storage of VS Code only.',
      ),
      secret: true,
      required: true,
      validate: (value) => (/\s/.test(value) ? l10n.t('API token: must not hold spaces or line breaks.') : undefined),
    },
  ],
};
