import * as l10n from '@vscode/l10n';
import { baseUrlField, type ConnectionField, type ConnectionForm } from '../form';
import { isWebLink, STANDARD_BASE_URL, STANDARD_PERIOD_HOURS, splitNames } from './descriptor';

const NAME = /^[A-Za-z][\w.-]{0,99}$/;
const GRANULARITIES = ['off', 'auto', 'minute', '5minute', '10minute', 'hour', 'day'];

/** What a person enters for MediaMelon. */
export const mediamelonForm: ConnectionForm = {
  fields: [
    {
      name: 'customerId',
      label: l10n.t('Customer ID'),
      hint: l10n.t(
        'A whole number, one for each environment. In the dashboard: user icon > Settings > Environments > Env Details.',
      ),
      secret: false,
      required: true,
      placeholder: l10n.t('123456789, or a link that holds it'),
      fromPaste: readCustomerId,
      validate: (value) =>
        /^\d{1,20}$/.test(value)
          ? undefined
          : l10n.t(
              'Customer ID: expected a whole number. Find it in the dashboard under Settings > Environments > Env Details.',
            ),
    },
    baseUrlField(STANDARD_BASE_URL),
    advanced({
      name: 'periodHours',
      label: l10n.t('Period in hours'),
      hint: l10n.t('How far back lists reach. Leave empty for {0}.', STANDARD_PERIOD_HOURS),
      placeholder: String(STANDARD_PERIOD_HOURS),
      validate: (value) =>
        /^\d{1,5}(\.\d{1,3})?$/.test(value) && Number(value) > 0
          ? undefined
          : l10n.t('Period in hours: expected a number above 0, such as 24.'),
    }),
    advanced({
      name: 'extraMetrics',
      label: l10n.t('Extra metrics and dimensions'),
      hint: l10n.t(
        'Names as in MediaMelon’s dictionary, separated by commas. They are asked for with each session and shown.',
      ),
      placeholder: 'playdur, cdn_change_rate, player',
      fromPaste: (text) => splitNames(text).join(','),
      validate: (value) => {
        const wrong = splitNames(value).find((name) => !NAME.test(name));
        return wrong === undefined
          ? undefined
          : l10n.t(
              'Extra metrics and dimensions: "{0}" is no name. Expected letters, digits, _, - and ., separated by commas.',
              wrong,
            );
      },
    }),
    advanced({
      name: 'concurrency',
      label: l10n.t('Concurrency'),
      hint: l10n.t(
        '1 counts only what happened within the period, 0 whole sessions. Leave empty for MediaMelon’s default, 0.',
      ),
      placeholder: l10n.t('0 or 1'),
      fromPaste: (text) => ({ true: '1', false: '0' })[text.trim().toLowerCase()] ?? text.trim(),
      validate: (value) => (/^[01]$/.test(value) ? undefined : l10n.t('Concurrency: expected 0 or 1.')),
    }),
    advanced({
      name: 'businessError',
      label: l10n.t('Business errors'),
      hint: l10n.t('true counts business exceptions among the errors. Leave empty for MediaMelon’s default, false.'),
      placeholder: l10n.t('true or false'),
      fromPaste: (text) => ({ 1: 'true', 0: 'false' })[text.trim()] ?? text.trim().toLowerCase(),
      validate: (value) =>
        /^(true|false)$/.test(value) ? undefined : l10n.t('Business errors: expected true or false.'),
    }),
    advanced({
      name: 'trendGranularity',
      label: l10n.t('Trend granularity'),
      hint: l10n.t(
        'Interval of the asset’s trend beside a session’s figures. "off" asks for no trend. Leave empty for auto.',
      ),
      placeholder: GRANULARITIES.join(', '),
      fromPaste: (text) => text.trim().toLowerCase(),
      validate: (value) =>
        GRANULARITIES.includes(value)
          ? undefined
          : l10n.t('Trend granularity: expected one of {0}.', GRANULARITIES.join(', ')),
    }),
    advanced({
      name: 'dashboardUrlTemplate',
      label: l10n.t('Dashboard link'),
      hint: l10n.t('A link with {customerId} and {sessionid} in it, which are filled in. MediaMelon documents none.'),
      placeholder: 'https://smartsight3.mediamelon.com/…/{customerId}/{sessionid}',
      validate: (value) =>
        isWebLink(value.replaceAll(/\{(customerId|sessionid)\}/gi, 'x'))
          ? undefined
          : l10n.t('Dashboard link: expected a link that starts with https://.'),
    }),
    {
      name: 'apiKey',
      label: l10n.t('API key'),
      hint: l10n.t('From MediaMelon’s support or account team. It is kept in the secret storage of VS Code only.'),
      secret: true,
      required: true,
      fromPaste: (text) => text.trim().replace(/^X-API-Key\s*:\s*/i, ''),
      validate: (value) =>
        /^[\x21-\x7e]+$/.test(value)
          ? undefined
          : l10n.t('API key: must not hold spaces, line breaks or letters beyond ASCII.'),
    },
  ],
};

/** The number itself, or the one that stands in a request's path or after the words in the dashboard. */
function readCustomerId(text: string): string {
  const found =
    /\/(?:listsessions|metricquery|session|qbrData\/[\w-]+)\/(\d+)/i.exec(text) ??
    /customer\s*-?id\D{0,5}(\d+)/i.exec(text);
  return found?.[1] ?? text.trim();
}

function advanced(field: Omit<ConnectionField, 'secret' | 'required' | 'advanced'>): ConnectionField {
  return { ...field, secret: false, required: false, advanced: true };
}
