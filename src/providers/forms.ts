import type { ProviderId } from '../core/ids';
import { describeProvider, PROVIDERS } from './catalog';
import type { ProviderDescriptor } from './descriptor';
import type { ConnectionForm } from './form';
import { hmsForm } from './hms/form';
import { mediamelonForm } from './mediamelon/form';
import { realtimekitForm } from './realtimekit/form';
import { wherebyForm } from './whereby/form';

/** A provider with what a person enters for it. */
export type ProviderWithForm = ProviderDescriptor & ConnectionForm;

const FORMS: Record<ProviderId, ConnectionForm> = {
  realtimekit: realtimekitForm,
  '100ms': hmsForm,
  whereby: wherebyForm,
  mediamelon: mediamelonForm,
};

/** A provider's descriptor and form, or undefined when this version does not know the id. */
export function describeWithForm(id: string): ProviderWithForm | undefined {
  const descriptor = describeProvider(id);
  return descriptor && { ...descriptor, ...FORMS[descriptor.id] };
}

/** Every provider that can be added, in the order in which they are offered. */
export function providersWithForms(): ProviderWithForm[] {
  return PROVIDERS.map((descriptor) => ({ ...descriptor, ...FORMS[descriptor.id] }));
}
