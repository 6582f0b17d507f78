import * as l10n from '@vscode/l10n';
import type { ProviderDescriptor } from '../descriptor';

/** Everything before the provider's own path. */
export const STANDARD_BASE_URL = 'https://smartsight3.mediamelon.com/mm-apis';

/** Length of the period that lists reach back, hours. MediaMelon documents no longest one. */
export const STANDARD_PERIOD_HOURS = 24;

/** MediaMelon SmartSight, as far as it is known without loading it. */
export const mediamelon: ProviderDescriptor = {
  id: 'mediamelon',
  label: 'MediaMelon',
  words: { room: l10n.t('asset'), rooms: l10n.t('Assets') },
  media: 'playback',
  tree: { apps: false, live: true, recentHours: periodHours },
  dashboardUrl({ customerId, dashboardUrlTemplate }, ref) {
    if (!dashboardUrlTemplate) return undefined;
    // A link to one session is of no use without one.
    if (!ref && /\{sessionid\}/i.test(dashboardUrlTemplate)) return undefined;
    const url = dashboardUrlTemplate
      .replaceAll(/\{customerId\}/gi, () => encodeURIComponent(customerId ?? ''))
      .replaceAll(/\{sessionid\}/gi, () => encodeURIComponent(ref?.sessionId.toWellFormed() ?? ''));
    return isWebLink(url) ? url : undefined;
  },
};

/** How far back a connection's lists reach, hours. */
export function periodHours(settings: Readonly<Record<string, string>>): number {
  const hours = Number(settings.periodHours || STANDARD_PERIOD_HOURS);
  return hours > 0 && Number.isFinite(hours) ? hours : STANDARD_PERIOD_HOURS;
}

/** Names between commas or white space, without repeats. */
export function splitNames(text: string): string[] {
  return [...new Set(text.split(/[\s,;]+/).filter((name) => name !== ''))];
}

/** Whether a text is an https link without credentials. */
export function isWebLink(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password } = new URL(text);
  return protocol === 'https:' && username === '' && password === '';
}
