import * as l10n from '@vscode/l10n';
import { CallError } from '../core/errors';
import type { ProviderId } from '../core/ids';
import type { CallProvider, ConnectionValues, ProviderServices } from './contract';
import { Hms } from './hms/provider';
import { MediaMelon } from './mediamelon/provider';
import { RealtimeKit } from './realtimekit/provider';
import { Whereby } from './whereby/provider';

export { readConnectionList } from './connection-list';
export { readSavedAnswer, readSavedSession } from './read-saved-answer';
export { disposeReportReader } from './report-reader';

/**
 * The provider of one connection, ready to ask. This module brings the HTTP client and the schemas with it: load it on
 * first use. `BadInput` for an id that this version does not speak.
 */
export function createProvider(id: ProviderId, values: ConnectionValues, services: ProviderServices): CallProvider {
  switch (id) {
    case 'realtimekit':
      return new RealtimeKit(values, services);
    case 'mediamelon':
      return new MediaMelon(values, services);
    case 'whereby':
      return new Whereby(values, services);
    case '100ms':
      return new Hms(values, services);
    default:
      throw new CallError('BadInput', l10n.t('This version of Peerscope does not speak {0}.', id), {
        field: 'provider',
      });
  }
}
