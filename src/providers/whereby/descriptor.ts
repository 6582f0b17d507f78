import * as l10n from '@vscode/l10n';
import type { ProviderDescriptor } from '../descriptor';

/** Everything before the provider's own path. */
export const STANDARD_BASE_URL = 'https://api.whereby.dev/v1';

/** How a connection wants packet loss to be read. */
export type LossUnitSetting = 'auto' | 'fraction' | 'percent';

/** Whereby, as far as it is known without loading it. */
export const whereby: ProviderDescriptor = {
  id: 'whereby',
  label: 'Whereby',
  words: { room: l10n.t('room'), rooms: l10n.t('Rooms') },
  // No list of live calls is documented, and what there is comes 10 to 15 minutes late.
  tree: { apps: false, live: false },
  dashboardUrl: ({ dashboardUrlTemplate: template }, ref) => {
    if (!template) return undefined;
    const values: Record<string, string | undefined> = {
      roomName: ref?.roomId,
      roomSessionId: ref?.sessionId,
      participantId: ref && 'participantId' in ref ? ref.participantId : undefined,
    };
    return fill(template, values);
  },
};

/** The template with every placeholder replaced; undefined when one has no value. */
function fill(template: string, values: Readonly<Record<string, string | undefined>>): string | undefined {
  const place = /\{(\w+)\}/g;
  if (Array.from(template.matchAll(place)).some(([, name]) => values[name as string] === undefined)) return undefined;
  return template.replace(place, (_, name: string) => encodeURIComponent((values[name] ?? '').toWellFormed()));
}
