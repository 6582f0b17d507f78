import * as l10n from '@vscode/l10n';
import { baseUrlField, type ConnectionField, type ConnectionForm } from '../form';
import { STANDARD_BASE_URL } from './descriptor';
import { refuseToken } from './token-look';

/** What a person enters for 100ms. */
export const hmsForm: ConnectionForm = {
  fields: [
    baseUrlField(STANDARD_BASE_URL),
    keyField(
      'managementToken',
      l10n.t('Management token'),
      l10n.t(
        'From the Developer page of the 100ms dashboard; valid for up to 14 days. It is kept in the secret storage of VS Code only.',
      ),
      (value) => refuseToken(value, Date.now()),
    ),
    keyField(
      'accessKey',
      l10n.t('App access key'),
      l10n.t(
        'From the Developer page of the 100ms dashboard. Tokens that live for an hour are signed with it on this machine.',
      ),
    ),
    keyField(
      'appSecret',
      l10n.t('App secret'),
      l10n.t('Stands beside the app access key. It is kept in the secret storage of VS Code only and never sent.'),
    ),
  ],
  alternatives: [
    {
      label: l10n.t('Access key and app secret'),
      detail: l10n.t('Peerscope signs a short-lived management token whenever it needs one.'),
      fields: ['accessKey', 'appSecret'],
    },
    {
      label: l10n.t('Management token'),
      detail: l10n.t('Ready made on the dashboard. It has to be entered anew when it expires.'),
      fields: ['managementToken'],
    },
  ],
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
    validate: (value) =>
      /\s/.test(value) ? l10n.t('{0}: must not hold spaces or line breaks.', label) : refuse?.(value),
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
