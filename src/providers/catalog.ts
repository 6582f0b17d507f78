import type { ProviderId } from '../core/ids';
import type { ProviderDescriptor } from './descriptor';
import { hms } from './hms/descriptor';
import { mediamelon } from './mediamelon/descriptor';
import { realtimekit } from './realtimekit/descriptor';
import { whereby } from './whereby/descriptor';

/** The providers that can be added, in the order in which they are offered. */
export const PROVIDERS: readonly ProviderDescriptor[] = [realtimekit, hms, mediamelon, whereby];

/** The descriptor of a provider id, or undefined when this version does not know it. */
export function describeProvider(id: string): ProviderDescriptor | undefined {
  return PROVIDERS.find((provider) => provider.id === (id as ProviderId));
}
