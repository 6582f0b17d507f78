import * as l10n from '@vscode/l10n';
import { baseUrlField, type ConnectionForm } from '../form';
import { type LossUnitSetting, STANDARD_BASE_URL } from './descriptor';

const LOSS_UNITS: readonly string[] = ['auto', 'fraction', 'percent'] satisfies LossUnitSetting[];
const PLACEHOLDERS = ['roomName', 'roomSessionId', 'participantId'] as const;

/** What a person enters for Whereby. */
export const wherebyForm: ConnectionForm = {
  fields: [
    {
      name: 'apiKey',
      label: l10n.t('API key'),
      hint: l10n.t(
        'Made in the Whereby Embedded dashboard under Configure. It is kept in the secret storage of VS Code only.',
      ),
      secret: true,
      required: true,
      fromPaste: keyFromPaste,
      validate: (value) => (/\s/.test(value) ? l10n.t('API key: must not hold spaces or line breaks.') : undefined),
    },
    {
      name: 'lossUnit',
      label: l10n.t('Unit of packet loss'),
      hint: l10n.t(
        'Whereby does not say whether its figures are percent or a fraction. "auto" decides by the figures of each report.',
      ),
      secret: false,
      required: false,
      advanced: true,
      placeholder: l10n.t('auto, fraction or percent'),
      fromPaste: (text) => text.trim().toLowerCase(),
      validate: (value) =>
        LOSS_UNITS.includes(value)
          ? undefined
          : l10n.t('Unit of packet loss: expected "auto", "fraction" or "percent".'),
    },
    {
      name: 'dashboardUrlTemplate',
      label: l10n.t('Dashboard link'),
      hint: l10n.t(
        'A page to open for a session or participant. {roomName}, {roomSessionId} and {participantId} are filled in.',
      ),
      secret: false,
      required: false,
      advanced: true,
      placeholder: 'https://…/{roomSessionId}',
      validate: validateTemplate,
    },
    baseUrlField(STANDARD_BASE_URL),
  ],
};

/** The key in `Authorization: Bearer <key>`, `Bearer <key>`, a quoted key, or the text itself. */
function keyFromPaste(text: string): string {
  const bare = text.trim().replace(/^["'`]+|["'`,;]+$/g, '');
  return /^(?:authorization\s*[:=]\s*)?["']?bearer\s+(\S+)$/i.exec(bare)?.[1] ?? bare;
}

function validateTemplate(value: string): string | undefined {
  const sample = value.replace(/\{(\w+)\}/g, 'x');
  const unknown = [...value.matchAll(/\{([^}]*)\}/g)].find(([, name]) => !PLACEHOLDERS.some((known) => known === name));
  if (unknown)
    return l10n.t(
      'Dashboard link: {0} is not known; there are {1}.',
      unknown[0],
      PLACEHOLDERS.map((name) => `{${name}}`).join(', '),
    );
  if (!URL.canParse(sample) || new URL(sample).protocol !== 'https:') {
    return l10n.t('Dashboard link: expected a link that starts with https://.');
  }
  // A placeholder in the host would let an id choose where the link leads.
  const origin = /^https:\/\/[^/?#]*/i.exec(value)?.[0] ?? value;
  return /[{}@]/.test(origin) ? l10n.t('Dashboard link: placeholders belong after the host name.') : undefined;
}
