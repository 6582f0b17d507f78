import * as l10n from '@vscode/l10n';
import type { ProviderId } from '../core/ids';

/** A connection to the embedded sample service, known before the service runs: the same in every window. */
export interface SampleConnection {
  id: string;
  provider: ProviderId;
  label: string;
  /** Without `baseUrl` and key: these are new each time the service starts. */
  settings: Readonly<Record<string, string>>;
}

/** The sample connections, one for each provider that the service speaks. */
export const SAMPLE_CONNECTIONS: readonly SampleConnection[] = [
  {
    id: 'sample-realtimekit',
    provider: 'realtimekit',
    label: l10n.t('Sample calls'),
    settings: { accountId: '5a3b1e0c5a3b1e0c5a3b1e0c5a3b1e0c' },
  },
  { id: 'sample-100ms', provider: '100ms', label: l10n.t('Sample calls'), settings: {} },
  {
    id: 'sample-mediamelon',
    provider: 'mediamelon',
    label: l10n.t('Sample playbacks'),
    settings: { customerId: '774026513' },
  },
  {
    id: 'sample-whereby',
    provider: 'whereby',
    label: l10n.t('Sample calls'),
    settings: {},
  },
];

/** A call whose report shows something to find: the first guest's uplink loses packets. */
export const SAMPLE_REPORT = { connectionId: 'sample-realtimekit', room: 'Lossy uplink', person: 'Caller A' } as const;
